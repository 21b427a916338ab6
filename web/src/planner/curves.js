// @ts-check
/** Value and bound as two lines that close on each other. */

/** Size of the drawing, as the page has it. */
const WIDTH = 400;
const HEIGHT = 160;

/** @typedef {[seconds: number, value: number, bound: number]} Point */

/**
 * The `d` of the two lines, in one frame.
 * @param {Point[]} points in order of time
 * @returns {{ value: string, bound: string }}
 */
export function lines(points) {
  const known = points.filter((point) => point.every(Number.isFinite));
  if (known.length < 2) return { value: "", bound: "" };
  const times = known.map(([seconds]) => seconds);
  const levels = known.flatMap(([, value, bound]) => [value, bound]);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const x = (/** @type {number} */ seconds) => (WIDTH * (seconds - first)) / (last - first || 1);
  const y = (/** @type {number} */ level) => HEIGHT - (HEIGHT * (level - low)) / (high - low || 1);
  const line = (/** @type {1 | 2} */ which) =>
    known.map((point, i) => `${i === 0 ? "M" : "L"}${x(point[0]).toFixed(1)} ${y(point[which]).toFixed(1)}`).join("");
  return { value: line(1), bound: line(2) };
}
