#!/usr/bin/env node
// Writes plainly fictitious venues, all over France, as a file in the national standard v1.
//
//     scripts/demo-venues.mjs [--cache DIR] [--count N] [--seed N]
//
// The file is DIR/demonstration/venues.csv. The same arguments and the same data/territories give the same bytes. Beside it
// goes the table of communes, whose population and area are real: the one indicator of a demonstration, and a table of
// accompaniments, as fictitious as the venues, twelve months of one venue in three.
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

// Order of the columns in the standard v1.0.2.
const COLUMNS = ['id', 'pivot', 'nom', 'commune', 'code_postal', 'code_insee', 'adresse', 'complement_adresse', 'latitude',
  'longitude', 'typologie', 'telephone', 'courriels', 'site_web', 'horaires', 'presentation_resume', 'presentation_detail',
  'source', 'itinerance', 'structure_parente', 'date_maj', 'services', 'publics_specifiquement_adresses',
  'prise_en_charge_specifique', 'frais_a_charge', 'dispositif_programmes_nationaux', 'formations_labels',
  'autres_formations_labels', 'modalites_acces', 'modalites_accompagnement', 'fiche_acces_libre', 'prise_rdv',
  // Not of the standard: since when the label that a structure gives itself is held.
  'x_label_since'];

// Kind of venue, short code of the standard, weight.
const KINDS = [['Espace numérique', 'EPN', 24], ['Médiathèque', 'BIB', 22], ['Maison des services', 'RFS', 18],
  ['Mairie', 'MUNI', 12], ['Centre social', 'CS', 10], ['Tiers-lieu', 'TIERS_LIEUX', 8], ['Action sociale', 'CCAS', 6],
  ['Bus numérique', 'ENM', 3]];

// What tells two fictitious venues of one town apart, beside their number.
const FLOWERS = ['Aubépines', 'Bleuets', 'Capucines', 'Digitales', 'Églantines', 'Fougères', 'Glycines', 'Hortensias', 'Iris',
  'Jonquilles', 'Lavandes', 'Mimosas', 'Nénuphars', 'Orchidées', 'Primevères', 'Renoncules', 'Sauges', 'Tilleuls', 'Verveines', 'Violettes'];

const SERVICES = ['Aide aux démarches administratives', 'Maîtrise des outils numériques du quotidien',
  'Insertion professionnelle via le numérique', 'Utilisation sécurisée du numérique',
  'Parentalité et éducation avec le numérique', 'Loisirs et créations numériques', 'Compréhension du monde numérique',
  'Accès internet et matériel informatique', 'Acquisition de matériel informatique à prix solidaire'];

const HOURS = ['Mo-Fr 09:00-12:00,14:00-17:30', 'Tu-Sa 10:00-12:30,14:00-18:00', 'Mo,We,Fr 09:00-12:00; Tu,Th 14:00-18:00',
  'We 09:00-17:00; Sa 09:00-12:00', 'Mo-Th 08:30-12:00,13:30-17:00; Fr 08:30-12:00', 'Tu 14:00-19:00; We 10:00-18:00; Sa 10:00-17:00; PH off'];

// Numbers ARCEP keeps for fiction, never given to anyone, by the régions they would ring in; mobiles overseas.
const FICTITIOUS_PHONES = { 19900: ['11'], 26191: ['24', '28', '52', '53'], 35301: ['27', '32', '44'], 46571: ['84', '93', '94'], 53649: ['75', '76'] };
const FICTITIOUS_MOBILES = '63998';

const { values: options } = parseArgs({
  options: {
    cache: { type: 'string', default: join(ROOT, '.cache', 'demonstration') },
    count: { type: 'string', default: '6000' },
    seed: { type: 'string', default: '1' },
  },
});
const random = mulberry32(wholeNumber(options.seed, '--seed'));
const contours = readContours(join(ROOT, 'data', 'territories', 'contours.topojson.gz'));
const communes = readCommunes(join(ROOT, 'data', 'territories', 'communes.csv'));
const chosen = chooseCommunes(communes, wholeNumber(options.count, '--count'));
const rows = chosen.map((commune, i) => {
  const fields = venue(commune, i + 1);
  return COLUMNS.map((column) => cell(fields[column] ?? '')).join(',');
});

const target = join(options.cache, 'demonstration', 'venues.csv');
mkdirSync(dirname(target), { recursive: true });
copyFileSync(join(ROOT, 'data', 'territories', 'communes.csv'), join(dirname(target), 'communes.csv'));
writeFileSync(`${target}.tmp`, [COLUMNS.join(','), ...rows, ''].join('\n'));
renameSync(`${target}.tmp`, target);
const served = join(dirname(target), 'accompaniments.csv');
writeFileSync(`${served}.tmp`, ['place,code_insee,month,persons', ...accompaniments(chosen), ''].join('\n'));
renameSync(`${served}.tmp`, served);
console.log(`${rows.length} fictitious venues in ${new Set(chosen).size} communes: ${target}`);

/** Persons a month in one venue of three, from its rank alone, so that the venues stay the same bytes. Some are below five. */
function accompaniments(chosen) {
  const rows = [];
  chosen.forEach((commune, i) => {
    if (i % 3 !== 0) return;
    for (let month = 1; month <= 12; month += 1) {
      rows.push(`demo-${String(i + 1).padStart(6, '0')},${commune.code},2025-${String(month).padStart(2, '0')},${(i * 7 + month * 13) % 41}`);
    }
  });
  return rows;
}

writeProgramme(dirname(target));

/** Tables of the programme, as fictitious as the venues: what monitoring shows of each system of the plan. */
function writeProgramme(folder) {
  const table = (name, header, lines) => writeFileSync(join(folder, name), [header, ...lines].map((line) => `${line.map(String).map(cell).join(',')}\n`).join(''));
  const header = ['level', 'code', 'measure', 'value', 'text', 'theme', 'url', 'since', 'until'];
  const states = { posts_planned: 4000, posts_recruited: 3600, posts_training: 200, posts_occupied: 3100, posts_vacant: 150, posts_returned: 120, posts_ended: 90, coordinators: 140, trained: 900000, pass_distributors: 60, pass_given: 120000 };
  const lines = Object.entries(states).map(([measure, value]) => ['nation', 'france', measure, value, 'Nombre fictif', '', '', '2025-12-31', '']);
  lines.push(['nation', 'france', 'posts_ending', 1400, 'Nombre fictif', '', '', '2025-12-31', '2027-12-31']);
  lines.push(['epcis', '243100633', 'charter', '', 'Signature fictive du Sicoval, pour la démonstration', '', '', '2025-03-01', '']);
  lines.push(['epcis', '243100633', 'initiative', '', 'Atelier fictif du samedi', 'médiation', 'https://example.org/atelier', '2025-06-01', '']);
  lines.push(['departements', '23', 'roadmap', '', 'Feuille de route fictive de la Creuse', '', 'https://example.org/feuille-de-route', '2025-01-15', '']);
  lines.push(['departements', '23', 'envelope_eur', 120000, 'Enveloppe fictive', '', '', '2025-01-15', '']);
  lines.push(['departements', '23', 'mobile_4g', 97.5, 'Part fictive', '', '', '2025-01-15', '']);
  table('declarations.csv', header, lines);
  // Hubs that exist nowhere: two départements are covered twice, and some by none, so that gaps and overlaps show.
  table('hubs.csv', ['name', 'departements'], [['Hub fictif du Nord', '59|62|80'], ['Hub fictif du Centre', '23|87|19|36'],
    ['Hub fictif des îles', '971|976'], ['Hub fictif des Antilles', '971|972'], ['Hub fictif de l’océan Indien', '974|976']]);
  // Posts of employers that exist nowhere, in the chefs-lieux of a few régions.
  const towns = communes.filter((commune) => commune.population > 60000).slice(0, 80);
  const posts = towns.map((commune, i) => [`0000000000${String(i + 1).padStart(4, '0')}`, `Employeur fictif n° ${i + 1}`, commune.code, commune.name,
    commune.departement, 1 + (i % 4), i % 3 ? 'publique' : 'privée', `2025-${String(1 + (i % 12)).padStart(2, '0')}-15`, (1 + (i % 4)) * (i % 3 ? 50000 : 40000)]);
  table('posts.csv', ['siret', 'nom', 'code_insee', 'commune', 'departement', 'postes', 'type', 'validation', 'etat_eur'], posts);
}

/** Every commune of Nouvelle-Calédonie once, then communes in proportion to their population. */
function chooseCommunes(all, count) {
  const chosen = all.filter((commune) => commune.departement === '988');
  const total = all.reduce((sum, commune) => sum + commune.population, 0);
  const step = total / (count - chosen.length);
  let next = random() * step;
  let passed = 0;
  for (const commune of all) {
    passed += commune.population;
    for (; next < passed; next += step) chosen.push(commune);
  }
  return chosen;
}

/** One venue. Every fact that could send somebody somewhere says that it is fictitious. */
function venue(commune, number) {
  // Each venue has a stream of its own, so that one more field does not reshuffle all the others.
  const chance = mulberry32(number * 7919 + wholeNumber(options.seed, '--seed'));
  const among = (list) => list[Math.floor(chance() * list.length)];
  const some = (list, share) => list.filter(() => chance() < share);
  const id = `demo-${String(number).padStart(6, '0')}`;
  const [kind, typologie] = weighted(KINDS, chance());
  const flower = among(FLOWERS);
  const bus = typologie === 'ENM';
  const place = chance() < 0.03 ? null : pointIn(commune, chance);
  const services = some(SERVICES.slice(0, 8), 0.45);
  const [exchange] = Object.entries(FICTITIOUS_PHONES).find(([, regions]) => regions.includes(commune.region)) ?? [FICTITIOUS_MOBILES];
  const digits = String(Math.floor(chance() * 10_000)).padStart(4, '0');
  const booking = chance() < 0.15;
  const closedToPublic = chance() < 0.01;
  // From the rank alone, so that the other fields stay the same bytes.
  const selfAttested = number % 11 === 4;
  return {
    id,
    pivot: '00000000000000',
    nom: `Lieu fictif n° ${number} – ${kind} des ${flower}`,
    commune: commune.name,
    code_postal: among(commune.postcodes),
    code_insee: commune.code,
    adresse: `${1 + Math.floor(chance() * 98)} rue fictive des ${flower}`,
    complement_adresse: chance() < 0.1 ? 'Bâtiment fictif, rez-de-chaussée' : '',
    latitude: place ? place[1].toFixed(6) : '',
    longitude: place ? place[0].toFixed(6) : '',
    typologie,
    telephone: `+33${exchange}${digits}`,
    courriels: `${id}@example.org`,
    site_web: chance() < 0.6 ? `https://example.org/${id}` : '',
    horaires: bus || chance() < 0.08 ? '' : among(HOURS),
    presentation_resume: 'Lieu fictif, créé pour la démonstration : il n’existe pas, n’y allez pas.',
    source: 'Démonstration',
    itinerance: bus ? 'Itinérant' : 'Fixe',
    date_maj: `2025-${String(1 + Math.floor(chance() * 12)).padStart(2, '0')}-${String(1 + Math.floor(chance() * 28)).padStart(2, '0')}`,
    services: (services.length ? services : [SERVICES[1]]).join('|'),
    publics_specifiquement_adresses: some(['Jeunes', 'Étudiants', 'Familles et/ou enfants', 'Seniors', 'Femmes'], 0.08).join('|'),
    prise_en_charge_specifique: some(['Surdité', 'Handicaps moteurs', 'Handicaps mentaux', 'Illettrisme',
      'Langues étrangères (anglais)', 'Langues étrangères (autres)', 'Déficience visuelle'], 0.07).join('|'),
    frais_a_charge: chance() < 0.1 ? '' : weighted([['Gratuit', 80], ['Gratuit sous condition', 12], ['Payant', 8]], chance())[0],
    dispositif_programmes_nationaux: [
      ...(chance() < 0.2 ? ['Aidants Connect'] : []),
      ...(chance() < 0.12 ? ['Certification PIX'] : []),
      ...(chance() < 0.35 ? ['Conseillers numériques'] : []),
      ...(typologie === 'RFS' ? ['France Services'] : []),
    ].join('|'),
    autres_formations_labels: [...(chance() < 0.2 ? ['APTIC'] : []), ...(selfAttested ? ['Label conseiller numérique'] : [])].join('|'),
    // A year each: on the day of the edition half of them are over.
    x_label_since: selfAttested ? `202${number % 2 ? 4 : 5}-${String(1 + (number % 12)).padStart(2, '0')}-15` : '',
    modalites_acces: closedToPublic ? "Ce lieu n'accueille pas de public"
      : ['Se présenter', ...some(['Téléphoner', 'Contacter par mail'], 0.5), ...(booking ? ['Prendre un RDV en ligne'] : [])].join('|'),
    modalites_accompagnement: ['Accompagnement individuel', ...some(['En autonomie', 'Dans un atelier collectif', 'À distance'], 0.4)].join('|'),
    prise_rdv: booking ? `https://example.org/rdv/${id}` : '',
  };
}

/** A point of the commune near its centre: inside its contour where there is one, else within 300 m. */
function pointIn(commune, chance) {
  const rings = contours.get(commune.code);
  const reach = (rings ? Math.sqrt(commune.area_km2 / Math.PI) : 0.5) / 111.2;
  const narrowing = Math.cos((commune.centre[1] * Math.PI) / 180);
  for (let attempt = 0; attempt < 40; attempt++) {
    const radius = reach * Math.sqrt(chance()) * 0.6;
    const angle = chance() * 2 * Math.PI;
    const point = [commune.centre[0] + (radius * Math.cos(angle)) / narrowing, commune.centre[1] + radius * Math.sin(angle)];
    if (!rings || inside(point, rings)) return point;
  }
  return commune.centre;
}

/** Even-odd rule over all rings of a multipolygon. */
function inside([x, y], rings) {
  let within = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
    }
  }
  return within;
}

/** Commune code → rings in degrees, from the shared arcs of the TopoJSON. */
function readContours(path) {
  const { objects, arcs, transform } = JSON.parse(gunzipSync(readFileSync(path)));
  const decoded = arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => [(x += dx) * transform.scale[0] + transform.translate[0], (y += dy) * transform.scale[1] + transform.translate[1]]);
  });
  const line = (index) => (index < 0 ? [...decoded[~index]].reverse() : decoded[index]);
  const polygons = ({ type, arcs: parts }) => (type === 'Polygon' ? [parts] : parts ?? []);
  return new Map(objects.communes.geometries.map((geometry) => [
    geometry.properties.code,
    polygons(geometry).flat().map((ring) => ring.flatMap(line)),
  ]));
}

/** Communes where a venue can be: people, a postal code and a centre. */
function readCommunes(path) {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n').map(splitLine);
  return lines
    .map((fields) => Object.fromEntries(header.map((name, i) => [name, fields[i]])))
    .filter((row) => Number(row.population) > 0 && row.postcodes && row.longitude)
    .map((row) => ({ ...row, population: Number(row.population), area_km2: Number(row.area_km2), postcodes: row.postcodes.split('|'),
      centre: [Number(row.longitude), Number(row.latitude)] }));
}

/** Fields of one CSV line; quoted fields may hold commas. */
function splitLine(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

function cell(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function weighted(list, draw) {
  let left = draw * list.reduce((sum, entry) => sum + entry.at(-1), 0);
  return list.find((entry) => (left -= entry.at(-1)) < 0) ?? list.at(-1);
}

function wholeNumber(text, name) {
  if (!/^\d{1,7}$/.test(text)) throw new Error(`${name} ${text}: a whole number of at most seven digits is expected`);
  return Number(text);
}

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty to scatter a few thousand points. */
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
