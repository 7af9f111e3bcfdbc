/** The library of questions, and the page of one: names to choose, a table to sort, a picture. */

import { enhance } from "../shared/table";
import { words } from "../shared/words";
import { narrow } from "./library";
import { picture } from "./picture";
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

picture(say);
