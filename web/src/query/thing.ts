/** Fields for things: chosen by name, handed on as IRI; an IRI or prefixed name may be typed too. */

import { combobox } from "../shared/combobox";
import { json } from "../shared/fetch";
import { data, type words } from "../shared/words";

interface Field {
  readonly kinds: readonly string[];
  /** How the thing that is given is called; empty when none is. */
  readonly label: string;
}

interface Item {
  readonly iri: string;
  readonly label: string;
  readonly path: string | null;
  readonly identifier: string;
  readonly kind: string;
}

const SHOWN = 10;

export function choose(say: ReturnType<typeof words>): void {
  const { root, language } = data<{ root: string; language: string }>("site");
  for (const [name, field] of Object.entries(data<Record<string, Field>>("things"))) {
    const input = document.getElementById(`parameter-${name}`);
    if (!(input instanceof HTMLInputElement)) continue;
    const sent = document.createElement("input");
    sent.type = "hidden";
    sent.name = name;
    sent.value = input.value;
    input.removeAttribute("name");
    input.inputMode = "text";
    if (field.label !== "") input.value = field.label;
    input.after(sent);
    input.addEventListener("input", () => {
      sent.value = input.value;
    });
    combobox(input, {
      name: say("things"),
      async find(text, signal) {
        const asked = new URLSearchParams({ q: text, format: "json", lang: language });
        const { items } = await json<{ items: Item[] }>(`${root}search?${asked}`, signal);
        return items
          .filter((one) => field.kinds.length === 0 || field.kinds.includes(kind(one)))
          .slice(0, SHOWN)
          .map((one) => ({ value: one.iri, label: one.label, note: one.identifier, kind: one.kind }));
      },
      choose(chosen) {
        sent.value = chosen.value;
        input.value = chosen.label;
      },
      said(count) {
        return say(count === 0 ? "none" : count === 1 ? "one" : "many", { count });
      },
    });
  }
}

/** Return the kind of a thing as the parameters of questions name it. */
function kind(one: Item): string {
  const [first = "", second = "", third] = (one.path ?? "").split("/");
  if (first === "id") return second;
  return first === "source" && third !== undefined ? "passage" : first;
}
