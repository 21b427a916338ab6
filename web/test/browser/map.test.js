// @ts-check
/** The map: it comes to rest, shows venues, asks nobody but us, and works by keyboard. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { RESULTS, aVenue, skip, visit } from "./chromium.js";

/** @param {import("playwright-core").Page} page */
const atRest = (page) => page.locator('#carte[data-state="idle"]').waitFor({ timeout: 60_000 });

test("the map comes to rest with venues on it, and asks nothing outside our origin", { skip }, async () => {
  await visit("/carte", {}, async ({ page, outside, violations, errors }) => {
    await atRest(page);
    await page.waitForFunction(() => Number(document.getElementById("carte")?.dataset.venues) > 0, undefined, { timeout: 60_000 });
    assert.deepEqual({ outside, violations, errors }, { outside: [], violations: [], errors: [] });
  });
});

test("no page breaks the content security policy or asks anything outside our origin", { skip }, async () => {
  for (const path of ["/", RESULTS, await aVenue(), "/donnees"]) {
    await visit(path, {}, async ({ page, outside, violations, errors }) => {
      await page.waitForLoadState("networkidle");
      assert.deepEqual({ outside, violations, errors }, { outside: [], violations: [], errors: [] }, path);
    });
  }
});

test("only the map page loads the map library", { skip }, async () => {
  for (const path of ["/", RESULTS, "/donnees"]) {
    await visit(path, {}, async ({ page }) => {
      assert.equal(await page.locator('[href*="/vendor/"], [src*="/vendor/"]').count(), 0, path);
    });
  }
});

test("the nearest three of the centre are listed by keyboard alone", { skip }, async () => {
  await visit("/carte#carte=11/45.76/4.84", {}, async ({ page }) => {
    await atRest(page);
    await page.locator("#proches-du-centre").focus();
    await page.keyboard.press("Enter");
    await page.locator("#proches-liste li").nth(2).waitFor();
    assert.match((await page.locator("#proches-liste a").first().getAttribute("href")) ?? "", /^\/lieux\//);
    assert.match(await page.locator("#proches-etat").innerText(), /plus proche/);
  });
});

test("a click on the map lists the nearest three, and does not say where to the metre", { skip }, async () => {
  // Between Yeu and the coast of Vendée: no venue of any edition is under the click.
  await visit("/carte#carte=12/46.70/-2.10", {}, async ({ page }) => {
    await atRest(page);
    const asked = page.waitForRequest(/\/api\/nearest/);
    await page.locator("#fond canvas").click({ position: { x: 60, y: 60 } });
    assert.match(new URL((await asked).url()).searchParams.get("position") ?? "", /^-?\d+\.\d{3},-?\d+\.\d{3}$/);
    await page.locator("#proches-liste li").nth(2).waitFor();
  });
});

test("a click on the high sea lists nothing and says why", { skip }, async () => {
  await visit("/carte#carte=12/46.5/-3", {}, async ({ page }) => {
    await atRest(page);
    await page.locator("#fond canvas").click({ position: { x: 60, y: 60 } });
    await page.getByText("Cet endroit n'est pas en France.").waitFor();
    assert.equal(await page.locator("#proches-liste li").count(), 0);
  });
});

test("buttons move the map and the address holds the view", { skip }, async () => {
  await visit("/carte#carte=9/45.76/4.84", {}, async ({ page }) => {
    await atRest(page);
    await page.getByRole("button", { name: "Agrandir" }).click();
    await page.waitForURL(/#carte=10\//);
    await page.getByRole("button", { name: "Aller vers l'est" }).click();
    await page.waitForFunction(() => Number(location.hash.split("/")[2]) > 4.9);
    await page.locator("#vue").selectOption({ label: "La Réunion" });
    await page.waitForURL(/#carte=9\.3\/-21/);
  });
});

test("another indicator keeps the view", { skip }, async () => {
  await visit("/carte#carte=9/45.76/4.84", {}, async ({ page }) => {
    await atRest(page);
    await page.locator("details:has(#choix) summary").click();
    await page.locator("#choix button").click();
    await page.waitForURL(/indicateur=[a-z_-]+#carte=9\/45\.76\/4\.84/);
  });
});

test("a browser without WebGL 2 is told so and gets the table", { skip }, async () => {
  await visit("/carte?indicateur=share_in_need", {}, async ({ page }) => {
    await page.addInitScript("HTMLCanvasElement.prototype.getContext = () => null");
    await page.reload();
    await page.locator("#sans-carte").waitFor();
    assert.equal(await page.locator("#carte").isVisible(), false);
    assert.ok((await page.locator("tbody tr").count()) > 100);
  });
});
