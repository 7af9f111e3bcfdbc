/** Files made in the browser: pictures, tables and graphs of what a view shows. */

export type Cell = string | number | null | undefined;

export interface Node {
  readonly id: string;
  readonly label: string;
  readonly [attribute: string]: Cell;
}

export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly [attribute: string]: Cell;
}

/** Hand a file to the reader. */
export function save(held: Blob, name: string): void {
  const address = URL.createObjectURL(held);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Return rows as CSV (RFC 4180); a cell that a spreadsheet would run is made plain text. */
export function csv(rows: readonly (readonly Cell[])[]): Blob {
  const line = (row: readonly Cell[]): string => row.map(field).join(",");
  return new Blob([rows.map(line).join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}

function field(cell: Cell): string {
  let text = String(cell ?? "");
  if (typeof cell === "string" && /^[=+@\t\r]|^-\D/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Return a graph as GraphML, which Gephi, yEd, Cytoscape and networkx read. */
export function graphml(nodes: readonly Node[], edges: readonly Edge[]): Blob {
  const space = "http://graphml.graphdrawing.org/xmlns";
  const made = document.implementation.createDocument(space, "graphml");
  const top = made.documentElement;
  const add = (under: Element, tag: string, attributes: Record<string, string>): Element => {
    const element = made.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    under.append(element);
    return element;
  };
  const keys = (part: "node" | "edge", held: readonly (Node | Edge)[], fixed: string[]): string[] => {
    const names = [...new Set(held.flatMap((one) => Object.keys(one)))];
    const own = names.filter((name) => !fixed.includes(name));
    for (const name of own) {
      add(top, "key", {
        id: `${part}-${name}`,
        for: part,
        "attr.name": name,
        "attr.type": held.every((one) => typeof (one[name] ?? 0) === "number") ? "double" : "string",
      });
    }
    return own;
  };
  const nodeKeys = keys("node", nodes, ["id"]);
  const edgeKeys = keys("edge", edges, ["source", "target"]);
  const graph = add(top, "graph", { edgedefault: "directed" });
  const fill = (element: Element, part: string, names: string[], one: Node | Edge): void => {
    for (const name of names) {
      const value = one[name];
      if (value !== null && value !== undefined) {
        add(element, "data", { key: `${part}-${name}` }).textContent = String(value);
      }
    }
  };
  for (const one of nodes) fill(add(graph, "node", { id: one.id }), "node", nodeKeys, one);
  for (const one of edges) {
    fill(add(graph, "edge", { source: one.source, target: one.target }), "edge", edgeKeys, one);
  }
  const text = new XMLSerializer().serializeToString(made);
  return new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', text], { type: "application/graphml+xml" });
}

const LOOKS = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity",
  "font-family", "font-size", "font-style", "font-weight", "text-anchor", "dominant-baseline",
  "paint-order", "visibility", "display",
] as const; // prettier-ignore

/** Return a drawing of this page as a file of its own, with the looks it has here. */
export function svg(drawing: SVGSVGElement): Blob {
  return new Blob([svgText(drawing)], { type: "image/svg+xml" });
}

function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const from = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  const to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  from.forEach((one, place) => {
    const looks = getComputedStyle(one);
    const other = to[place];
    for (const name of LOOKS) other?.setAttribute(name, looks.getPropertyValue(name));
  });
  const box = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(Math.ceil(box.width)));
  copy.setAttribute("height", String(Math.ceil(box.height)));
  return new XMLSerializer().serializeToString(copy);
}

/**
 * Return a drawing of this page as a PNG on the colour of the page.
 *
 * @param scale pixels of the file for one pixel of the page; 2 is sharp in print.
 */
export async function png(drawing: SVGSVGElement, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(svg(drawing));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(picture.width * scale);
    canvas.height = Math.ceil(picture.height * scale);
    const brush = canvas.getContext("2d");
    if (brush === null) throw new Error("This browser gives no canvas to draw on.");
    brush.fillStyle = getComputedStyle(document.body).backgroundColor;
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.scale(scale, scale);
    brush.drawImage(picture, 0, 0);
    return await new Promise((done, failed) => {
      canvas.toBlob((made) => (made ? done(made) : failed(new Error("No picture was made."))));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
