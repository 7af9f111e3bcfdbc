/** The list of questions, narrowed by words and topic while one types. */

import type { words } from "../shared/words";

export function narrow(say: ReturnType<typeof words>): void {
  const form = document.querySelector<HTMLFormElement>("#narrow-questions");
  const field = document.querySelector<HTMLInputElement>("#question-words");
  const topic = document.querySelector<HTMLSelectElement>("#question-topic");
  const status = document.getElementById("questions-status");
  if (form === null || field === null || topic === null || status === null) return;
  const groups = [...document.querySelectorAll<HTMLElement>(".question-group")];
  const total = document.querySelectorAll(".question-group li").length;
  form.hidden = false;
  const show = (): void => {
    const sought = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of groups) {
      const here = topic.value === "" || group.getAttribute("aria-labelledby") === topic.value;
      let some = false;
      for (const item of group.querySelectorAll("li")) {
        const held = (item.textContent ?? "").toLowerCase();
        item.hidden = !here || !sought.every((word) => held.includes(word));
        some ||= !item.hidden;
        if (!item.hidden) shown += 1;
      }
      group.hidden = !some;
    }
    status.textContent = shown === total ? "" : say("narrowed", { shown, total });
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
}
