/** The answer as people read it: a table with names and links, how long it took, its files. */

import { save } from "../shared/download";
import { spoken } from "../shared/state";
import { enhance } from "../shared/table";
import type { words } from "../shared/words";
import { type Answer, ask, type Term } from "./answer";
import { at } from "./vocabulary";

/** Rows that are put on the page; the files have them all. */
export const MOST = 1000;

interface Name {
  readonly label: string;
  readonly language: string;
  readonly path: string | null;
  readonly name: string;
}

type Say = ReturnType<typeof words>;

const FILES = {
  rows: [
    ["CSV", "text/csv", "csv"],
    ["TSV", "text/tab-separated-values", "tsv"],
    ["JSON", "application/sparql-results+json", "srj"],
    ["XML", "application/sparql-results+xml", "srx"],
  ],
  graph: [
    ["Turtle", "text/turtle", "ttl"],
    ["JSON-LD", "application/ld+json", "jsonld"],
    ["N-Triples", "application/n-triples", "nt"],
    ["RDF/XML", "application/rdf+xml", "rdf"],
  ],
  truth: [
    ["JSON", "application/sparql-results+json", "srj"],
    ["XML", "application/sparql-results+xml", "srx"],
  ],
} as const;

/** Return how much was answered, and in what time. */
export function summary(answer: Answer, say: Say): string {
  const name = { rows: "rows", graph: "triples", truth: "asked" }[answer.kind];
  return say(name, {
    count: answer.rows.length.toLocaleString(document.documentElement.lang),
    time: Math.round(answer.milliseconds),
    size: (answer.bytes / 1000).toFixed(1),
  });
}

/** Return the parts of the page that show an answer. */
export async function drawn(
  answer: Answer,
  query: string,
  root: string,
  say: Say,
  failed: (error: unknown) => void,
): Promise<Node[]> {
  const parts: Node[] = [files(answer, query, say, failed)];
  if (answer.kind === "truth") {
    const truth = paragraph(say(answer.truth ? "yes" : "no"));
    truth.className = "truth";
    return [...parts, truth];
  }
  if (answer.rows.length === 0) return [...parts, paragraph(say("nothing"))];
  if (answer.rows.length > MOST) parts.push(paragraph(say("capped", { most: MOST })));
  const names = await named(answer);
  const frame = document.createElement("div");
  frame.className = "scroll";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", say("answer"));
  const made = table(answer, names, root);
  frame.append(made);
  const holder = document.createElement("div");
  holder.append(frame);
  enhance(made, frame, {
    filter: say("narrow"),
    said: (shown, total) => say("narrowed", { shown, total }),
  });
  return [...parts, holder];
}

function files(answer: Answer, query: string, say: Say, failed: (error: unknown) => void): Element {
  const nav = document.createElement("div");
  nav.className = "formats";
  const name = document.createElement("span");
  name.className = "formats-name";
  name.textContent = say("download");
  const list = document.createElement("ul");
  for (const [title, media, suffix] of FILES[answer.kind]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "file";
    button.textContent = title;
    button.addEventListener("click", () => {
      ask(query, media)
        .then((one) => one.blob())
        .then((held) => save(held, `gcm-graph-answer.${suffix}`), failed);
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  nav.append(name, list);
  return nav;
}

/** Return how the things of an answer are called; what has no name is shown as it is. */
async function named(answer: Answer): Promise<Readonly<Record<string, Name>>> {
  const iris = new Set<string>();
  for (const row of answer.rows.slice(0, MOST)) {
    for (const term of Object.values(row)) if (term.type === "uri") iris.add(term.value);
  }
  if (iris.size === 0) return {};
  const asked = await fetch(at("sparql/names"), {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify([...iris].slice(0, 2000)),
  }).catch(() => null);
  return asked?.ok ? ((await asked.json()) as Record<string, Name>) : {};
}

function table(answer: Answer, names: Readonly<Record<string, Name>>, root: string): HTMLTableElement {
  const made = document.createElement("table");
  made.className = "answer";
  const head = made.createTHead().insertRow();
  for (const column of answer.columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column;
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of answer.rows.slice(0, MOST)) {
    const line = body.insertRow();
    for (const column of answer.columns) {
      const cell = line.insertCell();
      const term = row[column];
      if (term !== undefined) cell.append(...shown(term, names[term.value], root));
    }
  }
  return made;
}

function shown(term: Term, name: Name | undefined, root: string): Node[] {
  if (term.type === "bnode") return [document.createTextNode(`_:${term.value}`)];
  if (term.type !== "uri") {
    const text = document.createElement("span");
    text.textContent = term.value;
    const language = term["xml:lang"];
    if (language !== undefined) text.lang = language;
    if (term.datatype !== undefined) text.title = term.datatype;
    return [text];
  }
  const web = /^https?:/.test(term.value);
  const to = name?.path != null ? spoken(root + name.path) : web ? term.value : "";
  const link = document.createElement(to === "" ? "span" : "a");
  if (link instanceof HTMLAnchorElement) {
    link.href = to;
    if (name?.path == null) link.rel = "external";
  }
  link.textContent = name?.label ?? term.value;
  if (name?.language) link.lang = name.language;
  link.title = term.value;
  const short = name?.name ?? "";
  if (short === "" || short.startsWith("<")) return [link];
  const symbol = document.createElement("span");
  symbol.className = "iri-name";
  symbol.textContent = short;
  return [link, document.createTextNode(" "), symbol];
}

function paragraph(text: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
