// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { answerSaid, boxAround, nearestAddress, nearestPoints, readNearest } from "../../src/map/nearest.js";

const ANSWER = {
  features: [
    { id: "a", geometry: { type: "Point", coordinates: [2, 48] }, properties: { name: "Médiathèque", distance_m: 420, postcode: "75001", locality: "Paris" } },
    { id: "b/é", geometry: null, properties: { name: null, distance_m: 1500, itinerance: ["Itinérant"] } },
  ],
};

test("the answer of the API becomes numbered lines", () => {
  const [first, second] = readNearest(ANSWER);
  assert.equal(first.name, "Médiathèque");
  assert.equal(first.town, "75001 Paris");
  assert.equal(first.far.replace("\u00a0", " "), "400 m");
  assert.deepEqual([first.moves, second.moves], [false, true]);
  assert.deepEqual([second.number, second.name, second.town, second.at], [2, "Lieu sans nom", "", null]);
});

test("an answer that is none lists nothing", () => {
  for (const answer of [null, undefined, {}, { features: "no" }]) assert.deepEqual(readNearest(answer), []);
});

test("no answer, a place abroad and a place without venues are told apart", () => {
  const said = [null, { code: "overloaded" }, { code: "position-outside-france" }, { features: [] }, ANSWER].map(answerSaid);
  assert.match(said[0], /Pas de réponse/);
  assert.equal(said[1], said[0]);
  assert.match(said[2], /pas en France/);
  assert.match(said[3], /Aucun lieu/);
  assert.match(said[4], /Du plus proche/);
});

test("only located venues are numbered on the map, with the numbers of the list", () => {
  const points = nearestPoints(readNearest(ANSWER));
  assert.deepEqual(points.features.map((/** @type {any} */ f) => f.properties.number), [1]);
});

test("the question is asked of our own API", () => {
  assert.equal(nearestAddress("2.352,48.857"), "/api/nearest?position=2.352,48.857&limit=3");
});

test("the map is fitted to the places that were found, and to nothing when there are none", () => {
  const places = [{ number: 1, at: [2, 48] }, { number: 2, at: null }, { number: 3, at: [1.5, 49] }];
  assert.deepEqual(boxAround(/** @type {any} */ (places)), [1.5, 48, 2, 49]);
  assert.equal(boxAround([]), null);
});
