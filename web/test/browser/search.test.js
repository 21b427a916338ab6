// @ts-check
/** The search: by somebody without JavaScript, by somebody who locates themselves, and on paper. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { RESULTS, aVenue, skip, visit } from "./chromium.js";

test("without JavaScript a question leads to a list, then to a venue", { skip }, async () => {
  await visit("/", { javaScriptEnabled: false }, async ({ page }) => {
    await page.locator("#lieu").fill("Lyon");
    await page.locator(".row button").click();
    assert.match(await page.locator("h1").innerText(), /Lieux d'aide près de Lyon/);
    assert.ok((await page.locator(".card").count()) > 2);
    await page.locator(".card h2 a").first().click();
    assert.match(page.url(), /\/lieux\//);
    assert.match(await page.locator("main").innerText(), /D'où viennent ces informations/);
  });
});

test("what needs JavaScript is not offered without it", { skip }, async () => {
  for (const path of ["/", RESULTS, await aVenue(), "/carte"]) {
    await visit(path, { javaScriptEnabled: false }, async ({ page }) => {
      for (const only of await page.locator("[data-print], #me-localiser, #carte").all()) {
        assert.equal(await only.isVisible(), false, path);
      }
    });
  }
});

test("without JavaScript the map page is a table of the départements", { skip }, async () => {
  await visit("/carte?indicateur=share_in_need", { javaScriptEnabled: false }, async ({ page }) => {
    assert.ok((await page.locator("tbody tr").count()) > 100);
    assert.match(await page.locator("main").innerText(), /La carte demande JavaScript/);
  });
});

test("the position that is sent has three decimals", { skip }, async () => {
  const options = { geolocation: { longitude: 4.835659, latitude: 45.764043 }, permissions: ["geolocation"] };
  await visit("/", options, async ({ page }) => {
    await page.locator("#me-localiser").click();
    await page.waitForURL(/lieu=/);
    assert.equal(new URL(page.url()).searchParams.get("lieu"), "4.836,45.764");
    assert.match(await page.locator("h1").innerText(), /votre position/);
  });
});

test("nothing is stored about the visitor", { skip }, async () => {
  for (const path of ["/", RESULTS, "/carte"]) {
    await visit(path, {}, async ({ page }) => {
      const stored = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
      assert.deepEqual(stored, ["", 0, 0], path);
    });
  }
});

test("results print on one sheet with three venues at most, and no menu", { skip }, async () => {
  for (const path of [RESULTS, "/?lieu=Rodez", "/?lieu=97400"]) {
    await visit(path, {}, async ({ page }) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      assert.equal(sheets(pdf), 1, path);
      await page.emulateMedia({ media: "print" });
      let shown = 0;
      for (const card of await page.locator(".card").all()) shown += Number(await card.isVisible());
      assert.ok(shown <= 3);
      assert.equal(await page.locator("nav").isVisible(), false);
      assert.equal(await page.locator(".sheet-for").isVisible(), true);
    });
  }
});

test("the sheet of one venue prints on one page", { skip }, async () => {
  await visit(await aVenue(), {}, async ({ page }) => {
    assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1);
  });
});

/** @param {Buffer} pdf */
function sheets(pdf) {
  return (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
}
