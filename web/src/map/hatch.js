// @ts-check
/** The pattern of territories without data: never a colour of the ramp. */

const SIDE = 16;

/**
 * Diagonal lines on a plain ground, four bytes a pixel, tileable.
 * @param {[number, number, number]} ground
 * @param {[number, number, number]} line
 * @returns {{ width: number, height: number, data: Uint8Array }}
 */
export function hatch(ground, line) {
  const data = new Uint8Array(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const colour = (x + y) % 8 < 2 ? line : ground;
      data.set([...colour, 255], (y * SIDE + x) * 4);
    }
  }
  return { width: SIDE, height: SIDE, data };
}

/**
 * @param {string} hex `#rrggbb`
 * @returns {[number, number, number]}
 */
export function rgb(hex) {
  const number = Number.parseInt(hex.trim().slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}
