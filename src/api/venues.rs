//! `GET /api/venues`: the venues to take away, of a territory or of the whole country, in the national standard.

use std::collections::BTreeSet;

use actix_web::http::header::{CONTENT_DISPOSITION, LINK};
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};

use crate::atlas::{Atlas, ClosedToPublic, VenueFilter};
use crate::domain::CommuneIx;
use crate::http::State;
use crate::http::answers::Answers;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::filters;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::http::work::Kind;
use crate::shares::limits::EXPORT_TIME;
use crate::tables::scope::Place;
use crate::tables::venues::{Export, Format, Pieces, Table, workbook};

/// Where the terms of « Licence Ouverte » are.
const LICENCE: &str = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/";

/// `GET /api/venues`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/venues",
    &[Operation::get("venues", "Les lieux à emporter, au format du standard national", || web::to(venues))
        .of_an_edition()
        .taking(&[&["territory", "format", "rows"], filters::NAMES])
        .answering(&[
            Answer::ok(&[
                (Format::Csv.media_type(), "text"),
                (Format::Xlsx.media_type(), "binary"),
                (Format::GeoJson.media_type(), "featureCollection"),
                (Format::Parquet.media_type(), "binary"),
            ]),
            Answer::UNCHANGED,
        ])
        .refusing(&[400, 404, 503])],
)
.waiting(EXPORT_TIME);

/// One question, checked.
struct Question {
    place: Place,
    filter: VenueFilter,
    format: Format,
    table: Table,
}

/// Answers with a file, made once for an edition and sent to everybody who asks for it.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 503 when too many wait for a workbook or a Parquet.
pub async fn venues(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let question = Question::parse(&ENDPOINT.query(&request)?, &state.atlas)?;
    let Question { format, table, .. } = question;
    let tag = Tag::of(&request, &state, format.name());
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let name = question.file_name();
    let made = Answers::once(&state, &tag, Kind::Export, move |state| {
        let export = Export::of(&state.atlas, &question.filter);
        Ok((format.media_type(), written(state, export, format, table)?, ()))
    });
    let mut response = made.await?.answer(&tag, &request, &state).await?;
    let headers = response.headers_mut();
    for (header, value) in [
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (LINK, format!("<{LICENCE}>; rel=\"license\"")),
    ] {
        if let Ok(value) = value.try_into() {
            headers.insert(header, value);
        }
    }
    Ok(response)
}

impl Question {
    fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        // The list of an arrondissement is its own, not that of the city.
        let place = Place::part_of_query(atlas, query)?;
        let mut filter = filters::venue_filter(query, atlas)?;
        // Whoever takes a list away takes all of it: what receives no public says so in its row.
        filter.closed_to_public = ClosedToPublic::Kept;
        filter.district = place.district;
        if place.level.is_some() {
            let inside: BTreeSet<CommuneIx> = place.communes.iter().copied().collect();
            filter.communes = Some(filter.communes.map_or_else(|| inside.clone(), |before| &before & &inside));
        }
        let format = one_of(query, "format", &Format::ALL, Format::name)?.unwrap_or(Format::Csv);
        let table = one_of(query, "rows", &Table::ALL, Table::name)?;
        if let (Some(table), Format::Xlsx | Format::GeoJson | Format::Parquet) = (table, format) {
            let detail = "only a CSV holds one table; the other formats hold all that is known";
            return Err(Problem::parameter("conflicting-parameters", "rows", table.name(), detail));
        }
        Ok(Self { place, filter, format, table: table.unwrap_or(Table::Venues) })
    }

    fn file_name(&self) -> String {
        let place = self.place.path().replace('/', "-");
        format!("mediane-{}-{place}.{}", self.table.file(), self.format.name())
    }
}

fn one_of<T: Copy>(
    query: &Query,
    name: &str,
    all: &[T],
    spelling: fn(T) -> &'static str,
) -> Result<Option<T>, Problem> {
    let Some(text) = query.text(name) else { return Ok(None) };
    let known = all.iter().copied().find(|value| spelling(*value) == text);
    known.map(Some).ok_or_else(|| {
        let problem = Problem::parameter("unknown-value", name, text, format!("`{name}` does not know this value"));
        problem.allowing(all.iter().map(|value| spelling(*value)))
    })
}

/// The whole file, row by row while somebody waits for it.
fn written(state: &State, export: Export, format: Format, table: Table) -> Result<Vec<u8>, Problem> {
    let failed = |cause: String| state.incident(ENDPOINT.path, &cause);
    let whole = |pieces: Pieces| {
        let bytes = pieces.take_while(|_| state.is_wanted()).fold(Vec::new(), |mut bytes, piece| {
            bytes.extend(piece);
            bytes
        });
        state.go_on().map(|()| bytes)
    };
    match (format, state.process.write_parquet) {
        (Format::Csv, _) => whole(export.csv(table)),
        (Format::GeoJson, _) => whole(export.geojson()),
        (Format::Xlsx, _) => workbook(&export).map_err(|error| failed(error.to_string())),
        (Format::Parquet, Some(write)) => write(&export.atlas, &export.venues).map_err(failed),
        (Format::Parquet, None) => {
            let problem = Problem::parameter("unknown-value", "format", "parquet", "this service writes no Parquet");
            Err(problem.allowing(["csv", "xlsx", "geojson"]))
        }
    }
}
