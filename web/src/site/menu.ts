/** The further ways of the navigation: a `details` element that closes as a menu does. */

/** Close the menu on Escape, on a press elsewhere and when the focus has left it. */
export function menu(): void {
  const held = document.querySelector<HTMLDetailsElement>(".site-nav .more details");
  if (held === null) return;
  held.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held.open) return;
    held.open = false;
    held.querySelector("summary")?.focus();
  });
  held.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !held.contains(event.relatedTarget)) held.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !held.contains(event.target)) held.open = false;
  });
}
