/** The prefixes of a query: which it declares, and what must be added when it uses another. */

import type { ChangeSpec, EditorState } from "@codemirror/state";
import { type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Vocabulary, vocabulary } from "./vocabulary";

const DECLARED = /^[ \t]*PREFIX[ \t]+([\w-]*):/gim;

/** Return the change that declares `prefix` after the other declarations, or nothing if it is. */
export function declaration(
  state: EditorState,
  prefix: string,
  prefixes: Vocabulary["prefixes"],
): ChangeSpec | null {
  const space = prefixes[prefix];
  if (space === undefined) return null;
  const text = state.doc.toString();
  const declared = [...text.matchAll(DECLARED)];
  if (declared.some((one) => one[1] === prefix)) return null;
  const last = declared.at(-1);
  const at = last === undefined ? start(state) : state.doc.lineAt(last.index + last[0].length).to;
  const line = `PREFIX ${prefix}: <${space}>`;
  return { from: at, insert: last === undefined ? `${line}\n` : `\n${line}` };
}

const APART = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^>\s]*>|#.*$/gm;

/** Declare every known prefix that the query uses and does not declare. */
export async function declareAll(view: EditorView): Promise<void> {
  const text = view.state.doc.toString().replace(APART, " ");
  const used = new Set([...text.matchAll(/(?<![\w?$:-])([A-Za-z][\w-]*):/g)].map((one) => one[1] ?? ""));
  const known = await vocabulary().catch(() => null);
  for (const prefix of known === null ? [] : used) {
    const changes = declaration(view.state, prefix, known?.prefixes ?? {});
    if (changes !== null) view.dispatch({ changes, userEvent: "input.prefix" });
  }
}

/** Return where the first line is that is no comment. */
function start(state: EditorState): number {
  for (let number = 1; number <= state.doc.lines; number += 1) {
    const line = state.doc.line(number);
    if (!/^\s*(#|$)/.test(line.text)) return line.from;
  }
  return 0;
}

/** Declare a known prefix as soon as its colon is typed. */
export function declaring(): Extension {
  return EditorView.inputHandler.of((view, from, _to, typed) => {
    if (typed !== ":") return false;
    const line = view.state.doc.lineAt(from);
    const before = line.text.slice(0, from - line.from);
    const prefix = /(?:^|[\s({[,;^/|!])([A-Za-z][\w-]*)$/.exec(before)?.[1];
    if (prefix === undefined || /^\s*PREFIX\s/i.test(before) || before.includes("#")) return false;
    void vocabulary().then((known) => {
      const changes = declaration(view.state, prefix, known.prefixes);
      if (changes !== null) view.dispatch({ changes, userEvent: "input.prefix" });
    }, () => undefined);
    return false;
  });
}
