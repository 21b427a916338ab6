// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { inEdition, namedEdition } from "../../src/map/edition.js";
import { mapStyle } from "../../src/map/style.js";

test("an address names the edition once it is known", () => {
  assert.equal(inEdition("/tiles/communes.json", "e1"), "/tiles/communes.json?edition=e1");
  assert.equal(inEdition("/api/nearest?position=2,48", "e1"), "/api/nearest?position=2,48&edition=e1");
  assert.equal(inEdition("/lieux/a", ""), "/lieux/a");
});

test("links name the edition that the address of the page names", () => {
  assert.equal(namedEdition("?indicateur=a&edition=e1"), "e1");
  assert.equal(namedEdition("?indicateur=a"), "");
});

test("every source of the map comes from the edition of the page", () => {
  const palette = { ground: "#fff", land: "#eee", line: "#ccc", ink: "#000", halo: "#fff", attention: "#a00", ramp: ["#1"], water: "#acd", green: "#cec", road: "#fff", roadEdge: "#999", built: "#ccc", dark: false };
  const sources = JSON.stringify(mapStyle("http://127.0.0.1:8080", null, palette, "e1").sources);
  const addresses = sources.match(/https?:[^"]+/g) ?? [];
  assert.ok(addresses.length >= 5);
  assert.ok(addresses.every((address) => address.endsWith("?edition=e1")), sources);
});
