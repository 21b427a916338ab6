//! `/suivi` and `/suivi/{level}/{code}`: the state of the programme in one territory.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::domain::Level;
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::work::Kind;
use crate::monitoring::facts::facts;
use crate::pages::error;
use crate::pages::frame::{Frame, Keep, html, rendered};
use crate::pages::params::Params;
use crate::pages::territory::selectors::levels_words;
use crate::tables::changes::before;
use crate::tables::french;
use crate::tables::monitoring::{MOST_LEFT_OUT, editions, ground, lines, words::sentences};
use crate::tables::scope::Place;

use super::annex;
use super::drawing::{Map, map};
use super::kept::page_of;
use super::parts::{
    Curve, Goal, Known, LeftOut, Link, Row, address, ages, curves, downloads, evolution, goals, initiatives, left_out,
    months_of, row, years,
};
use super::sections::{Section, sections};

/// Rows of the table of parts; an EPCI with more communes shows the worst ones, and says so.
const MOST_ROWS: usize = 120;
#[derive(Template)]
#[template(path = "monitoring.html")]
struct MonitoringPage {
    frame: Frame,
    name: String,
    ancestors: Vec<Link>,
    sentences: Vec<String>,
    curves: Vec<Curve>,
    unread: Option<String>,
    goals: Vec<Goal>,
    map: Option<Map>,
    by: &'static str,
    levels: Vec<Link>,
    rows: Vec<Row>,
    /// Years that the small curves go from and to.
    lists_years: String,
    months_years: String,
    hidden: usize,
    left_out: Vec<LeftOut>,
    changed: Option<Link>,
    evolution: Option<String>,
    sections: Vec<Section>,
    ages: Vec<(&'static str, String, String)>,
    initiatives: Vec<Known>,
    annex: Option<String>,
    downloads: Vec<Link>,
    feed: String,
    territory: String,
}

/// What both pages read: the level of the table.
const NAMES: &[&[&str]] = &[&["par"]];
/// The page of France.
pub const NATION: Endpoint = Endpoint::at(
    "/suivi",
    &[Operation::page("monitoringNation", "Le suivi du programme", || web::to(nation)).taking(NAMES)],
);

/// `/suivi`.
pub async fn nation(request: HttpRequest, state: State) -> HttpResponse {
    let place = Place::nation(&state.atlas);
    answer(request, state, place).await
}

/// The page of a territory.
pub const TERRITORY: Endpoint = Endpoint::at(
    "/suivi/{level}/{code}",
    &[Operation::page("monitoringTerritory", "Le suivi d'un territoire", || web::to(territory)).taking(NAMES)],
);

/// `/suivi/{level}/{code}`.
pub async fn territory(request: HttpRequest, path: web::Path<(String, String)>, state: State) -> HttpResponse {
    let (level, code) = path.into_inner();
    match Level::from_plural(&level).and_then(|level| Place::find(&state.atlas, level, &code)) {
        None => error::not_found(&state),
        Some(place) => answer(request, state, place).await,
    }
}

async fn answer(request: HttpRequest, state: State, place: Place) -> HttpResponse {
    let by = match Params::of(&request).choice("par", Level::from_plural) {
        Ok(by) => by,
        Err(refused) => return error::refused(&state, &refused),
    };
    let drawn = move |state: &State| page_of(state, &place, by, || rendered(&compose(state, &place, by)));
    match state.apart(Kind::Interactive, drawn).await {
        Ok(text) => html(StatusCode::OK, Keep::Check, text),
        Err(problem) => error::lost(&state, &problem),
    }
}

fn compose(state: &State, place: &Place, by: Option<Level>) -> MonitoringPage {
    let today = state.now().date();
    let known = facts(state, ground(place), today);
    let levels = levels(place);
    let by = by.filter(|by| levels.contains(by)).or_else(|| levels.first().copied());
    let parts = by.map_or_else(Vec::new, |by| lines(state, place, by, today));
    let path = address(place);
    let months = by.map_or_else(Vec::new, |_| months_of(state, &parts));
    let mut rows: Vec<(f64, Row)> = parts.iter().zip(&months).map(|(line, months)| row(line, months)).collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let hidden = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    for (rank, (far, row)) in rows.iter_mut().enumerate() {
        row.attention = rank < MOST_LEFT_OUT && *far > 0.0;
    }
    let (editions, unread) = editions(state, place);
    let previous = before(state);
    let territory = place.path();
    MonitoringPage {
        frame: Frame::new(state, &format!("Suivi : {}", place.name), "/suivi"),
        name: place.name.clone(),
        ancestors: place
            .ancestors(&state.atlas)
            .iter()
            .map(|above| Link { words: above.name.clone(), href: address(above) })
            .collect(),
        sentences: sentences(state, place, &known).into_iter().chain(place.instead_of_district(&state.atlas)).collect(),
        curves: curves(state, place, &known, &editions),
        unread: (unread > 0).then(|| {
            french::count(
                unread as u64,
                "autre édition n’est pas encore lue",
                "autres éditions ne sont pas encore lues",
            )
        }),
        goals: goals(state, &known),
        map: by.and_then(|by| map(state, by, &parts)),
        by: by.map_or("", levels_words),
        levels: levels
            .iter()
            .map(|level| Link { words: levels_words(*level).into(), href: format!("{path}?par={}", level.plural()) })
            .collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        lists_years: years(parts.iter().flat_map(|line| &line.france_services).map(|(day, _)| *day)),
        months_years: years(state.atlas.latest_posts().filter_map(|(_, post)| post.validated)),
        hidden,
        left_out: left_out(state, place),
        changed: previous.map(|id| Link {
            words: id.clone(),
            href: format!("/changements?from={id}&to={}&territory={territory}", state.id()),
        }),
        evolution: evolution(&editions),
        sections: sections(&known),
        ages: ages(state, place),
        initiatives: initiatives(state, place),
        annex: annex::href(place),
        downloads: downloads(&territory),
        feed: format!("/api/changes.atom?territory={territory}"),
        territory,
    }
}

fn levels(place: &Place) -> Vec<Level> {
    match place.level {
        None => vec![Level::Departement, Level::Region],
        Some(Level::Region) => vec![Level::Departement, Level::Epci],
        Some(Level::Departement) => vec![Level::Epci, Level::Commune],
        Some(Level::Epci) => vec![Level::Commune],
        Some(Level::Commune) => Vec::new(),
    }
}
