// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { baseLayers, namesPlaces, readBase } from "../../src/map/base.js";
import { directory, find, tileNumber, tilesOf } from "../../src/map/pmtiles.js";
import { mapStyle } from "../../src/map/style.js";

const PALETTE = { ground: "#fff", land: "#eee", line: "#ccc", ink: "#000", halo: "#fff", attention: "#a00", ramp: ["#1", "#2", "#3", "#4", "#5"], water: "#acd", green: "#cec", road: "#fff", roadEdge: "#999", built: "#ccc", dark: false };
const HERE = "http://127.0.0.1:8080";

test("a tile has the number that the specification gives it", () => {
  // https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md, section 4.1, and its four tiles of zoom 1.
  for (const [z, x, y, number] of [[0, 0, 0, 0], [1, 0, 0, 1], [1, 0, 1, 2], [1, 1, 1, 3], [1, 1, 0, 4], [2, 0, 0, 5], [12, 3423, 1763, 19078479]]) {
    assert.equal(tileNumber(z, x, y), number, `${z}/${x}/${y}`);
  }
});

test("every tile of a zoom has a number of its own, one after the other, each beside the one before", () => {
  const at = new Map();
  for (let x = 0; x < 32; x += 1) for (let y = 0; y < 32; y += 1) at.set(tileNumber(5, x, y), [x, y]);
  const first = (4 ** 5 - 1) / 3;
  for (let number = first + 1; number < first + 1024; number += 1) {
    const [[x, y], [u, v]] = [at.get(number), at.get(number - 1)];
    assert.equal(Math.abs(x - u) + Math.abs(y - v), 1, `${number}`);
  }
});

/** @param {number[]} numbers */
const varints = (numbers) => numbers.flatMap((number) => {
  const bytes = [];
  for (; number >= 128; number = Math.floor(number / 128)) bytes.push((number % 128) | 128);
  return [...bytes, number];
});
/** @param {[number, number, number, number][]} entries tile, run, length, offset */
const packedDirectory = (entries) => gzipSync(Uint8Array.from([
  ...varints([entries.length]),
  ...varints(entries.map(([tile], i) => tile - (entries[i - 1]?.[0] ?? 0))),
  ...varints(entries.map(([, run]) => run)),
  ...varints(entries.map(([, , length]) => length)),
  ...varints(entries.map(([, , length, offset], i) => (i > 0 && offset === entries[i - 1][3] + entries[i - 1][2] ? 0 : offset + 1))),
]));

/** A file with a tile at the root and others behind a leaf, and how often it was read. */
function file() {
  const tiles = ["whole world", "shared by three", "after them"].map((text) => gzipSync(Buffer.from(text)));
  const [whole, shared, after] = tiles.map(({ length }) => length);
  const leaf = packedDirectory([[300, 3, shared, whole], [20_000_000, 1, after, whole + shared]]);
  const root = packedDirectory([[0, 1, whole, 0], [300, 0, leaf.length, 0]]);
  const header = Buffer.alloc(127);
  header.write("PMTiles");
  header[7] = 3;
  const at = [127, 127 + root.length, 127 + root.length + leaf.length];
  for (const [where, value] of [[8, at[0]], [16, root.length], [40, at[1]], [48, leaf.length], [56, at[2]]]) header.writeBigUInt64LE(BigInt(value), where);
  header[97] = header[98] = 2;
  const bytes = Buffer.concat([header, root, leaf, ...tiles]);
  /** @type {[number, number][]} */
  const asked = [];
  const read = async (/** @type {number} */ offset, /** @type {number} */ length) => {
    asked.push([offset, length]);
    return Uint8Array.from(bytes.subarray(offset, offset + length)).buffer;
  };
  return { read, asked };
}

/** @param {number} number @returns {[number, number, number]} */
function placeOf(number) {
  for (let z = 0; z < 13; z += 1) {
    if (number >= (4 ** (z + 1) - 1) / 3) continue;
    for (let x = 0; x < 2 ** z; x += 1) for (let y = 0; y < 2 ** z; y += 1) if (tileNumber(z, x, y) === number) return [z, x, y];
  }
  throw new Error(`${number}`);
}

test("tiles are read out of a file through its directories, each directory once", async () => {
  const { read, asked } = file();
  const tile = tilesOf(read);
  const text = async (/** @type {[number, number, number]} */ at) => {
    const bytes = await tile(...at);
    return bytes && new TextDecoder().decode(bytes);
  };
  assert.equal(await text([0, 0, 0]), "whole world");
  for (const number of [300, 301, 302]) assert.equal(await text(placeOf(number)), "shared by three");
  assert.equal(await text(placeOf(303)), null);
  assert.equal(await text([1, 0, 0]), null);
  assert.equal(await text(placeOf(20_000_000)), "after them");
  assert.equal(asked.length, 1 + 1 + 1 + 3 + 1, "the beginning, a tile, the leaf, three tiles, one more");
});

test("a file that is none, or is damaged, is an error and not an endless wait", async () => {
  await assert.rejects(tilesOf(async () => new ArrayBuffer(200))(0, 0, 0), /no file of tiles/);
  assert.throws(() => directory(Uint8Array.from([3, 1]).buffer), /tells of more/);
  assert.throws(() => directory(Uint8Array.from([1, 128, 128]).buffer), /ends too early/);
  assert.equal(find([], 4), undefined);
});

test("a base is below borders and names, and only what is told is asked for", () => {
  const base = readBase(/** @type {any} */ ({ base: JSON.stringify({ file: "/carte/fond/1.pmtiles", zooms: [0, 14], drawn: { water: ["water"], roads: ["transportation"], names: ["transportation_name"] } }) }));
  const { sources, layers } = mapStyle(HERE, null, PALETTE, "", base);
  assert.deepEqual(sources.base, { type: "vector", tiles: ["mediane-base://{z}/{x}/{y}"], minzoom: 0, maxzoom: 14 });
  const at = (/** @type {string} */ id) => layers.findIndex((layer) => layer.id === id);
  assert.ok(at("communes-value") < at("base-water-water") && at("base-water-water") < at("communes-line") && at("communes-line") < at("town-names"));
  const used = new Set(layers.filter((/** @type {any} */ layer) => layer.source === "base").map((/** @type {any} */ layer) => layer["source-layer"]));
  assert.deepEqual([...used].sort(), ["transportation", "transportation_name", "water"]);
  assert.equal(new Set(layers.map(({ id }) => id)).size, layers.length);
});

test("pictures bring their own names; without a base nothing changes", () => {
  const pictures = { pictures: "https://tuiles.invalid/{z}/{x}/{y}", zooms: /** @type {[number, number]} */ ([0, 19]) };
  assert.ok(namesPlaces(pictures) && !namesPlaces(null));
  const ids = mapStyle(HERE, null, PALETTE, "", pictures).layers.map(({ id }) => id);
  assert.ok(ids.includes("base-pictures") && !ids.includes("town-names") && ids.includes("venues"));
  assert.deepEqual(mapStyle(HERE, null, PALETTE, "", null), mapStyle(HERE, null, PALETTE));
  assert.deepEqual(baseLayers(null, PALETTE), []);
  assert.equal(readBase(/** @type {any} */ ({})), null);
});
