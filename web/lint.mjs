// @ts-check
/** Refuses what could let somebody else's words run, or send a visitor's browser elsewhere. */

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** @type {[RegExp, RegExp, string][]} files, what they must not hold, why */
const RULES = [
  [/\.js$/, /\b(innerHTML|outerHTML|insertAdjacentHTML|setHTML\w*|document\.write|srcdoc|createContextualFragment)\b/, "markup from a text"],
  [/\.js$/, /\beval\s*\(|new\s+Function\s*\(|set(?:Timeout|Interval)\s*\(\s*["'`]/, "a text run as code"],
  [/\.js$/, /\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b/, "something stored about the visitor"],
  [/\.js$/, /^(?!\/\/ @ts-check\n)/, "a module whose types are not checked"],
  [/\.html$/, /\son[a-z]+\s*=|\sstyle\s*=|javascript:/, "script or style inside the page, which the policy forbids"],
  // The one exception: data for search engines, which never runs, and whose text cannot end its element (`pages/venue.rs`).
  [/\.html$/, /(?<!\{\{ json_ld)\|\s*safe\b/, "a value that is not escaped"],
  [/\.html$/, /<script(?! type="application\/ld\+json">)(?![^>]*\bsrc=)|<style\b/, "script or style inside the page, which the policy forbids"],
  [/\.html$/, /target\s*=\s*"_blank"/, "a window opened behind the visitor's back"],
  [/\.(js|css|html|svg)$/, /(?:https?:)?\/\/(?!www\.w3\.org\/)[a-z0-9-]+\.[a-z]/i, "an address outside our origin"],
];

/** @param {string} folder @returns {string[]} */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

let broken = 0;
for (const path of ["src", "styles", "templates"].flatMap((folder) => files(join(import.meta.dirname, folder)))) {
  const text = readFileSync(path, "utf8");
  for (const [names, forbidden, why] of RULES) {
    const found = names.test(path) ? forbidden.exec(text) : null;
    if (found) {
      const line = text.slice(0, found.index).split("\n").length;
      console.error(`${path}:${line}: ${why}`);
      broken += 1;
    }
  }
}
process.exitCode = broken > 0 ? 1 : 0;
