// @ts-check
/** Whole ways of real people, by keyboard alone, with and without JavaScript, wide and narrow, from the question to the sheet. */

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";

import { skip, visit } from "./chromium.js";
import { choose, enter, reaches } from "./keyboard.js";

/**
 * What is typed, what is chosen after that, and what the page has to say of the place.
 * @type {{ typed: string, said: RegExp, choices?: Record<string, string> }[]}
 */
const JOURNEYS = [
  { typed: "Sarliac-sur-l'Isle 24420", choices: { besoin: "adresse-mail", trajet: "pied-30", rdv: "sans" }, said: /Sarliac-sur-l'Isle/ },
  { typed: "Bondy", choices: { besoin: "actualisation", jour: "samedi" }, said: /Bondy/ },
  { typed: "Lyon 3e", choices: { accueil: "surdite" }, said: /Lyon 3e/ },
  { typed: "Guéret", choices: { accueil: "langues-etrangeres-autres" }, said: /Guéret/ },
  { typed: "Saint-Georges-de-Reneins", said: /Saint-Georges-de-Reneins/ },
  { typed: "Saint-Denis", said: /Saint-Denis/ },
  { typed: "Cayenne", said: /Cayenne/ },
  { typed: "Nouméa", said: /Nouméa/ },
  { typed: "Paris 16e", said: /Paris 16e/ },
  { typed: "13 rue de la République Marseille", said: /13 rue de la République|13 Rue de la République/ },
  { typed: "Papeete", said: /Papeete/ },
  { typed: "Ouessant", said: /Ouessant/ },
];

/** Where what was seen is left, to be looked at: `MEDIANE_SHOTS=DIR`. */
const SHOTS = process.env.MEDIANE_SHOTS ?? "";

/**
 * Chooses filters by keyboard; those that no list offers are told, and left out.
 * @param {import("playwright-core").Page} page
 * @param {Record<string, string>} choices
 * @returns {Promise<string[]>}
 */
async function filtered(page, choices) {
  const missing = [];
  for (const [name, value] of Object.entries(choices)) {
    const open = await page.locator("details.filters").evaluate((it) => /** @type {HTMLDetailsElement} */ (it).open);
    if (!open) {
      assert.ok(await reaches(page, "details.filters > summary"));
      await page.keyboard.press("Enter");
    }
    const tick = `input[type=checkbox][name=${name}]`;
    if ((await page.locator(tick).count()) > 0) {
      assert.ok(await reaches(page, tick));
      await page.keyboard.press("Space");
    } else if (!(await choose(page, `select[name=${name}]`, value))) {
      missing.push(`${name}=${value}`);
      continue;
    }
  }
  await enter(page, "details.filters button[type=submit]");
  return missing;
}

for (const javaScriptEnabled of [true, false]) {
  for (const width of [1280, 320]) {
    test(`every journey ends with a sheet, ${javaScriptEnabled ? "with" : "without"} JavaScript, ${width} px`, { skip }, async () => {
      for (const { typed, choices, said } of JOURNEYS) {
        await visit("/", { javaScriptEnabled, viewport: { width, height: 800 } }, async ({ page, errors, outside }) => {
          /** @type {string[]} */
          const referers = [];
          page.on("request", (request) => referers.push(request.headers().referer ?? ""));
          const fits = async () => {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${typed}: ${page.url()} is ${wide} px wide of ${width}`);
          };
          const shot = async (/** @type {string} */ step) => {
            if (!SHOTS) return;
            mkdirSync(SHOTS, { recursive: true });
            const name = `${SHOTS}/${typed.replaceAll(/[^\p{L}\d]+/gu, "-")}-${width}${javaScriptEnabled ? "" : "-no-script"}`;
            await page.screenshot({ path: `${name}-${step}.png`, fullPage: true });
            if (step === "sheet") await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true });
          };
          assert.ok(await reaches(page, "#lieu"), "Tab comes to the question");
          await page.keyboard.type(typed);
          await Promise.all([page.waitForURL(/lieu=/), page.keyboard.press("Enter")]);
          const heading = await page.locator("h1").innerText();
          if (/De quel lieu|Dans quelle commune/.test(heading)) {
            await shot("choice");
            await enter(page, "main .links a");
          }
          const main = (await page.locator("main").innerText()).replaceAll("\u00a0", " ");
          assert.match(main, said, typed);
          await fits();
          await shot("found");
          if (choices) {
            const missing = await filtered(page, choices);
            await fits();
            await shot("filtered");
            if (missing.length > 0) console.log(`${typed}: no place for ${missing.join(", ")}`);
          }
          // Where nothing fits all that was asked, the page says so and leads on.
          if ((await page.locator(".card").count()) === 0) {
            await enter(page, "main .status ~ p a.target[href*='lieu=']");
            await shot("relaxed");
          }
          await enter(page, "button[form=fiche], #fiche button");
          assert.match(page.url(), /\/fiche/);
          const stops = await page.locator(".stop").count();
          assert.ok(stops >= 1 && stops <= 3, `${typed}: ${stops} places on the sheet`);
          assert.ok(!page.url().includes("depuis"), "where somebody starts from is in no address");
          await fits();
          await shot("sheet");
          const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
          const sheets = paper.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
          assert.equal(sheets, 1, `${typed}: ${sheets} pages`);
          assert.deepEqual([errors, outside], [[], []], typed);
          // What was typed stays in the address of our own page: no other request, and no storage, hears of it.
          assert.ok(referers.every((referer) => !referer.includes("lieu=")), referers.join("\n"));
          if (javaScriptEnabled) {
            const stored = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
            assert.deepEqual(stored, ["", 0, 0], typed);
          }
        });
      }
    });
  }
}

test("suggestions are a combobox that the arrows walk and Enter takes", { skip }, async () => {
  await visit("/", {}, async ({ page }) => {
    const field = page.getByRole("combobox", { name: /Commune/ });
    await field.focus();
    await page.keyboard.type("villeurb");
    const option = page.getByRole("option", { name: "Villeurbanne (Rhône)" });
    await option.waitFor();
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("ArrowDown");
    assert.equal(await field.getAttribute("aria-activedescendant"), await option.getAttribute("id"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/lieu=Villeurbanne/);
    assert.match(await page.locator("h1").innerText(), /Villeurbanne/);
  });
  await visit("/", {}, async ({ page }) => {
    await page.locator("#lieu").focus();
    await page.keyboard.type("lyon");
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("listbox").count(), 0);
  });
});
