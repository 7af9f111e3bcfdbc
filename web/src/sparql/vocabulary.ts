/** The vocabulary of the graph: prefixes and terms, fetched once, when the editor first needs them. */

import { json } from "../shared/fetch";
import { data } from "../shared/words";

export interface Term {
  readonly name: string;
  readonly iri: string;
  readonly kind: "class" | "property";
  readonly label: string;
  readonly definition: string;
  readonly uses: number;
}

export interface Vocabulary {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: readonly Term[];
}

interface Site {
  readonly root: string;
  readonly language: string;
}

const site = data<Site>("site");
let held: Promise<Vocabulary> | undefined;

/** Return the address of a path of the service, in the language of the page. */
export function at(path: string, given: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams({ ...given, lang: site.language });
  return `${site.root}${path}?${asked}`;
}

export function vocabulary(): Promise<Vocabulary> {
  held ??= json<Vocabulary>(at("sparql/vocabulary", { format: "json" })).catch((error: unknown) => {
    held = undefined; // the next use asks anew
    throw error;
  });
  return held;
}

/** Return an IRI as it is written in a query: with a prefix where its last part allows that. */
export function written(iri: string, prefixes: Readonly<Record<string, string>>): string {
  const fits = Object.entries(prefixes)
    .filter(([, space]) => iri.startsWith(space))
    .sort(([, one], [, other]) => other.length - one.length)[0];
  if (fits === undefined) return `<${iri}>`;
  const local = iri.slice(fits[1].length);
  return /^[A-Za-z0-9_]([\w-]*[\w-])?$/.test(local) ? `${fits[0]}:${local}` : `<${iri}>`;
}
