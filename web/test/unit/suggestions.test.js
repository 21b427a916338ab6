// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { moved, said } from "../../src/suggestions.js";

test("arrows go round, by way of the field", () => {
  assert.equal(moved(-1, 1, 3), 0);
  assert.equal(moved(2, 1, 3), -1);
  assert.equal(moved(-1, -1, 3), 2);
  assert.equal(moved(0, -1, 3), -1);
});

test("the number of suggestions is said", () => {
  assert.equal(said(0), "Aucune proposition.");
  assert.equal(said(1), "Une proposition.");
  assert.match(said(8), /^8 propositions/);
});
