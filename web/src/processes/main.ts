/**
 * The view of the consultative processes: the map, pictures to save, the keyboard in the drawings,
 * and a page that follows the form and the matrix at once.
 *
 * The server draws everything but the map.
 */

import { png } from "../shared/download";
import { show } from "../shared/fetch";
import { offerFile } from "../shared/file";
import { follower, formAddress, within } from "../shared/follow";
import { type Contents, drawMap, type WorldMap } from "../shared/map";
import { data, words } from "../shared/words";

const view = document.getElementById("processes-view");
const form = document.querySelector<HTMLFormElement>(".processes-form");
const say = words<"map" | "hint" | "svg" | "png" | "matrixPng" | "meetingsPng">();
let map: WorldMap | null = null;
const go = follower(view, take);

/** Take over the parts of a page that the server drew; the map is brought up to date. */
function take(page: Document): void {
  const next = page.getElementById("processes-view");
  const fields = page.querySelector(".processes-form > .fields");
  const text = page.getElementById("map-data")?.textContent;
  const place = view?.querySelector("#map");
  if (view === null || next === null || !place || !text) return location.reload();
  const focused = document.activeElement instanceof HTMLElement ? trail(document.activeElement) : "";
  const old = document.getElementById("map-data");
  if (old !== null) old.textContent = text;
  next.querySelector("#map")?.replaceWith(document.adoptNode(place));
  view.replaceChildren(...next.childNodes);
  if (fields !== null) form?.querySelector(".fields")?.replaceWith(fields);
  map?.update(data<Contents>("map-data"));
  equip();
  const target = location.hash === "" ? null : document.querySelector<HTMLElement>(location.hash);
  if (target !== null) {
    target.tabIndex = -1;
    target.focus();
  } else if (focused !== "") document.querySelector<HTMLElement>(focused)?.focus();
  const status = document.getElementById("processes-status");
  const told = document.getElementById("shared") ?? document.getElementById("listed");
  if (status !== null) status.textContent = told?.textContent ?? "";
}

/** Return where to find the focus again when the parts of the page are new. */
function trail(focused: HTMLElement): string {
  if (focused.id !== "") return `#${CSS.escape(focused.id)}`;
  const column = focused.closest<HTMLElement>("th[data-column]")?.dataset["column"];
  return column === undefined ? "" : `th[data-column="${column}"] a`;
}

/** Return the address of the form; the number of States is the usual measure of an overlap. */
function asked(): string {
  const to = new URL(formAddress(form));
  if (to.searchParams.get("show") === "common") to.searchParams.delete("show");
  return to.href;
}

/** Give the drawings their buttons, and let the arrow keys go through their links. */
function equip(): void {
  for (const [name, label] of [
    ["matrix", say("matrixPng")],
    ["meetings", say("meetingsPng")],
  ] as const) {
    const drawing = document.getElementById(name);
    const tools = document.getElementById(`${name}-tools`);
    if (!(drawing instanceof SVGSVGElement) || tools === null) continue;
    tools.replaceChildren();
    offerFile(tools, label, () => png(drawing), `processes-${name}.png`);
    walk(drawing);
  }
}

/** Let Tab enter a drawing once, and the arrow keys go from link to link by where they lie. */
function walk(drawing: SVGSVGElement): void {
  const links = [...drawing.querySelectorAll<SVGAElement>("a")];
  links[0]?.setAttribute("tabindex", "0");
  drawing.addEventListener("keydown", (event) => {
    const from = links.find((one) => one === document.activeElement);
    const turn = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (from === undefined || turn === undefined) return;
    event.preventDefault();
    const next = nearest(links, from, turn[0] ?? 0, turn[1] ?? 0);
    if (next === null) return;
    for (const one of links) one.setAttribute("tabindex", one === next ? "0" : "-1");
    next.focus();
  });
}

/** Return the next link in a direction; one that lies aside counts as three times as far. */
function nearest(links: SVGAElement[], from: SVGAElement, x: number, y: number): SVGAElement | null {
  const here = middle(from);
  let best: SVGAElement | null = null;
  let least = Infinity;
  for (const one of links) {
    const there = middle(one);
    const along = (there.x - here.x) * x + (there.y - here.y) * y;
    const aside = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
    if (along > 1 && along + 3 * aside < least) {
      best = one;
      least = along + 3 * aside;
    }
  }
  return best;
}

function middle(link: SVGAElement): { x: number; y: number } {
  const box = link.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void go(asked(), true);
});
form?.addEventListener("change", () => void go(asked(), true));
view?.addEventListener("click", (event) => {
  const to = within(event);
  if (to === null || (to.search === location.search && to.hash !== "")) return;
  event.preventDefault();
  void go(to.href, true);
});
addEventListener("popstate", () => void go(location.href, false));

equip();
const place = document.getElementById("map");
if (place !== null) {
  const manner = {
    label: say("map"),
    hint: say("hint"),
    svg: say("svg"),
    png: say("png"),
    file: "processes",
  };
  drawMap(place, data<Contents>("map-data"), manner)
    .then((drawn) => {
      map = drawn;
    })
    .catch((error: unknown) => show(place, error));
}
