/** What the server says to a script: JSON in `<script type="application/json" id="…">`. */

/**
 * Return the value of the data block with this id.
 *
 * @throws Error when the page has no such block, since the template then lacks it.
 */
export function data<T>(id: string): T {
  const block = document.getElementById(id);
  if (block === null) throw new Error(`The page has no data block “${id}”.`);
  return JSON.parse(block.textContent ?? "") as T;
}

/**
 * Return a reader of the page's words, so that translation has one place: the template.
 *
 * A word may hold places in the form `{name}`, filled from the second argument.
 */
export function words<Name extends string>(
  id = "words",
): (name: Name, values?: Readonly<Record<string, string | number>>) => string {
  const held = data<Record<string, string>>(id);
  return (name, values = {}) =>
    (held[name] ?? name).replace(/\{(\w+)\}/g, (place, key: string) => String(values[key] ?? place));
}
