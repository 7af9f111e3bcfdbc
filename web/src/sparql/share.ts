/** A query as a link: in the address when it is short, after the # when a server may refuse it. */

/** Characters of an address that every server takes. */
const LONGEST = 2000;

export interface Shared {
  readonly text: string;
  /** Whether the link also asks for the answer. */
  readonly run: boolean;
}

/** Return the link to this page with `text`; whoever follows it sees the answer. */
export function link(text: string): string {
  const plain = new URL(location.pathname, location.origin);
  const language = new URLSearchParams(location.search).get("lang");
  if (language !== null) plain.searchParams.set("lang", language);
  const short = new URL(plain);
  short.searchParams.set("query", text);
  short.hash = "run";
  if (short.href.length <= LONGEST) return short.href;
  plain.hash = new URLSearchParams({ query: text, run: "" }).toString();
  return plain.href;
}

/** Return what the address asks for; `written` is what the server put into the form. */
export function shared(written: string): Shared {
  const given = new URLSearchParams(location.hash.slice(1));
  return { text: given.get("query") ?? written, run: given.has("run") };
}
