/**
 * The keyboard and the pointer on the drawing.
 *
 * One thing or line is in the order of the Tab key. Left goes back along a line, Right goes on
 * along one, Up and Down go to the neighbours: other lines of the same thing, or the things before
 * and after it. Enter picks a line out and opens the page of a thing.
 */

import type { Passages } from "./passage";

export class Graph {
  private readonly lives: readonly SVGAElement[];
  private readonly edges: readonly SVGAElement[];
  private pivot = "";

  constructor(
    private readonly drawing: SVGSVGElement,
    private readonly passages: Passages,
  ) {
    this.lives = [...drawing.querySelectorAll<SVGAElement>("a.life")];
    this.edges = [...drawing.querySelectorAll<SVGAElement>("a.edge")];
  }

  begin(): void {
    const every = [...this.lives, ...this.edges];
    for (const one of every) one.setAttribute("tabindex", "-1");
    const first = this.drawing.querySelector(".edge.selected") ?? this.lives.find((one) => shown(one));
    first?.setAttribute("tabindex", "0");
    for (const title of this.drawing.querySelectorAll("a > title")) title.remove(); // the tip says it
    this.drawing.addEventListener("focusin", (event) => this.focused(part(event.target)));
    this.drawing.addEventListener("focusout", () => this.left());
    this.drawing.addEventListener("pointerover", (event) => {
      const one = part(event.target);
      if (one !== null) this.tell(one, event.clientX, event.clientY);
      else this.left();
    });
    this.drawing.addEventListener("pointerleave", () => this.left());
    this.drawing.addEventListener("keydown", (event) => this.key(event));
    this.drawing.addEventListener("click", (event) => {
      const one = part(event.target);
      if (one?.dataset["step"] === undefined) return;
      event.preventDefault();
      this.passages.pick(Number(one.dataset["step"]), one);
    });
  }

  private focused(one: SVGAElement | null): void {
    if (one === null) return;
    for (const other of this.drawing.querySelectorAll('a[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    one.setAttribute("tabindex", "0");
    const mark = one.querySelector(".mark, .head") ?? one;
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    const box = mark.getBoundingClientRect();
    this.tell(one, box.right, box.bottom);
  }

  private tell(one: SVGAElement, x: number, y: number): void {
    const step = one.dataset["step"];
    this.follow(one);
    if (step !== undefined) this.passages.show(Number(step), x, y);
    else this.passages.name(one.getAttribute("aria-label") ?? "", x, y);
  }

  private left(): void {
    this.passages.hide();
    this.drawing.classList.remove("following");
    for (const one of this.drawing.querySelectorAll(".near")) one.classList.remove("near");
  }

  /** Let everything fade that does not touch a thing or line. */
  private follow(one: SVGAElement): void {
    this.left();
    const { thing, later, earlier } = one.dataset;
    const edges = thing === undefined ? [one] : this.touching(thing);
    const things = new Set(edges.flatMap((edge) => [edge.dataset["later"], edge.dataset["earlier"]]));
    things.add(thing ?? later);
    things.add(thing ?? earlier);
    for (const edge of edges) edge.classList.add("near");
    for (const life of this.lives) if (things.has(life.dataset["thing"])) life.classList.add("near");
    this.drawing.classList.add("following");
  }

  private touching(thing: string): SVGAElement[] {
    return this.edges.filter(
      (edge) => shown(edge) && (edge.dataset["later"] === thing || edge.dataset["earlier"] === thing),
    );
  }

  private key(event: KeyboardEvent): void {
    const one = part(event.target);
    if (one === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (!this.passages.close()) this.left();
      return;
    }
    if (event.key === "Enter" && one.dataset["step"] !== undefined) {
      event.preventDefault();
      this.passages.pick(Number(one.dataset["step"]), one);
      return;
    }
    const next = this.next(one, event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }

  private next(one: SVGAElement, key: string): SVGAElement | undefined {
    const things = this.lives.filter(shown);
    if (key === "Home") return things[0];
    if (key === "End") return things.at(-1);
    const { thing, later, earlier } = one.dataset;
    if (thing !== undefined) {
      this.pivot = thing;
      const side = key === "ArrowLeft" ? "later" : key === "ArrowRight" ? "earlier" : "";
      if (side !== "") return this.touching(thing).find((edge) => edge.dataset[side] === thing);
      const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
      return step === 0 ? undefined : things[things.indexOf(one) + step];
    }
    const end = key === "ArrowLeft" ? earlier : key === "ArrowRight" ? later : undefined;
    if (end !== undefined) return things.find((life) => life.dataset["thing"] === end);
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (step === 0) return undefined;
    const pivot = this.pivot === later || this.pivot === earlier ? this.pivot : (later ?? "");
    const side = pivot === later ? "later" : "earlier";
    const around = this.touching(pivot).filter((edge) => edge.dataset[side] === pivot);
    return around[around.indexOf(one) + step];
  }
}

function part(target: EventTarget | null): SVGAElement | null {
  return target instanceof Element ? target.closest<SVGAElement>("a.life, a.edge") : null;
}

function shown(one: SVGAElement): boolean {
  return !one.classList.contains("future");
}
