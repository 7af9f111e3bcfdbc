/**
 * A text field that offers choices while one types.
 *
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (list autocomplete, manual
 * selection): the focus stays in the field; arrow keys move through the list, Enter chooses, Escape
 * closes it and, once more, empties the field. Without a choice, Enter does what the form does.
 */

export interface Choice {
  /** What is handed on when it is chosen. */
  readonly value: string;
  readonly label: string;
  /** Tag of the label's language, when it is not that of the page. */
  readonly language?: string;
  /** A symbol or another name by which it was found. */
  readonly note?: string;
  /** What kind of thing it is. */
  readonly kind?: string;
}

export interface Settings {
  /** Return the choices for what was typed; rejects when there are none to be had. */
  find(text: string, signal: AbortSignal): Promise<readonly Choice[]>;
  choose(choice: Choice): void;
  /** Return the sentence that is read out when the list changes. */
  said(count: number): string;
  /** Name of the list. */
  readonly name: string;
}

const PAUSE = 120;
const SHORTEST = 2;

/** Make `input` a combobox; its list comes right after it. */
export function combobox(input: HTMLInputElement, settings: Settings): void {
  const list = document.createElement("ul");
  list.id = `${input.id}-choices`;
  list.className = "choices";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", settings.name);
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  const frame = document.createElement("span");
  frame.className = "combobox";
  input.replaceWith(frame);
  frame.append(input, list, status);
  const attributes = {
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let choices: readonly Choice[] = [];
  let active = -1;
  let timer = 0;
  let asking: AbortController | undefined;

  const close = (): void => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (place: number): void => {
    active = place;
    [...list.children].forEach((option, each) => {
      option.setAttribute("aria-selected", String(each === place));
    });
    const option = list.children[place];
    if (option === undefined) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  };

  const choose = (place: number): void => {
    const choice = choices[place];
    close();
    if (choice !== undefined) settings.choose(choice);
  };

  const draw = (found: readonly Choice[]): void => {
    choices = found;
    list.replaceChildren(...found.map((choice, place) => option(choice, `${list.id}-${place}`)));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
    status.textContent = settings.said(found.length);
  };

  const ask = async (): Promise<void> => {
    asking?.abort();
    const text = input.value.trim();
    if (text.length < SHORTEST) return close();
    const mine = new AbortController();
    asking = mine;
    try {
      const found = await settings.find(text, mine.signal);
      if (!mine.signal.aborted && document.activeElement === input) draw(found);
    } catch {
      if (!mine.signal.aborted) close(); // the form still works
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = choices.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      mark(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest("[role=option]");
    if (option !== null) choose([...list.children].indexOf(option));
  });
}

function option(choice: Choice, id: string): HTMLElement {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const label = document.createElement("span");
  label.className = "choice-label";
  label.textContent = choice.label;
  if (choice.language) label.lang = choice.language;
  item.append(label);
  const more = [choice.note, choice.kind].filter((part) => part !== undefined && part !== "");
  if (more.length > 0) {
    const note = document.createElement("span");
    note.className = "choice-note";
    note.textContent = more.join(" · ");
    item.append(" ", note);
  }
  return item;
}
