/**
 * A page that follows its form and its links without loading anew.
 *
 * The server draws every view. A change asks for the page of the new address, and the view takes
 * its parts over, so that what is seen is always what the address says, with scripts or without.
 */

export type Go = (to: string, kept: boolean) => Promise<void>;

/**
 * Return what shows the view at an address of this page.
 *
 * @param view the part of the page that is busy meanwhile.
 * @param take takes over the parts of the page that the server drew.
 */
export function follower(view: HTMLElement | null, take: (page: Document) => void): Go {
  let asked: AbortController | null = null;
  return async (to, kept) => {
    asked?.abort();
    asked = new AbortController();
    view?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(to, { headers: { Accept: "text/html" }, signal: asked.signal });
      if (!answer.ok) return location.assign(to);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (kept) history.pushState(null, "", to);
      document.title = page.title;
      take(page);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      location.assign(to);
    }
    view?.removeAttribute("aria-busy");
  };
}

/** Return the address that a form leads to; fields that are empty say nothing. */
export function formAddress(form: HTMLFormElement | null): string {
  const given = new URLSearchParams();
  for (const [name, value] of form === null ? [] : new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") given.set(name, value.trim());
  }
  const query = given.toString();
  return `${form?.action ?? ""}${query === "" ? "" : `?${query}`}`;
}

/** Return the other view of this page that a click leads to, or null when it leads elsewhere. */
export function within(event: MouseEvent): URL | null {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return null;
  const to = new URL(link.getAttribute("href") ?? "", document.baseURI);
  return to.pathname !== location.pathname || to.searchParams.has("format") ? null : to;
}
