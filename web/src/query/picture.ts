/** The picture of an answer: the map, what the pointed thing is joined to, and files of it. */

import { png, svg } from "../shared/download";
import { show } from "../shared/fetch";
import { offerFile } from "../shared/file";
import type { Contents } from "../shared/map";
import { data } from "../shared/words";

type Say = (name: "map" | "hint" | "svg" | "png") => string;

/** Bring the picture of this page to life, whichever it is. */
export function picture(say: Say): void {
  const name = location.pathname.split("/").at(-1) || "answer";
  const place = document.getElementById("map");
  if (place !== null) void map(place, say, name);
  const figure = document.getElementById("picture");
  const drawing = figure?.querySelector<SVGSVGElement>("svg");
  if (!figure || !drawing) return;
  light(drawing);
  const tools = document.createElement("p");
  tools.className = "sparql-tools";
  offerFile(tools, say("svg"), () => svg(drawing), `${name}.svg`);
  offerFile(tools, say("png"), () => png(drawing), `${name}.png`);
  figure.append(tools);
}

/** Maps are loaded only by the questions that have one. */
async function map(place: HTMLElement, say: Say, file: string): Promise<void> {
  const manner = { label: say("map"), hint: say("hint"), svg: say("svg"), png: say("png"), file };
  try {
    const { drawMap } = await import("../shared/map");
    await drawMap(place, data<Contents>("map-data"), manner);
  } catch (error) {
    show(place, error);
  }
}

/** Light up the edges of the thing that is pointed at or has the focus. */
function light(drawing: SVGSVGElement): void {
  const edges = [...drawing.querySelectorAll<SVGPathElement>(".edges path")];
  const on = (event: Event): void => {
    const node = event.target instanceof Element ? event.target.closest<SVGElement>("a.node") : null;
    const name = node?.dataset["name"];
    for (const one of edges) {
      const { source, target } = one.dataset;
      one.classList.toggle("lit", name !== undefined && (source === name || target === name));
    }
  };
  drawing.addEventListener("pointerover", on);
  drawing.addEventListener("focusin", on);
}
