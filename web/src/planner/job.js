// @ts-check
/** What is said of a job of the planner while it runs, and where its page is. */

/** @typedef {{ gap_percent: number | null, seconds: number, points: import("./curves.js").Point[] }} Progress */
/** @typedef {{ status: "queued" | "running" | "done" | "cancelled" | "failed", progress: Progress | null }} Job */

/** By this the page knows that it need not wait: the browser looks again by itself. */
export const WAIT = { name: "attente", value: "courte" };

/**
 * The address of a page without what only a browser says; the part of it after the origin.
 * @param {string} href
 * @returns {string}
 */
export function shareable(href) {
  const address = new URL(href);
  address.searchParams.delete(WAIT.name);
  return `${address.pathname}${address.search}${address.hash}`;
}

const decimal = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });

/**
 * @param {Job} job
 * @returns {string}
 */
export function said(job) {
  if (job.status === "queued") return "D'autres recherches passent avant.";
  if (job.status === "cancelled") return "La recherche est arrêtée.";
  if (job.progress === null) return "La question se prépare.";
  const { gap_percent, seconds } = job.progress;
  const after = `après ${decimal.format(Math.round(seconds))}\u00a0s`;
  if (gap_percent === null) return `La recherche avance, ${after}.`;
  return gap_percent === 0 ? `Aucun plan ne peut faire mieux, ${after}.` : `Écart de ${decimal.format(gap_percent)}\u00a0% ${after}.`;
}
