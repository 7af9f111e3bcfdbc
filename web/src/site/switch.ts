/** The button that changes between light and dark. */

import { choose, shown, watch } from "../shared/theme";

/** Bring the button of the page to life. */
export function themeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>("button.theme");
  if (button === null) return;
  const draw = (): void => button.setAttribute("aria-pressed", String(shown() === "dark"));
  button.hidden = false;
  button.addEventListener("click", () => choose(shown() === "dark" ? "light" : "dark"));
  watch(draw);
  draw();
}
