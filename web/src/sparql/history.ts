/** The queries that were run, kept in this browser only, the latest first. */

export interface Past {
  readonly text: string;
  /** When it was run, in milliseconds since 1970. */
  readonly at: number;
}

const KEY = "sparql-history";
const MOST = 40;

export function past(): readonly Past[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(held) ? held.filter(isPast) : [];
  } catch {
    return []; // storage is switched off, or holds something else
  }
}

function isPast(one: unknown): one is Past {
  return typeof (one as Past)?.text === "string" && typeof (one as Past).at === "number";
}

/** Keep a query; the same text is kept once. */
export function keep(text: string): void {
  write([{ text, at: Date.now() }, ...past().filter((one) => one.text !== text)].slice(0, MOST));
}

export function forget(): void {
  write([]);
}

function write(held: readonly Past[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(held));
  } catch {
    // storage is switched off or full: the query itself is not concerned
  }
}
