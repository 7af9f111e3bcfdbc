/** Search fields that offer the things of the graph while one types. */

import { combobox, type Choice } from "../shared/combobox";
import { json } from "../shared/fetch";
import { spoken } from "../shared/state";
import { data } from "../shared/words";

interface Item {
  readonly iri: string;
  readonly label: string;
  readonly language: string;
  readonly path: string | null;
  readonly identifier: string;
  readonly kind: string;
  readonly matched: string;
}

interface Site {
  /** Way from this page to the root of the service. */
  readonly root: string;
  readonly language: string;
  readonly suggestions: string;
  readonly none: string;
  readonly one: string;
  readonly many: string;
}

const SHOWN = 8;

/** Offer things in the search field of `form`; choosing one leads to its page. */
export function suggest(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  if (input === null) return;
  const site = data<Site>("site");
  combobox(input, {
    name: site.suggestions,
    async find(text, signal) {
      const asked = new URLSearchParams({ q: text, format: "json" });
      const language = new URLSearchParams(location.search).get("lang");
      if (language !== null) asked.set("lang", language);
      const found = await json<{ items: Item[] }>(`${site.root}search?${asked}`, signal);
      return found.items
        .filter((item) => item.path !== null)
        .slice(0, SHOWN)
        .map((item) => choice(item, site.language));
    },
    choose(chosen) {
      location.assign(spoken(site.root + chosen.value));
    },
    said(count) {
      const sentence = count === 0 ? site.none : count === 1 ? site.one : site.many;
      return sentence.replace("{count}", String(count));
    },
  });
}

function choice(item: Item, language: string): Choice {
  const other = item.matched === item.label ? item.identifier : item.matched;
  return {
    value: item.path ?? "",
    label: item.label,
    note: other,
    kind: item.kind,
    ...(item.language !== "" && item.language !== language ? { language: item.language } : {}),
  };
}
