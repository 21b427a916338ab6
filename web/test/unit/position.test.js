// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { roundedPosition } from "../../src/position.js";

test("a position leaves the browser with three decimals, longitude first", () => {
  assert.equal(roundedPosition(2.352219, 48.856614), "2.352,48.857");
  assert.equal(roundedPosition(-61.5, 16), "-61.500,16.000");
});
