/**
 * Tables on a phone: each row becomes a card whose values carry the names of their columns.
 *
 * The style sheet does it (`table.cards`); this gives the cells their names, and the roles that a
 * browser takes from cells that are no longer laid out as a table. Tables whose cells span several
 * columns or rows keep their form and scroll.
 */

/** The width of the style sheet under which rows are cards, in pixels. */
const NARROW = 704;
const CARDS = ".scroll > table";
const ROLES: Readonly<Record<string, string>> = {
  TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell",
}; // prettier-ignore

/** Prepare every table of the page, and those that a view puts there later. */
export function cards(): void {
  for (const one of document.querySelectorAll<HTMLTableElement>(CARDS)) prepare(one);
  const main = document.querySelector("main");
  if (main === null) return;
  new MutationObserver(() => {
    for (const one of main.querySelectorAll<HTMLTableElement>(`${CARDS}:not(.cards)`)) prepare(one);
  }).observe(main, { childList: true, subtree: true });
}

function prepare(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const plain = (cell: HTMLTableCellElement): boolean => cell.colSpan === 1 && cell.rowSpan === 1;
  if (heads.length < 3 || table.tHead?.rows.length !== 1 || table.role === "grid") return;
  if (!rows.every((row) => row.cells.length === heads.length && [...row.cells].every(plain))) return;
  const frame = table.parentElement;
  if (innerWidth < NARROW && frame !== null && table.scrollWidth <= frame.clientWidth) return;
  const names = heads.map((head) => (head.textContent ?? "").replace(/[▲▼]/g, "").trim());
  table.classList.add("cards");
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody, tfoot, tr, td")) {
    part.setAttribute("role", ROLES[part.tagName] ?? "cell");
  }
  for (const row of rows) {
    [...row.cells].forEach((cell, place) => {
      if (cell.tagName === "TH") cell.setAttribute("role", "rowheader");
      if (place > 0 || cell.tagName === "TD") cell.dataset["label"] = names[place] ?? "";
      cell.classList.toggle("empty", cell.textContent?.trim() === "" && cell.childElementCount === 0);
    });
  }
}
