// @ts-check
/** Tiles out of a file of PMTiles (version 3), part by part: the file stays where it is, and no library is needed for it. */

const HEADER = 127;
/** The header and the directory at the root lie in the first so many bytes of every such file. */
const FIRST = 16_384;
/** Directories that are kept: one leads to thousands of tiles. */
const KEPT = 64;
/** A directory may lead to another, four deep at most. */
const DEEPEST = 4;

/** @typedef {{ tile: number, offset: number, length: number, run: number }} Entry */
/** @typedef {(offset: number, length: number, signal?: AbortSignal) => Promise<ArrayBuffer>} Read bytes of the file */

/**
 * Where a tile stands on the curve of Hilbert that the file is sorted by.
 * @param {number} z
 * @param {number} x
 * @param {number} y
 * @returns {number}
 */
export function tileNumber(z, x, y) {
  let number = (4 ** z - 1) / 3;
  for (let half = 2 ** z / 2; half >= 1; half /= 2) {
    const [right, low] = [Number((x & half) > 0), Number((y & half) > 0)];
    number += half * half * ((3 * right) ^ low);
    if (low === 0) {
      if (right === 1) [x, y] = [half - 1 - x, half - 1 - y];
      [x, y] = [y, x];
    }
    [x, y] = [x & (half - 1), y & (half - 1)];
  }
  return number;
}

/**
 * @param {ArrayBuffer} bytes a directory, unpacked
 * @returns {Entry[]} ascending
 */
export function directory(bytes) {
  const from = new Uint8Array(bytes);
  let at = 0;
  const next = () => {
    let [number, times] = [0, 1];
    for (;;) {
      if (at >= from.length) throw new Error("a directory of the base of the map ends too early");
      const byte = from[at];
      at += 1;
      number += (byte & 0x7f) * times;
      if (byte < 0x80) return number;
      times *= 128;
    }
  };
  const count = next();
  if (count > from.length) throw new Error("a directory of the base of the map tells of more than it holds");
  /** @type {Entry[]} */
  const entries = Array.from({ length: count }, () => ({ tile: 0, offset: 0, length: 0, run: 0 }));
  let tile = 0;
  for (const entry of entries) entry.tile = tile += next();
  for (const entry of entries) entry.run = next();
  for (const entry of entries) entry.length = next();
  entries.forEach((entry, i) => {
    const offset = next();
    const before = entries[i - 1];
    entry.offset = offset === 0 && before ? before.offset + before.length : offset - 1;
  });
  return entries;
}

/**
 * The entry of a tile, or of the directory that leads to it.
 * @param {Entry[]} entries
 * @param {number} tile
 * @returns {Entry | undefined}
 */
export function find(entries, tile) {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle].tile <= tile) low = middle + 1;
    else high = middle;
  }
  const entry = entries[low - 1];
  return entry && (entry.run === 0 || tile < entry.tile + entry.run) ? entry : undefined;
}

/**
 * @param {ArrayBuffer} bytes
 * @param {number} method as the header says it: 2 is gzip
 * @returns {Promise<ArrayBuffer>}
 */
async function unpacked(bytes, method) {
  if (method !== 2) return bytes;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * Opens a file at the first question.
 * @param {Read} read
 */
export function tilesOf(read) {
  /** @type {Promise<{ number: (at: number) => number, root: Entry[], inside: number, of: number }> | undefined} */
  let opening;
  const open = async () => {
    const first = await read(0, FIRST);
    const view = new DataView(first);
    const number = (/** @type {number} */ at) => Number(view.getBigUint64(at, true));
    if (first.byteLength < HEADER || new TextDecoder().decode(first.slice(0, 7)) !== "PMTiles") throw new Error("the base of the map is no file of tiles");
    const [at, length] = [number(8), number(16)];
    const packed = at + length <= first.byteLength ? first.slice(at, at + length) : await read(at, length);
    const inside = view.getUint8(97);
    return { number, root: directory(await unpacked(packed, inside)), inside, of: view.getUint8(98) };
  };
  /** @type {Map<number, Promise<Entry[]>>} */
  const leaves = new Map();

  /**
   * @param {number} z
   * @param {number} x
   * @param {number} y
   * @param {AbortSignal} [signal]
   * @returns {Promise<ArrayBuffer | null>} the tile, unpacked; null where there is none
   */
  return async function tile(z, x, y, signal) {
    opening ??= open();
    opening.catch(() => (opening = undefined));
    const { number, root, inside, of } = await opening;
    const wanted = tileNumber(z, x, y);
    let entries = root;
    for (let depth = 0; depth < DEEPEST; depth += 1) {
      const entry = find(entries, wanted);
      if (!entry) return null;
      if (entry.run > 0) return unpacked(await read(number(56) + entry.offset, entry.length, signal), of);
      const at = number(40) + entry.offset;
      const leaf = leaves.get(at) ?? read(at, entry.length).then((bytes) => unpacked(bytes, inside)).then(directory);
      if (!leaves.has(at)) {
        if (leaves.size >= KEPT) leaves.delete([...leaves.keys()][0]);
        leaves.set(at, leaf);
        leaf.catch(() => leaves.delete(at));
      }
      entries = await leaf;
    }
    return null;
  };
}

/**
 * Parts of a file of this service.
 * @param {string} address
 * @returns {Read}
 */
export function partsOf(address) {
  return async (offset, length, signal) => {
    const answer = await fetch(address, { headers: { range: `bytes=${offset}-${offset + length - 1}` }, signal });
    if (answer.status !== 206) throw new Error(`the base of the map answers ${answer.status} where a part was asked for`);
    return answer.arrayBuffer();
  };
}
