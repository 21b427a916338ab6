// @ts-check
/** One Chromium for a file of tests, against the service whose address is in MEDIANE_URL. */

import { existsSync } from "node:fs";
import { after, before } from "node:test";

import { chromium } from "playwright-core";

const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";
const URL_OF_SERVICE = (process.env.MEDIANE_URL ?? "").replace(/\/$/, "");
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Why nothing can be tested here; `false` when everything can. */
export const skip = !existsSync(PATH)
  ? `SKIPPED: no Chromium at ${PATH}; set CHROMIUM to its path`
  : URL_OF_SERVICE === "" && "SKIPPED: set MEDIANE_URL to the address of a running service";
if (skip) console.error(skip);

/** The places tests go to. Every edition, real or fictitious, has venues around Lyon. */
export const RESULTS = "/?lieu=Lyon";

/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  if (!skip) browser = await chromium.launch({ executablePath: PATH, args: QUIET });
});
after(() => browser?.close());

/**
 * @typedef {object} Visit
 * @property {import("playwright-core").Page} page
 * @property {string[]} outside addresses that were asked for outside our origin
 * @property {string[]} violations of the content security policy
 * @property {string[]} errors that the page threw
 */

/**
 * Opens a page, hands it to `look`, and closes it.
 * @template T
 * @param {string} path
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(visit: Visit) => Promise<T>} look
 * @returns {Promise<T>}
 */
export async function visit(path, options, look) {
  const context = await browser.newContext({ locale: "fr-FR", reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    // A machine that is busy with something else takes its time; nothing here measures it.
    page.setDefaultNavigationTimeout(120_000);
    /** @type {Visit} */
    const seen = { page, outside: [], violations: [], errors: [] };
    page.on("request", (request) => {
      const address = request.url();
      if (!address.startsWith(`${URL_OF_SERVICE}/`) && !/^(data|blob):/.test(address)) seen.outside.push(address);
    });
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) seen.violations.push(message.text());
    });
    page.on("pageerror", (error) => seen.errors.push(error.message));
    await page.goto(URL_OF_SERVICE + path, { waitUntil: "load" });
    return await look(seen);
  } finally {
    await context.close();
  }
}

/** Address of the page of the first venue around Lyon. */
export async function aVenue() {
  return visit(RESULTS, {}, async ({ page }) => (await page.locator(".card h2 a").first().getAttribute("href")) ?? "/");
}
