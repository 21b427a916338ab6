//! `GET /api/venues`: the venues to take away, of a territory or of the whole country, in the national standard.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::header::{CONTENT_DISPOSITION, LINK};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use crate::atlas::{Atlas, ClosedToPublic, VenueFilter};
use crate::domain::CommuneIx;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::filters;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::tables::apart;
use crate::tables::scope::Place;
use crate::tables::venues::{Export, Format, Table, workbook};

/// Longest time a workbook of the whole country may take, besides the time everybody is given.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most requests that wait for a workbook or a Parquet, or have one written.
const MOST_WAITING: usize = 4;
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
.waiting(PATIENCE);

/// One question, checked.
struct Question {
    place: Place,
    filter: VenueFilter,
    format: Format,
    table: Table,
}

/// Answers with a file: CSV and `GeoJSON` are written while they are sent, the others one at a time.
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
    let export = Export::of(&state.atlas, &question.filter);
    let mut response = match format {
        Format::Csv => tag.answer(format.media_type(), export.csv(table)),
        Format::GeoJson => tag.answer(format.media_type(), export.geojson()),
        Format::Xlsx | Format::Parquet => {
            let bytes = apart(&request, &state, move |state| written(state, &export, format)).await?;
            tag.answer(format.media_type(), bytes)
        }
    };
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
        let place = Place::of_query(atlas, query)?;
        let mut filter = filters::venue_filter(query, atlas)?;
        // Whoever takes a list away takes all of it: what receives no public says so in its row.
        filter.closed_to_public = ClosedToPublic::Kept;
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

/// The files of the whole country, written once for an edition.
#[derive(Default)]
struct Whole {
    xlsx: OnceLock<Bytes>,
    parquet: OnceLock<Bytes>,
}

/// Who writes, and who waits for it.
#[derive(Default)]
struct Desk {
    taken: Mutex<()>,
    waiting: AtomicUsize,
}

/// One who waits; leaves the count when dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A workbook or a Parquet: one is written at a time, so that memory is asked for once.
fn written(state: &State, export: &Export, format: Format) -> Result<Bytes, Problem> {
    let desk: &Desk = state.process.kept();
    let before = desk.waiting.fetch_add(1, Ordering::Relaxed);
    let _waiting = Waiting(&desk.waiting);
    if before >= MOST_WAITING {
        return Err(Problem::busy("overloaded", "too many files are being written; try again in a moment"));
    }
    let write = || -> Result<Bytes, Problem> {
        let failed = |cause: String| state.incident(ENDPOINT.path, &cause);
        let bytes = match (format, state.process.write_parquet) {
            (Format::Parquet, Some(write)) => write(&export.atlas, &export.venues).map_err(failed)?,
            (Format::Parquet, None) => {
                let problem =
                    Problem::parameter("unknown-value", "format", "parquet", "this service writes no Parquet");
                return Err(problem.allowing(["csv", "xlsx", "geojson"]));
            }
            _ => workbook(export).map_err(|error| failed(error.to_string()))?,
        };
        Ok(Bytes::from(bytes))
    };
    let _alone = desk.taken.lock().unwrap_or_else(PoisonError::into_inner);
    if !export.is_whole() {
        return write();
    }
    let whole: &Whole = state.kept(|_| Whole::default());
    let kept = if format == Format::Parquet { &whole.parquet } else { &whole.xlsx };
    match kept.get() {
        Some(bytes) => Ok(bytes.clone()),
        None => write().inspect(|bytes| {
            // Nobody else can have filled it: the desk is taken.
            let _ = kept.set(bytes.clone());
        }),
    }
}
