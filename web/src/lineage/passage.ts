/** What is said of a step: while it is pointed at, and for good once it is picked out. */

import { spoken } from "../shared/state";
import { data, words } from "../shared/words";

interface Told {
  readonly key: string;
  readonly later: string;
  readonly relation: string;
  readonly earlier: string;
  readonly date: string;
  readonly passages: readonly { readonly name: string; readonly path: string; readonly kind: string }[];
  readonly also: readonly string[];
}

const say = words<"passages" | "also" | "close" | "reading" | "noPassage">();

/** The tip beside the pointer and the panel below the drawing. */
export class Passages {
  private readonly told = data<readonly Told[]>("steps-data");
  private readonly tip: HTMLElement;
  private from: SVGElement | null = null;

  constructor(
    private readonly panel: HTMLElement,
    private readonly root: string,
  ) {
    document.querySelector(".lineage-tip")?.remove();
    this.tip = document.createElement("div");
    this.tip.className = "lineage-tip";
    this.tip.hidden = true;
    document.body.append(this.tip);
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    panel.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest(".close") !== null) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      }
    });
  }

  /** Show what is said of a step beside the place where it is drawn. */
  show(number: number, x: number, y: number): void {
    const step = this.told[number];
    if (step === undefined) return;
    this.put(this.lines(step, false), x, y);
  }

  /** Show a few words, such as the name of a thing in full. */
  name(text: string, x: number, y: number): void {
    const line = document.createElement("p");
    line.textContent = text;
    this.put([line], x, y);
  }

  hide(): void {
    this.tip.hidden = true;
  }

  /** Pick a step out: its passages stay, as links, and the address says which it is. */
  pick(number: number, from: SVGElement): void {
    const step = this.told[number];
    if (step === undefined) return;
    this.hide();
    this.from = from;
    for (const one of document.querySelectorAll(".edge.selected")) one.classList.remove("selected");
    from.classList.add("selected");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close quiet";
    close.textContent = say("close");
    this.panel.replaceChildren(...this.lines(step, true), close);
    this.panel.hidden = false;
    this.panel.focus();
    document.dispatchEvent(new CustomEvent("lineage-step", { detail: step.key }));
  }

  /** Let go of the step that is picked out; tell whether there was one. */
  close(): boolean {
    if (this.panel.hidden) return false;
    this.panel.hidden = true;
    const edge = this.from ?? document.querySelector<SVGElement>(".edge.selected");
    edge?.classList.remove("selected");
    edge?.focus();
    document.dispatchEvent(new CustomEvent("lineage-step", { detail: "" }));
    return true;
  }

  private put(lines: readonly HTMLElement[], x: number, y: number): void {
    this.tip.replaceChildren(...lines);
    this.tip.hidden = false;
    const box = this.tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(x + 14, document.documentElement.clientWidth - box.width - 8));
    const under = y + 16 + box.height > innerHeight;
    this.tip.style.left = `${left + scrollX}px`;
    this.tip.style.top = `${(under ? y - box.height - 12 : y + 16) + scrollY}px`;
  }

  private lines(step: Told, linked: boolean): HTMLElement[] {
    const sentence = document.createElement("p");
    sentence.className = "sentence";
    const strong = document.createElement("strong");
    strong.textContent = step.later;
    const by = document.createElement("span");
    by.className = "by";
    by.textContent = ` ${[step.relation, ...step.also].join(` ${say("also")} `)} `;
    const earlier = document.createElement("strong");
    earlier.textContent = step.earlier;
    sentence.append(strong, by, earlier, step.date === "" ? "" : `, ${step.date}`);
    const rests = document.createElement("p");
    rests.append(`${say("passages")}: `);
    if (step.passages.length === 0) rests.append(say("noPassage"));
    step.passages.forEach((one, place) => {
      if (place > 0) rests.append("; ");
      if (!linked) return rests.append(one.name);
      const link = document.createElement("a");
      link.href = spoken(this.root + one.path);
      link.textContent = one.name;
      rests.append(link);
    });
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = say("reading");
    return [sentence, rests, note];
  }
}
