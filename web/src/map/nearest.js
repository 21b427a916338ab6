// @ts-check
/** The nearest three: asked of the API, listed beside the map, numbered on it. */

import { root } from "../root.js";
import { inEdition } from "./edition.js";
import { distance } from "./words.js";

/**
 * @typedef {object} Near
 * @property {number} number rank, from 1
 * @property {string} id
 * @property {string} name
 * @property {string} far distance in words
 * @property {string} town
 * @property {[number, number] | null} at longitude, latitude
 * @property {boolean} moves whether it is not there every day
 */

/** @typedef {Pick<Near, "number" | "at"> & { unsure?: boolean }} Place where a number stands; unsure when only its commune is known */

/**
 * Reads the answer of `/api/nearest`, whatever else it holds.
 * @param {any} answer
 * @returns {Near[]}
 */
export function readNearest(answer) {
  const features = Array.isArray(answer?.features) ? answer.features : [];
  return features.map((/** @type {any} */ feature, /** @type {number} */ i) => {
    const { name, distance_m, distance_to, commune_name, locality, postcode, itinerance } = feature.properties ?? {};
    // Only the commune is known: the distance is one to expect.
    const far = `${distance_to === "commune" ? "environ " : ""}${distance(Number(distance_m))}`;
    const town = [postcode, commune_name ?? locality].filter(Boolean).join(" ");
    const at = feature.geometry?.coordinates ?? null;
    const moves = Array.isArray(itinerance) && itinerance.includes("Itinérant");
    return { number: i + 1, id: String(feature.id), name: String(name ?? "Lieu sans nom"), far, town, at, moves };
  });
}

/**
 * What is said of an answer: an unanswered question is not a place without venues.
 * @param {any} answer of `/api/nearest`, or null where none came
 * @returns {string}
 */
export function answerSaid(answer) {
  if (answer?.code === "position-outside-france") return "Cet endroit n'est pas en France.";
  if (!Array.isArray(answer?.features)) return "Pas de réponse pour le moment. Essayez à nouveau.";
  return answer.features.length > 0 ? "Du plus proche au plus éloigné, à vol d'oiseau." : "Aucun lieu trouvé à cet endroit.";
}

/**
 * @param {string} position longitude, then latitude
 * @returns {string} address of the question
 */
export function nearestAddress(position) {
  return `${root()}/api/nearest?position=${position}&limit=3`;
}

/**
 * @param {Element} list emptied, then filled with one line for each venue
 * @param {Near[]} found
 * @param {string} edition what the links name
 */
export function listNearest(list, found, edition = "") {
  list.replaceChildren(
    ...found.map((near) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = inEdition(`${root()}/lieux/${encodeURIComponent(near.id)}`, edition);
      link.textContent = near.name;
      const where = document.createElement("span");
      // A bus stands at the point of its list on some days only.
      const moves = near.moves ? ". Ce lieu bouge : vérifiez où il est avant de venir" : "";
      where.textContent = ` à ${near.far}${near.town ? `, ${near.town}` : ""}${moves}`;
      item.append(link, where);
      return item;
    }),
  );
}

/**
 * Reads the venues that the server wrote in the list, each under its own number.
 * @param {Element} list
 * @returns {Place[]}
 */
export function readChosen(list) {
  return [...list.querySelectorAll("li")].map((item) => {
    const [lon, lat] = (item.dataset.at ?? "").split(",").map(Number);
    const at = /** @type {[number, number] | null} */ (Number.isFinite(lon) && Number.isFinite(lat) ? [lon, lat] : null);
    return { number: item.value, at, unsure: item.dataset.unsure !== undefined };
  });
}

/**
 * The box around the places that were chosen.
 * @param {Place[]} places
 * @returns {[number, number, number, number] | null} west, south, east, north
 */
export function boxAround(places) {
  const at = places.flatMap((place) => (place.at ? [place.at] : []));
  if (at.length === 0) return null;
  const [lons, lats] = [at.map(([lon]) => lon), at.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/**
 * @param {Place[]} found
 * @returns {any} what the map numbers
 */
export function nearestPoints(found) {
  const features = found
    .filter((near) => near.at)
    .map((near) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: near.at },
      properties: { number: near.number, unsure: near.unsure ?? false },
    }));
  return { type: "FeatureCollection", features };
}
