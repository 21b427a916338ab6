// @ts-check
/** The page of the planner: while a search runs, two curves close on each other; then the answer takes its place. */

import { lines } from "./curves.js";
import { WAIT, said, shareable } from "./job.js";

/** Milliseconds between two looks, and looks in a row that may fail. */
const LOOK = 400;
const MOST_FAILURES = 20;

const here = shareable(location.href);
history.replaceState(null, "", here);

const form = document.querySelector("form.plan");
form?.addEventListener("submit", () => {
  const wait = document.createElement("input");
  Object.assign(wait, { type: "hidden", ...WAIT });
  form.append(wait);
});
// Back from the answer, the form asks as before.
addEventListener("pageshow", () => document.querySelectorAll(`input[name="${WAIT.name}"]`).forEach((wait) => wait.remove()));

const search = document.querySelector("[data-job]");
if (search instanceof HTMLElement) watch(search, search.dataset.job ?? "");

/**
 * @param {HTMLElement} section
 * @param {string} job address of the job
 */
async function watch(section, job) {
  const words = section.querySelector("[role=status]");
  const again = section.querySelector("a.button");
  again?.setAttribute("hidden", "");
  const stop = section.querySelector("[data-stop]");
  stop?.removeAttribute("hidden");
  stop?.addEventListener("click", () => fetch(job, { method: "DELETE", headers: { authorization: `Bearer ${section.dataset.key}` } }));
  for (let failures = 0; failures < MOST_FAILURES; ) {
    const now = await look(job);
    failures = now ? 0 : failures + 1;
    if (now && words && words.textContent !== said(now)) words.textContent = said(now);
    if (now?.status === "cancelled") {
      // The same question would begin anew, so it is not asked before somebody wishes it.
      stop?.setAttribute("hidden", "");
      again?.removeAttribute("hidden");
      if (again) again.textContent = "Reprendre la recherche";
      return undefined;
    }
    if (now && now.status !== "queued" && now.status !== "running") return location.replace(here);
    const { value, bound } = lines(now?.progress?.points ?? []);
    if (value) {
      section.querySelector("path.value")?.setAttribute("d", value);
      section.querySelector("path.bound")?.setAttribute("d", bound);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  if (words) words.textContent = "Le service ne répond plus. Rechargez la page dans un moment.";
  return undefined;
}

/**
 * @param {string} job
 * @returns {Promise<import("./job.js").Job | null>} nothing when it cannot be reached
 */
async function look(job) {
  try {
    const answer = await fetch(job, { headers: { accept: "application/json" } });
    // Forgotten, or never known: the page asks the question again.
    if (answer.status === 404) return { status: "failed", progress: null };
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
