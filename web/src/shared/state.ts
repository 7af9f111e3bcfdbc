/** The state of a view: it lives in the address, so that every view can be linked to. */

export type Values = Readonly<Record<string, string>>;

/** Return the parameters of the address; the last one wins where a name comes twice. */
export function read(): Values {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** Return the address of this page with some parameters changed; an empty value drops one. */
export function address(changed: Values): string {
  const found = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changed)) {
    if (value === "") found.delete(name);
    else found.set(name, value);
  }
  const query = found.toString();
  return location.pathname + (query === "" ? "" : `?${query}`) + location.hash;
}

/** Return the address of another page in the language that this one was asked for. */
export function spoken(to: string): string {
  const language = new URLSearchParams(location.search).get("lang");
  if (language === null || to === "" || /[?&]lang=/.test(to)) return to;
  const [path = "", hash] = to.split("#");
  const joint = path.includes("?") ? "&" : "?";
  return `${path}${joint}lang=${encodeURIComponent(language)}${hash === undefined ? "" : `#${hash}`}`;
}

/**
 * Write some parameters into the address.
 *
 * @param kept true for a step that the Back button undoes, false for a change on the way.
 */
export function write(changed: Values, kept = false): void {
  const next = address(changed);
  if (next === location.pathname + location.search + location.hash) return;
  if (kept) history.pushState(null, "", next);
  else history.replaceState(null, "", next);
}

/** Call `then` when the Back or Forward button has changed the address. */
export function watch(then: (values: Values) => void): void {
  addEventListener("popstate", () => then(read()));
}
