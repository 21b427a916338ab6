// @ts-check
/** Going through pages by keyboard alone, as somebody does who has no mouse: Tab, the arrows, Space and Enter. */

import assert from "node:assert/strict";

/** No page of ours has so many stops before what one looks for. */
const MOST_TABS = 120;

/**
 * Presses Tab until what the selector names has the focus, then tells whether it came to that.
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 * @returns {Promise<boolean>}
 */
export async function reaches(page, selector) {
  if ((await page.locator(selector).count()) === 0) return false;
  for (let at = 0; at < MOST_TABS; at += 1) {
    if (await page.locator(selector).first().evaluate((it) => it === document.activeElement)) return true;
    await page.keyboard.press("Tab");
  }
  return false;
}

/**
 * Goes to what the selector names and presses Enter; the page that follows has loaded.
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 */
export async function enter(page, selector) {
  assert.ok(await reaches(page, selector), `Tab comes to ${selector} on ${page.url()}`);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

/**
 * Chooses from a list by the arrows; tells whether the list has the value.
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 * @param {string} value
 * @returns {Promise<boolean>}
 */
export async function choose(page, selector, value) {
  if (!(await reaches(page, selector))) return false;
  const list = page.locator(selector).first();
  const values = await list.evaluate((it) => [.../** @type {HTMLSelectElement} */ (it).options].map((option) => option.value));
  for (let at = 0; at < values.length && (await list.inputValue()) !== value; at += 1) await page.keyboard.press("ArrowDown");
  return (await list.inputValue()) === value;
}
