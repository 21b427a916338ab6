// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { colourExpression, readScale } from "../../src/map/scale.js";

const RAMP = ["a", "b", "c", "d", "e"];

/**
 * The dumb twin: what MapLibre's `step` does, by hand.
 * @param {any} expression
 * @param {number} value
 */
function paint(expression, value) {
  if (typeof expression === "string") return expression;
  const [, , first, ...steps] = expression;
  let colour = first;
  for (let i = 0; i < steps.length; i += 2) if (value >= steps[i]) colour = steps[i + 1];
  return colour;
}

test("the attributes written by the server make a scale", () => {
  const scale = readScale({ indicator: "poverty-rate", thresholds: "10.5,12,14,20", shades: "1,2,3,4,5" });
  assert.deepEqual(scale, { property: "poverty-rate", thresholds: [10.5, 12, 14, 20], shades: [1, 2, 3, 4, 5] });
});

test("a scale of journeys knows that a territory may be out of reach", () => {
  const scale = readScale({ indicator: "minutes_median", thresholds: "10", shades: "1,5", journey: "" });
  assert.equal(scale?.journey, true);
});

test("no indicator, or attributes that do not fit, make no scale", () => {
  assert.equal(readScale({}), null);
  assert.equal(readScale({ indicator: "x", thresholds: "1,2", shades: "1,2" }), null);
  assert.equal(readScale({ indicator: "x", thresholds: "1,two", shades: "1,2,3" }), null);
});

test("a value on a threshold belongs to the class above it, as in the legend", () => {
  const scale = { property: "x", thresholds: [10, 20], shades: [5, 3, 1] };
  const expression = colourExpression(scale, RAMP);
  assert.deepEqual([9.9, 10, 19.9, 20].map((value) => paint(expression, value)), ["e", "c", "c", "a"]);
});

test("a single class is one colour", () => {
  assert.equal(colourExpression({ property: "x", thresholds: [], shades: [3] }, RAMP), "c");
});
