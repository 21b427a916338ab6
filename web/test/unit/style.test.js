// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { hatch, rgb } from "../../src/map/hatch.js";
import { LEVELS, mapStyle } from "../../src/map/style.js";

const ORIGIN = "http://127.0.0.1:8080";
const PALETTE = { ground: "#fff", land: "#eee", line: "#ccc", ink: "#000", halo: "#fff", attention: "#a00", ramp: ["#1", "#2", "#3", "#4", "#5"], water: "#acd", green: "#cec", road: "#fff", roadEdge: "#999", built: "#ccc", dark: false };
const SCALE = { property: "poverty-rate", thresholds: [10], shades: [1, 5] };

test("the style names no address outside our origin, and no font to fetch", () => {
  const style = mapStyle(ORIGIN, SCALE, PALETTE);
  const addresses = JSON.stringify(style).match(/https?:[^"]+/g) ?? [];
  assert.ok(addresses.length >= 5);
  assert.ok(addresses.every((address) => address.startsWith(`${ORIGIN}/`)));
  assert.ok(!("glyphs" in style) && !("sprite" in style));
});

test("every zoom is painted by exactly one level", () => {
  for (let zoom = 0; zoom < 24; zoom += 0.25) {
    assert.equal(LEVELS.filter(({ from, to }) => from <= zoom && zoom < to).length, 1, `zoom ${zoom}`);
  }
});

test("a territory without the value is hatched, never coloured", () => {
  const layers = mapStyle(ORIGIN, SCALE, PALETTE).layers;
  for (const { layer } of LEVELS) {
    const coloured = /** @type {any} */ (layers.find(({ id }) => id === `${layer}-value`));
    const hatched = /** @type {any} */ (layers.find(({ id }) => id === `${layer}-unknown`));
    assert.deepEqual(hatched.filter, ["!", coloured.filter]);
    assert.equal(hatched.paint["fill-pattern"], "hatch");
  }
});

test("what nothing reaches is a class of its own, neither coloured nor hatched", () => {
  const layers = mapStyle(ORIGIN, { ...SCALE, journey: true }, PALETTE).layers;
  const unreachable = ["==", ["get", "reach"], "unreachable"];
  for (const { layer } of LEVELS) {
    const filter = (/** @type {string} */ kind) => /** @type {any} */ (layers.find(({ id }) => id === `${layer}-${kind}`)).filter;
    assert.deepEqual(filter("beyond"), ["all", ["!", filter("value")], unreachable]);
    assert.deepEqual(filter("unknown"), ["all", ["!", filter("value")], ["!", unreachable]]);
  }
  assert.ok(!mapStyle(ORIGIN, SCALE, PALETTE).layers.some(({ id }) => id.endsWith("-beyond")));
});

test("without an indicator nothing is hatched", () => {
  assert.ok(!mapStyle(ORIGIN, null, PALETTE).layers.some(({ id }) => id.endsWith("-unknown")));
});

test("the hatching repeats without a seam", () => {
  const { width, height, data } = hatch([255, 255, 255], [0, 0, 0]);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => data[((y % height) * width + (x % width)) * 4];
  for (let i = 0; i < width * 3; i += 1) assert.equal(at(i, 0), at(i + 1, height * 5 - 1), "a diagonal crosses the edge unbroken");
  assert.deepEqual(rgb(" #0b5560 "), [11, 85, 96]);
});
