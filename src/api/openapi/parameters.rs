//! What each parameter means and takes, whichever address it is given to.

use serde_json::{Map, Value, json};

use crate::access::Mode;
use crate::api::equity;
use crate::api::tiles::Layer;
use crate::atlas::filters::{FILTERS, Filter, Takes};
use crate::atlas::{Atlas, Order};
use crate::domain::need::Preset;
use crate::domain::{HelpNeed, Level};
use crate::http::endpoint::{Endpoint, Operation};
use crate::maps::world::MAX_ZOOM;
use crate::searches::closures::{HURTS, LISTS};
use crate::searches::{compared, report as placements};
use crate::tables::format::Format;
use crate::tables::venues::{Format as VenueFormat, Table as VenueTable};
use crate::tables::{annex, monitoring};

/// The component of `Idempotency-Key`.
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Every parameter of these endpoints by the name of its component.
pub(crate) fn all(endpoints: impl Iterator<Item = &'static Endpoint>, atlas: &Atlas) -> Map<String, Value> {
    let mut all = Map::new();
    let description =
        "La même requête avec la même clé n’est faite qu’une fois, et reçoit la même réponse pendant 24 heures";
    let schema = json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!#-+\\--\\[\\]-~]+$" });
    let example = "8e03978e-40d5-43e8-bc93-6894a57f9324";
    let of_header = json!({
        "name": "Idempotency-Key", "in": "header", "required": false, "description": description, "schema": schema,
        "example": example,
    });
    all.insert(IDEMPOTENCY_KEY.to_owned(), of_header);
    for endpoint in endpoints {
        for name in endpoint.segments() {
            all.entry(component_of_path(name)).or_insert_with(|| in_path(name, atlas));
        }
        for name in endpoint.operations.iter().flat_map(Operation::names) {
            let variant = variant(endpoint.path, name);
            all.entry(component(endpoint.path, name)).or_insert_with(|| in_query(name, variant, atlas));
        }
    }
    all
}

/// The component of a part of an address.
pub(crate) fn component_of_path(name: &str) -> String {
    format!("path-{name}")
}

/// The component of a name of the query: the same for every address that means the same by it.
pub(crate) fn component(path: &str, name: &str) -> String {
    match variant(path, name) {
        Variant::Usual => name.to_owned(),
        Variant::OfVenues => format!("venues-{name}"),
        Variant::OneOfTables(of, _) => format!("{of}-{name}"),
        Variant::OfTyping => format!("places-{name}"),
        Variant::OfLists => format!("page-{name}"),
        Variant::OfTimes => format!("times-{name}"),
    }
}

/// Names that mean something else at some addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variant {
    Usual,
    OfVenues,
    /// Those of an answer: of what, and their names.
    OneOfTables(&'static str, &'static [&'static str]),
    OfTyping,
    OfLists,
    OfTimes,
}

fn variant(path: &str, name: &str) -> Variant {
    match (path, name) {
        ("/api/venues", "format") => Variant::OfVenues,
        ("/api/monitoring/{level}/{code}", "table") => Variant::OneOfTables("monitoring", &monitoring::TABLES),
        ("/api/monitoring/departements/{code}/annex", "table") => Variant::OneOfTables("annex", &annex::TABLES),
        ("/api/placements/{id}", "table") => Variant::OneOfTables("placements", &placements::TABLES),
        ("/api/comparison", "table") => Variant::OneOfTables("comparison", &compared::TABLES),
        ("/api/equity", "table") => Variant::OneOfTables("equity", &equity::TABLES),
        ("/api/places", "limit") => Variant::OfTyping,
        ("/api/scenarios" | "/api/reports", "limit") => Variant::OfLists,
        ("/api/times", "from" | "to") => Variant::OfTimes,
        _ => Variant::Usual,
    }
}

fn in_path(name: &'static str, atlas: &Atlas) -> Value {
    let levels: Vec<&str> = std::iter::once("nation").chain(Level::ALL.map(Level::plural)).collect();
    let (description, schema) = match name {
        "level" => ("Niveau", one_of(&levels, None)),
        "code" => {
            ("Code INSEE, SIREN d'un EPCI, ou `france` ; un ancien code de commune mène à celui d'aujourd'hui", text())
        }
        "id" => ("Identifiant du scénario, ou de la recherche, donné par la réponse au POST", text()),
        "layer" => ("Couche de tuiles", one_of(&Layer::ALL.map(Layer::name), None)),
        "z" => ("Zoom", integer(0, MAX_ZOOM as usize)),
        "name" => {
            let files = atlas.edition().files.iter().map(|file| file.name.as_str());
            ("Fichier de l’édition", one_of(&files.collect::<Vec<_>>(), None))
        }
        "x" => ("Colonne", integer(0, (1 << MAX_ZOOM) - 1)),
        "y" => ("Ligne, du nord au sud", integer(0, (1 << MAX_ZOOM) - 1)),
        _ => unreachable!("every segment of a path is described; a test asks for the document"),
    };
    json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema })
}

fn in_query(name: &'static str, variant: Variant, atlas: &Atlas) -> Value {
    let (description, schema) = match variant {
        Variant::Usual => meaning(name, atlas),
        Variant::OfVenues => (
            "Format des lieux à emporter",
            one_of(&VenueFormat::ALL.map(VenueFormat::name), Some(VenueFormat::ALL[0].name())),
        ),
        Variant::OneOfTables(_, tables) => ("Table des formats qui n'en ont qu'une", one_of(tables, Some(tables[0]))),
        Variant::OfTyping => ("Combien de propositions", counted(1, 20, 8)),
        Variant::OfLists => ("Combien de lignes", counted(1, 100, 20)),
        Variant::OfTimes => ("Départ ou arrivée, longitude,latitude, longitude d'abord", like(&format!("^{PAIR}$"))),
    };
    let mut described = json!({ "name": name, "in": "query", "required": false, "description": description });
    if name == "changes" {
        // A document, written as JSON into the address.
        described["content"] = json!({ "application/json": { "schema": super::schema("whatIf") } });
    } else {
        described["schema"] = schema;
        described["style"] = "form".into();
        described["explode"] = false.into();
    }
    described
}

/// A value that is there is never empty, and no control character comes through.
pub(super) fn text() -> Value {
    json!({ "type": "string", "minLength": 1, "pattern": PRINTED })
}

const PRINTED: &str = r"^[^\u0000-\u001f\u007f-\u009f]+$";
/// Degrees between commas, in plain decimal notation.
const PAIR: &str = r"-?[0-9]{1,3}(\.[0-9]{1,15})?,-?[0-9]{1,2}(\.[0-9]{1,15})?";
/// An edition by its id, or by a day.
const EDITION: &str = "^([0-9a-f]{16}|[0-9]{4}-[0-9]{2}-[0-9]{2})$";

/// A territory as it is named in an address and in a document.
pub(super) fn territory() -> Value {
    let levels = Level::ALL.map(Level::plural).join("|");
    like(&format!("^(nation|({levels})/[0-9A-Z]{{1,9}})$"))
}

fn like(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// The codes of the territories of a level; only these are answered.
fn codes(atlas: &Atlas, level: Level) -> Value {
    let codes: Vec<&str> = atlas.territories(level).iter().map(|territory| territory.code.as_str()).collect();
    if codes.is_empty() {
        return texts();
    }
    json!({ "type": "array", "minItems": 1, "maxItems": 50, "items": { "type": "string", "enum": codes } })
}

fn counted(least: usize, most: usize, default: usize) -> Value {
    let mut schema = integer(least, most);
    schema["default"] = default.into();
    schema
}

fn one_of(values: &[&str], default: Option<&str>) -> Value {
    let mut schema = json!({ "type": "string", "enum": values });
    if let Some(default) = default {
        schema["default"] = default.into();
    }
    schema
}

fn filter_schema(filter: &Filter) -> Value {
    if filter.takes == Takes::Flag {
        return json!({ "type": "boolean" });
    }
    let slugs: Vec<String> = (filter.choices)().into_iter().map(|choice| choice.slug).collect();
    json!({ "type": "array", "minItems": 1, "items": { "type": "string", "enum": slugs } })
}

fn integer(least: usize, most: usize) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

fn texts() -> Value {
    json!({ "type": "array", "minItems": 1, "maxItems": 50, "items": text() })
}

/// Description and schema.
fn meaning(name: &'static str, atlas: &Atlas) -> (&'static str, Value) {
    if let Some(filter) = FILTERS.iter().find(|filter| filter.name == name) {
        return (filter.description, filter_schema(filter));
    }
    let levels = Level::ALL.map(Level::plural);
    match name {
        "position" => ("Longitude, latitude ; longitude d'abord", like(&format!("^{PAIR}$"))),
        "season" => (
            "Toute l'année (un col fermé une partie de l'année est fermé), ou l'été",
            one_of(&["year", "summer"], Some("year")),
        ),
        "commune" => ("Code INSEE, d'aujourd'hui ou ancien", like("^[0-9][0-9AB][0-9]{3}$")),
        "postcode" => ("Code postal", like("^[0-9]{5}$")),
        "layer" => ("Ce qu'on cherche", one_of(&["venues", "candidates", "hubs"], Some("venues"))),
        "limit" => ("Combien", counted(1, 100, 5)),
        "text" => (
            "Ce qui est tapé jusqu'ici",
            json!({ "type": "string", "minLength": 1, "maxLength": 160, "pattern": PRINTED }),
        ),
        "order" => (
            "Ordre des lieux : le plus tôt atteint d'abord (les lieux sans chemin connu à la fin), le plus utile (de même, et ce que personne n'a dit allonge le chemin), ou à vol d'oiseau",
            one_of(&Order::ALL.map(|(_, name)| name), Some(Order::ALL[0].1)),
        ),
        "within_m" => ("Pas plus loin, en mètres", integer(1, 100_000)),
        "departement" => ("Codes : dans l'un de ces départements", codes(atlas, Level::Departement)),
        "epci" => ("Codes SIREN : dans l'un de ces EPCI", codes(atlas, Level::Epci)),
        "region" => ("Codes : dans l'une de ces régions", codes(atlas, Level::Region)),
        "territory" => ("Territoire, NIVEAU/CODE ; la nation par défaut", territory()),
        "by" => ("Niveau des lignes ; le niveau inférieur par défaut", one_of(&levels, None)),
        "children" => ("Niveau des parties ; le niveau inférieur par défaut", one_of(&levels, None)),
        "denominator" => (
            "Nombre national de personnes éloignées du numérique : les estimations s'y additionnent",
            one_of(&Preset::ALL.each_ref().map(|preset| preset.id), Some(Preset::USUAL.id)),
        ),
        "mode" => ("Mode de déplacement", one_of(&Mode::ALL.map(Mode::name), Some(Mode::Car.name()))),
        "threshold_min" => (
            "Seuil, en minutes",
            json!({ "type": "integer", "enum": crate::access::Threshold::ALL.map(crate::access::Threshold::minutes) }),
        ),
        "weights" => ("Poids des indicateurs de l'indice, INDICATEUR:POIDS ; égaux par défaut", texts()),
        "frame" => (
            "Communes sur lesquelles les déciles sont pris : toutes, ou celles du territoire",
            one_of(&["nation", "own"], Some("nation")),
        ),
        "need" => (
            "Besoin : l'un de ceux-ci",
            json!({ "type": "array", "minItems": 1, "items": one_of(&HelpNeed::ALL.map(HelpNeed::name), None) }),
        ),
        "unreached" => {
            ("Seulement ceux qui ne peuvent rejoindre aucun lieu, par aucun mode", json!({ "type": "boolean" }))
        }
        "rows" => (
            "Lignes et colonnes du CSV : tous les lieux, ceux que le schéma du standard admet, les autres avec les \
             raisons, les colonnes x_",
            one_of(&VenueTable::ALL.map(VenueTable::name), Some(VenueTable::Venues.name())),
        ),
        "format" => ("Format ; à défaut, l'en-tête Accept", one_of(&Format::ALL.map(Format::name), None)),
        "closures" => ("Combien de lieux ferment ; 1 par défaut", integer(1, 2_000)),
        "existing" => ("Lieux qui peuvent fermer", one_of(&LISTS, Some(LISTS[0]))),
        "minutes" => ("Ce qui est à portée, en minutes de trajet ; 15 par défaut", integer(1, 240)),
        "demand" => (
            "Qui compte : need, offline, weak-skills, expected, population, ou l'identifiant d'un indicateur en pour-cent",
            text(),
        ),
        "hurt" => (
            "Ce qui gêne : les minutes de trajet en plus, ou les personnes qui n'ont plus de lieu à portée",
            one_of(&HURTS.map(|(name, _)| name), Some(HURTS[0].0)),
        ),
        "a" | "b" => (
            "Ce qu'on compare : today?territory=…&existing=…, /planifier?…, l'identifiant d'une recherche, ou \
             /api/access/what-if?…, chacun avec son edition= s'il le faut",
            text(),
        ),
        "close" => ("Identifiants des lieux qui ferment", texts()),
        "add" => ("Positions des lieux qui ouvrent, LON,LAT;LON,LAT", like(&format!("^{PAIR}(;{PAIR})*$"))),
        "offset" => ("Combien en laisser d'abord", integer(0, 10_000)),
        "edition" => (
            "Édition : identifiant, ou jour (la plus récente de ce jour ou d'avant) ; celle en cours par défaut",
            like(EDITION),
        ),
        "from" | "to" => (
            "Édition : identifiant, ou jour ; `to` est celle en cours par défaut, `from` celle d'avant `to`",
            like(EDITION),
        ),
        "version" => ("Numéro de version, pour le propriétaire ; la dernière par défaut", integer(1, 1_000_000)),
        "changes" => ("Tous les changements, en JSON : close, add, move, hours, stop", text()),
        _ => unreachable!("every parameter that a handler declares is described; a test asks for the document"),
    }
}
