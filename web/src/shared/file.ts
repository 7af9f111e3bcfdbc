/** Buttons that make a file in the browser; they stand with the files that the server makes. */

import { save } from "./download";

/**
 * Add a button to a list of formats (`.formats ul`), or to any other element.
 *
 * @param place where it goes; nothing happens without one.
 * @param title what the button says.
 * @param made makes the file.
 * @param name the name of the file.
 */
export function offerFile(
  place: Element | null | undefined,
  title: string,
  made: () => Blob | Promise<Blob>,
  name: string,
): void {
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet file";
  button.textContent = title;
  button.addEventListener("click", async () => save(await made(), name));
  if (!(place instanceof HTMLUListElement)) return place.append(button);
  const item = document.createElement("li");
  item.append(button);
  place.append(item);
}
