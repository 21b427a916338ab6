// @ts-check
/** Whole ways of real people, by keyboard alone, with and without JavaScript, wide and narrow. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { skip, visit } from "./chromium.js";

/** What is typed, and what the page has to say. */
const JOURNEYS = [
  { typed: "Sarliac-sur-l'Isle 24420", filters: "besoin=adresse-mail&rdv=sans", said: /Sarliac-sur-l'Isle/ },
  { typed: "Bondy", filters: "besoin=actualisation&jour=samedi", said: /Bondy/ },
  { typed: "Lyon 3e", filters: "accueil=surdite", said: /Lyon 3e/ },
  { typed: "Guéret", filters: "", said: /Guéret/ },
  { typed: "Saint-Georges-de-Reneins", filters: "", said: /Saint-Georges-de-Reneins/ },
  { typed: "Saint-Denis", filters: "", said: /De quel lieu s'agit-il/ },
  { typed: "Cayenne", filters: "", said: /Cayenne/ },
  { typed: "Nouméa", filters: "", said: /Nouméa/ },
  { typed: "Paris 16e", filters: "", said: /Paris 16e/ },
  { typed: "13 rue de la République Marseille", filters: "", said: /Nous n'avons pas tenu compte de « 13 rue de la République »/ },
  { typed: "Papeete", filters: "", said: /Papeete/ },
  { typed: "Creuse", filters: "", said: /Dans quelle commune/ },
];

for (const javaScriptEnabled of [true, false]) {
  for (const width of [1280, 320]) {
    test(`every journey ends with an answer, ${javaScriptEnabled ? "with" : "without"} JavaScript, ${width} px`, { skip }, async () => {
      for (const { typed, filters, said } of JOURNEYS) {
        await visit("/", { javaScriptEnabled, viewport: { width, height: 800 } }, async ({ page, errors }) => {
          await page.keyboard.press("Tab");
          await page.locator("#lieu").focus();
          await page.keyboard.type(typed);
          await page.keyboard.press("Enter");
          await page.waitForURL(/lieu=/);
          if (filters) await page.goto(`${page.url()}&${filters}`);
          const main = (await page.locator("main").innerText()).replaceAll("\u00a0", " ");
          assert.match(main, said, typed);
          if (/^Lieux d'aide/.test(main)) assert.ok((await page.locator(".card").count()) > 0 || /Aucun lieu/.test(main), typed);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${typed} at ${width}`);
          assert.deepEqual(errors, [], typed);
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
