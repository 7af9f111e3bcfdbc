/** The timeline: the filters act at once, and the band can be saved as a picture. */

import { png, save } from "../shared/download";
import { words } from "../shared/words";

const say = words<"png">();
const form = document.querySelector<HTMLFormElement>(".timeline-form");
const view = document.getElementById("timeline-view");
let asked: AbortController | null = null;

/** Show the view at an address of this page; what is wrong with it the server's page says. */
async function go(to: string, kept: boolean): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(to, { headers: { Accept: "text/html" }, signal: asked.signal });
    if (!answer.ok) return location.assign(to);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("timeline-view");
    if (view === null || next === null) return location.assign(to);
    if (kept) history.pushState(null, "", to);
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
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) location.assign(to);
  }
}

function address(): string {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form as HTMLFormElement)) {
    if (typeof value === "string" && value.trim() !== "") given.set(name, value.trim());
  }
  const language = new URLSearchParams(location.search).get("lang");
  if (language !== null) given.set("lang", language);
  const query = given.toString();
  return `${form?.action ?? ""}${query === "" ? "" : `?${query}`}`;
}

function picture(): void {
  const drawing = view?.querySelector<SVGSVGElement>("svg.timeline");
  const menu = view?.querySelector(".formats");
  if (!drawing || !menu) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = say("png");
  button.addEventListener("click", () => void png(drawing).then((made) => save(made, "timeline.png")));
  menu.after(button);
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void go(address(), true);
});
form?.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement) void go(address(), true);
});
addEventListener("popstate", () => void go(location.href, false));
picture();
