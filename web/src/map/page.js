// @ts-check
/** The map page, once JavaScript runs: the map itself, its buttons, and the list of the nearest three. */

import { roundedPosition } from "../position.js";
import { root } from "../root.js";
import { readBase, serveFile } from "./base.js";
import { editionOfPage, inEdition, namedEdition } from "./edition.js";
import { hatch, rgb } from "./hatch.js";
import { answerSaid, boxAround, listNearest, nearestAddress, nearestPoints, readChosen, readNearest } from "./nearest.js";
import { readScale } from "./scale.js";
import { LEVELS, mapStyle } from "./style.js";
import { measure, venues } from "./words.js";

/** @typedef {import("maplibre-gl").Map} GlMap */
/** @typedef {typeof import("maplibre-gl")} MapLibre */

/** Metropolitan France: west, south, east, north. */
const WHOLE = /** @type {[number, number, number, number]} */ ([-5.2, 41.3, 9.6, 51.1]);
const PAN = 160;
const FRENCH = {
  "Map.Title": "Carte",
  "CooperativeGesturesHandler.WindowsHelpText": "Ctrl + molette pour agrandir la carte",
  "CooperativeGesturesHandler.MacHelpText": "⌘ + molette pour agrandir la carte",
  "CooperativeGesturesHandler.MobileHelpText": "Deux doigts pour déplacer la carte",
};

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** Colours come from the style sheet, so that the map follows the theme, light or dark. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: colour("sea"),
    land: colour("land"),
    line: colour("border"),
    ink: colour("ink"),
    halo: colour("ground"),
    attention: colour("warm"),
    ramp: [1, 2, 3, 4, 5].map((shade) => colour(`need-${shade}`)),
    water: colour("water"),
    green: colour("green"),
    road: colour("road"),
    roadEdge: colour("road-edge"),
    built: colour("built"),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    hatch: hatch(rgb(colour("no-data")), rgb(colour("no-data-line"))),
  };
}

async function start() {
  const section = element("carte");
  const canRun = document.createElement("canvas").getContext("webgl2") !== null;
  /** @type {MapLibre | null} */
  const library = canRun && section.dataset.vendor ? await import(section.dataset.vendor).catch(() => null) : null;
  if (!library) {
    element("sans-carte").hidden = false;
    return;
  }
  section.hidden = false;
  const map = draw(library, section);
  moveWithButtons(map);
  readUnderPointer(map, section);
  findNearest(map, library);
  keepViewOnSubmit();
}

/**
 * @param {MapLibre} library
 * @param {HTMLElement} section
 * @returns {GlMap}
 */
function draw(library, section) {
  const colours = palette();
  const box = boxAround(readChosen(element("proches-liste")));
  const here = location.origin + root();
  const base = readBase(section.dataset);
  serveFile(library, base, here);
  const style = (/** @type {ReturnType<typeof palette>} */ of) => mapStyle(here, readScale(section.dataset), of, editionOfPage(), base);
  const map = new library.Map({
    container: "fond",
    style: style(colours),
    // A view in the address comes before both.
    bounds: box ?? WHOLE,
    fitBoundsOptions: box ? { padding: 56, maxZoom: 14 } : { padding: 8 },
    hash: "carte",
    attributionControl: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    dragRotate: false,
    pitchWithRotate: false,
    locale: FRENCH,
    maxZoom: 16,
    minZoom: 2,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addImage("hatch", colours.hatch, { pixelRatio: 2 });
  map.on("idle", () => {
    section.dataset.state = "idle";
    const shown = map.queryRenderedFeatures({ layers: ["clusters", "venues"] });
    const total = countVenues(shown);
    section.dataset.venues = String(total);
    map.getCanvas().setAttribute("aria-label", `Carte, ${venues(total)} dans cette vue`);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    const now = palette();
    map.setStyle(style(now));
    map.once("styledata", () => map.hasImage("hatch") || map.addImage("hatch", now.hatch, { pixelRatio: 2 }));
  });
  return map;
}

/** @param {any[]} features clusters and venues; one at the edge of two tiles comes twice */
function countVenues(features) {
  const seen = new Map(features.map((f) => [f.properties.cluster_id ?? f.properties.id ?? f.id, f.properties.point_count ?? 1]));
  return [...seen.values()].reduce((sum, count) => sum + count, 0);
}

/** @param {GlMap} map */
function moveWithButtons(map) {
  /** @type {Record<string, () => void>} */
  const moves = {
    in: () => map.zoomIn(),
    out: () => map.zoomOut(),
    west: () => map.panBy([-PAN, 0]),
    east: () => map.panBy([PAN, 0]),
    north: () => map.panBy([0, -PAN]),
    south: () => map.panBy([0, PAN]),
  };
  for (const button of document.querySelectorAll("[data-move]")) {
    button.addEventListener("click", () => moves[/** @type {HTMLElement} */ (button).dataset.move ?? ""]?.());
  }
  const views = /** @type {HTMLSelectElement} */ (element("vue"));
  views.addEventListener("change", () => {
    const [zoom, lat, lon] = views.value.split("/").map(Number);
    if (views.value && [zoom, lat, lon].every(Number.isFinite)) map.jumpTo({ center: [lon, lat], zoom });
  });
}

/**
 * The value under the pointer, in words. The same is in the table for who has no pointer.
 * @param {GlMap} map
 * @param {HTMLElement} section
 */
function readUnderPointer(map, section) {
  const readout = element("lecture");
  const { indicator, unit = "", decimals = "0", times = "1", journey } = section.dataset;
  const layers = LEVELS.flatMap(({ layer }) => [`${layer}-value`, `${layer}-unknown`, `${layer}-beyond`]);
  const read = (/** @type {import("maplibre-gl").MapMouseEvent} */ event) => {
    const present = layers.filter((id) => map.getLayer(id));
    const [territory] = map.queryRenderedFeatures(event.point, { layers: present });
    const value = indicator && territory?.properties[indicator];
    const beyond = journey !== undefined && territory?.properties.reach === "unreachable";
    const unknown = beyond ? "hors d'atteinte" : "pas de donnée";
    const said = typeof value === "number" ? measure(Number(times) * value, Number(decimals), unit) : unknown;
    const name = territory?.properties.name;
    readout.textContent = name ? (indicator ? `${name}\u00a0: ${said}` : name) : "";
  };
  map.on("mousemove", read);
  map.on("click", read);
  map.on("mouseout", () => {
    readout.textContent = "";
  });
}

/**
 * @param {GlMap} map
 * @param {MapLibre} library
 */
function findNearest(map, library) {
  const state = element("proches-etat");
  const list = element("proches-liste");
  const show = (/** @type {any} */ points) => {
    const source = /** @type {import("maplibre-gl").GeoJSONSource | undefined} */ (map.getSource("nearest"));
    source?.setData(points);
  };
  const chosen = readChosen(list);
  if (chosen.length > 0) map.once("load", () => show(nearestPoints(chosen)));
  bubbles(map, library, list);
  let latest = 0;
  const ask = async (/** @type {string} */ position) => {
    const mine = (latest += 1);
    state.textContent = "Recherche…";
    const answer = await fetch(inEdition(nearestAddress(position), editionOfPage())).then((r) => r.json()).catch(() => null);
    if (mine !== latest) return;
    const found = readNearest(answer);
    listNearest(list, found, namedEdition(location.search));
    show(nearestPoints(found));
    element("proches-titre").textContent = "Les trois lieux les plus proches";
    state.textContent = answerSaid(answer);
  };
  map.on("click", async (event) => {
    if (map.queryRenderedFeatures(event.point, { layers: ["nearest"] }).length > 0) return;
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ["clusters", "venues"] });
    const at = hit?.geometry.type === "Point" ? hit.geometry.coordinates : null;
    if (hit && at && hit.properties.cluster_id !== undefined) {
      const source = /** @type {import("maplibre-gl").GeoJSONSource} */ (map.getSource("venues"));
      const zoom = await source.getClusterExpansionZoom(hit.properties.cluster_id);
      map.easeTo({ center: [at[0], at[1]], zoom });
      return;
    }
    // Where a venue stands is public; where somebody clicks may be their home.
    await ask(at ? `${at[0]},${at[1]}` : roundedPosition(event.lngLat.lng, event.lngLat.lat));
  });
  for (const layer of ["clusters", "venues"]) {
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("over-venue"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("over-venue"));
  }
  element("proches-du-centre").addEventListener("click", () => {
    const { lng, lat } = map.getCenter();
    ask(roundedPosition(lng, lat));
  });
}

/**
 * A numbered place and its line in the list go together: a click on the number opens a bubble with the line, the focus in a
 * line brings its number into view.
 * @param {GlMap} map
 * @param {MapLibre} library
 * @param {HTMLElement} list
 */
function bubbles(map, library, list) {
  const bubble = new library.Popup({ maxWidth: "20rem", closeButton: true, focusAfterOpen: false });
  const line = (/** @type {number} */ number) => [...list.querySelectorAll("li")].find((item) => item.value === number);
  const mark = (/** @type {number} */ number) => {
    for (const item of list.querySelectorAll("li")) item.classList.toggle("current", item.value === number);
  };
  map.on("click", "nearest", (event) => {
    const [feature] = event.features ?? [];
    const item = feature && line(feature.properties.number);
    if (!item || feature.geometry.type !== "Point") return;
    mark(item.value);
    const [lon, lat] = feature.geometry.coordinates;
    const said = document.createElement("div");
    said.append(...[...item.cloneNode(true).childNodes]);
    bubble.setLngLat([lon, lat]).setDOMContent(said).addTo(map);
  });
  list.addEventListener("focusin", (event) => {
    const item = event.target instanceof Element ? event.target.closest("li") : null;
    const at = item && readChosen(list).find((place) => place.number === item.value)?.at;
    if (!item || !at) return;
    mark(item.value);
    if (!map.getBounds().contains(at)) map.panTo(at, { animate: false });
  });
  map.on("mouseenter", "nearest", () => map.getCanvas().classList.add("over-venue"));
  map.on("mouseleave", "nearest", () => map.getCanvas().classList.remove("over-venue"));
}

/** Another indicator is shown in the same view. */
function keepViewOnSubmit() {
  const form = /** @type {HTMLFormElement} */ (element("choix"));
  form.addEventListener("submit", () => {
    form.action = `${root()}/carte${location.hash.startsWith("#carte=") ? location.hash : ""}`;
  });
}

start();
