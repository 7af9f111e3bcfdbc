/**
 * The view of States: the map, and a page that follows the form, the legend and the table at once.
 *
 * The server draws everything but the map.
 */

import { show } from "../shared/fetch";
import { follower, formAddress, within } from "../shared/follow";
import { type Contents, drawMap, type WorldMap } from "../shared/map";
import { data, words } from "../shared/words";

const MOST = 4;
const view = document.getElementById("states-view");
const form = document.querySelector<HTMLFormElement>(".states-form");
const say = words<"map" | "hint" | "svg" | "png" | "most">();
let map: WorldMap | null = null;
const go = follower(view, take);

/** Take over the parts of a page that the server drew; the map is brought up to date. */
function take(page: Document): void {
  const next = page.getElementById("states-view");
  const fields = page.querySelector(".states-form > .fields");
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
  if (focused !== "") document.querySelector<HTMLElement>(focused)?.focus();
  const status = document.getElementById("states-status");
  if (status !== null) status.textContent = document.getElementById("listed")?.textContent ?? "";
}

/** Return where to find the focus again when the parts of the page are new. */
function trail(focused: HTMLElement): string {
  if (focused.id !== "") return `#${CSS.escape(focused.id)}`;
  const column = focused.closest<HTMLElement>("th[data-column]")?.dataset["column"];
  if (column !== undefined) return `th[data-column="${column}"] a`;
  const row = focused.closest<HTMLElement>("tr[data-key]")?.dataset["key"];
  return row === undefined ? "" : `tr[data-key="${row}"] a`;
}

function filter(key: string): void {
  const next = new URL(location.href);
  if (key === "") next.searchParams.delete("choice");
  else next.searchParams.set("choice", key);
  void go(next.href, true);
}

/** Let no more than four States be ticked. */
function limit(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('.compare-form input[name="state"]')];
  const ticked = boxes.filter((one) => one.checked).length;
  for (const one of boxes) one.disabled = ticked >= MOST && !one.checked;
  const note = document.querySelector(".compare-bar .note");
  if (ticked >= MOST && note !== null) note.textContent = say("most");
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void go(formAddress(form), true);
});
form?.addEventListener("change", (event) => {
  // A category of one measure is none of another.
  const changed = event.target instanceof HTMLSelectElement ? event.target.name : "";
  const choice = form.elements.namedItem("choice");
  if (["measure", "instrument"].includes(changed) && choice instanceof HTMLSelectElement) {
    choice.value = "";
  }
  void go(formAddress(form), true);
});
view?.addEventListener("click", (event) => {
  const to = within(event);
  if (to === null || to.hash !== "") return;
  event.preventDefault();
  void go(to.href, true);
});
view?.addEventListener("change", limit);
addEventListener("popstate", () => void go(location.href, false));

const place = document.getElementById("map");
if (place !== null) {
  const manner = {
    label: say("map"),
    hint: say("hint"),
    svg: say("svg"),
    png: say("png"),
    file: "states",
    filter,
  };
  drawMap(place, data<Contents>("map-data"), manner)
    .then((drawn) => {
      map = drawn;
    })
    .catch((error: unknown) => show(place, error));
}
