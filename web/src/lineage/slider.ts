/** The slider through the years: what is drawn follows at once, the page when it comes to rest. */

import { words } from "../shared/words";

const FIRST = 1990;
const REST = 350;
const say = words<"year" | "whole">();

/**
 * Put a slider into `place`.
 *
 * @param rest called with the year, or with nothing for the whole record.
 */
export function slider(place: HTMLElement, drawing: SVGSVGElement | null, rest: (year: string) => void): void {
  const last = Number(place.dataset["last"]) + 1;
  const input = document.createElement("input");
  const told = document.createElement("output");
  input.type = "range";
  input.id = "as-of-year";
  input.min = String(FIRST);
  input.max = String(last);
  input.value = place.dataset["moment"] || String(last);
  const name = document.createElement("label");
  name.htmlFor = told.htmlFor.value = input.id;
  name.textContent = document.querySelector('label[for="as-of"]')?.textContent ?? "";
  place.replaceChildren(name, input, told);
  place.hidden = false;
  const year = (): string => (Number(input.value) === last ? "" : input.value);
  const tell = (): void => {
    const text = year() === "" ? say("whole") : say("year", { year: year() });
    told.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  let timer = 0;
  input.addEventListener("input", () => {
    tell();
    if (drawing !== null) draw(drawing, year());
    clearTimeout(timer);
    timer = setTimeout(() => rest(year()), REST);
  });
  tell();
}

/** Show things as they stood at the end of a year; all of them when it is empty. */
function draw(drawing: SVGSVGElement, year: string): void {
  const day = year === "" ? "9999" : `${year}-12-31`;
  const gone = new Set<string>();
  for (const one of drawing.querySelectorAll<SVGAElement>("a.life")) {
    const { begins = "", ends = "", thing = "" } = one.dataset;
    const future = begins > day;
    if (future) gone.add(thing);
    set(one, future);
    const ended = year !== "" && ends !== "" && ends < day;
    one.classList.toggle("ended", ended);
    if (ended) one.setAttribute("opacity", "0.5");
    else one.removeAttribute("opacity");
  }
  for (const one of drawing.querySelectorAll<SVGAElement>("a.edge")) {
    set(one, gone.has(one.dataset["later"] ?? "") || gone.has(one.dataset["earlier"] ?? ""));
  }
  let line = drawing.querySelector<SVGPathElement>(".moment");
  if (year === "") return line?.remove();
  if (line === null) {
    line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "moment");
    line.setAttribute("stroke-width", "2");
    drawing.querySelector(".edges")?.before(line);
  }
  const { start = "0", first = "0", year: wide = "0" } = drawing.dataset;
  const x = Number(start) + Math.max(0, Number(year) + 1 - Number(first)) * Number(wide);
  line.setAttribute("d", `M${x} 32V${drawing.viewBox.baseVal.height - 8}`);
}

function set(one: SVGAElement, future: boolean): void {
  one.classList.toggle("future", future);
  if (future) one.setAttribute("visibility", "hidden");
  else one.removeAttribute("visibility");
}
