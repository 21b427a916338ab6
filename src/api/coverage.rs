//! `GET /api/coverage`: which part of the people in need is near enough to a venue, territory by territory.

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use crate::access::THRESHOLDS;
use crate::atlas::Atlas;
use crate::domain::Level;
use crate::domain::need::Denominator;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::features::Value;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::tables::answer::answer;
use crate::tables::choices;
use crate::tables::choices::{THRESHOLDS_MIN, Travel, VENUES};
use crate::tables::figures::share;
use crate::tables::format::Format;
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{Column, column, column_at, integer, number, of_parts, of_whole};

/// `GET /api/coverage`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/coverage",
    &[Operation::get("coverage", "Part des personnes éloignées qui ont un lieu assez près, par territoire", || {
        web::to(coverage)
    })
    .taking(&[&["territory", "by", "denominator", "mode", "threshold_min", "format"], VENUES])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
);

/// One question, checked.
#[derive(Debug)]
struct Question {
    place: Place,
    by: Level,
    denominator: Option<usize>,
    threshold: Option<usize>,
    travel: Travel,
    /// The filters of venues as they were written.
    asked: Vec<(&'static str, String)>,
}

/// Answers with a table in one of four formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn coverage(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Problem> {
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
            threshold: choices::threshold(query)?,
            travel: Travel::parse(query, atlas)?,
            asked: choices::asked(query, VENUES),
            place,
        })
    }

    fn report(self, atlas: &Atlas) -> Result<Report, Problem> {
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let analysis = atlas.analysis();
        let reaches = self.travel.reaches(atlas);
        let shown = self.threshold.map_or(0..THRESHOLDS.len(), |one| one..one + 1);
        let at =
            |i: usize| ["persons_within", "share_within", "persons_beyond"].map(|id| column_at(id, THRESHOLDS_MIN[i]));
        let columns: Vec<Column> = COLUMNS.map(column).into_iter().chain(shown.clone().flat_map(at)).collect();
        let parts = self.place.parts(atlas, self.by);
        let values = |communes: &[u32]| {
            let sum = analysis.coverage(need, &reaches, communes, &THRESHOLDS);
            let known = (sum.unknown as usize) < communes.len();
            let some = |persons: u64| integer(known.then_some(persons));
            let mut values = vec![
                Value::Integer(communes.len() as u64),
                Value::Integer(sum.unknown.into()),
                some(sum.persons),
                some(sum.unreachable),
                some(sum.nowhere),
            ];
            for i in shown.clone() {
                let within = sum.covered[i];
                values.extend([some(within), number(share(within, sum.persons), 6), some(sum.persons - within)]);
            }
            values
        };
        let tables =
            vec![of_parts("Couverture", &parts, columns.clone(), values), of_whole(&self.place, columns, values)];
        let mut choices = vec![
            ("territory", self.place.path()),
            ("by", self.by.plural().to_owned()),
            ("denominator", Denominator::PRESETS[preset].id.to_owned()),
            ("mode", self.travel.mode.name().to_owned()),
        ];
        choices.extend(self.threshold.map(|one| ("threshold_min", THRESHOLDS_MIN[one].to_string())));
        choices.extend(self.asked);
        let mut basis = choices::need_basis(preset, need);
        basis.extend(choices::access_basis(atlas));
        Ok(Report { subject: "coverage", place: self.place, choices, basis, tables, shown: 0 })
    }
}

const COLUMNS: [&str; 5] =
    ["communes", "communes_unknown", "persons_located", "persons_unreachable", "persons_unlocated"];
