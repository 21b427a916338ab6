// @ts-check
/** From the thresholds that the server computed to what the map paints. The server alone decides the classes. */

/**
 * @typedef {object} Scale
 * @property {string} property name of the indicator in the tiles
 * @property {number[]} thresholds between classes, ascending
 * @property {boolean} [journey] whether territories may be out of reach, which the tiles say in `reach`
 * @property {number[]} shades one more than thresholds: 1 (light) to 5 (dark), from the lowest values to the highest
 */

/**
 * Reads the attributes the server wrote on the map; `null` when no indicator is shown or they make no scale.
 * @param {Record<string, string | undefined>} data
 * @returns {Scale | null}
 */
export function readScale(data) {
  if (!data.indicator || !data.shades) return null;
  const thresholds = numbers(data.thresholds ?? "");
  const shades = numbers(data.shades);
  const fits = shades.length === thresholds.length + 1 && [...thresholds, ...shades].every(Number.isFinite);
  const scale = { property: data.indicator, thresholds, shades };
  if (!fits) return null;
  return data.journey === undefined ? scale : { ...scale, journey: true };
}

/** @param {string} text */
function numbers(text) {
  return text === "" ? [] : text.split(",").map(Number);
}

/**
 * The MapLibre expression that gives each polygon its colour.
 * @param {Scale} scale
 * @param {string[]} ramp colours of shades 1 to 5
 * @returns {any}
 */
export function colourExpression(scale, ramp) {
  const colours = scale.shades.map((shade) => ramp[shade - 1]);
  if (scale.thresholds.length === 0) return colours[0];
  const value = ["to-number", ["get", scale.property]];
  return ["step", value, colours[0], ...scale.thresholds.flatMap((threshold, i) => [threshold, colours[i + 1]])];
}
