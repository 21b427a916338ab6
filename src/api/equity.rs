//! `GET /api/equity`: how evenly help is shared among the people in need, and who is left out.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::access::Threshold;
use crate::atlas::Atlas;
use crate::atlas::figures::Basis;
use crate::domain::need::Preset;
use crate::domain::{CommuneIx, Level};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::shares::limits::EXPORT_TIME;
use crate::tables::answer::answer;
use crate::tables::choices;
use crate::tables::choices::{Travel, VENUES};
use crate::tables::equity::Shared;
use crate::tables::format::Format;
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{of_parts, of_whole};

/// `GET /api/equity`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/equity",
    &[Operation::get("equity", "Inégalités d'accès : Gini, Lorenz, déciles, communes oubliées", || {
        web::to(equity)
    })
    .of_an_edition()
    .taking(&[&["territory", "by", "denominator", "mode", "threshold_min", "table", "format"], VENUES])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
)
.waiting(EXPORT_TIME);

/// The tables of the answer, in order: JSON and XLSX hold all of them, CSV and `GeoJSON` the one that is asked for.
pub const TABLES: [&str; 6] = ["rows", "summary", "left_out", "worst_tenth", "lorenz", "density"];

/// One question, checked.
#[derive(Debug)]
struct Question {
    place: Place,
    by: Level,
    denominator: Option<&'static Preset>,
    threshold: Threshold,
    travel: Travel,
    shown: usize,
    /// The filters of venues as they were written.
    asked: Vec<(&'static str, String)>,
}

/// Answers with six tables in one of four formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn equity(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let question = Question::parse(&query, &state.atlas)?;
    answer(&request, &state, Format::parse(&query, &request)?, |state| question.report(&state.atlas)).await
}

impl Question {
    fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        let place = Place::of_query(atlas, query)?;
        let shown = choices::table(query, &TABLES)?;
        Ok(Self {
            by: place.parts_level(query, "by")?.unwrap_or(Level::Commune),
            denominator: choices::denominator(query)?,
            threshold: choices::threshold(query)?.unwrap_or(Threshold::USUAL),
            travel: Travel::parse(query, atlas)?,
            shown,
            asked: choices::asked(query, VENUES),
            place,
        })
    }

    fn report(self, atlas: &Atlas) -> Result<Report, Problem> {
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let (reaches, hours) = (self.travel.reaches(atlas), self.travel.hours(atlas, need));
        let basis = Basis { reaches, hours, ..Basis::new(atlas, need, self.travel.mode) };
        let shared = Shared { basis, threshold: self.threshold };
        let values = |communes: &[CommuneIx]| shared.values(communes);
        let communes = &self.place.communes;
        let tables = vec![
            of_parts("Équité", &self.place.parts(atlas, self.by), shared.columns(), values),
            of_whole(&self.place, shared.columns(), values),
            shared.left_out(communes),
            shared.worst_tenth(communes),
            shared.lorenz(communes),
            shared.density(communes),
        ];
        let mut choices = vec![
            ("territory", self.place.path()),
            ("by", self.by.plural().to_owned()),
            ("denominator", preset.id.to_owned()),
            ("mode", self.travel.mode.name().to_owned()),
            ("threshold_min", self.threshold.name().to_owned()),
            ("table", TABLES[self.shown].to_owned()),
        ];
        choices.extend(self.asked);
        let mut basis = choices::need_basis(preset, need);
        basis.extend(choices::access_basis(atlas));
        Ok(Report { subject: "equity", place: self.place, choices, basis, tables, shown: self.shown })
    }
}
