//! `GET /api/access`: minutes to the nearest venue, and hours of help per person, territory by territory.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::access::Reach;
use crate::atlas::Atlas;
use crate::atlas::figures::{Basis, Shown, figures_of};
use crate::domain::need::Preset;
use crate::domain::{CommuneIx, Level, PointIx, Seconds, VenueIx};
use crate::features::Value;
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
use crate::tables::table::{self, Column, column, column_of, number, of_district, of_parts, of_whole, text};

/// `GET /api/access`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/access",
    &[Operation::get("access", "Minutes jusqu'au lieu le plus proche et heures par personne, par territoire", || {
        web::to(access)
    })
    .of_an_edition()
    .taking(&[&["territory", "by", "denominator", "mode", "format"], VENUES])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
)
.waiting(EXPORT_TIME);

/// One question, checked.
#[derive(Debug)]
struct Question {
    place: Place,
    by: Level,
    denominator: Option<&'static Preset>,
    travel: Travel,
    /// The filters of venues as they were written.
    asked: Vec<(&'static str, String)>,
}

/// Answers with a table in one of four formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn access(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
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
            travel: Travel::parse(query, atlas)?,
            asked: choices::asked(query, VENUES),
            place,
        })
    }

    fn report(self, atlas: &Atlas) -> Result<Report, Problem> {
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let (reaches, hours) = (self.travel.reaches(atlas), self.travel.hours(atlas, need));
        let basis = Basis { reaches, hours, ..Basis::new(atlas, need, self.travel.mode) };
        let parts = self.place.parts(atlas, self.by);
        let figures = figures_of(Some(Shown::Access), &[]);
        let columns = |own: &[&'static str]| -> Vec<Column> {
            figures.iter().map(column_of).chain(["reach"].iter().chain(own).map(|id| column(id))).collect()
        };
        let several = |communes: &[CommuneIx]| -> Vec<Value<'static>> {
            let summary = basis.summary(communes);
            let told = figures.iter().map(|figure| table::figure(figure, &summary));
            told.chain([text(summary.reach.name())]).collect()
        };
        let one = |communes: &[CommuneIx]| -> Vec<Value<'static>> {
            several(communes)
                .into_iter()
                .chain(of_commune(atlas, basis.reaches[PointIx::of_commune(communes[0])]))
                .collect()
        };
        let rows = || match self.by {
            Level::Commune => of_parts(TITLE, &parts, columns(SINGLE), one),
            _ => of_parts(TITLE, &parts, columns(&[]), several),
        };
        let tables = if self.place.district.is_some() {
            let summary = self.place.summary(&basis);
            let reach = vec![(column("reach"), text(summary.reach.name()))];
            of_district(TITLE, &self.place, &figures, &summary, reach)
        } else {
            vec![rows(), of_whole(&self.place, columns(&[]), several)]
        };
        let mut choices = vec![
            ("territory", self.place.path()),
            ("by", self.by.plural().to_owned()),
            ("denominator", preset.id.to_owned()),
            ("mode", self.travel.mode.name().to_owned()),
        ];
        choices.extend(self.asked);
        let mut basis = choices::need_basis(preset, need);
        basis.extend(choices::access_basis(atlas));
        basis.extend(self.travel.basis(atlas));
        Ok(Report { subject: "access", place: self.place, choices, basis, tables, shown: 0 })
    }
}

/// Title of the table of the parts.
const TITLE: &str = "Accès";

/// What is said of a commune only.
const SINGLE: &[&str] = &["minutes", "nearest_venue"];

/// The mean time of the inhabitants of a commune, and the venue most of them are nearest to.
fn of_commune(atlas: &Atlas, reach: Reach) -> [Value<'static>; 2] {
    let venue = reach.nearest().map(|nearest| atlas.venues()[VenueIx::of_site(nearest.site)].id.as_str());
    [number(reach.time().map(Seconds::minutes), 2), venue.map_or(Value::Unknown, text)]
}
