/** The library of questions, and the page of one: names to choose, a table to sort, a picture. */

import { png, save, svg } from "../shared/download";
import { enhance } from "../shared/table";
import { words } from "../shared/words";
import { narrow } from "./library";
import { choose } from "./thing";

const say = words();
narrow(say);
if (document.getElementById("things") !== null) choose(say);

const frame = document.getElementById("answer-frame");
const table = frame?.querySelector("table");
if (frame && table) {
  enhance(table, frame, {
    filter: say("narrow"),
    said: (shown, total) => say("narrowed", { shown, total }),
  });
}

const figure = document.getElementById("picture");
const drawing = figure?.querySelector<SVGSVGElement>("svg");
if (figure && drawing) {
  const name = location.pathname.split("/").at(-1) ?? "answer";
  const tools = document.createElement("p");
  tools.className = "sparql-tools";
  const file = (title: string, made: () => Blob | Promise<Blob>, suffix: string): void => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "file";
    button.textContent = title;
    button.addEventListener("click", async () => save(await made(), `${name}.${suffix}`));
    tools.append(button);
  };
  file(say("svg"), () => svg(drawing), "svg");
  file(say("png"), () => png(drawing), "png");
  figure.append(tools);
}
