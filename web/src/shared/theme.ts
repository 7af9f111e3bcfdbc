/** Light, dark, or as the system says; the choice is kept in this browser only. */

export type Theme = "light" | "dark" | "system";

const KEY = "theme";
const CHANGED = "themechange";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Return what was chosen in this browser. */
export function chosen(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system"; // storage is switched off in this browser
  }
}

/** Return what is shown. */
export function shown(): "light" | "dark" {
  const theme = chosen();
  return theme === "system" ? (dark.matches ? "dark" : "light") : theme;
}

/** Show a theme from now on, on this page and the next. */
export function choose(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // storage is switched off: the choice holds on this page
  }
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  dispatchEvent(new Event(CHANGED));
}

/** Call `then` whenever the colours shown change. */
export function watch(then: () => void): void {
  addEventListener(CHANGED, then);
  dark.addEventListener("change", then);
}

/**
 * Return the colour that a variable of the style sheet stands for now, as `rgb(…)`.
 *
 * For drawings on a canvas, which know no variables. `getPropertyValue("--ink")` does not do:
 * it gives the text of the declaration, with both themes in it.
 */
export function colour(variable: `--${string}`): string {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
