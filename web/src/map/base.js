// @ts-check
/** What lies under the map, so that people recognise where they are: pictures of the national map, or a file of tiles. */

import { partsOf, tilesOf } from "./pmtiles.js";

/**
 * What the server tells of it (src/pages/basemap.rs).
 * @typedef {object} Base
 * @property {string} [pictures] addresses of pictures, with {z}, {x} and {y}
 * @property {string} [file] address of a file of tiles
 * @property {[number, number]} zooms
 * @property {Record<string, string[]> | null} [drawn] layers of the file by what is drawn from them; none for pictures
 */

/** @typedef {import("./style.js").Palette} Palette */

const SOURCE = "base";
const PROTOCOL = "mediane-base";
/** What kinds of land are green, in the words of the three schemas. */
const GREEN = [
  "wood", "forest", "grass", "grassland", "meadow", "park", "garden", "national_park", "nature_reserve", "cemetery", "scrub", "heath", "orchard",
  "vineyard", "recreation_ground", "village_green", "pitch", "golf_course", "farmland", "wetland",
];
const GREAT = ["motorway", "highway", "trunk"];
const MAJOR = ["primary", "secondary", "tertiary", "major_road", "medium_road"];
const RAILS = ["rail", "transit", "light_rail", "tram", "subway", "narrow_gauge"];
const NO_WAY = ["ferry", "pier", "aerialway", "runway", "taxiway", "aeroway"];

/**
 * @param {DOMStringMap} dataset of the section of the map
 * @returns {Base | null}
 */
export function readBase(dataset) {
  return dataset.base ? JSON.parse(dataset.base) : null;
}

/** Whether names of places are in it already. @param {Base | null} base */
export function namesPlaces(base) {
  return base !== null && !base.drawn;
}

/**
 * Brings the tiles of a file to the library of the map.
 * @param {{ addProtocol: (name: string, load: any) => void }} library
 * @param {Base | null} base
 * @param {string} here origin and root of the service
 */
export function serveFile(library, base, here) {
  if (!base?.file) return;
  const tile = tilesOf(partsOf(here + base.file));
  library.addProtocol(PROTOCOL, async (/** @type {{ url: string }} */ { url }, /** @type {AbortController} */ abort) => {
    const [z, x, y] = url.split("/").slice(-3).map(Number);
    return { data: (await tile(z, x, y, abort.signal)) ?? (base.drawn ? new ArrayBuffer(0) : null) };
  });
}

/**
 * @param {Base | null} base
 * @returns {Record<string, any>} the source, if there is one
 */
export function baseSource(base) {
  if (!base) return {};
  const [minzoom, maxzoom] = base.zooms;
  const tiles = [base.pictures ?? `${PROTOCOL}://{z}/{x}/{y}`];
  return { [SOURCE]: base.drawn ? { type: "vector", tiles, minzoom, maxzoom } : { type: "raster", tiles, tileSize: 256, minzoom, maxzoom } };
}

/**
 * What is drawn of it, below borders, names and places.
 * @param {Base | null} base
 * @param {Palette} palette
 * @returns {any[]}
 */
export function baseLayers(base, palette) {
  if (!base) return [];
  if (!base.drawn) return [{ id: "base-pictures", type: "raster", source: SOURCE, paint: palette.dark ? { "raster-brightness-max": 0.75 } : {} }];
  const drawn = base.drawn;
  const kind = ["coalesce", ["get", "kind"], ["get", "class"], ""];
  const is = (/** @type {string[]} */ words) => ["match", kind, words, true, false];
  const of = (/** @type {string} */ role, /** @type {(layer: any, name: string) => any[]} */ make) =>
    (drawn[role] ?? []).flatMap((layer) => make({ source: SOURCE, "source-layer": layer }, `base-${role}-${layer}`));
  const areas = ["==", ["geometry-type"], "Polygon"];
  const lines = ["==", ["geometry-type"], "LineString"];
  const width = (/** @type {number} */ at8, /** @type {number} */ at16) => ["interpolate", ["exponential", 1.6], ["zoom"], 8, at8, 16, at16];
  const ways = ["all", lines, ["!", is([...NO_WAY, ...RAILS])]];
  const way = (/** @type {any} */ layer, /** @type {string} */ id, /** @type {any} */ filter, /** @type {number} */ from, /** @type {any} */ thick) => [
    { ...layer, id: `${id}-edge`, type: "line", minzoom: Math.max(from, 12), filter, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": palette.roadEdge, "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 8, thick[0] + 1, 16, thick[1] + 2] } },
    { ...layer, id, type: "line", minzoom: from, filter, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": palette.road, "line-width": width(thick[0], thick[1]) } },
  ];
  return [
    ...of("land", (layer, id) => [{ ...layer, id, type: "fill", filter: areas, paint: { "fill-color": palette.land } }]),
    ...of("green", (layer, id) => [{ ...layer, id, type: "fill", filter: ["all", areas, is(GREEN)], paint: { "fill-color": palette.green } }]),
    ...of("water", (layer, id) => [
      { ...layer, id, type: "fill", filter: areas, paint: { "fill-color": palette.water } },
      { ...layer, id: `${id}-line`, type: "line", filter: lines, paint: { "line-color": palette.water, "line-width": width(0.8, 4) } },
    ]),
    ...of("buildings", (layer, id) => [{ ...layer, id, type: "fill", minzoom: 14, filter: areas, paint: { "fill-color": palette.built } }]),
    ...of("roads", (layer, id) => [
      { ...layer, id: `${id}-rail`, type: "line", minzoom: 10, filter: ["all", lines, is(RAILS)], paint: { "line-color": palette.roadEdge, "line-width": 1.2, "line-dasharray": [4, 2] } },
      ...way(layer, `${id}-small`, ["all", ways, ["!", is([...GREAT, ...MAJOR])]], 12, [0.2, 7]),
      ...way(layer, `${id}-major`, ["all", ways, is(MAJOR)], 8, [0.6, 11]),
      ...way(layer, `${id}-great`, ["all", ways, is(GREAT)], 5, [1.2, 14]),
    ]),
    ...of("names", (layer, id) => [{
      ...layer, id, type: "symbol", minzoom: 14, filter: ["all", ["has", "name"], lines],
      layout: { "symbol-placement": "line", "text-field": ["coalesce", ["get", "name:fr"], ["get", "name"]], "text-font": ["system-ui, sans-serif"], "text-size": 12 },
      paint: { "text-color": palette.ink, "text-halo-color": palette.road, "text-halo-width": 1.4 },
    }]),
  ];
}
