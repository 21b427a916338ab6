// @ts-check
/** Every text field of every venue is a payload here (scripts/try-payloads): whatever page shows it, nothing runs. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { PAYLOADS } from "../../../scripts/payloads.mjs";
import { skip, visit } from "../browser/chromium.js";

const LIST = process.env.MEDIANE_PAYLOADS;
const none = skip || (!LIST && "SKIPPED: scripts/try-payloads serves the edition of payloads");
const VENUES = PAYLOADS.map((_, i) => `payloads-p${i}`);

/** Touches everything, and gives what would run if it were touched otherwise. @param {import("playwright-core").Page} page */
async function looked(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.evaluate(() => {
    for (const each of document.querySelectorAll("main *")) {
      for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "error", "load"]) each.dispatchEvent(new Event(kind));
    }
  });
  const schemes = await page.evaluate(() => [...document.querySelectorAll("[href], [src], [action], [formaction]")]
    .flatMap((each) => ["href", "src", "action", "formaction"].map((name) => each.getAttribute(name) ?? ""))
    .filter((address) => /^[\s\x00-\x1f]*(javascript|vbscript|data:text)/i.test(address)));
  const inline = await page.evaluate(() => [...document.querySelectorAll("*")].filter((each) => [...each.attributes].some((a) => /^on/i.test(a.name))).map((each) => each.outerHTML));
  return { schemes, inline };
}

/** Opens pages one after the other, touches whatever can be touched, and tells what ran.
 * @param {string[]} paths @param {(page: import("playwright-core").Page) => Promise<void>} [touch] */
async function ran(paths, touch) {
  return visit("/health/live", {}, async ({ page, violations, errors }) => {
    const origin = new URL(page.url()).origin;
    /** @type {string[]} */
    const seen = [];
    await page.exposeFunction("pwned", () => seen.push("pwned"));
    page.on("dialog", (dialog) => (seen.push(dialog.message()), dialog.dismiss()));
    // Tiles hold numbers and names of communes alone: drawing them for every payload would take minutes, and shows nothing more.
    if (!touch) await page.route(/\/tiles\//, (route) => route.abort());
    /** @type {string[]} */
    const told = [];
    for (const path of paths) {
      await page.goto(origin + path, { waitUntil: "load" });
      await touch?.(page);
      const { schemes, inline } = await looked(page).catch(async (error) => {
        // A plan under way asks for its page again: what it shows then is looked at.
        if (!/context was destroyed/.test(String(error))) throw error;
        await page.waitForLoadState("load");
        return looked(page);
      });
      await page.waitForTimeout(20);
      told.push(...[...seen.splice(0), ...violations.splice(0), ...errors.splice(0), ...schemes, ...inline].map((what) => `${path}: ${what}`));
    }
    return told;
  });
}

test("no page of a venue, list, map, sheet or embedded search runs what a list wrote", { skip: none }, async () => {
  const sheets = VENUES.map((_, i) => `/fiche?lieux=${VENUES.slice(i, i + 3).join(",")}`).filter((_, i) => i % 3 === 0);
  const pages = [
    ...VENUES.map((id) => `/lieux/${id}`), ...VENUES.map((id) => `/lieux/${id}?embed=1`), ...sheets,
    "/?lieu=Gu%C3%A9ret&nombre=40", "/?lieu=Gu%C3%A9ret&embed=1", "/?lieu=46.17,1.87", "/carte?lieu=Gu%C3%A9ret", "/orienter?demarche=oui&lieu=Gu%C3%A9ret",
    "/donnees", "/territoires/communes/23096", "/et-si?territoire=departements/23&lieu=Gu%C3%A9ret", "/suivi/departements/23", "/planifier?territory=departements%2F23&posts=2&minutes=15",
    `/lieux/${VENUES[0]}/signaler`,
  ];
  assert.deepEqual(await ran(pages), []);
});

test("nothing that is typed or sent runs", { skip: none }, async () => {
  const pages = PAYLOADS.map(encodeURIComponent).flatMap((typed) => [
    `/?lieu=${typed}`, `/carte?lieu=${typed}`, `/orienter?demarche=oui&lieu=${typed}`, `/et-si?nom=${typed}`, `/?prix=${typed}`, `/lieux/${typed}`,
  ]);
  assert.deepEqual(await ran(pages), []);
});

test("the popups of the map and the suggestions are texts", { skip: none }, async () => {
  const told = await ran(["/carte?lieu=Gu%C3%A9ret"], async (page) => {
    await page.locator('#carte[data-state="idle"], #sans-carte:not([hidden])').waitFor({ timeout: 60_000 });
    const box = await page.locator("#carte canvas").boundingBox();
    if (!box) return;
    for (let x = 1; x < 12; x++) for (let y = 1; y < 8; y++) await page.mouse.click(box.x + (box.width * x) / 12, box.y + (box.height * y) / 8);
  });
  const typed = await ran(["/"], async (page) => {
    await page.locator("#lieu").pressSequentially("Lieu 3 ", { delay: 20 });
    await page.waitForTimeout(600);
  });
  assert.deepEqual([...told, ...typed], []);
});

test("a list that is checked is shown as text", { skip: none }, async () => {
  const told = await ran(["/verifier"], async (page) => {
    await page.locator("input[type=file]").setInputFiles(/** @type {string} */ (LIST));
    await Promise.all([page.waitForLoadState("load"), page.locator("main form button").first().click()]);
    await page.waitForTimeout(500);
    assert.match(await page.locator("main").innerText(), /payloads/);
  });
  assert.deepEqual(told, []);
});
