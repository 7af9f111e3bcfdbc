/** What every page has: the switch between light and dark. */

import { choose, shown, watch } from "../shared/theme";

const button = document.querySelector<HTMLButtonElement>("button.theme");

function draw(): void {
  button?.setAttribute("aria-pressed", String(shown() === "dark"));
}

if (button !== null) {
  button.hidden = false;
  button.addEventListener("click", () => choose(shown() === "dark" ? "light" : "dark"));
  watch(draw);
  draw();
}
