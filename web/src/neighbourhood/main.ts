/**
 * The neighbourhood of a thing: the server's drawing, made to answer the pointer and the keyboard.
 *
 * Every change that adds or takes away is an address of the server, whose page is taken over; to
 * look, to find, to move and to enlarge needs no answer from it.
 */

import { png, save, svg } from "../shared/download";
import { words } from "../shared/words";

const say = words<
  "hint" | "page" | "centre" | "expand" | "fold" | "pin" | "unpin" | "svg" | "png" | "in" | "out" | "whole"
>();
const STEP = 40;
/** On a picture narrower than this many pixels, more things than that begin enlarged. */
const [NARROW, MANY] = [600, 40];
const view = document.getElementById("neighbourhood-view");
const form = document.querySelector<HTMLFormElement>(".neighbourhood-form");
const find = document.querySelector<HTMLInputElement>("#q");
const status = document.getElementById("neighbourhood-status");
let asked: AbortController | null = null;
let chosen = "";

const drawing = (): SVGSVGElement | null => document.querySelector("#graph svg.rings");
const nodes = (): SVGAElement[] => [...document.querySelectorAll<SVGAElement>("#graph a.node")];
const named = (name: string): SVGAElement | undefined => nodes().find((one) => one.dataset["name"] === name);

async function go(address: string, kept: boolean): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asked.signal });
    if (!answer.ok) return location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("neighbourhood-view");
    if (view === null || next === null) return location.assign(address);
    const focused = document.activeElement as HTMLElement | null;
    const toggle = focused?.dataset["toggle"];
    const inside = focused?.closest("#told, #graph") != null;
    if (kept) history.pushState(null, "", address);
    view.replaceChildren(...next.childNodes);
    for (const name of ["expanded", "pinned"]) view.dataset[name] = next.dataset[name] ?? "";
    const fields = page.querySelector(".neighbourhood-form > .fields");
    for (const name of ["hidden", "expanded"]) {
      form?.querySelector(`input[name="${name}"]`)?.remove();
      const field = fields?.querySelector(`input[name="${name}"]`);
      if (field) form?.querySelector(".fields")?.append(field);
    }
    dress();
    if (named(chosen) !== undefined) choose(chosen);
    if (toggle !== undefined) document.querySelector<HTMLElement>(`[data-toggle="${CSS.escape(toggle)}"]`)?.focus();
    else if (inside) named(chosen)?.focus();
    if (status !== null) status.textContent = document.getElementById("counted")?.textContent ?? "";
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    location.assign(address);
  }
}

function button(text: string, then: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = text;
  made.addEventListener("click", then);
  return made;
}

function dress(): void {
  const figure = document.getElementById("graph");
  const picture = drawing();
  if (figure === null || picture === null) return;
  const hint = document.createElement("p");
  hint.id = "graph-hint";
  hint.className = "unseen";
  hint.textContent = say("hint");
  picture.setAttribute("aria-describedby", hint.id);
  const tools = document.createElement("p");
  tools.className = "nb-tools";
  const file = `neighbourhood-${(view?.dataset["thing"] ?? "").replace(/\W+/g, "-")}`;
  const whole = picture.getAttribute("viewBox") ?? "";
  tools.append(
    button(say("in"), () => zoom(0.8)),
    button(say("out"), () => zoom(1.25)),
    button(say("whole"), () => drawing()?.setAttribute("viewBox", whole)),
    button(say("svg"), () => save(svg(picture), `${file}.svg`)),
    button(say("png"), () => void png(picture).then((held) => save(held, `${file}.png`))),
  );
  figure.append(hint, tools);
  nodes().forEach((one, place) => one.setAttribute("tabindex", place === 0 ? "0" : "-1"));
  for (const name of pins().keys()) named(name)?.classList.add("pinned");
  if (figure.clientWidth < NARROW && nodes().length > MANY) zoom(0.55);
  look();
}

function zoom(by: number): void {
  const picture = drawing();
  const box = picture?.viewBox.baseVal;
  if (!picture || !box) return;
  const about = named(chosen);
  const x = Number(about?.dataset["x"] ?? box.x + box.width / 2);
  const y = Number(about?.dataset["y"] ?? box.y + box.height / 2);
  const [w, h] = [box.width * by, box.height * by];
  picture.setAttribute("viewBox", `${x - w / 2} ${y - h / 2} ${w} ${h}`);
}

/** Tell how a thing is related, in the words of the table. */
function choose(name: string): void {
  chosen = name;
  const told = document.getElementById("told");
  const node = named(name);
  if (told === null || node === undefined) return;
  for (const one of nodes()) {
    one.classList.toggle("chosen", one === node);
    one.setAttribute("tabindex", one === node ? "0" : "-1");
  }
  for (const path of document.querySelectorAll<SVGPathElement>("#graph .edges path")) {
    const touches = path.dataset["source"] === name || path.dataset["target"] === name;
    path.classList.toggle("lit", touches);
  }
  const title = document.createElement("h2");
  title.textContent = node.getAttribute("aria-label");
  const acts = document.createElement("p");
  acts.className = "nb-acts";
  const expanded = listed("expanded");
  const open = expanded.includes(name);
  const pinned = pins().has(name);
  const page = document.createElement("a");
  page.href = node.href.baseVal;
  page.textContent = say("page");
  if (name !== view?.dataset["thing"]) {
    const others = open ? expanded.filter((one) => one !== name) : [...expanded, name];
    acts.append(
      button(say(open ? "fold" : "expand"), () => void go(changed({ expanded: others.join(",") }), true)),
      button(say("centre"), () => location.assign(changed({ thing: name, expanded: "", pinned: "", hidden: "" }))),
      button(say(pinned ? "unpin" : "pin"), () => pin(name, !pinned)),
    );
  }
  acts.append(page);
  const list = document.createElement("ul");
  for (const row of document.querySelectorAll<HTMLTableRowElement>(".nb-table tbody tr")) {
    if (row.dataset["source"] !== name && row.dataset["target"] !== name) continue;
    const item = document.createElement("li");
    for (const cell of row.cells) {
      const part = document.createElement("span");
      part.className = cell.className;
      part.append(...[...cell.cloneNode(true).childNodes]);
      item.append(part, " ");
    }
    list.append(item);
  }
  told.replaceChildren(title, acts, list);
}

const listed = (name: string): string[] => (view?.dataset[name] ?? "").split(",").filter((one) => one !== "");

function pins(): Map<string, string> {
  const held = (view?.dataset["pinned"] ?? "").split(";").filter((one) => one !== "");
  return new Map(held.map((one) => [one.slice(0, one.lastIndexOf("@")), one]));
}

function changed(values: Readonly<Record<string, string>>): string {
  const next = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === "") next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  return next.href;
}

/** Keep a thing where it stands, for whoever opens this address too; or let it go. */
function pin(name: string, stays: boolean): void {
  const node = named(name);
  const held = pins();
  if (node === undefined || view === null) return;
  if (stays) held.set(name, `${name}@${node.dataset["x"]},${node.dataset["y"]}`);
  else held.delete(name);
  void go(changed({ pinned: [...held.values()].join(";") }), true);
}

function place(node: SVGAElement, x: number, y: number): void {
  node.dataset["x"] = String(Math.round(x));
  node.dataset["y"] = String(Math.round(y));
  node.setAttribute("transform", `translate(${Math.round(x)} ${Math.round(y)})`);
}

/** Dim what the words of the search do not name. */
function look(): void {
  const text = (find?.value ?? "").trim().toLocaleLowerCase();
  const fits = new Set<string>();
  for (const one of nodes()) {
    const hit = text === "" || (one.getAttribute("aria-label") ?? "").toLocaleLowerCase().includes(text);
    one.classList.toggle("faint", !hit);
    if (hit) fits.add(one.dataset["name"] ?? "");
  }
  for (const row of document.querySelectorAll<HTMLElement>(".nb-table tbody tr")) {
    const about = [row.dataset["source"], row.dataset["target"]].filter((one) => one !== view?.dataset["thing"]);
    row.classList.toggle("faint", text !== "" && !about.some((one) => fits.has(one ?? "")));
  }
}

view?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.target as Element;
  const node = target.closest<SVGAElement>("#graph a.node");
  const toggle = target.closest<HTMLAnchorElement>("a[data-toggle]");
  if (node !== null) {
    event.preventDefault();
    choose(node.dataset["name"] ?? "");
    if (event.detail === 0) document.querySelector<HTMLElement>("#told button, #told a")?.focus();
  } else if (toggle !== null) {
    event.preventDefault();
    void go(toggle.href, true);
  }
});
view?.addEventListener("focusin", (event) => {
  const node = (event.target as Element).closest<SVGAElement>("#graph a.node");
  if (node !== null) choose(node.dataset["name"] ?? "");
});
view?.addEventListener("keydown", (event) => {
  const target = event.target as Element;
  if (event.key === "Escape" && target.closest("#told") !== null) return named(chosen)?.focus();
  const node = target.closest<SVGAElement>("#graph a.node");
  if (node === null) return;
  if (event.altKey && event.key.startsWith("Arrow")) {
    event.preventDefault();
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] as [number, number]; // prettier-ignore
    place(node, Number(node.dataset["x"]) + dx * STEP, Number(node.dataset["y"]) + dy * STEP);
    return pin(node.dataset["name"] ?? "", true);
  }
  const shown = nodes().filter((one) => !one.classList.contains("faint"));
  const at = shown.indexOf(node);
  const last = shown.length - 1;
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key]; // prettier-ignore
  if (to === undefined) return;
  event.preventDefault();
  shown[Math.max(0, Math.min(to, last))]?.focus();
});

/* To drag a thing pins it. */
let held: { node: SVGAElement; moved: boolean } | null = null;
view?.addEventListener("pointerdown", (event) => {
  const node = (event.target as Element).closest<SVGAElement>("#graph a.node");
  if (node === null || event.button !== 0 || event.pointerType === "touch") return;
  held = { node, moved: false };
  event.preventDefault();
});
addEventListener("pointermove", (event) => {
  const matrix = drawing()?.getScreenCTM();
  if (held === null || !matrix) return;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  const gap = Math.hypot(at.x - Number(held.node.dataset["x"]), at.y - Number(held.node.dataset["y"]));
  if (!held.moved && gap < 12) return;
  held.moved = true;
  place(held.node, at.x, at.y);
});
addEventListener("pointerup", () => {
  const { node, moved } = held ?? {};
  held = null;
  if (node === undefined || !moved) return;
  chosen = node.dataset["name"] ?? "";
  pin(chosen, true);
});
view?.addEventListener("dragstart", (event) => event.preventDefault());
find?.addEventListener("input", () => {
  look();
  history.replaceState(null, "", changed({ q: find.value.trim() }));
});
addEventListener("popstate", () => void go(location.href, false));
dress();
performance.mark("neighbourhood-ready");
