// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { lines } from "../../src/planner/curves.js";
import { said, shareable } from "../../src/planner/job.js";

test("two lines share one frame and meet where the gap is gone", () => {
  const drawn = lines([[0, 0, 100], [1, 60, 60]]);
  assert.equal(drawn.value, "M0.0 160.0L400.0 64.0");
  assert.equal(drawn.bound, "M0.0 0.0L400.0 64.0");
});

test("one moment is no line, and an endless bound is left out", () => {
  assert.deepEqual(lines([[0, 1, 2]]), { value: "", bound: "" });
  assert.deepEqual(lines([[0, 1, Infinity], [1, 1, 2]]), { value: "", bound: "" });
});

test("a flat search is drawn at the foot", () => {
  assert.equal(lines([[0, 5, 5], [2, 5, 5]]).value, "M0.0 160.0L400.0 160.0");
});

test("the address that is shared does not say how long to wait", () => {
  const asked = "https://example.org/planifier?territory=departement%2F23&posts=5&attente=courte#sites";
  assert.equal(shareable(asked), "/planifier?territory=departement%2F23&posts=5#sites");
});

test("what is said of a search is short and French", () => {
  const at = (/** @type {number | null} */ gap_percent) => said({ status: "running", progress: { gap_percent, seconds: 3.4, points: [] } }).replaceAll("\u00a0", " ");
  assert.equal(at(0.21), "Écart de 0,21 % après 3 s.");
  assert.equal(at(0), "Aucun plan ne peut faire mieux, après 3 s.");
  assert.equal(at(null), "La recherche avance, après 3 s.");
  assert.equal(said({ status: "queued", progress: null }), "D'autres recherches passent avant.");
  assert.equal(said({ status: "running", progress: null }), "La question se prépare.");
});
