/** Data from the service, and what to say when it does not come. */

/** A problem document (RFC 9457), or what stands for one when the service did not answer. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** Thrown when there is no answer to use; `problem` says why, in words for people. */
export class Unanswered extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

/**
 * Return the JSON at an address.
 *
 * @throws Unanswered when the service refuses, fails, cannot be reached or sends no JSON.
 * @throws DOMException named AbortError when `signal` ends the request.
 */
export async function json<T>(address: string, signal?: AbortSignal): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      headers: { Accept: "application/json, application/problem+json" },
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unanswered({ status: 0, title: "No answer", detail: String(error) });
  }
  const type = answer.headers.get("Content-Type") ?? "";
  if (answer.ok && type.includes("json")) return (await answer.json()) as T;
  throw new Unanswered(await problem(answer, type));
}

async function problem(answer: Response, type: string): Promise<Problem> {
  const held = { status: answer.status, title: answer.statusText, detail: "" };
  if (!type.includes("json")) return held;
  try {
    return { ...held, ...((await answer.json()) as Partial<Problem>) };
  } catch {
    return held;
  }
}

/** Put what went wrong into `place`, and have it read out. */
export function show(place: HTMLElement, error: unknown): void {
  place.setAttribute("role", "alert");
  place.classList.add("trouble");
  if (error instanceof Unanswered) {
    const { title, detail } = error.problem;
    place.textContent = detail === "" ? title : `${title}: ${detail}`;
  } else {
    place.textContent = String(error);
  }
}
