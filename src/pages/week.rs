//! `/lieux-ouverts`: when people of a territory have an open venue near, hour by hour of a usual week, and who has a second one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::addresses::{CLOSURES, OPEN_VENUES};
use super::error;
use super::frame::{Frame, Keep, page};
use super::params::{Params, query};
use super::territory::href;
use super::territory::view::View;
use crate::access::{Mode, Threshold};
use crate::atlas::Atlas;
use crate::domain::hours::WEEKDAYS;
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::work::Kind;
use crate::shares::limits::EXPORT_TIME;
use crate::tables::french;
use crate::tables::scope::Place;
use crate::tables::week::{Week, WeekAsked, kind_of, week};

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    OPEN_VENUES,
    &[Operation::page("openVenues", "À quelles heures un lieu est ouvert à portée", || web::to(open_venues))
        .taking(&[&NAMES])],
)
.waiting(EXPORT_TIME);

const NAMES: [&str; 4] = ["territoire", "denominateur", "mode", "seuil"];
/// Full hours that the table tells, the first and the last; the API tells all.
const TOLD: [usize; 2] = [8, 20];
/// When people are free: after work, and on a Saturday.
const FREE: [(usize, usize); 2] = [(2, 18), (5, 10)];

struct Choice {
    value: &'static str,
    label: String,
    selected: bool,
}

struct HourRow {
    hour: String,
    cells: Vec<String>,
}

struct VenueRow {
    title: &'static str,
    cells: [String; 3],
}

struct Told {
    place: String,
    href: String,
    territory: String,
    sentences: Vec<String>,
    hours: Vec<HourRow>,
    venues: Vec<VenueRow>,
    only_one: String,
    closures: String,
    files: Vec<(&'static str, String)>,
    within: String,
}

#[derive(Template)]
#[template(path = "week.html")]
struct WeekPage {
    frame: Frame,
    days: [&'static str; 7],
    modes: Vec<Choice>,
    thresholds: Vec<Choice>,
    told: Option<Told>,
}

/// Parse, work out, render.
pub async fn open_venues(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    let view = match View::read(&params) {
        Ok(view) => view,
        Err(refused) => return error::refused(&state, &refused),
    };
    let found = match params.choice("territoire", |text| place(&state.atlas, text)) {
        Ok(found) => found,
        Err(refused) => return error::refused(&state, &refused),
    };
    let kind = found.as_ref().map_or(Kind::Interactive, kind_of);
    let drawn: Result<Result<WeekPage, Problem>, Problem> = state
        .apart(kind, move |state| {
            let told = match found {
                Some(place) => Some(told(state, place, view)?),
                None => None,
            };
            let title = told.as_ref().map_or_else(
                || "À quelles heures un lieu est ouvert".to_owned(),
                |told| format!("{}\u{a0}: à quelles heures un lieu est ouvert", told.place),
            );
            let of_mode =
                |mode: Mode| Choice { value: mode.slug(), label: mode.words().to_owned(), selected: mode == view.mode };
            let of_threshold = |threshold: Threshold| Choice {
                value: threshold.name(),
                label: format!("{}\u{a0}minutes", threshold.name()),
                selected: threshold == view.threshold,
            };
            Ok(WeekPage {
                frame: Frame::new(state, &title, "/territoires"),
                days: WEEKDAYS,
                modes: Mode::ALL.map(of_mode).into(),
                thresholds: Threshold::ALL.map(of_threshold).into(),
                told,
            })
        })
        .await;
    match drawn {
        Ok(Ok(template)) => page(StatusCode::OK, Keep::Check, &template),
        Ok(Err(problem)) | Err(problem) => error::lost(&state, &problem),
    }
}

/// `departements/23`, `nation` or `nation/france`.
fn place(atlas: &Atlas, text: &str) -> Option<Place> {
    let (level, code) = text.split_once('/').unwrap_or((text, "france"));
    Place::of_path(atlas, level, code).ok()
}

fn told(state: &State, place: Place, view: View) -> Result<Told, Problem> {
    let asked = WeekAsked { place, denominator: view.preset, mode: view.mode, threshold: view.threshold };
    let found = week(state, &asked)?;
    let place = asked.place;
    let within = format!("à moins de {}\u{a0}minutes {}", view.threshold.name(), view.mode.words());
    let files =
        [("Heure par heure, CSV pour Excel", "csv-fr"), ("Classeur XLSX", "xlsx"), ("JSON pour programmes", "json")];
    let file = |(title, format): (&'static str, &str)| {
        let path = place.path();
        let mut pairs = vec![
            ("territory", path.as_str()),
            ("mode", view.mode.name()),
            ("threshold_min", view.threshold.name()),
            ("format", format),
        ];
        pairs.extend(view.preset.map(|preset| ("denominator", preset.id)));
        (title, format!("/api/access/week{}", query(&pairs)))
    };
    Ok(Told {
        href: href(&place),
        territory: place.path(),
        sentences: FREE
            .iter()
            .map(|&when| sentence(&found, when, &within))
            .chain(place.instead_of_district(&state.atlas))
            .collect(),
        hours: (TOLD[0]..=TOLD[1]).map(|hour| hour_row(&found, hour)).collect(),
        venues: venues(&found),
        only_one: only_one(&found, &within),
        closures: format!("{CLOSURES}{}", query(&[("territoire", &closures_value(&place))])),
        files: files.map(file).into(),
        within,
        place: place.name,
    })
}

/// A territory as the page of closures names it.
fn closures_value(place: &Place) -> String {
    place.level.map_or_else(|| "france".to_owned(), |_| place.path())
}

fn percent(week: &Week, persons: u64) -> String {
    week.share(persons).map_or_else(|| "inconnu".to_owned(), |share| french::measure(100.0 * share, 1, "%"))
}

/// « Le mercredi à 18 h, 34,2 % des personnes éloignées ont un lieu ouvert à moins de 15 minutes en voiture ; … »
fn sentence(week: &Week, (day, hour): (usize, usize), within: &str) -> String {
    let [open, unknown, closed] = week.at(day, hour).map(|persons| percent(week, persons));
    format!(
        "Le {} à {hour}\u{a0}h, {open} des personnes éloignées ont un lieu ouvert {within}\u{a0}; pour {unknown}, aucun n'est connu \
         pour l'être, mais un lieu proche ne publie pas ses horaires\u{a0}; pour {closed}, tous sont fermés.",
        WEEKDAYS[day]
    )
}

fn hour_row(week: &Week, hour: usize) -> HourRow {
    let cells = (0..7).map(|day| percent(week, week.reach.open[day][hour]));
    HourRow { hour: format!("{hour}\u{a0}h"), cells: cells.collect() }
}

fn venues(week: &Week) -> Vec<VenueRow> {
    const TITLES: [&str; 3] = ["Au moins un lieu", "Au moins deux", "Au moins trois"];
    let row = |(rank, title): (usize, &'static str)| {
        let persons = week.reach.venues[rank];
        let minutes =
            week.minutes[rank].map_or_else(|| "au-delà".to_owned(), |minutes| french::measure(minutes, 1, "min"));
        VenueRow { title, cells: [french::integer(persons), percent(week, persons), minutes] }
    };
    TITLES.into_iter().enumerate().map(row).collect()
}

/// What one closure would leave.
fn only_one(week: &Week, within: &str) -> String {
    let only = week.reach.venues[0] - week.reach.venues[1];
    format!(
        "{} n'en ont qu'un {within}\u{a0}: s'il ferme, il ne leur en reste aucun à cette distance.",
        french::count(only, "personne éloignée", "personnes éloignées")
    )
}
