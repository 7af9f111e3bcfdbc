/**
 * The editor of a query, loaded on demand.
 *
 * It stands in a shadow root: there the editor's styles are constructed style sheets, which the
 * policy of the pages lets in, and no `<style>` elements, which it does not.
 */

import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { complete } from "./completion";
import { declareAll, declaring } from "./prefix";

export interface Editor {
  readonly text: string;
  replace(text: string): void;
  /** Mark a place, counted from 1, and lead there; without one, remove the mark. */
  mark(line?: number, column?: number, message?: string): void;
  /** Declare the known prefixes that are used and not declared. */
  declare(): Promise<void>;
  focus(): void;
}

export interface Manner {
  readonly label: string;
  /** What the editor says by itself, in the language of the page. */
  readonly phrases: Readonly<Record<string, string>>;
  run(): void;
  changed(text: string): void;
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--visited)" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool], color: "var(--good)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--warn)" },
  { tag: [tags.comment, tags.annotation], color: "var(--soft)", fontStyle: "italic" },
]);

const looks = EditorView.theme({
  "&": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--edge)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { font: "0.9rem/1.5 var(--mono)", minHeight: "16rem", maxHeight: "60vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--tint)", color: "var(--soft)", border: "0" },
  ".cm-activeLine": { background: "color-mix(in srgb, var(--tint) 60%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "color-mix(in srgb, var(--link) 28%, transparent)" },
  ".cm-tooltip": {
    background: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--edge)",
    maxWidth: "min(34rem, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", maxHeight: "18rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--strong)",
    color: "var(--paper)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "1" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--warn)" },
});

/**
 * Replaces a selection by what is typed without the browser's help: Chromium joins the lines that
 * are left with inline styles, which the policy of the pages refuses.
 */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.data === null || view.composing) return false;
    if (view.state.selection.main.empty) return false;
    event.preventDefault();
    const change = view.state.replaceSelection(event.data);
    view.dispatch(change, { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

/** Put an editor into `place`. */
export function edit(place: HTMLElement, text: string, manner: Manner): Editor {
  const root = place.attachShadow({ mode: "open" });
  const run = { key: "Mod-Enter", run: () => (manner.run(), true) };
  const view = new EditorView({
    parent: root as unknown as Element,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([run])),
        EditorState.phrases.of(manner.phrases),
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        replacing,
        highlightActiveLine(),
        indentUnit.of("  "),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": manner.label,
          spellcheck: "false",
          autocapitalize: "none",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) manner.changed(update.state.doc.toString());
        }),
        keymap.of([...completionKeymap, ...lintKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        lintGutter(),
        autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 150 }),
        declaring(),
        sparql(),
        syntaxHighlighting(colours),
        looks,
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    replace(next) {
      view.dispatch(
        { changes: { from: 0, to: view.state.doc.length, insert: next } },
        setDiagnostics(view.state, []),
      );
    },
    mark(line, column = 1, message = "") {
      if (line === undefined) return view.dispatch(setDiagnostics(view.state, []));
      const { doc } = view.state;
      const row = doc.line(Math.max(1, Math.min(line, doc.lines)));
      const from = Math.min(row.from + Math.max(0, column - 1), row.to);
      const end = /^\S+/.exec(doc.sliceString(from, row.to))?.[0].length ?? 0;
      const to = Math.min(from + Math.max(1, end), doc.length);
      view.dispatch(
        setDiagnostics(view.state, [
          { from: from === to ? Math.max(0, from - 1) : from, to, severity: "error", message },
        ]),
      );
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    },
    declare() {
      return declareAll(view);
    },
    focus() {
      view.focus();
    },
  };
}
