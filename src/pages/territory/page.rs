//! `/territoires/france` and `/territoires/{level}/{code}`: the figures of one territory.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::atlas::Atlas;
use crate::atlas::figures::Unit;
use crate::atlas::places::arrondissements;
use crate::domain::Level;
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::links;
use crate::http::work::Kind;
use crate::pages::classes::{Line as LegendLine, is_flat};
use crate::pages::frame::{Frame, Keep, page};
use crate::pages::params::Params;
use crate::pages::{addresses, error};
use crate::tables::french;
use crate::tables::scope::Place;

use super::charts::{Bar, ModeBars, coverage_bars, distribution};
use super::comparison::{Comparison, comparison, everything, similar};
use super::districts;
use super::equity::{Equity, equity};
use super::key_figures::{KeyFigure, Known, key_figures};
use super::left_out::{LeftOut, named};
use super::lens::Lens;
use super::measure;
use super::place::{href, kind, levels_below, usual_level};
use super::selectors::{Download, Link, Select, downloads, level_words, selects, sorts};
use super::standing;
use super::svg_map::{Panel, panels};
use super::table::{Row, Words, rows};
use super::unknown;
use super::view::{self, Order, View};

/// The table of the level below, and the map of the same.
struct Below {
    /// « intercommunalité ».
    by: &'static str,
    rows: Vec<Row>,
    sorts: Vec<Link>,
    overflows: bool,
}

/// The map: of the level below, or of the neighbours of a commune.
struct MapView {
    title: String,
    panels: Vec<Panel>,
    legend: Vec<LegendLine>,
    /// Whether territories may be out of reach.
    is_a_journey: bool,
    classes: &'static str,
    /// Names of the territories that have no contour.
    absent: String,
    /// Where most of them have one colour: other figures that separate them, with their addresses.
    instead: Vec<Link>,
    /// For a commune: the territory whose communes are drawn around it.
    around: Option<String>,
}

#[derive(Template)]
#[template(path = "territory.html")]
struct TerritoryPage {
    frame: Frame,
    kind: &'static str,
    /// « dans 6 départements », where that is not one.
    across: Option<String>,
    name: String,
    code: String,
    /// That another place was asked for, of which the edition has no figures.
    instead_of: Option<String>,
    /// What is published of an arrondissement, and what is estimated; `None` for all other places.
    estimated: Option<String>,
    /// The arrondissements of Paris, Lyon or Marseille.
    districts: Option<districts::Table>,
    path: String,
    ancestors: Vec<Link>,
    population: String,
    communes: String,
    /// Of whom the page plans; of an arrondissement that is its city.
    planned: Option<String>,
    key_figures: Vec<KeyFigure>,
    selects: Vec<Select>,
    below: Option<Below>,
    map: Option<MapView>,
    whole: Words,
    bars: Vec<ModeBars>,
    distribution: Vec<Bar>,
    left_out: Option<LeftOut>,
    /// Whether the need of all of it is outside of the survey: then nobody is counted, near or far.
    outside: bool,
    comparison: Comparison,
    /// Where it stands by the index of fragility, and how sure that is.
    standing: Option<String>,
    /// Every figure of the territory, beside that of the territory above.
    everything: Comparison,
    equity: Option<Equity>,
    unknown: Vec<String>,
    downloads: Vec<Download>,
    venues: Option<String>,
    /// Its places in one file, for a département.
    pack: Option<String>,
    /// The page that plans for it.
    plan: String,
    mode: &'static str,
    minutes: &'static str,
    denominator: &'static str,
    travel: String,
    indicators: String,
    address: String,
    /// The same territory, imagined otherwise.
    what_if: String,
    open_venues: String,
}

/// The page.
pub const NATION: Endpoint = Endpoint::at(
    "/territoires/france",
    &[Operation::page("nation", "La France", || web::to(nation)).taking(&[&view::NAMES])],
);

/// `/territoires/france`.
pub async fn nation(request: HttpRequest, state: State) -> HttpResponse {
    let place = Place::nation(&state.atlas);
    answer(request, state, place).await
}

/// The page.
pub const TERRITORY: Endpoint = Endpoint::at(
    "/territoires/{level}/{code}",
    &[Operation::page("territoryPage", "Un territoire", || web::to(territory)).taking(&[&view::NAMES])],
);

/// `/territoires/{level}/{code}`. An old commune code leads to the commune of today; an arrondissement of which the edition
/// has no figures shows its city.
pub async fn territory(request: HttpRequest, path: web::Path<(String, String)>, state: State) -> HttpResponse {
    let (level, code) = path.into_inner();
    let found = Level::from_plural(&level).and_then(|level| Place::find_part(&state.atlas, level, &code));
    match found {
        None => error::not_found(&state),
        // An arrondissement is no commune of before: the page of its city has to say so.
        Some(place) if place.replaced.is_some() && arrondissements::of_code(&code).is_none() => {
            links::moved(&request, &href(&place))
        }
        Some(place) => answer(request, state, place).await,
    }
}

async fn answer(request: HttpRequest, state: State, place: Place) -> HttpResponse {
    let view = match View::read(&Params::of(&request)) {
        Ok(view) => view,
        Err(refused) => return error::refused(&state, &refused),
    };
    // Summing up tens of thousands of communes is work for another thread than the one that answers.
    match state.apart(Kind::Interactive, move |state| compose(state, &place, view)).await {
        Ok(Some(template)) => page(StatusCode::OK, Keep::Check, &template),
        Ok(None) => error::no_estimate(&state),
        Err(problem) => error::lost(&state, &problem),
    }
}

fn compose(state: &State, place: &Place, view: View) -> Option<TerritoryPage> {
    let atlas: &Atlas = &state.atlas;
    let lens = Lens::of(state, view)?;
    let path = href(place);
    let ancestors = place.ancestors(atlas);
    // A whole is not compared with a part of it: the Métropole du Grand Paris with Paris.
    let above = ancestors.iter().rev().find(|above| place.lies_in(above));
    let beside: Vec<Place> = above.cloned().into_iter().chain(similar(atlas, place)).collect();
    let own = lens.of_place(place);
    let others: Vec<_> = beside.iter().map(|other| lens.of_place(other)).collect();
    let known = |place, summary| Known { place, summary };
    let columns: Vec<Known<'_>> = std::iter::once(known(place, &own))
        .chain(beside.iter().zip(&others).map(|(place, summary)| known(place, summary)))
        .collect();
    let parent = above.is_some().then(|| &columns[1]);
    let level = view.by.filter(|level| levels_below(place).contains(level)).or_else(|| usual_level(atlas, place));
    let below_rows = level.map(|level| rows(&lens, place, level, ""));
    let around = ancestors.last().filter(|_| place.district.is_none());
    let map = map_view(state, &lens, place, level.zip(below_rows.as_deref()), around);
    // What is planned and imagined is so for whole communes.
    let town = ancestors.last().filter(|_| place.district.is_some());
    Some(TerritoryPage {
        frame: Frame::new(state, &format!("{}, {}", place.name, kind(place).to_lowercase()), "/territoires"),
        kind: kind(place),
        across: (place.level == Some(Level::Epci))
            .then(|| place.departements(atlas))
            .filter(|number| *number > 1)
            .map(|number| format!("dans {number} départements")),
        name: place.name.clone(),
        instead_of: place.replaced.as_deref().and_then(arrondissements::of_code).map(arrondissement_words),
        estimated: districts::estimated(&lens, place),
        districts: districts::table(&lens, place),
        planned: town.map(|town| town.name.clone()),
        code: if place.level.is_some() { place.code.clone() } else { String::new() },
        ancestors: ancestors
            .iter()
            .map(|above| Link {
                words: above.name.clone(),
                href: view.elsewhere().address(&href(above)),
                current: false,
            })
            .collect(),
        population: own.population.map_or_else(
            || "population inconnue".into(),
            |population| format!("{}{}", french::count(population, "habitant", "habitants"), vintage(atlas, place)),
        ),
        communes: french::count(own.communes.into(), "commune", "communes"),
        key_figures: key_figures(&lens, &columns[0], parent),
        selects: selects(&lens, place, level),
        below: level.zip(below_rows).map(|(level, rows)| Below {
            by: level_words(level),
            overflows: rows.iter().any(|row| row.overflows),
            rows,
            sorts: sorts(view, &path),
        }),
        map,
        whole: Words::of(&lens, &own),
        bars: coverage_bars(&lens, place, &own),
        distribution: distribution(&lens, place),
        left_out: named(&lens, place),
        outside: own.is_outside_the_survey(),
        comparison: comparison(&lens, &columns),
        standing: standing::sentences(&lens, place),
        everything: everything(&lens, &columns[..columns.len().min(2)]),
        equity: equity(&lens, place),
        unknown: unknown::lines(&lens, place, &own),
        downloads: downloads(&lens, place),
        venues: (place.level == Some(Level::Commune)).then(|| match place.district {
            // Typed as a person would: the search begins in the arrondissement.
            Some(_) => format!("/?lieu={}", place.name.replace(' ', "+")),
            None => format!("/?commune={}", place.code),
        }),
        pack: (place.level == Some(Level::Departement)).then(|| crate::pages::pack::href(&place.code)),
        plan: addresses::planner(town.unwrap_or(place)),
        mode: view.mode.words(),
        minutes: view.minutes(),
        denominator: lens.preset.label,
        travel: lens.analysis.access.label().to_owned(),
        indicators: indicators(&lens),
        address: view.address(&path),
        what_if: addresses::what_if(
            &View { order: View::default().order, ..view.elsewhere() }.address(addresses::WHAT_IF),
            town.unwrap_or(place),
        ),
        open_venues: addresses::open_venues(
            &View { order: View::default().order, ..view.elsewhere() }.address(addresses::OPEN_VENUES),
            town.unwrap_or(place),
        ),
        path,
    })
}

/// The map of the level below; for a commune, of the communes around it.
fn map_view(
    state: &State,
    lens: &Lens<'_>,
    place: &Place,
    below: Option<(Level, &[Row])>,
    parent: Option<&Place>,
) -> Option<MapView> {
    let around;
    let (whole, level, rows) = match (below, parent) {
        (Some((level, rows)), _) => (place, level, rows),
        (None, Some(parent)) => {
            around = self::rows(lens, parent, Level::Commune, &place.code);
            (parent, Level::Commune, around.as_slice())
        }
        (None, None) => return None,
    };
    let panels = panels(state, whole, level, rows);
    let figure = measure::drawn(lens, level);
    let drawn: Vec<&str> = panels.iter().flat_map(|panel| &panel.drawn).map(|drawn| drawn.code.as_str()).collect();
    let absent = rows.iter().filter(|row| row.href.is_some() && !drawn.contains(&row.code.as_str()));
    let absent: Vec<&str> = absent.map(|row| row.name.as_str()).collect();
    let shades = panels.iter().flat_map(|panel| &panel.drawn).map(|drawn| drawn.shade);
    let flat = is_flat(shades);
    // What lies outside of every territory of the table is not drawn, and has no address.
    let values = rows.iter().filter(|row| row.href.is_some()).filter_map(|row| figure.of(&row.summary).value());
    let chosen = measure::classes(&figure, lens, &values.collect::<Vec<f64>>());
    (!panels.is_empty()).then(|| MapView {
        instead: if flat { instead(lens, &href(place)) } else { Vec::new() },
        absent: absent.join(", "),
        title: measure::title(&figure, &lens.view),
        is_a_journey: figure.figure.unit == Unit::Minutes,
        panels,
        legend: chosen.classes.map_or_else(Vec::new, |classes| classes.legend()),
        classes: chosen.said,
        around: below.is_none().then(|| whole.name.clone()),
    })
}

/// What is said where an arrondissement was asked for.
fn arrondissement_words(of: &arrondissements::Arrondissement) -> String {
    format!("{}\u{a0}: cette édition n'a pas de chiffres par arrondissement. Voici ceux de toute la ville.", of.name())
}

/// Of which census the inhabitants are, where it is not that of the rest of France.
fn vintage(atlas: &Atlas, place: &Place) -> &'static str {
    let mut years = place.communes.iter().map(|&i| atlas.communes()[i].population_year());
    match years.next() {
        Some(Some(2017)) if years.all(|year| year == Some(2017)) => " (recensement de 2017)",
        Some(None) if years.all(|year| year.is_none()) => " (dernier recensement de la collectivité)",
        _ => "",
    }
}

/// What the map can show instead of what it shows.
fn instead(lens: &Lens<'_>, path: &str) -> Vec<Link> {
    let others = [
        (Order::Minutes, "temps médian"),
        (Order::Hours, "heures par personne"),
        (Order::Need, "part de personnes éloignées du numérique"),
    ];
    let others = others.into_iter().filter(|(order, _)| *order != lens.view.order);
    others
        .map(|(order, words)| Link {
            words: words.into(),
            href: View { order, ..lens.view }.address(path),
            current: false,
        })
        .collect()
}

/// The titles of the indicators behind the estimate.
fn indicators(lens: &Lens<'_>) -> String {
    let title = |id: &&str| {
        let indicator = lens.atlas.indicator(id)?;
        Some(format!("{} ({})", indicator.title.to_lowercase(), french::vintage(&indicator.vintage)))
    };
    let titles: Vec<String> = lens.need.estimate.indicators.iter().filter_map(title).collect();
    if titles.is_empty() { "taux nationaux, faute d'indicateur local".into() } else { titles.join(", ") }
}
