/**
 * A map of the world on which States are told apart by category.
 *
 * A page that draws one holds the patterns of `_tones.html` and the style sheet `states.css`.
 * Categories differ by pattern as well as by colour. Every State is a link that the keyboard
 * reaches: Tab enters the map, the arrow keys go from State to State in the order of `places`.
 * The outlines are loaded when the first map is drawn.
 */

import { png, save, svg } from "./download";
import { spoken } from "./state";

const SVG = "http://www.w3.org/2000/svg";
const POINT = 8;
const LINE = 40;

export interface Category {
  readonly key: string;
  readonly label: string;
  /** Name of a pattern of `_tones.html`. */
  readonly tone: string;
  readonly count: number;
}

export interface Place {
  /** M49 code, which is the ISO 3166 numeric code. */
  readonly code: string;
  readonly name: string;
  /** Path of its page on this service, from the root. */
  readonly path: string;
  readonly category: string;
  /** What is told of it when it is pointed at, line by line. */
  readonly lines: readonly string[];
  /** False for a State that is drawn faintly because it is not asked for. */
  readonly shown: boolean;
}

export interface Contents {
  readonly title: string;
  /** Source, release and licence, in one line. */
  readonly source: string;
  readonly legend: readonly Category[];
  /** Key of the category that the legend marks as chosen, or empty. */
  readonly chosen: string;
  readonly places: readonly Place[];
  /** The prefix that leads from the page to the root of the service. */
  readonly root: string;
}

export interface Manner {
  /** What the map is called for those who do not see it, and how to use it. */
  readonly label: string;
  readonly hint: string;
  readonly svg: string;
  readonly png: string;
  /** Name of saved files without their ending. */
  readonly file: string;
  /** Called with the key of a category when it is chosen in the legend, empty to choose none. */
  readonly filter?: (key: string) => void;
}

export interface WorldMap {
  update(contents: Contents): void;
}

type World = typeof import("virtual:world").default;

/** Draw a map into `container`. */
export async function drawMap(
  container: HTMLElement,
  contents: Contents,
  manner: Manner,
): Promise<WorldMap> {
  const { default: world } = await import("virtual:world");
  const map = new Drawing(container, world, manner);
  map.update(contents);
  return map;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = "",
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Return the patterns of the page under names of their own, so that a saved file has them. */
function patterns(prefix: string): SVGElement {
  const found = document.querySelector("#tones");
  const defs = (found?.cloneNode(true) ?? element("defs", {})) as SVGElement;
  defs.removeAttribute("id");
  for (const one of defs.querySelectorAll("[id]")) one.id = prefix + one.id;
  return defs;
}

class Drawing implements WorldMap {
  private readonly drawing: SVGElement;
  private readonly states: SVGElement;
  private readonly legend = html("ul", "map-legend");
  private readonly tip = html("div", "map-tip");
  private readonly caption = html("figcaption", "");
  private contents: Contents | null = null;
  private links: SVGElement[] = [];

  constructor(
    container: HTMLElement,
    private readonly world: World,
    private readonly manner: Manner,
  ) {
    const figure = html("figure", "map-figure");
    const frame = html("div", "map-frame");
    const scroll = html("div", "map-scroll");
    const hint = html("p", "unseen", manner.hint);
    hint.id = `${manner.file}-hint`;
    this.drawing = element("svg", {
      viewBox: `0 0 ${world.width} ${world.height}`,
      class: "world",
      role: "group",
      tabindex: -1, // else Chromium stops here, since the drawing can be scrolled
      "aria-label": manner.label,
      "aria-describedby": hint.id,
    });
    this.states = element("g", {});
    this.drawing.append(patterns("map-"), this.ground(), this.states);
    this.tip.hidden = true;
    scroll.append(this.drawing);
    frame.append(scroll, this.tip);
    const tools = html("p", "map-tools");
    tools.append(
      this.button(manner.svg, () => this.saved("svg")),
      this.button(manner.png, () => this.saved("png")),
    );
    figure.append(this.legend, frame, hint, this.caption, tools);
    container.replaceChildren(figure);
    scroll.scrollLeft = (scroll.scrollWidth - scroll.clientWidth) * 0.56; // Africa and Europe
    this.listen(frame);
  }

  update(contents: Contents): void {
    this.contents = contents;
    const tones = new Map(contents.legend.map((one) => [one.key, one]));
    const focused = this.links.find((one) => one === document.activeElement)?.dataset["code"];
    this.links = [];
    const dots: SVGElement[] = [];
    for (const place of contents.places) {
      const link = this.link(place, tones.get(place.category));
      if (link === null) continue;
      this.links.push(link);
      if (place.code in this.world.points) dots.push(link);
    }
    // The points lie on top; the order of the keyboard is that of `links`.
    this.states.replaceChildren(...this.links.filter((one) => !dots.includes(one)), ...dots);
    const start = this.links.find((one) => one.dataset["code"] === focused) ?? this.links[0];
    start?.setAttribute("tabindex", "0");
    if (focused !== undefined) start?.focus();
    this.tip.hidden = true;
    this.caption.textContent = contents.source;
    this.fillLegend(contents);
  }

  private ground(): SVGElement {
    return element("path", { d: this.world.rest, class: "map-rest", fill: "#e7e9ec" });
  }

  private link(place: Place, category: Category | undefined): SVGElement | null {
    const shape = this.world.shapes[place.code];
    const point = this.world.points[place.code];
    if (shape === undefined && point === undefined) return null;
    const fill = `url(#map-tone-${category?.tone ?? "none"})`;
    const looks = { class: `map-state ${category?.tone ?? "none"}`, fill };
    const drawn =
      point === undefined
        ? element("path", { ...looks, d: shape ?? "" })
        : element("circle", { ...looks, cx: point[0], cy: point[1], r: POINT });
    const told = [place.name, category?.label ?? "", ...place.lines].filter((one) => one !== "");
    const link = element("a", {
      href: spoken(this.contents?.root + place.path),
      tabindex: -1,
      "aria-label": told.join(". "),
      class: place.shown ? "" : "faint",
      "data-code": place.code,
    });
    link.append(drawn);
    return link;
  }

  private fillLegend(contents: Contents): void {
    const filter = this.manner.filter;
    const items = contents.legend.map((one) => {
      const item = document.createElement("li");
      const button = filter ? this.button("", () => filter(this.next(one.key))) : html("span", "");
      button.append(
        html("span", `swatch ${one.tone}`),
        html("span", "", one.label),
        " ",
        html("span", "count", String(one.count)),
      );
      if (filter) button.setAttribute("aria-pressed", String(contents.chosen === one.key));
      button.dataset["key"] = one.key;
      item.append(button);
      return item;
    });
    const focused = this.legend.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset["key"]
      : undefined;
    this.legend.replaceChildren(...items);
    if (focused !== undefined) {
      this.legend.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  private next(key: string): string {
    return this.contents?.chosen === key ? "" : key;
  }

  private button(text: string, then: () => void): HTMLButtonElement {
    const made = html("button", "quiet", text);
    made.type = "button";
    made.addEventListener("click", then);
    return made;
  }

  private listen(frame: HTMLElement): void {
    const over = (event: Event): SVGElement | null =>
      event.target instanceof Element ? event.target.closest<SVGElement>("a[data-code]") : null;
    this.drawing.addEventListener("pointerover", (event) => {
      const link = over(event);
      if (link !== null) this.tell(link, frame);
    });
    frame.addEventListener("pointerleave", () => (this.tip.hidden = true));
    this.drawing.addEventListener("focusin", (event) => {
      const link = over(event);
      if (link === null) return;
      for (const one of this.links) one.setAttribute("tabindex", one === link ? "0" : "-1");
      this.tell(link, frame);
    });
    this.drawing.addEventListener("focusout", () => (this.tip.hidden = true));
    this.drawing.addEventListener("keydown", (event) => this.key(event));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.tip.hidden = true;
    });
  }

  private key(event: KeyboardEvent): void {
    const place = this.links.findIndex((one) => one === document.activeElement);
    const last = this.links.length - 1;
    const forth = getComputedStyle(this.drawing).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forth === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to: Readonly<Record<string, number>> = {
      [forth]: Math.min(place + 1, last),
      ArrowDown: Math.min(place + 1, last),
      [back]: Math.max(place - 1, 0),
      ArrowUp: Math.max(place - 1, 0),
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (place < 0 || next === undefined) return;
    event.preventDefault();
    this.links[next]?.focus();
  }

  /** Tell what is known of a State beside it. */
  private tell(link: SVGElement, frame: HTMLElement): void {
    const code = link.dataset["code"];
    const place = this.contents?.places.find((one) => one.code === code);
    if (place === undefined) return;
    const category = this.contents?.legend.find((one) => one.key === place.category);
    const kind = html("span", "map-tip-kind");
    kind.append(html("span", `swatch ${category?.tone ?? "none"}`), category?.label ?? "");
    this.tip.replaceChildren(
      html("strong", "", place.name),
      kind,
      ...place.lines.map((line) => html("span", "map-tip-line", line)),
    );
    this.tip.hidden = false;
    const around = frame.getBoundingClientRect();
    const box = link.getBoundingClientRect();
    const tip = this.tip.getBoundingClientRect();
    const middle = box.left + box.width / 2 - around.left;
    const left = Math.max(4, Math.min(middle - tip.width / 2, around.width - tip.width - 4));
    const below = Math.min(box.top + box.height / 2 + 14, box.bottom + 6) - around.top;
    const above = box.top + box.height / 2 - around.top - tip.height - 14;
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${below + tip.height > around.height && above > 0 ? above : below}px`;
  }

  private async saved(kind: "svg" | "png"): Promise<void> {
    const stage = html("div", "map-stage");
    const whole = this.whole();
    stage.append(whole);
    document.body.append(stage);
    try {
      const held = kind === "svg" ? svg(whole) : await png(whole, 1);
      save(held, `${this.manner.file}.${kind}`);
    } finally {
      stage.remove();
    }
  }

  /** Return the map with its title, legend and source, as a drawing of its own. */
  private whole(): SVGSVGElement {
    const contents = this.contents as Contents;
    const { width, height } = this.world;
    const tall = height + 110 + LINE * Math.ceil(contents.legend.length / 3) + 60;
    const sheet = element("svg", {
      viewBox: `0 0 ${width} ${tall}`,
      width,
      height: tall,
      class: "world",
      role: "img",
      "aria-label": contents.title,
      "font-family": "system-ui, sans-serif",
    }) as SVGSVGElement;
    const write = (text: string, x: number, y: number, looks: Record<string, string | number>) => {
      const made = element("text", { x, y, class: "map-text", ...looks });
      made.textContent = text;
      return made;
    };
    const title = element("title", {});
    title.textContent = contents.title;
    const land = element("g", { transform: "translate(0 90)" });
    land.append(this.ground());
    for (const one of this.states.querySelectorAll<SVGElement>("a")) {
      const group = element("g", { class: one.getAttribute("class") ?? "" });
      const name = element("title", {});
      name.textContent = one.getAttribute("aria-label");
      group.append(name, ...[...one.children].map((child) => child.cloneNode(true)));
      land.append(group);
    }
    sheet.append(
      title,
      patterns("map-"),
      element("rect", { width, height: tall, class: "map-paper", fill: "#ffffff" }),
      write(contents.title, 30, 58, { "font-size": 40, "font-weight": 600 }),
      land,
    );
    contents.legend.forEach((one, place) => {
      const x = 30 + (place % 3) * (width / 3);
      const y = height + 110 + Math.floor(place / 3) * LINE;
      sheet.append(
        element("rect", {
          x, y, width: 34, height: 26, class: `map-state ${one.tone}`, fill: `url(#map-tone-${one.tone})`,
        }), // prettier-ignore
        write(`${one.label} (${one.count})`, x + 46, y + 22, { "font-size": 25 }),
      );
    });
    sheet.append(write(contents.source, 30, tall - 24, { "font-size": 20 }));
    return sheet;
  }
}
