//! `GET /api/coverage`: which part of the people in need is near enough to a venue, territory by territory.

use std::borrow::Cow;

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::access::Threshold;
use crate::atlas::Atlas;
use crate::atlas::figures::{Basis, Shown, figures_of};
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
use crate::tables::format::Format;
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{self, Column, column_of, of_district, of_parts, of_whole};

/// `GET /api/coverage`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/coverage",
    &[Operation::get("coverage", "Part des personnes éloignées qui ont un lieu assez près, par territoire", || {
        web::to(coverage)
    })
    .of_an_edition()
    .taking(&[&["territory", "by", "denominator", "mode", "threshold_min", "format"], VENUES])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
)
.waiting(EXPORT_TIME);

/// Title of the table of the parts.
const TITLE: &str = "Couverture";

/// One question, checked.
#[derive(Debug)]
struct Question {
    place: Place,
    by: Level,
    denominator: Option<&'static Preset>,
    threshold: Option<Threshold>,
    travel: Travel,
    /// The filters of venues as they were written.
    asked: Vec<(&'static str, String)>,
}

/// Answers with a table in one of four formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn coverage(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let question = Question::parse(&query, &state.atlas)?;
    answer(&request, &state, Format::parse(&query, &request)?, |state| question.report(&state.atlas)).await
}

impl Question {
    fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        let place = Place::part_of_query(atlas, query)?;
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
        let all = Basis::new(atlas, need, self.travel.mode);
        let basis = Basis { reaches: self.travel.reaches(atlas), hours: Cow::default(), ..all };
        let figures = figures_of(
            Some(Shown::Coverage),
            self.threshold.as_ref().map_or(&Threshold::ALL[..], std::slice::from_ref),
        );
        let columns: Vec<Column> = figures.iter().map(column_of).collect();
        let parts = self.place.parts(atlas, self.by);
        let values = |communes: &[CommuneIx]| {
            let summary = basis.summary(communes);
            figures.iter().map(|figure| table::figure(figure, &summary)).collect()
        };
        let tables = match self.place.district {
            Some(_) => of_district(TITLE, &self.place, &figures, &self.place.summary(&basis), Vec::new()),
            None => vec![of_parts(TITLE, &parts, columns.clone(), values), of_whole(&self.place, columns, values)],
        };
        let mut choices = vec![
            ("territory", self.place.path()),
            ("by", self.by.plural().to_owned()),
            ("denominator", preset.id.to_owned()),
            ("mode", self.travel.mode.name().to_owned()),
        ];
        choices.extend(self.threshold.map(|one| ("threshold_min", one.name().to_owned())));
        choices.extend(self.asked);
        let mut basis = choices::need_basis(preset, need);
        basis.extend(choices::access_basis(atlas));
        basis.extend(self.travel.basis(atlas));
        Ok(Report { subject: "coverage", place: self.place, choices, basis, tables, shown: 0 })
    }
}
