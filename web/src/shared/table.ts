/** A table that can be sorted by its column heads and narrowed by words; it stays a plain table. */

export interface Manner {
  /** Label of the field that narrows the rows. */
  readonly filter: string;
  /** Return what is read out of how many rows are shown. */
  said(shown: number, total: number): string;
}

/** Rows from which on a field to narrow them is worth its room. */
const MANY = 8;
let made = 0;

/** Let the reader sort and narrow `table`; the field stands before `frame`. */
export function enhance(table: HTMLTableElement, frame: HTMLElement, manner: Manner): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  const rows = [...body.rows];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const one of heads) one.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...rows].sort((a, b) => {
        const [one, other] = [text(a, column), text(b, column)];
        if (one === "" || other === "") return Number(one === "") - Number(other === "");
        return order.compare(one, other) * (down ? -1 : 1);
      });
      body.append(...sorted);
    });
  });

  if (rows.length < MANY) return;
  made += 1;
  const field = document.createElement("div");
  field.className = "field narrowing";
  const input = document.createElement("input");
  input.type = "search";
  input.id = `narrow-${made}`;
  input.autocomplete = "off";
  const label = document.createElement("label");
  label.htmlFor = input.id;
  label.textContent = manner.filter;
  const status = document.createElement("p");
  status.className = "note";
  status.setAttribute("role", "status");
  field.append(label, input, status);
  frame.before(field);
  input.addEventListener("input", () => {
    const sought = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const held = plain(row.textContent ?? "");
      row.hidden = !sought.every((word) => held.includes(word));
      if (!row.hidden) shown += 1;
    }
    status.textContent = sought.length === 0 ? "" : manner.said(shown, rows.length);
  });
}

function text(row: HTMLTableRowElement, column: number): string {
  return row.cells[column]?.textContent?.trim() ?? "";
}

/** Return a text without case and accents. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
