/** The page of the editor: the plain form, made into an editor with completion and an answer. */

import { Unanswered } from "../shared/fetch";
import { data, words } from "../shared/words";
import { type QueryProblem, read } from "./answer";
import type { Editor } from "./editor";
import { forget, keep, past } from "./history";
import { drawn, summary } from "./result";
import { link, shared } from "./share";

const say = words();
const { root } = data<{ root: string }>("site");
const form = document.querySelector<HTMLFormElement>("#sparql-form");
const field = document.querySelector<HTMLTextAreaElement>("#query");
const place = document.getElementById("answer-place");
const status = document.getElementById("sparql-status");
let running: AbortController | null = null;

if (form !== null && field !== null && place !== null && status !== null) {
  void begin(form, field, place, status);
}

async function begin(
  form: HTMLFormElement,
  field: HTMLTextAreaElement,
  place: HTMLElement,
  status: HTMLElement,
): Promise<void> {
  const asked = shared(field.value);
  field.value = asked.text;
  const box = document.createElement("div");
  box.id = "editor";
  const { edit } = await import("./editor");
  const editor = edit(box, asked.text, {
    label: say("label"),
    phrases: data<Record<string, string>>("phrases"),
    run: () => void run(),
    changed: (text) => {
      field.value = text;
    },
  });
  field.before(box);
  field.hidden = true;
  // What the answer is sent as matters to the plain form only; here every file has a button.
  const output = document.querySelector<HTMLElement>("#format")?.closest<HTMLElement>(".field");
  if (output) output.hidden = true;
  field.required = false;
  document.querySelector<HTMLLabelElement>('label[for="query"]')?.addEventListener("click", () => editor.focus());
  const tools = document.getElementById("sparql-tools");
  if (tools !== null) tools.hidden = false;

  async function run(kept = true): Promise<void> {
    await editor.declare();
    const text = editor.text;
    if (text.trim() === "") return;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    editor.mark();
    place.setAttribute("aria-busy", "true");
    status.textContent = say("running");
    const address = link(text);
    if (kept && address !== location.href) history.pushState(null, "", address);
    try {
      const answer = await read(text, mine.signal);
      place.replaceChildren(...(await drawn(answer, text, root, say, (error) => fail(error, editor))));
      status.textContent = summary(answer, say);
      keep(text);
      list(editor);
    } catch (error) {
      if (mine.signal.aborted) return;
      fail(error, editor);
    }
    if (running === mine) place.removeAttribute("aria-busy");
  }

  function fail(error: unknown, editor: Editor): void {
    const problem = error instanceof Unanswered ? (error.problem as QueryProblem) : null;
    const box = document.createElement("div");
    box.className = "trouble";
    box.setAttribute("role", "alert");
    const told = document.createElement("p");
    told.textContent = problem === null ? String(error) : problem.detail || problem.title;
    box.append(told);
    const advice = document.createElement("p");
    const reason = problem?.type?.split(":").at(-1) ?? "";
    if (["deadline", "answer-too-large", "memory", "busy", "syntax"].includes(reason)) {
      advice.textContent = say(`advice-${reason}`);
      box.append(advice);
    }
    if (problem?.line !== undefined) {
      const { line, column = 1 } = problem;
      editor.mark(line, column, problem.detail);
      const button = document.createElement("button");
      button.type = "button";
      button.id = "go-to";
      button.textContent = say("go", { line, column });
      button.addEventListener("click", () => {
        editor.mark(line, column, problem.detail);
        editor.focus();
      });
      box.append(button);
    }
    status.textContent = "";
    place.replaceChildren(box);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  document.getElementById("stop")?.addEventListener("click", () => {
    running?.abort();
    place.removeAttribute("aria-busy");
    status.textContent = say("stopped");
  });
  document.getElementById("share")?.addEventListener("click", () => {
    const address = link(editor.text);
    history.replaceState(null, "", address);
    navigator.clipboard.writeText(address).then(
      () => { status.textContent = say("copied"); },
      () => { status.textContent = say("linked"); },
    );
  });
  document.getElementById("forget")?.addEventListener("click", () => {
    forget();
    list(editor);
  });
  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("query");
    const next = shared(query ?? editor.text);
    if (next.text !== editor.text) editor.replace(next.text);
    if (next.run) void run(false);
  });
  list(editor);
  if (asked.run) await run(false);
}

/** List the queries that were run. */
function list(editor: Editor): void {
  const box = document.getElementById("history");
  const items = document.getElementById("past");
  if (box === null || items === null) return;
  const held = past();
  box.hidden = held.length === 0;
  items.replaceChildren(
    ...held.map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      const lines = one.text.split("\n").filter((line) => !/^\s*(#|PREFIX|$)/i.test(line));
      button.textContent = lines.join(" ").replace(/\s+/g, " ").slice(0, 120);
      button.addEventListener("click", () => {
        editor.replace(one.text);
        editor.focus();
      });
      const when = document.createElement("span");
      when.className = "note";
      when.textContent = ` ${new Date(one.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}`;
      const item = document.createElement("li");
      item.append(button, when);
      return item;
    }),
  );
}
