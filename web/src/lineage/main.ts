/**
 * The view Lineage: the server draws, this follows.
 *
 * A switch asks for the page of the new address and takes its parts over, so that what is seen is
 * always what the address says. The slider, the keyboard and the passages work on what is drawn.
 */

import { combobox } from "../shared/combobox";
import { png } from "../shared/download";
import { json } from "../shared/fetch";
import { offerFile } from "../shared/file";
import { follower, formAddress, within } from "../shared/follow";
import { address, write } from "../shared/state";
import { data, words } from "../shared/words";
import { Graph } from "./graph";
import { Passages } from "./passage";
import { slider } from "./slider";

const say = words<"png" | "suggestions" | "none" | "found">();
const view = document.getElementById("lineage-view");
const form = document.querySelector<HTMLFormElement>(".lineage-form");
const root = data<{ root: string }>("site").root;
const go = follower(view, take);
/** Pixels under which the legend begins folded. */
const NARROW = 704;
let folded: boolean | null = null;

function take(page: Document): void {
  const next = page.getElementById("lineage-view");
  if (view === null || next === null) return location.reload();
  const focused = document.activeElement instanceof HTMLElement ? trail(document.activeElement) : "";
  const scrolled = view.querySelector(".drawing-box")?.scrollLeft ?? 0;
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
  const legend = view?.querySelector<HTMLDetailsElement>("details.legend");
  if (legend) {
    legend.open = folded === null ? innerWidth >= NARROW : !folded;
    legend.addEventListener("toggle", () => {
      folded = !legend.open;
    });
  }
  const box = view?.querySelector<HTMLElement>(".drawing-box");
  const names = drawing?.querySelector<SVGGElement>(".lane-names");
  if (box && names) {
    const bodies = bars(drawing);
    const follow = (): void => {
      names.setAttribute("transform", `translate(${box.scrollLeft} 0)`);
      for (const one of bodies) one(box.scrollLeft + 10);
    };
    box.addEventListener("scroll", follow, { passive: true });
    box.scrollLeft = asked(drawing, box) ?? recent(drawing, box);
    follow();
  }
}

/** Return what keeps the name of each bar in sight while its beginning is out of it. */
function bars(drawing: SVGSVGElement | null): ((left: number) => void)[] {
  const found = [...(drawing?.querySelectorAll(".life.body") ?? [])];
  return found.flatMap((one) => {
    const label = one.querySelector<SVGTextElement>(".label");
    const bar = one.querySelector<SVGRectElement>(".bar");
    if (label === null || bar === null) return [];
    const start = Number(label.getAttribute("x"));
    const end = Number(bar.getAttribute("x")) + Number(bar.getAttribute("width"));
    const most = end - label.getComputedTextLength();
    return [(left: number) => label.setAttribute("x", String(Math.max(start, Math.min(left, most))))];
  });
}

/** Return how far to scroll to the later of two things that are asked for; null without any. */
function asked(drawing: SVGSVGElement | null, box: HTMLElement): number | null {
  const ends = [...(drawing?.querySelectorAll(".life.end .label") ?? [])];
  const places = ends.map((one) => Number(one.getAttribute("x")));
  return places.length === 0 ? null : Math.max(...places) - box.clientWidth * 0.5;
}

/** Return how far to scroll so that the latest years are seen, with the names of their things. */
function recent(drawing: SVGSVGElement | null, box: HTMLElement): number {
  const { start = "0", first = "0", year = "0" } = drawing?.dataset ?? {};
  const busy = Number(start) + (2016 - Number(first)) * Number(year) - 40;
  return box.clientWidth < 900 ? busy : box.scrollWidth;
}

function picture(drawing: SVGSVGElement | null): void {
  if (drawing === null) return;
  offerFile(view?.querySelector(".formats ul"), say("png"), () => png(drawing), "lineage.png");
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

for (const name of ["from", "to"]) {
  const input = document.getElementById(name);
  if (input instanceof HTMLInputElement) offer(input);
}
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void go(formAddress(form), true);
});
view?.addEventListener("click", (event) => {
  const to = within(event);
  if (to === null || to.hash !== "") return;
  event.preventDefault();
  void go(to.href, true);
});
addEventListener("popstate", () => void go(location.href, false));
document.addEventListener("lineage-step", (event) => {
  write({ step: (event as CustomEvent<string>).detail });
});
begin();
