/** The answer to a query: asked for, read into rows, or the reason why there is none. */

import { type Problem, Unanswered } from "../shared/fetch";
import { at } from "./vocabulary";

export interface Term {
  readonly type: "uri" | "literal" | "bnode" | "typed-literal";
  readonly value: string;
  readonly "xml:lang"?: string;
  readonly datatype?: string;
}

export type Row = Readonly<Record<string, Term>>;

export interface Answer {
  readonly kind: "rows" | "truth" | "graph";
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly truth: boolean;
  /** Time from sending the query to having the whole answer. */
  readonly milliseconds: number;
  readonly bytes: number;
}

/** A problem of a query; `line` and `column` count from 1. */
export interface QueryProblem extends Problem {
  readonly type?: string;
  readonly line?: number;
  readonly column?: number;
  readonly seconds?: number;
}

const ROWS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";

/**
 * Return the answer as the service writes it.
 *
 * @throws Unanswered when there is none; its problem may be a `QueryProblem`.
 */
export async function ask(query: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(at("sparql"), {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unanswered({ status: 0, title: String(error), detail: "" });
  });
  if (answer.ok) return answer;
  const held: QueryProblem = { status: answer.status, title: answer.statusText, detail: "" };
  const told = (await answer.json().catch(() => ({}))) as Partial<QueryProblem>;
  throw new Unanswered({ ...held, ...told });
}

/** Ask a query and read its answer. */
export async function read(query: string, signal: AbortSignal): Promise<Answer> {
  const begun = performance.now();
  const answer = await ask(query, `${ROWS}, ${TRIPLES};q=0.9`, signal);
  const text = await answer.text();
  const milliseconds = performance.now() - begun;
  const common = { milliseconds, bytes: new Blob([text]).size, truth: false };
  if (answer.headers.get("Content-Type")?.includes(TRIPLES)) {
    const columns = ["subject", "predicate", "object"];
    return { ...common, kind: "graph", columns, rows: triples(text) };
  }
  const held = JSON.parse(text) as {
    head: { vars?: string[] };
    boolean?: boolean;
    results?: { bindings: Row[] };
  };
  if (held.boolean !== undefined) {
    return { ...common, kind: "truth", columns: [], rows: [], truth: held.boolean };
  }
  const rows = held.results?.bindings ?? [];
  return { ...common, kind: "rows", columns: held.head.vars ?? [], rows };
}

const LINE =
  /^(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?) \.$/;

/** Return the rows of N-Triples: https://www.w3.org/TR/n-triples/ */
function triples(text: string): Row[] {
  return text.split("\n").flatMap((line) => {
    const found = LINE.exec(line);
    if (found === null) return [];
    const [, subject = "", predicate = "", object = ""] = found;
    return [{ subject: term(subject), predicate: term(predicate), object: term(object) }];
  });
}

function term(text: string): Term {
  if (text.startsWith("<")) return { type: "uri", value: unescaped(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const end = text.lastIndexOf('"');
  const rest = text.slice(end + 1);
  return {
    type: "literal",
    value: unescaped(text.slice(1, end)),
    ...(rest.startsWith("@") ? { "xml:lang": rest.slice(1) } : {}),
    ...(rest.startsWith("^^") ? { datatype: rest.slice(3, -1) } : {}),
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_all, short, long, one) =>
    one === undefined
      ? String.fromCodePoint(Number.parseInt((short ?? long) as string, 16))
      : (ESCAPES[one as string] ?? (one as string)),
  );
}
