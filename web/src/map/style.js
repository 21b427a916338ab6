// @ts-check
/** The style of the map: our own tiles and, where there is one, its base. Names are drawn by the browser, so no font is fetched. */

import { baseLayers, baseSource, namesPlaces } from "./base.js";
import { inEdition } from "./edition.js";
import { colourExpression } from "./scale.js";

/** @typedef {import("./scale.js").Scale} Scale */
/** @typedef {import("./base.js").Base} Base */

/**
 * @typedef {object} Palette
 * @property {string} ground sea and margins
 * @property {string} land territories when no indicator is shown
 * @property {string} line borders
 * @property {string} ink names, dots
 * @property {string} halo around names and dots
 * @property {string} attention what was chosen
 * @property {string[]} ramp shades 1 to 5
 * @property {string} water lakes and rivers of the base
 * @property {string} green woods and parks of the base
 * @property {string} road
 * @property {string} roadEdge sides of roads, railways
 * @property {string} built buildings
 * @property {boolean} dark whether the theme is
 */

/** Which level of territory is painted from which zoom to which. */
export const LEVELS = [
  { layer: "departements", from: 0, to: 7 },
  { layer: "epcis", from: 7, to: 9.5 },
  { layer: "communes", from: 9.5, to: 24 },
];

/** Inhabitants from which a town comes from `/carte/noms.json` (src/pages/names.rs), not from the tiles. */
const TOWN = 10_000;
const NAME_FONT = ["system-ui, sans-serif"];
/** A name stands beside the dot of its town, on whichever side is free: far from it, people would read it as the name of another place. */
const BESIDE = { "text-variable-anchor": ["left", "right", "bottom", "top"], "text-radial-offset": 0.5, "text-justify": "auto" };

/**
 * @param {string} origin scheme, host and port of the service
 * @param {Scale | null} scale
 * @param {Palette} palette
 * @param {string} edition what every source comes from
 * @param {Base | null} base what lies under it
 * @returns {import("maplibre-gl").StyleSpecification}
 */
export function mapStyle(origin, scale, palette, edition = "", base = null) {
  /** @type {Record<string, any>} */
  const sources = {
    ...baseSource(base),
    venues: { type: "geojson", data: inEdition(`${origin}/layers/venues.geojson`, edition), cluster: true, clusterRadius: 64, clusterMaxZoom: 13 },
    names: { type: "geojson", data: inEdition(`${origin}/carte/noms.json`, edition) },
    nearest: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
  };
  for (const { layer } of LEVELS) sources[layer] = { type: "vector", url: inEdition(`${origin}/tiles/${layer}.json`, edition) };
  const painted = LEVELS.flatMap((level) => territories(level, scale, palette));
  return {
    version: 8,
    sources,
    layers: [
      { id: "ground", type: "background", paint: { "background-color": palette.ground } },
      ...painted.filter(({ type }) => type === "fill"),
      ...baseLayers(base, palette),
      ...painted.filter(({ type }) => type !== "fill"),
      frontier(palette),
      ...(namesPlaces(base) ? [] : names(palette)),
      ...venues(palette),
    ],
  };
}

/**
 * @param {typeof LEVELS[number]} level
 * @param {Scale | null} scale
 * @param {Palette} palette
 * @returns {any[]}
 */
function territories({ layer, from, to }, scale, palette) {
  const common = { source: layer, "source-layer": layer, minzoom: from, maxzoom: to };
  const line = { ...common, id: `${layer}-line`, type: "line", paint: { "line-color": palette.line, "line-width": 0.6 } };
  if (!scale) {
    return [{ ...common, id: `${layer}-value`, type: "fill", paint: { "fill-color": palette.land } }, line];
  }
  const known = ["has", scale.property];
  const fill = (/** @type {string} */ kind, /** @type {any} */ filter, /** @type {any} */ paint) =>
    ({ ...common, id: `${layer}-${kind}`, type: "fill", filter, paint });
  const unknown = { "fill-pattern": "hatch" };
  const value = fill("value", known, { "fill-color": colourExpression(scale, palette.ramp) });
  if (!scale.journey) return [value, fill("unknown", ["!", known], unknown), line];
  // What nothing reaches is a class of its own: neither a number nor unknown.
  const unreachable = ["==", ["get", "reach"], "unreachable"];
  return [
    value,
    fill("unknown", ["all", ["!", known], ["!", unreachable]], unknown),
    fill("beyond", ["all", ["!", known], unreachable], { "fill-color": palette.ink }),
    line,
  ];
}

/**
 * Départements stay visible at every zoom.
 * @param {Palette} palette
 * @returns {any}
 */
function frontier(palette) {
  return {
    id: "frontier", type: "line", source: "departements", "source-layer": "departements",
    paint: { "line-color": palette.ink, "line-opacity": 0.6, "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.4, 10, 1.6] },
  };
}

/**
 * The larger towns at any zoom, the largest first; every commune once there is room.
 * @param {Palette} palette
 * @returns {any[]}
 */
function names(palette) {
  const paint = { "text-color": palette.ink, "text-halo-color": palette.halo, "text-halo-width": 1.6 };
  const layout = { "text-field": ["get", "name"], "text-font": NAME_FONT, "text-size": 14, "text-padding": 6, ...BESIDE };
  const among = (/** @type {number} */ largest) => ["<", ["get", "rank"], largest];
  const filter = ["step", ["zoom"], among(25), 6, among(60), 7, among(200), 8, true];
  return [
    {
      id: "town-dots", type: "circle", source: "names", filter,
      paint: { "circle-color": palette.ink, "circle-radius": 2.5, "circle-stroke-color": palette.halo, "circle-stroke-width": 1 },
    },
    {
      id: "commune-names", type: "symbol", source: "communes", "source-layer": "communes", minzoom: 11, paint,
      filter: ["<", ["coalesce", ["get", "population"], 0], TOWN],
      layout: { ...layout, "symbol-sort-key": ["-", 0, ["coalesce", ["get", "population"], 0]] },
    },
    {
      id: "town-names", type: "symbol", source: "names", paint, filter,
      layout: { ...layout, "symbol-sort-key": ["get", "rank"] },
    },
  ];
}

/**
 * @param {Palette} palette
 * @returns {any[]}
 */
function venues(palette) {
  const dot = { "circle-color": palette.ink, "circle-stroke-color": palette.halo, "circle-stroke-width": 2 };
  // Always drawn, and names keep out of their circle.
  const numbered = { "text-font": NAME_FONT, "text-size": 14, "text-allow-overlap": true, "text-padding": 14 };
  return [
    {
      id: "clusters", type: "circle", source: "venues", filter: ["has", "point_count"],
      paint: {
        "circle-color": palette.halo, "circle-stroke-color": palette.ink, "circle-stroke-width": 2,
        "circle-radius": ["step", ["get", "point_count"], 14, 20, 17, 100, 21, 1000, 26],
      },
    },
    {
      id: "cluster-counts", type: "symbol", source: "venues", filter: ["has", "point_count"],
      layout: { ...numbered, "text-field": ["number-format", ["get", "point_count"], { locale: "fr-FR" }] },
      paint: { "text-color": palette.ink },
    },
    { id: "venues", type: "circle", source: "venues", filter: ["!", ["has", "point_count"]], paint: { ...dot, "circle-radius": 7 } },
    {
      id: "nearest", type: "circle", source: "nearest",
      paint: {
        // Where only the commune is known the circle is wide and hollow: somewhere here, not at this door.
        "circle-color": ["case", ["get", "unsure"], palette.halo, palette.attention],
        "circle-opacity": ["case", ["get", "unsure"], 0.7, 1],
        "circle-stroke-color": ["case", ["get", "unsure"], palette.attention, palette.halo],
        "circle-stroke-width": 3,
        "circle-radius": ["case", ["get", "unsure"], 22, 15],
      },
    },
    {
      id: "nearest-numbers", type: "symbol", source: "nearest",
      layout: { ...numbered, "text-size": 16, "text-field": ["to-string", ["get", "number"]] },
      paint: { "text-color": ["case", ["get", "unsure"], palette.ink, palette.halo] },
    },
  ];
}
