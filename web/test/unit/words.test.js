// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { distance, measure, venues } from "../../src/map/words.js";

/** @param {string} text */
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("figures are French, as the server writes them", () => {
  assert.equal(plain(measure(1234.56, 1, "%")), "1 234,6 %");
  assert.equal(plain(measure(21930, 0, "€")), "21 930 €");
  assert.equal(plain(venues(1)), "1 lieu");
  assert.equal(plain(venues(13714)), "13 714 lieux");
});

test("distances are those of src/http/pages/french.rs", () => {
  const said = [0, 74, 349, 974, 975, 1234, 9949, 9951, 123456].map((metres) => plain(distance(metres)));
  assert.deepEqual(said, ["moins de 100 m", "moins de 100 m", "350 m", "950 m", "1,0 km", "1,2 km", "9,9 km", "10 km", "123 km"]);
});
