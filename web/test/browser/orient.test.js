// @ts-check
/** The path of a person who is helped: questions, places, a sheet; in four languages, on paper, and without a trace. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { RESULTS, aVenue, skip, visit } from "./chromium.js";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const CANARY = "Lyon 3";

/** @param {import("playwright-core").Page} page @param {string} what */
async function sound(page, what) {
  const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).analyze();
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(", ")}`), [], what);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  assert.deepEqual(twice, [], `${what}: an id comes twice`);
}

/** @param {import("playwright-core").Page} page @param {string} place */
async function answer(page, place) {
  await page.locator("#internet-non").check();
  await page.locator("#demarche-oui").check();
  await page.locator("#lieu").fill(place);
  // On a slow machine suggestions come late, over the button.
  await page.locator("#lieu").press("Escape");
  await page.locator(".diagnosis button[type=submit]").click();
}

/** @param {Buffer} pdf */
function sheets(pdf) {
  return (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
}

test("without JavaScript eight questions lead to places, and places to a sheet of one page", { skip }, async () => {
  await visit("/orienter", { javaScriptEnabled: false }, async ({ page }) => {
    assert.equal(await page.locator("fieldset").count(), 8);
    await answer(page, "Lyon");
    assert.match(await page.locator("main").innerText(), /Faire une démarche avec quelqu/);
    assert.ok((await page.locator(".pick .card").count()) >= 1);
    assert.ok(!/internet|demarche|Lyon/.test(page.url()), page.url());
    await page.locator(".pick button[type=submit]").click();
    assert.ok((await page.locator(".stop").count()) >= 1);
    assert.ok(!/depuis|Lyon/.test(page.url()), page.url());
    assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1);
  });
});

test("axe finds nothing on questions, answers, sheet, reports and pages of words, in four languages", { skip }, async () => {
  for (const lang of ["fr", "facile", "en", "ar"]) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await visit(`/orienter?lang=${lang}`, { colorScheme, viewport: { width: 320, height: 640 } }, async ({ page }) => {
        assert.equal(await page.locator("html").getAttribute("dir"), lang === "ar" ? "rtl" : "ltr");
        await sound(page, `questions ${lang} ${colorScheme}`);
        await answer(page, "Lyon");
        await sound(page, `answer ${lang} ${colorScheme}`);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, `answer ${lang}`);
        await page.locator(".pick button[type=submit]").click();
        await sound(page, `sheet ${lang} ${colorScheme}`);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, `sheet ${lang}`);
      });
    }
  }
  const venue = await aVenue();
  for (const path of [venue, `${venue}/signaler`, "/aide-a-distance", "/aide-a-distance?lang=ar", "/mentions-legales", "/accessibilite", "/a-propos", "/integrer", "/moderation", "/fiche", "/?embed=1", `${RESULTS}&embed=1`]) {
    await visit(path, { viewport: { width: 320, height: 640 } }, async ({ page }) => {
      await sound(page, path);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, path);
    });
  }
});

test("a canary goes through the whole journey and stays in no address, referer or storage", { skip }, async () => {
  await visit("/orienter", {}, async ({ page, outside }) => {
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => asked.push(request.url(), request.headers().referer ?? ""));
    await answer(page, CANARY);
    await page.locator(".pick button[type=submit]").click();
    await page.locator(".stop").first().waitFor();
    assert.ok(asked.every((text) => !decodeURIComponent(text).includes(CANARY) && !text.includes("depuis")), asked.join("\n"));
    const stored = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
    assert.deepEqual(stored, ["", 0, 0]);
    assert.deepEqual(outside, []);
  });
});

test("the questions print on one page, to be filled in by hand", { skip }, async () => {
  for (const lang of ["fr", "facile", "en", "ar"]) {
    await visit(`/orienter?lang=${lang}`, {}, async ({ page }) => {
      assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1, lang);
    });
  }
});

test("a sheet of three places with letters for everybody prints on one page", { skip }, async () => {
  const ids = await visit("/?lieu=Lyon&nombre=30", {}, async ({ page }) => {
    const links = await page.locator(".card h2 a").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    return links.map((href) => href.replace(/^\/lieux\//, "").split("?")[0]);
  });
  for (let at = 0; at + 3 <= ids.length; at += 3) {
    await visit(`/fiche?lieux=${ids.slice(at, at + 3).join(",")}`, {}, async ({ page }) => {
      assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1, ids.slice(at, at + 3).join(","));
      const sms = await page.locator("#sms").inputValue();
      assert.ok(sms.length <= 300);
    });
  }
});

test("inside another site the menu is left out and links stay inside", { skip }, async () => {
  await visit(`${RESULTS}&embed=1`, {}, async ({ page }) => {
    assert.equal(await page.locator(".bar").isVisible(), false);
    assert.match((await page.locator(".card h2 a").first().getAttribute("href")) ?? "", /embed=1/);
  });
});
