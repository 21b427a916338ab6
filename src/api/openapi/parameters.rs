//! What each parameter means and takes, whichever address it is given to.

use serde_json::{Map, Value, json};

use crate::access::Mode;
use crate::api::equity::TABLES;
use crate::api::tiles::Layer;
use crate::atlas::Order;
use crate::atlas::filters::{FILTERS, Filter, Takes};
use crate::domain::need::Preset;
use crate::domain::{HelpNeed, Level};
use crate::maps::world::MAX_ZOOM;
use crate::searches::closures::{HURTS, LISTS};
use crate::tables::format::Format;
use crate::tables::monitoring;
use crate::tables::venues::{Format as VenueFormat, Table as VenueTable};

/// Every parameter by its name; those of paths as `path-NAME`.
pub(crate) fn all(
    in_query: impl Iterator<Item = &'static str>,
    in_path: impl Iterator<Item = &'static str>,
) -> Map<String, Value> {
    let of_paths = in_path.map(|name| (format!("path-{name}"), self::in_path(name)));
    in_query.map(|name| (name.to_owned(), self::in_query(name))).chain(of_paths).collect()
}

fn in_path(name: &'static str) -> Value {
    let levels: Vec<&str> = std::iter::once("nation").chain(Level::ALL.map(Level::plural)).collect();
    let (description, schema) = match name {
        "level" => ("Niveau", one_of(&levels, None)),
        "code" => {
            ("Code INSEE, SIREN d'un EPCI, ou `france` ; un ancien code de commune mène à celui d'aujourd'hui", text())
        }
        "id" => ("Identifiant du scénario, ou de la recherche, donné par la réponse au POST", text()),
        "layer" => ("Couche de tuiles", one_of(&Layer::ALL.map(Layer::name), None)),
        "z" => ("Zoom", integer(0, MAX_ZOOM as usize)),
        "x" => ("Colonne", integer(0, (1 << MAX_ZOOM) - 1)),
        "y" => ("Ligne, du nord au sud", integer(0, (1 << MAX_ZOOM) - 1)),
        _ => unreachable!("every segment of a path is described; a test asks for the document"),
    };
    json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema })
}

fn in_query(name: &'static str) -> Value {
    let (description, schema) = meaning(name);
    json!({
        "name": name, "in": "query", "required": false, "description": description, "schema": schema,
        "style": "form", "explode": false,
    })
}

fn text() -> Value {
    json!({ "type": "string" })
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
    json!({ "type": "array", "maxItems": 50, "items": { "type": "string", "examples": slugs } })
}

fn integer(least: usize, most: usize) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

fn texts() -> Value {
    json!({ "type": "array", "maxItems": 50, "items": text() })
}

/// Every table of the answers that have several.
fn tables() -> Vec<&'static str> {
    let mut tables: Vec<&str> = TABLES.to_vec();
    tables.extend(monitoring::TABLES.iter().filter(|name| !TABLES.contains(name)));
    tables
}

/// Description and schema.
fn meaning(name: &'static str) -> (&'static str, Value) {
    if let Some(filter) = FILTERS.iter().find(|filter| filter.name == name) {
        return (filter.description, filter_schema(filter));
    }
    let levels = Level::ALL.map(Level::plural);
    match name {
        "position" => (
            "Longitude, latitude ; longitude d'abord",
            json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "number" } }),
        ),
        "season" => (
            "Toute l'année (un col fermé une partie de l'année est fermé), ou l'été",
            one_of(&["year", "summer"], Some("year")),
        ),
        "commune" => ("Code INSEE, d'aujourd'hui ou ancien", text()),
        "postcode" => ("Code postal", text()),
        "layer" => ("Ce qu'on cherche", one_of(&["venues", "candidates", "hubs"], Some("venues"))),
        "limit" => ("Combien ; 5 par défaut près d'une position, 20 dans la liste des scénarios", integer(1, 100)),
        "text" => ("Ce qui est tapé jusqu'ici, 160 caractères au plus", text()),
        "order" => (
            "Ordre des lieux : le plus proche d'abord, ou le plus utile (ce que personne n'a dit allonge le chemin)",
            one_of(&Order::ALL.map(|(_, name)| name), Some(Order::ALL[0].1)),
        ),
        "within_m" => ("Pas plus loin, en mètres", integer(1, 100_000)),
        "departement" | "epci" | "region" => ("Codes : dans l'un de ces territoires", texts()),
        "territory" => ("Territoire, NIVEAU/CODE ; la nation par défaut", text()),
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
            json!({ "type": "array", "items": one_of(&HelpNeed::ALL.map(HelpNeed::name), None) }),
        ),
        "table" => ("Table des formats qui n'en ont qu'une", one_of(&tables(), Some(TABLES[0]))),
        "unreached" => {
            ("Seulement ceux qui ne peuvent rejoindre aucun lieu, par aucun mode", json!({ "type": "boolean" }))
        }
        "rows" => (
            "Lignes et colonnes du CSV : tous les lieux, ceux que le schéma du standard admet, les autres avec les \
             raisons, les colonnes x_",
            one_of(&VenueTable::ALL.map(VenueTable::name), Some(VenueTable::Venues.name())),
        ),
        "format" => {
            let parquet = [VenueFormat::Parquet.name()];
            let names = [&Format::ALL.map(Format::name)[..], &parquet].concat();
            (
                "Format ; à défaut, l'en-tête Accept. Les lieux à emporter : CSV par défaut, pas de JSON",
                one_of(&names, None),
            )
        }
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
        "close" => ("Identifiants des lieux qui ferment", texts()),
        "add" => ("Positions des lieux qui ouvrent, LON,LAT;LON,LAT", text()),
        "offset" => ("Combien en laisser d'abord", integer(0, 10_000)),
        "edition" => (
            "Édition : identifiant, ou jour (la plus récente de ce jour ou d'avant) ; celle en cours par défaut",
            text(),
        ),
        "from" | "to" => (
            "Trajet : départ et arrivée, longitude,latitude, longitude d'abord. Changements : édition, par son identifiant \
             ou un jour ; `to` est celle en cours par défaut, `from` celle d'avant `to`",
            text(),
        ),
        "version" => ("Numéro de version, pour le propriétaire ; la dernière par défaut", integer(1, 1_000_000)),
        "changes" => ("Tous les changements, en JSON : close, add, move, hours, stop", text()),
        _ => unreachable!("every parameter that a handler declares is described; a test asks for the document"),
    }
}
