//! `/donnees`: what the edition is made of, what became of each row, and where to take it all away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use crate::atlas::{Atlas, SourceInfo};
use crate::domain::{Hours, Indicator, Location, Reading, Venue};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};

use super::contact::{self, Link};
use super::editions;
use super::frame::{Frame, Keep, page};
use super::{files, fragility, report, times};
use crate::tables::findings::words as report_words;
use crate::tables::french;

/// Findings named for each source; the others are one click away.
const REASONS_SHOWN: usize = 3;

/// One line of the table of sources.
struct Source {
    title: String,
    link: Option<Link>,
    publisher: String,
    licence: String,
    vintage: String,
    /// Why its newest file was not read.
    refused: Option<String>,
    present: bool,
    rows_read: String,
    published: String,
    merged: String,
    quarantined: String,
    blank: String,
    reasons: Vec<String>,
    report: Option<String>,
}

/// Sources that serve one purpose.
struct Group {
    title: &'static str,
    sources: Vec<Source>,
}

/// One figure about the venues.
struct Figure {
    words: &'static str,
    number: String,
    share: String,
}

struct File {
    name: String,
    holds: &'static str,
    rows: String,
    size: String,
    sha256: String,
}

struct Definition {
    id: String,
    title: String,
    definition: String,
    source: String,
    vintage: String,
    known: String,
    suppressed: u64,
    missing: u64,
}

#[derive(Template)]
#[template(path = "data.html")]
struct DataPage {
    frame: Frame,
    territories: String,
    venues: String,
    figures: Vec<Figure>,
    groups: Vec<Group>,
    files: Vec<File>,
    /// Editions that can be looked at.
    editions: Vec<editions::Line>,
    downloadable: bool,
    indicators: Vec<Definition>,
    /// Our index beside another, région by région.
    checked: Vec<fragility::Line>,
    /// Our travel times beside published tables.
    times: Vec<times::Table>,
    /// Régions that cannot be compared, in words.
    unchecked: String,
}

/// The page.
pub const ENDPOINT: Endpoint =
    Endpoint::at("/donnees", &[Operation::page("data", "Les données, leurs sources et leurs dates", || web::to(data))]);

/// Ask, render.
pub async fn data(state: State) -> HttpResponse {
    let atlas: &Atlas = &state.atlas;
    let edition = atlas.edition();
    let checked = fragility::compare(atlas);
    let template = DataPage {
        frame: Frame::new(&state, "Données", "/donnees"),
        territories: edition.territories_vintage.clone(),
        venues: french::count(atlas.venues().len() as u64, "lieu", "lieux"),
        figures: figures(&atlas.venues().raw),
        groups: groups(atlas, &report::text(&state)),
        files: edition.files.iter().map(file).collect(),
        editions: editions::lines(&state.process.editions.list()),
        downloadable: state.has_files(),
        indicators: definitions(atlas),
        checked: checked.lines,
        times: times::tables(atlas),
        unchecked: checked.without.join(", "),
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// How much is known of the venues.
fn figures(venues: &[Venue]) -> Vec<Figure> {
    let figure = |words, keep: fn(&Venue) -> bool| {
        let number = venues.iter().filter(|venue| keep(venue)).count();
        let share = 100.0 * number as f64 / venues.len().max(1) as f64;
        Figure { words, number: french::integer(number as u64), share: french::measure(share, 0, "%") }
    };
    vec![
        figure("situés à leur adresse", |v| v.location.own().is_some()),
        figure("dont placés par leur adresse postale", |v| matches!(v.location, Location::Address(..))),
        figure("situés seulement à leur commune", |v| matches!(v.location, Location::Commune(_))),
        figure("sans position ni commune reconnue", |v| v.location == Location::Unknown),
        figure("avec un téléphone", |v| !v.phones.is_empty()),
        figure("avec des horaires compris", |v| matches!(v.hours, Hours::Osm(_))),
        figure("avec des horaires en texte libre", |v| matches!(v.hours, Hours::Text(_))),
        figure("qui disent ce qu'ils proposent", |v| !v.services.is_empty()),
        figure("qui ne reçoivent pas de public (absents de la recherche)", |v| !v.receives_public()),
        figure("connus par plusieurs sources", |v| v.provenance.len() > 1),
    ]
}

fn groups(atlas: &Atlas, report: &str) -> Vec<Group> {
    const ROLES: [(&str, &str); 10] = [
        ("venues", "Lieux"),
        ("past-venues", "Lieux des listes passées"),
        ("candidates", "Lieux qui pourraient accueillir"),
        ("posts", "Postes de conseillers numériques"),
        ("hubs", "Hubs territoriaux"),
        ("grid", "Carreaux de population"),
        ("roads", "Routes"),
        ("indicators", "Indicateurs"),
        ("checks", "Pour vérification seulement"),
        ("addresses", "Adresses"),
    ];
    let totals = report::totals(report);
    let known = |role: &str| ROLES.iter().any(|(name, _)| *name == role);
    let group = |title, keep: &dyn Fn(&SourceInfo) -> bool| {
        let mut kept: Vec<&SourceInfo> = atlas.edition().sources.iter().filter(|source| keep(source)).collect();
        kept.sort_by_key(|source| !source.present);
        Group { title, sources: kept.into_iter().map(|info| source(info, &totals)).collect() }
    };
    let named = ROLES.iter().map(|(role, title)| group(*title, &|source| source.role == *role));
    let groups = named.chain([group("Autres", &|source| !known(&source.role))]);
    groups.filter(|group| !group.sources.is_empty()).collect()
}

fn source(info: &SourceInfo, totals: &[report::SourceTotals]) -> Source {
    let of_source = totals.iter().find(|total| total.id == info.id);
    let mut findings: Vec<(&str, u64)> = match of_source {
        Some(total) => total.errors.iter().chain(&total.warnings).map(|(code, n)| (code.as_str(), *n)).collect(),
        None => info.warnings.iter().map(|(code, n)| (code.as_str(), *n)).collect(),
    };
    findings.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), *code));
    let reason = |(code, n): &(&str, u64)| format!("{} ({})", report_words::code(code), french::integer(*n));
    Source {
        title: if info.title.is_empty() { info.id.clone() } else { info.title.clone() },
        link: contact::link(&info.url),
        publisher: info.publisher.clone(),
        licence: info.licence.clone(),
        vintage: french::vintage(&info.vintage),
        present: info.present,
        refused: info.refused.as_deref().map(report_words::code),
        rows_read: french::integer(info.rows_read),
        published: french::integer(info.published),
        merged: french::integer(info.merged),
        quarantined: french::integer(info.quarantined),
        blank: french::integer(info.blank),
        reasons: findings.iter().take(REASONS_SHOWN).map(reason).collect(),
        report: (!findings.is_empty())
            .then(|| format!("/donnees/rapport/{}", super::params::percent_encoded(&info.id))),
    }
}

fn file(info: &crate::atlas::FileInfo) -> File {
    File {
        name: info.name.clone(),
        holds: files::words_of(&info.name),
        rows: info.rows.map_or_else(String::new, french::integer),
        size: french::size(info.bytes),
        sha256: info.sha256.clone(),
    }
}

/// The source an indicator was read from: named by its id, or by the indicator it was read for.
#[must_use]
pub fn source_of<'a>(atlas: &'a Atlas, indicator: &Indicator) -> Option<&'a SourceInfo> {
    let mut sources = atlas.edition().sources.iter();
    sources.find(|source| source.id == indicator.source || source.id == indicator.id)
}

fn definitions(atlas: &Atlas) -> Vec<Definition> {
    let definition = |indicator: &Indicator| {
        let count = |reading: fn(&Reading) -> bool| indicator.readings.iter().filter(|r| reading(r)).count() as u64;
        let source = source_of(atlas, indicator);
        Definition {
            id: indicator.id.clone(),
            title: indicator.title.clone(),
            definition: indicator.definition.clone(),
            source: source.map_or_else(|| indicator.source.clone(), |s| format!("{}, {}", s.publisher, s.title)),
            vintage: french::vintage(&indicator.vintage),
            known: french::count(count(|r| matches!(r, Reading::Known(_))), "commune", "communes"),
            suppressed: count(|r| *r == Reading::Suppressed),
            missing: count(|r| *r == Reading::Missing),
        }
    };
    atlas.indicators().iter().map(definition).collect()
}
