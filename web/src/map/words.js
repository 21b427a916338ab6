// @ts-check
/** Figures in French, as the server writes them (src/http/pages/french.rs). */

const SPACE = "\u00a0";

/**
 * @param {number} value
 * @param {number} decimals
 * @param {string} unit
 * @returns {string} `12,3 %`
 */
export function measure(value, decimals, unit) {
  const format = new Intl.NumberFormat("fr-FR", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return unit ? `${format.format(value)}${SPACE}${unit}` : format.format(value);
}

/**
 * @param {number} metres
 * @returns {string} no finer than coordinates deserve: 50 m steps below a kilometre, then 100 m, then whole kilometres
 */
export function distance(metres) {
  if (metres < 75) return `moins de 100${SPACE}m`;
  if (metres < 975) return `${Math.round(metres / 50) * 50}${SPACE}m`;
  if (metres < 9950) return measure(metres / 1000, 1, "km");
  return measure(metres / 1000, 0, "km");
}

/**
 * @param {number} number
 * @returns {string} `1 lieu`, `2 lieux`
 */
export function venues(number) {
  return `${measure(number, 0, "")}${SPACE}${number < 2 ? "lieu" : "lieux"}`;
}
