//! `GET /api/access`: minutes to the nearest venue, and hours of help per person, territory by territory.

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use crate::access::{Reach, THRESHOLDS};
use crate::atlas::analysis::known_hours;
use crate::atlas::{Atlas, Need};
use crate::domain::equity::Sample;
use crate::domain::need::Denominator;
use crate::domain::{Level, Seconds};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::features::Value;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::tables::answer::answer;
use crate::tables::choices;
use crate::tables::choices::{Travel, VENUES};
use crate::tables::figures::rounded;
use crate::tables::format::Format;
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{Column, column, integer, number, of_parts, of_whole, text};

/// `GET /api/access`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/access",
    &[Operation::get("access", "Minutes jusqu'au lieu le plus proche et heures par personne, par territoire", || {
        web::to(access)
    })
    .taking(&[&["territory", "by", "denominator", "mode", "format"], VENUES])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
);

/// One question, checked.
#[derive(Debug)]
struct Question {
    place: Place,
    by: Level,
    denominator: Option<usize>,
    travel: Travel,
    /// The filters of venues as they were written.
    asked: Vec<(&'static str, String)>,
}

/// Answers with a table in one of four formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn access(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let question = Question::parse(&query, &state.atlas)?;
    answer(&request, &state, Format::parse(&query, &request)?, |state| question.report(&state.atlas)).await
}

impl Question {
    fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        let place = Place::of_query(atlas, query)?;
        Ok(Self {
            by: place.parts_level(query, "by")?.unwrap_or(Level::Commune),
            denominator: choices::denominator(query)?,
            travel: Travel::parse(query, atlas)?,
            asked: choices::asked(query, VENUES),
            place,
        })
    }

    fn report(self, atlas: &Atlas) -> Result<Report, Problem> {
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let (reaches, hours) = (self.travel.reaches(atlas), self.travel.hours(atlas, need));
        let parts = self.place.parts(atlas, self.by);
        let columns = |own: &[&'static str]| -> Vec<Column> { COMMON.iter().chain(own).map(|id| column(id)).collect() };
        let several = |communes: &[u32]| of_several(atlas, need, &reaches, &hours, communes);
        let one = |communes: &[u32]| of_commune(atlas, need, &reaches, &hours, communes[0]);
        let rows = match self.by {
            Level::Commune => of_parts("Accès", &parts, columns(SINGLE), one),
            _ => of_parts("Accès", &parts, columns(ABOVE), several),
        };
        let tables = vec![rows, of_whole(&self.place, columns(ABOVE), several)];
        let mut choices = vec![
            ("territory", self.place.path()),
            ("by", self.by.plural().to_owned()),
            ("denominator", Denominator::PRESETS[preset].id.to_owned()),
            ("mode", self.travel.mode.name().to_owned()),
        ];
        choices.extend(self.asked);
        let mut basis = choices::need_basis(preset, need);
        basis.extend(choices::access_basis(atlas));
        Ok(Report { subject: "access", place: self.place, choices, basis, tables, shown: 0 })
    }
}

const COMMON: &[&str] = &["communes", "communes_unknown", "persons_in_need"];
/// What is said of one commune, and of several.
const SINGLE: &[&str] = &["minutes", "reach", "nearest_venue", "hours_per_person_year"];
const ABOVE: &[&str] = &[
    "minutes_p10",
    "minutes_median",
    "minutes_p90",
    "persons_unreachable",
    "persons_unlocated",
    "hours_per_person_year",
];

fn of_commune(atlas: &Atlas, need: &Need, reaches: &[Reach], hours: &[f64], commune: u32) -> Vec<Value<'static>> {
    let i = commune as usize;
    let (persons, reach) = (need.estimate.persons[i], reaches[i]);
    let state = match reach {
        Reach::Reached(_) => "reached",
        Reach::Unreachable => "unreachable",
        Reach::Unknown => "unknown",
    };
    let venue = reach.nearest().map(|nearest| atlas.venues()[nearest.site as usize].id.as_str());
    vec![
        Value::Integer(1),
        Value::Integer(u64::from(persons.is_none())),
        integer(persons.map(u64::from)),
        number(reach.time().map(Seconds::minutes), 2),
        text(state),
        venue.map_or(Value::Unknown, text),
        number(known_hours(reach, hours, i), 4),
    ]
}

fn of_several(atlas: &Atlas, need: &Need, reaches: &[Reach], hours: &[f64], communes: &[u32]) -> Vec<Value<'static>> {
    let persons = &need.estimate.persons;
    let own: Vec<Option<u32>> = communes.iter().map(|&i| persons[i as usize]).collect();
    let total = own.iter().flatten().map(|persons| u64::from(*persons)).reduce(|sum, more| sum + more);
    let minutes: Vec<Option<f64>> =
        communes.iter().map(|&i| reaches[i as usize].time().map(Seconds::minutes)).collect();
    let shared: Vec<Option<f64>> =
        communes.iter().map(|&i| known_hours(reaches[i as usize], hours, i as usize)).collect();
    let tails = Sample::new(&minutes, &own).tails();
    let sum = atlas.analysis().coverage(need, reaches, communes, &THRESHOLDS);
    let some = |persons: u64| integer(total.map(|_| persons));
    let tail = |value: Option<f64>| value.map_or(Value::Unknown, |minutes| Value::Number(rounded(minutes, 2)));
    vec![
        Value::Integer(communes.len() as u64),
        Value::Integer(sum.unknown.into()),
        integer(total),
        tail(tails.map(|tails| tails.p10)),
        tail(tails.map(|tails| tails.p50)),
        tail(tails.map(|tails| tails.p90)),
        some(sum.unreachable),
        some(sum.nowhere),
        number(Sample::new(&shared, &own).mean(), 4),
    ]
}
