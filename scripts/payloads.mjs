// @ts-check
/** Writes a list of venues in which every text field holds a payload of markup or script: `payloads.mjs FILE`. */

import { writeFileSync } from "node:fs";

/** Each would call `pwned()` if any page let it run. */
export const PAYLOADS = [
  "<script>pwned()</script>", "</script><script>pwned()</script>", "<img src=x onerror=pwned()>", "<svg onload=pwned()>",
  "<svg/onload=pwned()>", "\"><script>pwned()</script>", "'><img src=x onerror=pwned()>", "\" onmouseover=\"pwned()", "' onfocus='pwned()' autofocus='",
  "<body onload=pwned()>", "<iframe src=javascript:pwned()>", "<iframe srcdoc='<script>parent.pwned()</script>'>", "<a href=javascript:pwned()>x</a>",
  "javascript:pwned()", "JaVaScRiPt:pwned()", "java\tscript:pwned()", "data:text/html,<script>pwned()</script>", "vbscript:pwned()",
  "<details open ontoggle=pwned()>", "<video><source onerror=pwned()></video>", "<audio src=x onerror=pwned()>", "<marquee onstart=pwned()>",
  "<input autofocus onfocus=pwned()>", "<select autofocus onfocus=pwned()>", "<textarea autofocus onfocus=pwned()>", "<keygen autofocus onfocus=pwned()>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>", "<noscript><p title=\"</noscript><img src=x onerror=pwned()>\">",
  "<template><script>pwned()</script></template>", "<style>@import 'javascript:pwned()';</style>", "<link rel=stylesheet href=javascript:pwned()>",
  "<meta http-equiv=refresh content='0;url=javascript:pwned()'>", "<base href=javascript:pwned()//>", "<object data=javascript:pwned()>", "<embed src=javascript:pwned()>",
  "{{constructor.constructor('pwned()')()}}", "${pwned()}", "<!--><script>pwned()</script>", "]]><script>pwned()</script>", "&lt;script&gt;pwned()&lt;/script&gt;<img src=x onerror=&#112;wned()>",
];

const COLUMNS = [
  "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse", "latitude", "longitude", "typologie", "telephone", "courriels", "site_web", "horaires",
  "presentation_resume", "presentation_detail", "source", "itinerance", "structure_parente", "date_maj", "services", "publics_specifiquement_adresses", "prise_en_charge_specifique",
  "frais_a_charge", "dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels", "modalites_acces", "modalites_accompagnement", "fiche_acces_libre", "prise_rdv",
];
/** What must be right for the row to become a venue of Guéret that is shown. */
const RIGHT = { commune: "Guéret", code_postal: "23000", code_insee: "23096", date_maj: "2024-01-15", services: "Aide aux démarches administratives", modalites_acces: "Se présenter" };

/** @param {string} text */
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** @param {string} payload @param {number} i */
function row(payload, i) {
  const of = { ...RIGHT, id: `p${i}`, latitude: (46.16 + i * 0.0006).toFixed(4), longitude: (1.86 + i * 0.0006).toFixed(4), adresse: `${i + 1} rue du Lieu ${payload}` };
  const urls = { site_web: `https://exemple.fr/${payload}|${payload}`, fiche_acces_libre: payload, prise_rdv: payload, courriels: `a@exemple.fr|${payload}` };
  const all = { ...of, ...urls };
  return COLUMNS.map((name) => quoted(name in all ? all[/** @type {keyof typeof all} */ (name)] : name === "nom" ? `Lieu ${i} ${payload}` : payload)).join(",");
}

if (process.argv[2]) writeFileSync(process.argv[2], `${COLUMNS.join(",")}\n${PAYLOADS.map(row).join("\n")}\n`);
