//! Writes a report in the format that was asked for, and answers with it.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use super::format::{CSV, DOCX, Format, XLSX};
use super::report::{PLACEMENT, Report};
use super::{csv, csv_french, docx, geojson, json as json_writer, xlsx};
use crate::http::answers::Answers;
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, JSON, Tag};
use crate::http::work::Kind;
use crate::http::{State, links};

/// A written answer.
#[derive(Debug)]
pub struct Written {
    /// Media type.
    pub content_type: &'static str,
    /// Bytes.
    pub body: Vec<u8>,
    /// All choices, as in an address.
    pub parameters: String,
    /// Whether the question is asked in the address, with these choices.
    pub is_address: bool,
    /// Name of the file, for formats that people keep as files.
    pub file: Option<String>,
}

/// What the headers of an answer say.
#[derive(Debug, Clone)]
struct Said {
    parameters: String,
    is_address: bool,
    file: Option<String>,
}

impl Report {
    /// Writes the answer.
    ///
    /// # Errors
    /// 400 when the table has no places and `GeoJSON` was asked for; 500 when the workbook cannot be written; 503 when nobody
    /// waits for it any more.
    pub fn write(&self, state: &State, format: Format) -> Result<Written, Problem> {
        let (content_type, body) = match format {
            Format::Json => (JSON, json_writer::write(self, state)?),
            Format::Csv => (CSV, csv::write(self, state)?),
            Format::CsvFr => (CSV, csv_french::write(self, state)?),
            Format::Xlsx => (XLSX, xlsx::write(self, state)?),
            Format::GeoJson => (GEOJSON, geojson::write(self, state)?),
            Format::Docx => (DOCX, docx::write(self, state)?),
        };
        let kept = matches!(format, Format::Csv | Format::CsvFr | Format::Xlsx | Format::Docx);
        let table = if self.shown > 0 { format!("-{}", self.table().name) } else { String::new() };
        let place = self.place.path().replace('/', "-");
        let file = kept.then(|| format!("mediane-{}{table}-{place}.{}", self.subject, format.extension()));
        let is_address = self.subject != PLACEMENT;
        Ok(Written { content_type, body, parameters: self.parameters(), is_address, file })
    }
}

/// Answers with a report in the format that was asked for, under a tag of its own.
///
/// # Errors
/// Those of the work and of the writing.
pub async fn answer(
    request: &HttpRequest,
    state: &State,
    format: Format,
    work: impl FnOnce(&State) -> Result<Report, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    answer_under(&Tag::of(request, state, format.name()), request, state, format, work).await
}

/// The same under a tag that knows what else the bytes depend on.
///
/// # Errors
/// Those of the work and of the writing.
pub async fn answer_under(
    tag: &Tag,
    request: &HttpRequest,
    state: &State,
    format: Format,
    work: impl FnOnce(&State) -> Result<Report, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let kind = if format == Format::Json { Kind::Interactive } else { Kind::Export };
    answer_in(kind, tag, request, state, format, work).await
}

/// The same in a kind of work of its own: what takes longer than a page may, in whatever format.
///
/// # Errors
/// Those of the work and of the writing.
pub async fn answer_in(
    kind: Kind,
    tag: &Tag,
    request: &HttpRequest,
    state: &State,
    format: Format,
    work: impl FnOnce(&State) -> Result<Report, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let base = links::base(request, state);
    if let Some(fresh) = tag.not_modified(request) {
        return Ok(fresh);
    }
    let made = Answers::once(state, tag, kind, move |state| {
        let Written { content_type, body, parameters, is_address, file } = work(state)?.write(state, format)?;
        Ok((content_type, body, Said { parameters, is_address, file }))
    });
    let made = made.await?;
    let written = made.meta.clone();
    let mut response = made.answer(tag, request, state).await?;
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header::HeaderName::from_static(name), value);
        }
    };
    // What a table cannot say of itself: the JSON of the same question says it all.
    let parameters = if written.is_address { format!("{}&", written.parameters) } else { String::new() };
    let whole = links::keeping(format!("{base}{}?{parameters}format=json", request.path()), state);
    set(
        "link",
        format!("<{whole}>; rel=\"describedby\"; type=\"{JSON}\", <{base}/api/openapi.json>; rel=\"service-desc\""),
    );
    set("mediane-edition", state.atlas.edition().id.clone());
    set("mediane-parameters", written.parameters);
    if let Some(file) = written.file {
        set("content-disposition", format!("attachment; filename=\"{file}\""));
    }
    Ok(response)
}
