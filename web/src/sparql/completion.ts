/** What the editor offers while one types: terms, things by name, variables, keywords. */

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { json } from "../shared/fetch";
import { declaration } from "./prefix";
import { at, type Vocabulary, vocabulary, written } from "./vocabulary";

interface Item {
  readonly iri: string;
  readonly label: string;
  readonly kind: string;
  readonly matched: string;
}

const KEYWORDS = (
  "SELECT CONSTRUCT ASK DESCRIBE WHERE DISTINCT PREFIX OPTIONAL UNION MINUS GRAPH FILTER BIND " +
  "VALUES UNDEF GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND COALESCE CONTAINS STRSTARTS REGEX YEAR EXISTS"
).split(" ");
const SHORTEST = 3;

/** Return what may stand where the cursor is. */
export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (/(^|\s)#|<[^>\s]*$|^[^"]*("[^"]*"[^"]*)*"[^"]*$/.test(before)) return null;
  const variable = context.matchBefore(/[?$]\w*/);
  if (variable !== null) return variables(context, variable.from);
  const word = context.matchBefore(/[\p{L}_][\p{L}\w-]*(:[\p{L}\w-]*)?/u);
  if (word === null && !context.explicit) return null;
  const typed = word?.text ?? "";
  const known = await vocabulary();
  if (context.aborted) return null;
  const from = word?.from ?? context.pos;
  const options = offered(known, typed);
  if (typed.length >= SHORTEST) options.push(...(await things(context, known, typed)));
  // The service has matched by other names too, so nothing is filtered again.
  return context.aborted ? null : { from, options, filter: false };
}

function variables(context: CompletionContext, from: number): CompletionResult {
  const text = context.state.doc.toString();
  const typed = context.state.sliceDoc(from, context.pos).slice(1);
  const names = new Set([...text.matchAll(/[?$](\w+)/g)].map((one) => one[1] ?? ""));
  names.delete(typed);
  return { from, options: [...names].map((name) => ({ label: `?${name}`, type: "variable" })) };
}

function offered(known: Vocabulary, typed: string): Completion[] {
  const sought = typed.toLowerCase();
  const fits = known.terms.filter((one) => {
    const name = one.name.toLowerCase();
    if (sought.includes(":")) return name.startsWith(sought);
    return (name.split(":")[1] ?? "").startsWith(sought) || one.label.toLowerCase().includes(sought);
  });
  const terms = fits.slice(0, 60).map((one) => ({
    label: one.name,
    detail: one.label,
    type: one.kind,
    ...(one.definition === "" ? {} : { info: one.definition }),
    apply: apply(known),
  }));
  if (sought.includes(":")) return terms;
  const prefixes = Object.keys(known.prefixes)
    .filter((one) => one.startsWith(sought))
    .map((one) => ({ label: `${one}:`, type: "namespace", apply: apply(known) }));
  const keywords = KEYWORDS.filter((one) => one.toLowerCase().startsWith(sought)).map((label) => ({
    label,
    type: "keyword",
  }));
  return sought === "" ? terms : [...keywords, ...prefixes, ...terms];
}

/** Return things whose name fits; after a prefix, only those that it covers. */
async function things(
  context: CompletionContext,
  known: Vocabulary,
  typed: string,
): Promise<Completion[]> {
  const [prefix = "", local] = typed.split(":");
  const words = (local ?? prefix).replaceAll("-", " ");
  if (words.length < 2 || (local !== undefined && ["gcm", "rdf", "rdfs"].includes(prefix))) return [];
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort());
  const space = local === undefined ? "" : (known.prefixes[prefix] ?? "");
  try {
    const address = at("search", { q: words, format: "json" });
    const { items } = await json<{ items: Item[] }>(address, stop.signal);
    return items
      .filter((one) => one.iri.startsWith(space))
      .slice(0, 20)
      .map((one) => ({
        label: one.label,
        detail: written(one.iri, known.prefixes),
        type: "thing",
        ...(one.kind === "" ? {} : { info: one.kind }),
        apply: apply(known, written(one.iri, known.prefixes)),
      }));
  } catch {
    return []; // the terms are offered all the same
  }
}

/** Return what puts a name into the text and declares its prefix. */
function apply(known: Vocabulary, name?: string) {
  return (view: EditorView, chosen: Completion, from: number, to: number): void => {
    const text = name ?? chosen.label;
    view.dispatch(insertCompletionText(view.state, text, from, to));
    const prefix = /^([\w-]+):/.exec(text)?.[1];
    const changes = prefix === undefined ? null : declaration(view.state, prefix, known.prefixes);
    if (changes !== null) view.dispatch({ changes, userEvent: "input.prefix" });
  };
}
