// @ts-check
/** The pages of territories: without JavaScript, on paper, and with their choices in the address. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { skip, visit } from "./chromium.js";

const RHONE = "/territoires/departements/69";

test("without JavaScript one walks from the search to a commune and back up", { skip }, async () => {
  await visit("/territoires", { javaScriptEnabled: false }, async ({ page }) => {
    await page.locator("#nom").fill("Rhône");
    await page.locator("main .row button").click();
    await page.locator(`main a[href="${RHONE}"]`).first().click();
    assert.match(page.url(), /\/territoires\/departements\/69$/);
    assert.equal(await page.locator(".keys li").count(), 5);
    await page.locator("table.parts tbody th a").first().click();
    assert.match(page.url(), /\/territoires\/epcis\//);
    await page.locator(".crumbs a").last().click();
    assert.match(page.url(), /\/territoires\/departements\//);
  });
});

test("without JavaScript the choices go into the address and the numbers follow", { skip }, async () => {
  await visit(RHONE, { javaScriptEnabled: false }, async ({ page }) => {
    const before = await page.locator(".key strong").first().innerText();
    await page.locator("#denominateur").selectOption("8m");
    await page.locator("#mode").selectOption("pied");
    await page.locator(".options button[type=submit]").click();
    assert.match(page.url(), /denominateur=8m&mode=pied/);
    assert.notEqual(await page.locator(".key strong").first().innerText(), before);
    assert.equal(await page.locator("#mode").inputValue(), "pied");
  });
});

test("the map is drawn by the server, each class with its number", { skip }, async () => {
  for (const path of ["/territoires/france", RHONE, "/territoires/communes/69123"]) {
    await visit(path, { javaScriptEnabled: false }, async ({ page }) => {
      assert.ok((await page.locator(".panels path").count()) > 3, path);
      assert.equal(await page.locator(".legend .swatch").last().getAttribute("class"), "swatch no-data");
      for (const swatch of await page.locator(".legend .swatch:not(.no-data, .out-of-reach)").all()) assert.match(await swatch.innerText(), /^[1-5]$/);
    });
  }
});

test("the brief of a territory prints on two pages, without the form", { skip }, async () => {
  for (const path of ["/territoires/france", "/territoires/regions/84", RHONE, `${RHONE}?par=communes`, "/territoires/communes/69123"]) {
    await visit(path, {}, async ({ page }) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
      assert.ok(sheets <= 2, `${path}: ${sheets} pages`);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(".options").isVisible(), false);
      assert.equal(await page.locator(".paper").last().isVisible(), true);
    });
  }
});

test("a territory page asks nothing outside our origin and breaks no policy", { skip }, async () => {
  for (const path of ["/territoires", "/territoires/france", RHONE, "/definitions"]) {
    await visit(path, {}, async ({ page, outside, violations, errors }) => {
      await page.waitForLoadState("networkidle");
      assert.deepEqual({ outside, violations, errors }, { outside: [], violations: [], errors: [] }, path);
    });
  }
});
