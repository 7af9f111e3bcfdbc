/**
 * The view Lineage: the server draws, this follows.
 *
 * A switch asks for the page of the new address and takes its parts over, so that what is seen is
 * always what the address says. The slider, the keyboard and the passages work on what is drawn.
 */

import { combobox } from "../shared/combobox";
import { png, save } from "../shared/download";
import { json } from "../shared/fetch";
import { address, write } from "../shared/state";
import { data, words } from "../shared/words";
import { Graph } from "./graph";
import { Passages } from "./passage";
import { slider } from "./slider";

const say = words<"png" | "suggestions" | "none" | "found">();
const view = document.getElementById("lineage-view");
const form = document.querySelector<HTMLFormElement>(".lineage-form");
const root = data<{ root: string }>("site").root;
let asked: AbortController | null = null;

/** Show the view at an address of this page. */
async function go(to: string, kept: boolean): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  view?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(to, { headers: { Accept: "text/html" }, signal: asked.signal });
    if (!answer.ok) return location.assign(to);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (kept) history.pushState(null, "", to);
    take(page);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    location.assign(to);
  }
  view?.removeAttribute("aria-busy");
}

function take(page: Document): void {
  const next = page.getElementById("lineage-view");
  if (view === null || next === null) return location.reload();
  const focused = document.activeElement instanceof HTMLElement ? trail(document.activeElement) : "";
  const scrolled = view.querySelector(".drawing-box")?.scrollLeft ?? 0;
  document.title = page.title;
  view.replaceChildren(...next.childNodes);
  const fields = page.querySelector(".lineage-form > .fields");
  for (const field of fields?.querySelectorAll("input") ?? []) {
    const here = form?.querySelector<HTMLInputElement>(`input[name="${field.name}"]`);
    if (here) here.value = field.value;
    else form?.querySelector(".fields")?.append(document.adoptNode(field));
  }
  begin();
  const box = view.querySelector(".drawing-box");
  if (box !== null) box.scrollLeft = scrolled;
  if (focused !== "") document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  const status = document.getElementById("lineage-status");
  if (status !== null) status.textContent = document.getElementById("drawn")?.textContent ?? "";
}

/** Return where to find the focus again when the parts of the page are new. */
function trail(focused: HTMLElement): string {
  if (focused.id !== "") return `#${CSS.escape(focused.id)}`;
  const control = focused.dataset["control"];
  return control === undefined ? "" : `[data-control="${control}"]`;
}

/** Make what the server drew follow the pointer, the keyboard and the slider. */
function begin(): void {
  const drawing = view?.querySelector<SVGSVGElement>("svg.architecture") ?? null;
  const bar = document.getElementById("slider");
  const panel = document.getElementById("picked");
  const place = (year: string): void => void go(address({ "as-of": year }), true);
  if (panel !== null && drawing !== null) {
    const passages = new Passages(panel, root);
    const graph = new Graph(drawing, passages);
    if (bar !== null) slider(bar, drawing, place);
    graph.begin();
  } else if (bar !== null && document.querySelector("svg.lineage") === null) {
    slider(bar, null, place);
  }
  picture(view?.querySelector<SVGSVGElement>("svg.drawing") ?? null);
  const box = view?.querySelector<HTMLElement>(".drawing-box");
  const names = drawing?.querySelector<SVGGElement>(".lane-names");
  if (box && names) {
    const follow = (): void => names.setAttribute("transform", `translate(${box.scrollLeft} 0)`);
    box.addEventListener("scroll", follow, { passive: true });
    if (new URLSearchParams(location.search).get("from") === null) box.scrollLeft = recent(drawing, box);
    follow();
  }
}

/** Return how far to scroll so that the latest years are seen, with the names of their things. */
function recent(drawing: SVGSVGElement | null, box: HTMLElement): number {
  const { start = "0", first = "0", year = "0" } = drawing?.dataset ?? {};
  const busy = Number(start) + (2016 - Number(first)) * Number(year) - 40;
  return box.clientWidth < 900 ? busy : box.scrollWidth;
}

function picture(drawing: SVGSVGElement | null): void {
  const menu = view?.querySelector(".formats");
  if (drawing === null || !menu) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = say("png");
  button.addEventListener("click", () => void png(drawing).then((made) => save(made, "lineage.png")));
  menu.after(button);
}

interface Item {
  readonly label: string;
  readonly path: string | null;
  readonly identifier: string;
  readonly kind: string;
}

function offer(input: HTMLInputElement): void {
  input.removeAttribute("list");
  combobox(input, {
    name: say("suggestions"),
    async find(text, signal) {
      const query = new URLSearchParams({ q: text, format: "json" });
      const language = new URLSearchParams(location.search).get("lang");
      if (language !== null) query.set("lang", language);
      const found = await json<{ items: Item[] }>(`${root}search?${query}`, signal);
      return found.items
        .filter((item) => item.path?.startsWith("id/"))
        .slice(0, 8)
        .map((item) => ({
          value: (item.path ?? "").slice("id/".length),
          label: item.label,
          note: item.identifier,
          kind: item.kind,
        }));
    },
    choose(choice) {
      input.value = choice.value;
    },
    said: (count) => (count === 0 ? say("none") : say("found", { count })),
  });
}

function formAddress(): string {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form as HTMLFormElement)) {
    if (typeof value === "string" && value.trim() !== "") given.set(name, value.trim());
  }
  const language = new URLSearchParams(location.search).get("lang");
  if (language !== null) given.set("lang", language);
  return `${form?.action ?? ""}?${given}`;
}

for (const name of ["from", "to"]) {
  const input = document.getElementById(name);
  if (input instanceof HTMLInputElement) offer(input);
}
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void go(formAddress(), true);
});
view?.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const href = link.getAttribute("href") ?? "";
  const to = new URL(href, document.baseURI);
  if (to.pathname !== location.pathname || to.searchParams.has("format") || to.hash !== "") return;
  event.preventDefault();
  void go(to.href, true);
});
addEventListener("popstate", () => void go(location.href, false));
document.addEventListener("lineage-step", (event) => {
  write({ step: (event as CustomEvent<string>).detail });
});
begin();
