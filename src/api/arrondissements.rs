//! `GET /api/territories/communes/{code}/arrondissements`: Paris, Lyon or Marseille by arrondissement, as a table.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::access::{Mode, Threshold};
use crate::atlas::Atlas;
use crate::atlas::figures::{Basis, FigureAt, figures_of};
use crate::domain::Level;
use crate::domain::need::Preset;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::shares::limits::EXPORT_TIME;
use crate::tables::answer::answer;
use crate::tables::choices;
use crate::tables::format::Format;
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{self, column_of, of_places, of_whole};

/// `GET /api/territories/communes/{code}/arrondissements`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/territories/communes/{code}/arrondissements",
    &[Operation::get("arrondissements", "Paris, Lyon ou Marseille par arrondissement", || web::to(arrondissements))
        .of_an_edition()
        .taking(&[&["denominator", "mode", "format"]])
        .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
        .refusing(&[400, 404, 406])],
)
.waiting(EXPORT_TIME);

/// One question, checked.
#[derive(Debug)]
struct Question {
    town: Place,
    denominator: Option<&'static Preset>,
    mode: Mode,
}

/// Answers with a table, one row an arrondissement.
///
/// # Errors
/// 404 for a commune without arrondissements, 400 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn arrondissements(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let (denominator, mode) = (choices::denominator(&query)?, choices::mode(&query)?);
    let format = Format::parse(&query, &request)?;
    let code = request.match_info().query("code");
    let town = Place::of_path(&state.atlas, Level::Commune.plural(), code)?;
    if town.replaced.is_some() || town.districts(&state.atlas).is_empty() {
        let divided = state.atlas.districts().divided().map(|i| state.atlas.communes()[i].code.to_string());
        let problem = Problem::not_found("no-arrondissements", "this commune has no arrondissements with figures");
        return Err(problem.about("code", code).allowing(divided));
    }
    let question = Question { town, denominator, mode };
    answer(&request, &state, format, |state| question.report(&state.atlas)).await
}

impl Question {
    fn report(self, atlas: &Atlas) -> Result<Report, Problem> {
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let basis = Basis::new(atlas, need, self.mode);
        let places = self.town.districts(atlas);
        let all = figures_of(None, &Threshold::ALL);
        let figures: Vec<FigureAt> = all.into_iter().filter(|figure| places[0].has(figure)).collect();
        let columns = || figures.iter().map(column_of).collect();
        let values = |place: &Place| {
            let summary = place.summary(&basis);
            figures.iter().map(|figure| table::figure(figure, &summary)).collect()
        };
        let tables = vec![
            of_places("Arrondissements", &places, columns(), values),
            of_whole(&self.town, columns(), |_| values(&self.town)),
        ];
        let choices = vec![("denominator", preset.id.to_owned()), ("mode", self.mode.name().to_owned())];
        let mut basis = choices::need_basis(preset, need);
        basis.extend(choices::access_basis(atlas));
        Ok(Report { subject: "arrondissements", place: self.town, choices, basis, tables, shown: 0 })
    }
}
