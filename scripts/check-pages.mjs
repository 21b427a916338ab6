// What scripts/check-pages does with its checkers; see there.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [base, venues = "300", seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const URL_OF_SERVICE = base.replace(/\/$/, "");
const PACK = "/emporter/23";
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"];
const ours = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = ours("playwright-core");
/** A module of a checker, by what its package exports. */
const checker = async (name) => {
  const { resolve } = createRequire(`${process.env.CHECKERS}/package.json`);
  return import(pathToFileURL(resolve(name)).href);
};
const { HtmlValidate } = await checker("html-validate");
const pa11y = (await checker("pa11y")).default;
const puppeteer = (await checker("puppeteer")).default;
const lighthouse = (await checker("lighthouse")).default;
const { launch } = await checker("chrome-launcher");

const validator = new HtmlValidate({ extends: ["html-validate:standard"] });
const faults = [];
const tell = (address, told) => {
  faults.push(address);
  console.log(`${address}: ${told}`);
};

/**
 * A page as text. Asked again when a connection that was kept closes at that moment, as a checker's minutes between two pages let it, and
 * when the service has too much to do: checkers keep the cores of a small machine busy.
 */
const html = async (address, asked = {}, again = 3) => {
  try {
    const answer = await fetch(URL_OF_SERVICE + address, { headers: { accept: "text/html" }, ...asked });
    if (answer.status !== 503 || again === 0) return { status: answer.status, text: await answer.text() };
  } catch (error) {
    if (again === 0) throw error;
  }
  await new Promise((done) => setTimeout(done, 5_000));
  return html(address, asked, again - 1);
};

const validate = async (address, text) => {
  const { results } = await validator.validateString(text);
  for (const { messages } of results) for (const { ruleId, message, line } of messages) tell(address, `${ruleId}, line ${line}: ${message}`);
};

/** A draw that the seed alone decides (mulberry32). */
let state = Number(seed);
const draw = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

/** Every page, and which of them search engines are shown. */
async function pages(listed) {
  const venue = listed.find((address) => address.startsWith("/lieux/"));
  const report = (await html("/donnees")).text.match(/\/donnees\/rapport\/[^"?#]+/)?.[0];
  const templates = JSON.parse(readFileSync(new URL("../web/test/pages.json", import.meta.url), "utf8"));
  const id = venue.split("/").pop();
  return templates.map((address) => address.replace("{venue}", venue).replace("{id}", id).replace("{report}", report));
}

const sitemap = (await html("/sitemap.xml")).text;
const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
const all = await pages(listed);
const ofVenues = listed.filter((address) => address.startsWith("/lieux/"));
const drawn = Array.from({ length: Math.min(Number(venues), ofVenues.length) }, () => ofVenues.splice(draw(ofVenues.length), 1)[0]);
console.log(`${all.length} pages, ${drawn.length} venues of ${ofVenues.length + drawn.length} by seed ${seed}`);

for (const address of all) {
  const { status, text } = await html(address);
  if (status >= 400 && address !== "/lieux/inconnu" && !address.includes("beaucoup")) tell(address, `status ${status}`);
  await validate(address, text);
}
// What the questions lead to has no address of its own: the answers are in the body.
for (const lang of ["fr", "facile", "en", "ar"]) {
  const body = new URLSearchParams({ internet: "non", demarche: "oui", lieu: "Lyon" });
  const { status, text } = await html(`/orienter?lang=${lang}`, { method: "POST", body });
  if (status !== 200) tell(`POST /orienter?lang=${lang}`, `status ${status}`);
  await validate(`POST /orienter?lang=${lang}`, text);
}
// A file to take away: no address to open, and read where there is no network.
const packed = (await html(PACK)).text;
await validate(PACK, packed);
console.log("html-validate has looked at all pages");

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
const context = await browser.newContext({ locale: "fr-FR", viewport: { width: 320, height: 640 } });
const page = await context.newPage();
for (const address of [...all, PACK, ...drawn]) {
  const answer = address === PACK ? await page.setContent(packed) : await page.goto(URL_OF_SERVICE + address, { waitUntil: "load" });
  if (drawn.includes(address)) await validate(address, (await answer?.text()) ?? "");
  const { wide, twice } = await page.evaluate(() => {
    document.querySelectorAll("details").forEach((details) => (details.open = true));
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    return { wide: document.documentElement.scrollWidth, twice: ids.filter((id, at) => ids.indexOf(id) !== at) };
  });
  if (wide > 320) tell(address, `${wide} pixels wide on a screen of 320`);
  if (twice.length) tell(address, `ids that are there twice: ${twice.join(", ")}`);
}
await browser.close();
console.log("all pages and venues were seen at 320 pixels");

// One browser for all pages: a small machine that is busy takes long to start one.
const looking = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: FLAGS, timeout: 180_000, protocolTimeout: 360_000 });
for (const address of all) {
  const { issues } = await pa11y(URL_OF_SERVICE + address, {
    standard: "WCAG2AA",
    timeout: 120_000,
    wait: address.startsWith("/carte") ? 4_000 : 0,
    browser: looking,
  });
  for (const { code, message, selector } of issues) tell(address, `pa11y, ${code} at ${selector}: ${message}`);
}
await looking.close();
console.log("pa11y has looked at all pages");

const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: FLAGS });
for (const address of all.filter((address) => listed.includes(address) || address.startsWith("/lieux-ouverts") || address === "/orienter")) {
  const { lhr } = await lighthouse(URL_OF_SERVICE + address, { port: chrome.port, onlyCategories: ["accessibility", "seo"], logLevel: "error" });
  for (const category of Object.values(lhr.categories)) {
    if (category.score === 1) continue;
    const failed = category.auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1).map(({ id }) => id);
    tell(address, `Lighthouse, ${category.id} ${category.score}: ${failed.join(", ")}`);
  }
}
await chrome.kill();
console.log(`${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
