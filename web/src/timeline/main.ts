/** The timeline: the filters act at once, and the band can be saved as a picture. */

import { png } from "../shared/download";
import { offerFile } from "../shared/file";
import { follower, formAddress } from "../shared/follow";
import { words } from "../shared/words";

const say = words<"png">();
const form = document.querySelector<HTMLFormElement>(".timeline-form");
const view = document.getElementById("timeline-view");
const go = follower(view, take);

function take(page: Document): void {
  const next = page.getElementById("timeline-view");
  if (view === null || next === null) return location.reload();
  view.replaceChildren(...next.childNodes);
  for (const field of page.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    ".timeline-form input, .timeline-form select",
  )) {
    const here = document.getElementById(field.id);
    if (here instanceof HTMLInputElement || here instanceof HTMLSelectElement) here.value = field.value;
  }
  picture();
  const status = document.getElementById("timeline-status");
  if (status !== null) status.textContent = document.getElementById("found")?.textContent ?? "";
}

function picture(): void {
  const drawing = view?.querySelector<SVGSVGElement>("svg.timeline");
  if (!drawing) return;
  offerFile(view?.querySelector(".formats ul"), say("png"), () => png(drawing), "timeline.png");
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void go(formAddress(form), true);
});
form?.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement) void go(formAddress(form), true);
});
addEventListener("popstate", () => void go(location.href, false));
picture();
