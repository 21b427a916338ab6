//! `/suivi` and `/suivi/{level}/{code}`: the state of the programme in one territory.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Datelike;
use typed_index_collections::TiVec;

use crate::atlas::figures::{Measured, Unit};
use crate::domain::{CommuneIx, Level};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::monitoring::facts::{Fact, facts, similar_initiatives};
use crate::monitoring::freshness::Age;
use crate::monitoring::overview::Overview;
use crate::monitoring::targets::Target;
use crate::pages::error;
use crate::pages::figures::said;
use crate::pages::frame::{Frame, Keep, html, rendered};
use crate::pages::params::Params;
use crate::pages::territory::{href_of, similar};
use crate::tables::changes::before;
use crate::tables::french;
use crate::tables::monitoring::{
    EditionLine, Line, MOST_LEFT_OUT, editions, ground, lines, posts_by_month, target_lines, words::percent,
    words::sentences,
};
use crate::tables::scope::Place;

use super::drawing::{Map, map, polyline, spark};
use super::kept::page_of;
use super::sections::{Section, sections};

/// Rows of the table of parts; an EPCI with more communes shows the worst ones, and says so.
const MOST_ROWS: usize = 120;
/// Width and height of a curve.
const CURVE: (f64, f64) = (300.0, 90.0);

struct Link {
    words: String,
    href: String,
}

/// A curve with its first and last values, against a target where there is one.
struct Curve {
    title: String,
    points: String,
    /// Height of the target; `None` where there is none.
    target: Option<String>,
    said: String,
    rows: Vec<(String, String)>,
}

struct Row {
    name: String,
    href: Option<String>,
    cells: Vec<String>,
    lists: String,
    months: String,
    attention: bool,
}

struct Goal {
    title: &'static str,
    target: String,
    part: String,
    observed: String,
    missing: String,
    source: &'static str,
    note: &'static str,
}

struct LeftOut {
    name: String,
    href: String,
    words: String,
}

struct Known {
    title: String,
    measure: &'static str,
    theme: String,
    day: String,
    place: String,
    url: Option<String>,
}

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
    downloads: Vec<Link>,
    feed: String,
    territory: String,
}

/// The page of France.
pub const NATION: Endpoint =
    Endpoint::at("/suivi", &[Operation::page("monitoringNation", "Le suivi du programme", || web::to(nation))]);

/// `/suivi`.
pub async fn nation(request: HttpRequest, state: State) -> HttpResponse {
    let place = Place::nation(&state.atlas);
    answer(request, state, place).await
}

/// The page of a territory.
pub const TERRITORY: Endpoint = Endpoint::at(
    "/suivi/{level}/{code}",
    &[Operation::page("monitoringTerritory", "Le suivi d'un territoire", || web::to(territory))],
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
    let drawing = state.clone();
    let drawn = move || page_of(&drawing, &place, by, || rendered(&compose(&drawing, &place, by)));
    match web::block(drawn).await {
        Ok(text) => html(StatusCode::OK, Keep::Check, text),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// Address of the page of a territory.
fn address(place: &Place) -> String {
    place.level.map_or_else(|| "/suivi".to_owned(), |level| format!("/suivi/{}/{}", level.plural(), place.code))
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
        sentences: sentences(state, place, &known),
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
        by: by.map_or("", level_words),
        levels: levels
            .iter()
            .map(|level| Link { words: level_words(*level).into(), href: format!("{path}?par={}", level.plural()) })
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
        downloads: downloads(&territory),
        feed: format!("/api/changes.atom?territory={territory}"),
        territory,
    }
}

/// « 2021–2024 ».
fn years(days: impl Iterator<Item = chrono::NaiveDate>) -> String {
    let mut years: Vec<i32> = days.map(|day| day.year()).collect();
    years.sort_unstable();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        (None, _) => "Courbe".into(),
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

fn level_words(level: Level) -> &'static str {
    match level {
        Level::Region => "régions",
        Level::Departement => "départements",
        Level::Epci => "intercommunalités",
        Level::Commune => "communes",
    }
}

/// Posts validated by the end of each month in each part, on the months of all of them together.
fn months_of(state: &State, parts: &[Line]) -> Vec<Vec<f64>> {
    let atlas = &state.atlas;
    let mut part_of: TiVec<CommuneIx, Option<usize>> = vec![None; atlas.communes().len()].into();
    for (rank, part) in parts.iter().enumerate() {
        let communes = part.place.as_ref().map_or(&[][..], |place| &place.communes);
        communes.iter().for_each(|&i| part_of[i] = Some(rank));
    }
    let mut days: Vec<chrono::NaiveDate> = atlas.latest_posts().filter_map(|(_, post)| post.validated).collect();
    days.sort_unstable();
    days.dedup();
    let mut counts = vec![vec![0.0; days.len()]; parts.len()];
    for (_, post) in atlas.latest_posts() {
        let commune = post.commune.and_then(|code| atlas.places().by_code(code));
        let part = commune.and_then(|commune| part_of[commune]);
        if let (Some(part), Some(Ok(rank))) = (part, post.validated.map(|day| days.binary_search(&day))) {
            counts[part][rank] += f64::from(post.posts);
        }
    }
    for counts in &mut counts {
        let mut sum = 0.0;
        for count in counts.iter_mut() {
            sum += *count;
            *count = sum;
        }
    }
    counts
}

fn row(line: &Line, months: &[f64]) -> (f64, Row) {
    let words = |id: &str, rank: usize, unit: Unit| said(unit, line.measured(id, rank));
    let count = |number: Option<u64>| number.map_or_else(|| "inconnu".to_owned(), french::integer);
    let lists: Vec<f64> = line.france_services.iter().map(|(_, rows)| f64::from(*rows)).collect();
    let far = line.measured("persons_beyond", 2);
    let place = line.place.as_ref();
    let cells = vec![
        words("persons_in_need", 0, Unit::Persons),
        words("share_within", 1, Unit::Share),
        said(Unit::Persons, far),
        count(Some(line.freshness.venues.into())),
        count(line.france_services.last().map(|(_, rows)| u64::from(*rows))),
        count(line.posts.map(|posts| posts.posts.into())),
        line.freshness.stale().map_or_else(|| "–".to_owned(), percent),
    ];
    let href = place.and_then(|place| {
        Some(match place.level? {
            Level::Commune => href_of(Level::Commune, &place.code),
            _ => address(place),
        })
    });
    let name = match place {
        Some(place) if !place.whole => format!("{} (partie)", line.name),
        _ => line.name.clone(),
    };
    let row = Row { name, href, cells, lists: spark(&lists), months: spark(months), attention: false };
    (far.value().unwrap_or(-1.0), row)
}

fn curve(title: &str, values: &[(String, f64)], target: Option<f64>, words: impl Fn(f64) -> String) -> Option<Curve> {
    let numbers: Vec<f64> = values.iter().map(|(_, value)| *value).collect();
    let top = numbers.iter().copied().chain(target).fold(0.0, f64::max) * 1.05;
    let (first, last) = (values.first()?, values.last()?);
    let said = if values.len() > 1 {
        format!("{} ({}), {} ({})", words(first.1), first.0, words(last.1), last.0)
    } else {
        format!("{} ({}) : une seule date, donc pas de courbe", words(last.1), last.0)
    };
    Some(Curve {
        title: title.into(),
        points: polyline(&numbers, top, CURVE),
        target: target.filter(|_| top > 0.0).map(|target| format!("{:.1}", CURVE.1 - CURVE.1 * target / top)),
        said,
        rows: values.iter().map(|(day, value)| (day.clone(), words(*value))).collect(),
    })
}

fn curves(state: &State, place: &Place, facts: &[Fact], editions: &[EditionLine]) -> Vec<Curve> {
    let integer = |value: f64| french::integer(value as u64);
    let months: Vec<(String, f64)> = posts_by_month(state, place)
        .into_iter()
        .map(|(month, _, sum)| (french::vintage(&month.format("%Y-%m").to_string()), f64::from(sum)))
        .collect();
    let target =
        target_lines(state, facts).into_iter().find(|line| line.target.id == "posts").and_then(|line| line.part);
    let dated = crate::monitoring::lists::DatedLists::kept(state).of(ground(place).inside());
    let dated: Vec<(String, f64)> = dated.into_iter().map(|(day, rows)| (french::date(day), f64::from(rows))).collect();
    let of = |rank: usize| -> Vec<(String, f64)> {
        let told = editions.iter().filter_map(|(_, day, values)| Some(((*day)?, values[rank]?)));
        told.map(|(day, value)| (french::date(day), value)).collect()
    };
    let posts = "Postes de conseillers validés, en fin de mois";
    [
        curve(posts, &months, target, integer),
        curve("France services, par liste officielle", &dated, None, integer),
        curve("Part des personnes à moins de 20\u{a0}minutes d’un lieu, par édition", &of(1), Some(1.0), percent),
        curve("Lieux qui accueillent du public, par édition", &of(2), None, integer),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the last two editions that were read say, one after the other.
fn evolution(editions: &[EditionLine]) -> Option<String> {
    let dated: Vec<&EditionLine> = editions.iter().filter(|(_, day, _)| day.is_some()).collect();
    let [.., (_, Some(then), old), (_, Some(_), new)] = dated.as_slice() else { return None };
    let (coverage, venues) = (new[1]? - old[1]?, new[2]? - old[2]?);
    let sign = |value: f64, decimals: u8| {
        let mark = if value > 0.0 { "+" } else { "" };
        format!("{mark}{}", french::decimal(value, decimals))
    };
    Some(format!(
        "Depuis l’édition du {} : {} point de personnes à moins de 20 minutes, {} lieux. Une liste nouvelle ou disparue change \
         ces nombres sans qu’aucun lieu n’ouvre ni ne ferme.",
        french::date(*then),
        sign(100.0 * coverage, 1),
        sign(venues, 0),
    ))
}

fn goals(state: &State, facts: &[Fact]) -> Vec<Goal> {
    let amount = |value: f64, unit: &str| {
        let unit = if unit == "€" { unit } else { "" };
        french::measure(value, 0, unit)
    };
    let lines = target_lines(state, facts).into_iter().map(|line| {
        let Target { title, low, high, unit, source, note, .. } = *line.target;
        let range =
            if low < high { format!("de {} à {}", amount(low, unit), amount(high, unit)) } else { amount(low, unit) };
        let due = line.target.due_day().map(|due| format!(", avant le {}", french::date(due))).unwrap_or_default();
        Goal {
            title,
            target: format!("{range} {}{due}", if unit == "€" { "" } else { unit }).replace(" ,", ","),
            part: line.part.map_or_else(
                || if line.target.is_shared { "inconnue".into() } else { "–".into() },
                |part| amount(part, unit),
            ),
            observed: line.gap.map_or_else(
                || "aucune source ne le dit".into(),
                |gap| format!("{} au {}", amount(gap.observed, unit), french::date(gap.day)),
            ),
            missing: line.gap.map_or_else(
                || "inconnu".into(),
                |gap| match gap.per_month {
                    _ if gap.missing < 0.5 => "rien".into(),
                    Some(pace) => format!("{}, soit {} par mois", amount(gap.missing, unit), french::decimal(pace, 1)),
                    None if gap.is_late => format!("{}, l’échéance est passée", amount(gap.missing, unit)),
                    None => amount(gap.missing, unit),
                },
            ),
            source,
            note,
        }
    });
    lines.collect()
}

fn left_out(state: &State, place: &Place) -> Vec<LeftOut> {
    let atlas = &state.atlas;
    let worst = Overview::left_out(atlas, &place.communes, MOST_LEFT_OUT).into_iter();
    let told = worst.map(|left| {
        let commune = &atlas.communes()[left.commune];
        let minutes = match left.reach.time() {
            Some(time) => said(Unit::Minutes, Measured::Known(time.minutes())),
            None => said(Unit::Minutes, Measured::Unreachable),
        };
        LeftOut {
            name: format!("{} ({})", commune.name, commune.departement),
            href: href_of(Level::Commune, commune.code.as_str()),
            words: format!("{}, à {minutes}", french::count(left.persons, "personne", "personnes")),
        }
    });
    told.collect()
}

fn ages(state: &State, place: &Place) -> Vec<(&'static str, String, String)> {
    let inside = crate::monitoring::freshness::venues_in(&state.atlas, ground(place).inside()).map(|(_, venue)| venue);
    let found = crate::monitoring::freshness::Freshness::of(inside, state.now().date());
    let row = |(age, _, words): &(Age, &'static str, &'static str)| {
        let of = |counts: [u32; 5]| french::integer(counts[*age as usize].into());
        (*words, of(found.attested), of(found.updated))
    };
    Age::ALL.iter().map(row).collect()
}

fn initiatives(state: &State, place: &Place) -> Vec<Known> {
    let atlas = &state.atlas;
    let alike: Vec<(Level, String)> =
        similar(atlas, place).into_iter().filter_map(|other| Some((other.level?, other.code))).collect();
    let told = similar_initiatives(atlas, ground(place), &alike).into_iter().map(|(line, own)| Known {
        title: line
            .text
            .clone()
            .unwrap_or_else(|| line.value.map_or_else(String::new, |value| french::measure(value, 0, "€"))),
        measure: line.measure.title(),
        theme: line.theme.clone().unwrap_or_default(),
        day: line.since.map(french::date).unwrap_or_default(),
        place: if own { String::new() } else { name_of(state, line.level, &line.code) },
        url: line.url.clone(),
    });
    told.collect()
}

fn name_of(state: &State, level: Option<Level>, code: &str) -> String {
    let found = level.and_then(|level| Place::find(&state.atlas, level, code));
    found.map_or_else(|| "France".to_owned(), |place| place.name)
}

fn downloads(territory: &str) -> Vec<Link> {
    let path = if territory == "nation/france" { "nation/france" } else { territory };
    let link = |words: &str, query: &str| Link { words: words.into(), href: format!("/api/monitoring/{path}?{query}") };
    vec![
        link("Rapport (DOCX)", "format=docx"),
        link("Tableur (XLSX)", "format=xlsx"),
        link("Territoires (CSV)", "format=csv"),
        link("Territoires (GeoJSON)", "format=geojson"),
        link("Faits (CSV)", "format=csv&table=facts"),
        link("Lieux à rappeler d’abord (CSV)", "format=csv&table=to_call"),
        link("Tout (JSON)", "format=json"),
    ]
}
