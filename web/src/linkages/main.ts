/**
 * The matrix of linkages: arrows move between cells, Enter explains one, Escape closes it.
 *
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/grid/ (data grid). The server draws everything;
 * a change asks for the page of the new address and takes its parts over.
 */

import { png } from "../shared/download";
import { offerFile } from "../shared/file";
import { words } from "../shared/words";

const view = document.getElementById("linkages-view");
const form = document.querySelector<HTMLFormElement>(".linkages-form");
const status = document.getElementById("linkages-status");
const say = words<"png" | "none" | "hint">();
let asked: AbortController | null = null;

/** Show the view at an address of this page, then put the focus where `focus` says. */
async function go(address: string, kept: boolean, focus: string): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  view?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asked.signal });
    if (!answer.ok) return location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (kept) history.pushState(null, "", address.replace(/#.*$/, ""));
    take(page, focus);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    location.assign(address);
  }
  view?.removeAttribute("aria-busy");
}

function take(page: Document, focus: string): void {
  const next = page.getElementById("linkages-view");
  const fields = page.querySelector(".linkages-form > .fields");
  if (view === null || next === null) return location.reload();
  const box = view.querySelector(".matrix-box");
  const at = [box?.scrollLeft ?? 0, box?.scrollTop ?? 0] as const;
  const held = document.activeElement?.id ?? "";
  view.replaceChildren(...next.childNodes);
  if (fields !== null) form?.querySelector(".fields")?.replaceWith(fields);
  document.title = page.title;
  dress();
  view.querySelector(".matrix-box")?.scrollTo(...at);
  const wanted = focus !== "" ? focus : held !== "" ? `#${CSS.escape(held)}` : "";
  const found = wanted === "" ? null : visible(wanted);
  found?.focus();
  if (found !== null && found.closest("td, th") !== null) rove(found);
  if (status !== null) status.textContent = document.getElementById("shown")?.textContent ?? "";
}

/** Return the first element for a selector that can be seen: the matrix or the list shows a cell. */
function visible(selector: string): HTMLElement | null {
  const found = [...document.querySelectorAll<HTMLElement>(selector)];
  return found.find((one) => one.checkVisibility()) ?? null;
}

/** Return what takes the focus in a cell: its link, else the cell. */
function spot(cell: HTMLTableCellElement): HTMLElement {
  return cell.querySelector<HTMLElement>("a") ?? cell;
}

function table(): HTMLTableElement | null {
  return document.querySelector<HTMLTableElement>("#matrix");
}

/** Make the table a grid with one stop for the Tab key, and add what needs a script. */
function dress(): void {
  const grid = table();
  if (grid === null) return;
  offerFile(document.querySelector(".linkages-tools .formats ul"), say("png"), picture, "linkages.png");
  const box = grid.closest(".matrix-box");
  box?.removeAttribute("tabindex"); // the cells take the focus, and scroll it
  grid.setAttribute("role", "grid");
  const hint = document.createElement("p");
  hint.id = "matrix-hint";
  hint.className = "unseen";
  hint.textContent = say("hint");
  box?.before(hint);
  grid.setAttribute("aria-describedby", hint.id);
  for (const row of grid.rows) {
    for (const cell of row.cells) {
      if (cell.tagName === "TD") cell.setAttribute("role", "gridcell");
      spot(cell).tabIndex = -1;
    }
  }
  const first = grid.querySelector<HTMLElement>('[aria-current="true"]') ??
    grid.querySelector<HTMLElement>("td a[data-cell]"); // prettier-ignore
  if (first !== null) first.tabIndex = 0;
}

function rove(to: HTMLElement): void {
  const grid = table();
  if (grid === null) return;
  for (const one of grid.querySelectorAll<HTMLElement>('[tabindex="0"]')) one.tabIndex = -1;
  to.tabIndex = 0;
}

/** Light the row and column of a cell and say in words what it is. */
function tell(cell: HTMLTableCellElement): void {
  const grid = table();
  if (grid === null) return;
  for (const one of grid.querySelectorAll(".lit")) one.classList.remove("lit");
  const row = (cell.parentElement as HTMLTableRowElement).cells[0];
  const column = grid.tHead?.rows[0]?.cells[cell.cellIndex];
  const named = document.querySelector(".linkages-named");
  if (named === null) return;
  if (cell.tagName === "TH" || row === undefined || column === undefined) {
    named.textContent = cell.querySelector("a")?.title ?? "";
    return;
  }
  row.classList.add("lit");
  column.classList.add("lit");
  const ends = { row: row.querySelector("a")?.title ?? "", column: column.querySelector("a")?.title ?? "" };
  const link = cell.querySelector("a[data-cell]");
  const relation = link?.getAttribute("aria-label")?.replace(/^.*?×[^:]*: /, "") ?? "";
  if (cell.classList.contains("total") || ends.column === "") named.textContent = ends.row;
  else named.textContent = link ? `${ends.row} × ${ends.column}: ${relation}` : say("none", ends);
}

function move(event: KeyboardEvent, cell: HTMLTableCellElement): void {
  const grid = table();
  const row = cell.parentElement as HTMLTableRowElement;
  if (grid === null) return;
  const rtl = getComputedStyle(grid).direction === "rtl";
  const last = row.cells.length - 1;
  const low = grid.rows.length - 1;
  const [x, y] = [cell.cellIndex, row.rowIndex];
  const places: Readonly<Record<string, readonly [number, number]>> = {
    ArrowRight: [x + (rtl ? -1 : 1), y],
    ArrowLeft: [x + (rtl ? 1 : -1), y],
    ArrowDown: [x, y + 1],
    ArrowUp: [x, y - 1],
    Home: [0, event.ctrlKey ? 0 : y],
    End: [last, event.ctrlKey ? low : y],
    PageDown: [x, Math.min(y + 8, low)],
    PageUp: [x, Math.max(y - 8, 0)],
  };
  const to = places[event.key];
  if (to === undefined || event.altKey || event.metaKey) return;
  event.preventDefault();
  const next = grid.rows[to[1]]?.cells[to[0]];
  if (next === undefined) return;
  const focus = spot(next);
  focus.tabIndex = -1;
  rove(focus);
  focus.focus({ preventScroll: true });
  reveal(next);
}

/** Scroll the matrix so that a cell stands clear of the fixed heads. */
function reveal(cell: HTMLTableCellElement): void {
  const box = cell.closest(".matrix-box");
  const grid = table();
  if (box === null || grid === null) return;
  const around = box.getBoundingClientRect();
  const corner = grid.rows[0]?.cells[0]?.getBoundingClientRect();
  const foot = grid.tFoot?.getBoundingClientRect().height ?? 0;
  const place = cell.getBoundingClientRect();
  const rtl = getComputedStyle(grid).direction === "rtl";
  const head = corner?.width ?? 0;
  const start = around.left + (rtl ? 0 : head);
  const end = around.right - (rtl ? head : 0);
  if (cell.cellIndex > 0) {
    if (place.left < start) box.scrollLeft -= start - place.left + 8;
    else if (place.right > end) box.scrollLeft += place.right - end + 8;
  }
  const top = around.top + (corner?.height ?? 0);
  if (cell.closest("tbody") !== null) {
    if (place.top < top) box.scrollTop -= top - place.top;
    else if (place.bottom > around.bottom - foot) box.scrollTop += place.bottom - around.bottom + foot;
  }
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function picture(): Promise<Blob> {
  const address = new URL(location.href);
  address.searchParams.set("format", "svg");
  const text = await (await fetch(address)).text();
  const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const stage = document.createElement("div");
  stage.className = "map-stage";
  stage.append(document.adoptNode(drawn));
  document.body.append(stage);
  try {
    return await png(stage.firstElementChild as SVGSVGElement);
  } finally {
    stage.remove();
  }
}

function close(): void {
  const open = document.querySelector<HTMLAnchorElement>("#explained [data-close]");
  if (open === null) return;
  const key = new URL(location.href).searchParams.get("cell") ?? "";
  void go(open.href, true, `[data-cell="${CSS.escape(key)}"]`);
}

view?.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const to = new URL(link.href);
  if (to.pathname !== location.pathname || to.searchParams.has("format")) return;
  event.preventDefault();
  if (link.dataset["close"] !== undefined) return close();
  const sort = link.dataset["sort"];
  const cell = link.dataset["cell"] !== undefined;
  void go(link.href, true, cell ? "#explained" : sort ? `[data-sort="${CSS.escape(sort)}"]` : "");
});
view?.addEventListener("keydown", (event) => {
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>("#matrix td, #matrix th") : null;
  if (cell !== null) move(event, cell);
});
view?.addEventListener("focusin", (event) => {
  const target = event.target as HTMLElement;
  const cell = target.closest<HTMLTableCellElement>("#matrix td, #matrix th");
  if (cell === null) return;
  rove(target);
  tell(cell);
});
view?.addEventListener("pointerover", (event) => {
  const cell = (event.target as Element).closest<HTMLTableCellElement>("#matrix td, #matrix th");
  if (cell !== null) tell(cell);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
addEventListener("popstate", () => void go(location.href, false, ""));

function submit(): void {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form as HTMLFormElement)) {
    if (typeof value === "string" && value !== "") given.set(name, value);
  }
  void go(`${form?.action ?? ""}?${given}`, true, "");
}
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
form?.addEventListener("change", (event) => {
  const name = (event.target as HTMLSelectElement).name;
  if (["rows", "columns"].includes(name)) {
    // A source or a column of one matrix is none of another.
    for (const other of ["source", "sort"]) {
      const field = form.elements.namedItem(other);
      if (field instanceof HTMLSelectElement) field.selectedIndex = 0;
    }
  }
  submit();
});
dress();
