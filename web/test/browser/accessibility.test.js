// @ts-check
/** What must hold for everybody: WCAG 2.1 A and AA, light and dark, a narrow screen, a keyboard. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { RESULTS, aVenue, skip, visit } from "./chromium.js";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Every page that there is: the list is checked against the endpoints by a test of `src/pages`. */
async function pages() {
  const venue = await aVenue();
  const report = await visit("/donnees", {}, async ({ page }) => (await page.locator('a[href^="/donnees/rapport/"]').first().getAttribute("href")) ?? "/");
  /** @type {string[]} */
  const templates = JSON.parse(readFileSync(new URL("../pages.json", import.meta.url), "utf8"));
  const id = venue.split("/").pop() ?? "";
  return templates.map((address) => address.replace("{venue}", venue).replace("{id}", id).replace("{report}", report));
}

/** @param {import("playwright-core").Page} page */
async function settle(page) {
  // The map is part of the page: it is looked at once it stands still.
  if (await page.locator("#carte").count()) await page.locator('#carte[data-state="idle"], #sans-carte:not([hidden])').waitFor({ timeout: 60_000 });
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`axe finds no violation, ${colorScheme}`, { skip }, async () => {
    for (const path of await pages()) {
      await visit(path, { colorScheme }, async ({ page }) => {
        await settle(page);
        const { violations, passes } = await new AxeBuilder({ page }).withTags(LEVELS).analyze();
        const said = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(", ")}`);
        assert.deepEqual(said, [], path);
        assert.ok(passes.length > 8, "axe looked at the page");
      });
    }
  });
}

test("axe finds no violation in what is printed", { skip }, async () => {
  const venue = await aVenue();
  for (const path of [RESULTS, venue, `/fiche?lieux=${venue.split("/").pop()}`, `/fiche?lieux=${venue.split("/").pop()}&lang=ar`, "/orienter"]) {
    await visit(path, {}, async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).analyze();
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(", ")}`), [], path);
    });
  }
});

test("nothing is wider than a screen of 320 pixels", { skip }, async () => {
  for (const path of await pages()) {
    await visit(path, { viewport: { width: 320, height: 640 } }, async ({ page }) => {
      await settle(page);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, path);
    });
  }
});

test("buttons and fields are at least 44 pixels high", { skip }, async () => {
  for (const path of await pages()) {
    await visit(path, { viewport: { width: 320, height: 640 } }, async ({ page }) => {
      await settle(page);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, .button, .phone, select, input:not([type=checkbox], [type=radio]), summary, nav a, .check")]
          .map((control) => ({ name: control.textContent?.trim() || control.id, height: control.getBoundingClientRect().height }))
          .filter(({ height }) => height > 0 && height < 44),
      );
      assert.deepEqual(small, [], path);
    });
  }
});

test("the first stop of the keyboard skips to the content", { skip }, async () => {
  await visit("/", {}, async ({ page }) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Aller au contenu");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "contenu");
  });
});

test("every page has one first-level heading and says its language", { skip }, async () => {
  for (const path of await pages()) {
    await visit(path, {}, async ({ page }) => {
      assert.equal(await page.locator("h1").count(), 1, path);
      const asked = new URLSearchParams(path.split("?")[1]).get("lang") ?? "fr";
      // What is easy to read is French.
      assert.equal(await page.locator("html").getAttribute("lang"), asked === "facile" ? "fr" : asked, path);
    });
  }
});
