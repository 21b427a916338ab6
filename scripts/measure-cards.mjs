// What scripts/measure-cards does; see there.

import { readFileSync } from "node:fs";

const [base, kinds = ""] = process.argv.slice(2);
const SERVICE = base.replace(/\/$/, "");
const CARDS = 3;
const HAND = 4;

/** Kinds, texts: the texts that the project knows people to type, with what each means. */
const typed = readFileSync(new URL("../tests/fixtures/typed_places.csv", import.meta.url), "utf8")
  .split("\n")
  .slice(1)
  .filter(Boolean)
  .map((line) => /^([^,]+),("(?:[^"]|"")*"|[^,]*),/.exec(line))
  .filter((parts) => parts !== null)
  .map(([, kind, text]) => ({ kind, text: text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text }))
  .filter(({ kind }) => kinds === "" || kinds.split(",").includes(kind));

const plain = (html) => html.replaceAll(/<[^>]*>/g, " ").replaceAll("&#39;", "'").replaceAll("&#38;", "&").replaceAll("&nbsp;", " ").replaceAll(/\s+/g, " ").trim();
/** A page as text; asked again when a connection that was kept closes at that moment, and when the service has too much to do. */
const text = async (address, again = 5) => {
  const answer = await fetch(SERVICE + address, { headers: { accept: "text/html" } }).catch(() => null);
  if ((answer === null || answer.status === 503) && again > 0) {
    await new Promise((done) => setTimeout(done, 2_000));
    return text(address, again - 1);
  }
  return answer?.text() ?? "";
};

/** The page of a text; where it asks which of several places is meant, the page of the first. */
async function found(typed) {
  const page = await text(`/?lieu=${encodeURIComponent(typed)}`);
  const main = page.slice(page.indexOf("<main"));
  const choice = !main.includes('class="card"') && /<ul class="links[\s\S]*?href="([^"]+)"/.exec(main);
  return choice ? text(choice[1].replaceAll("&#38;", "&").replaceAll("&amp;", "&")) : page;
}

const cards = (page) =>
  page.split('<article class="card"').slice(1, CARDS + 1).map((card) => ({
    id: /href="\/lieux\/([^"]+)"/.exec(card)?.[1] ?? "",
    name: plain(/<h2[^>]*>[\s\S]*?<a[^>]*>([\s\S]*?)<\/a>/.exec(card)?.[1] ?? ""),
    phone: card.includes('class="phone"'),
    elsewhere: /<p><a class="target"/.test(card),
    words: plain(card),
  }));

const NO_VISITOR = /\b(test|essai|fictif|exemple|siege|siège|siège social|employeur|holding|ne pas utiliser|doublon)\b/i;
const all = [];
const without = [];
let at = 0;
const hand = async () => {
  while (at < typed.length) {
    const one = typed[at++];
    const seen = cards(await found(one.text));
    if (seen.length === 0) without.push(one);
    all.push(...seen.map((card) => ({ ...card, typed: one.text })));
  }
};
await Promise.all(Array.from({ length: HAND }, hand));

const share = (of) => `${all.filter(of).length} (${((100 * all.filter(of).length) / all.length).toFixed(1)} %)`;
const walkIn = (card) => /sans rendez-vous/i.test(card.words);
const notKnown = (card) => /On ne sait pas s.il faut un rendez-vous/.test(card.words);
console.log(`${typed.length} texts, ${all.length} cards, ${without.length} texts without a card: ${without.map(({ text }) => text).join(" · ")}`);
console.log(`walk-in ${share(walkIn)}, not known ${share(notKnown)}, either ${share((card) => walkIn(card) || notKnown(card))}`);
console.log(`telephone ${share((card) => card.phone)}, another contact ${share((card) => !card.phone && card.elsewhere)}, either ${share((card) => card.phone || card.elsewhere)}`);
const suspicious = new Map(all.filter(({ name }) => NO_VISITOR.test(name)).map((card) => [card.id, card]));
console.log(`names of tests, employers, head offices: ${suspicious.size}`);
for (const { id, name, typed } of suspicious.values()) console.log(`  ${id}: ${name} (${typed})`);
const mute = new Map(all.filter((card) => !card.phone && !card.elsewhere).map((card) => [card.id, card]));
console.log(`without telephone, mail or site: ${mute.size} venues`);
for (const { id, name, typed } of mute.values()) console.log(`  ${id}: ${name} (${typed})`);
if (process.env.VERBOSE) for (const name of [...new Set(all.map(({ name }) => name))].sort()) console.log(`    ${name}`);
