// @ts-check
/** Positions as they may leave the browser. */

/**
 * Longitude, then latitude, rounded to three decimals (about 110 m): what is sent must not tell a front door.
 * @param {number} lon degrees
 * @param {number} lat degrees
 * @returns {string}
 */
export function roundedPosition(lon, lat) {
  return `${lon.toFixed(3)},${lat.toFixed(3)}`;
}
