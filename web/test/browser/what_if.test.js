// @ts-check
/** The page that imagines: forms and links only, an address that holds it all, and a sheet of paper. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { skip, visit } from "./chromium.js";

const RHONE = "/et-si?territoire=departements/69";

test("without JavaScript a venue is opened and another one closed, and the address holds both", { skip }, async () => {
  await visit("/territoires/departements/69", { javaScriptEnabled: false }, async ({ page }) => {
    await page.locator('main a[href^="/et-si"]').click();
    await page.locator("#ou").fill("Villeurbanne");
    await page.locator("#annuelles").fill("1 820");
    await page.locator('button[value="ouvrir"]').click();
    assert.match(await page.locator(".changes").innerText(), /Ouvrir un lieu à Villeurbanne/);
    await page.locator("#lieu").fill("Lyon");
    await page.locator('form:has(#lieu) button').click();
    await page.locator('.choices input[type="radio"]').first().check();
    await page.locator('button[value="fermer"]').click();
    assert.equal(await page.locator(".changes li").count(), 2);
    assert.match(await page.locator(".said .first").innerText(), /à moins de 15\u00a0minutes en voiture d'un lieu d'aide\.$/);
    assert.equal(await page.locator("#adresse").inputValue(), page.url());
    await page.locator(".changes a").first().click();
    assert.equal(await page.locator(".changes li").count(), 1);
  });
});

test("the difference is drawn with signs, and unknown is in the legend", { skip }, async () => {
  await visit(`${RHONE}&mode=pied&faire=ouvrir&ou=Villeurbanne`, { javaScriptEnabled: false }, async ({ page }) => {
    assert.ok((await page.locator(".difference path").count()) > 100);
    const signs = await page.locator(".legend .swatch").allInnerTexts();
    assert.deepEqual(signs, ["−−", "−", "", "+", "++", ""]);
  });
});

test("a scenario asks nothing outside our origin, breaks no policy and prints on two pages", { skip }, async () => {
  await visit(`${RHONE}&faire=ouvrir&ou=Villeurbanne`, {}, async ({ page, outside, violations, errors }) => {
    assert.deepEqual([outside, violations, errors], [[], [], []]);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    assert.ok(sheets <= 2, `${sheets} pages`);
  });
});
