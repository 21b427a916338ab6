//! In which format: said in the address, or else in the `Accept` headers.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};

use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::reply::{GEOJSON, JSON};

/// CSV (RFC 4180), with its header line.
pub const CSV: &str = "text/csv; charset=utf-8; header=present";
/// Workbooks.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Documents that people go on writing.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Most media ranges read from `Accept`.
const MOST_RANGES: usize = 64;

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For programs.
    Json,
    /// For everything.
    Csv,
    /// The same as a French spreadsheet opens it.
    CsvFr,
    /// For people with a spreadsheet.
    Xlsx,
    /// For maps.
    GeoJson,
    /// For people with a word processor.
    Docx,
}

impl Format {
    /// Every format, the preferred first.
    pub const ALL: [Self; 6] = [Self::Json, Self::Csv, Self::CsvFr, Self::Xlsx, Self::GeoJson, Self::Docx];

    /// Name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::CsvFr => "csv-fr",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
            Self::Docx => "docx",
        }
    }

    /// Extension of files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        if self == Self::CsvFr { Self::Csv.name() } else { self.name() }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Json => JSON,
            Self::Csv | Self::CsvFr => "text/csv",
            Self::Xlsx => XLSX,
            Self::GeoJson => GEOJSON,
            Self::Docx => DOCX,
        }
    }

    /// Media types of tables, each with the name of its schema, where JSON has this one.
    #[must_use]
    pub const fn contents(json: &'static str) -> [(&'static str, &'static str); 5] {
        [
            (Self::Json.media_type(), json),
            (Self::Csv.media_type(), "text"),
            (Self::Xlsx.media_type(), "binary"),
            (Self::GeoJson.media_type(), "featureCollection"),
            (Self::Docx.media_type(), "binary"),
        ]
    }

    /// Reads `format`, or else `Accept`.
    ///
    /// # Errors
    /// 400 for an unknown format, 406 when nothing that is accepted is offered.
    pub fn parse(query: &Query, request: &HttpRequest) -> Result<Self, Problem> {
        if let Some(text) = query.text("format") {
            let known = Self::ALL.into_iter().find(|format| format.name() == text);
            return known.ok_or_else(|| {
                let problem = Problem::parameter("unknown-format", "format", text, "there is no such format");
                problem.allowing(Self::ALL.map(Self::name))
            });
        }
        Self::accepted(request.headers()).ok_or_else(|| {
            let detail = "none of the media types you accept is offered here";
            let problem = Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", detail);
            let mut offered = Self::ALL.map(Self::media_type).to_vec();
            offered.dedup();
            problem.allowing(offered)
        })
    }

    /// The format of the greatest weight (RFC 9110, 12.5.1), the preferred of equals.
    fn accepted(headers: &HeaderMap) -> Option<Self> {
        let values: Vec<&str> = headers.get_all(header::ACCEPT).filter_map(|value| value.to_str().ok()).collect();
        if values.is_empty() {
            return Some(Self::Json);
        }
        let ranges: Vec<Range> =
            values.iter().flat_map(|value| value.split(',')).take(MOST_RANGES).map(range).collect();
        let weight = |format: Self| {
            let fits = ranges.iter().filter(|range| range.holds(format.media_type()));
            fits.max_by_key(|range| range.precision()).map_or(0, |range| range.weight)
        };
        // `max_by_key` keeps the last of equals: so the preferred comes last.
        Self::ALL.into_iter().rev().filter(|format| weight(*format) > 0).max_by_key(|format| weight(*format))
    }
}

/// One range of `Accept` with its weight in thousandths.
#[derive(Debug)]
struct Range {
    kind: String,
    weight: u32,
}

impl Range {
    fn holds(&self, media_type: &str) -> bool {
        let family = self.kind.strip_suffix("/*").is_some_and(|family| media_type.split('/').next() == Some(family));
        self.kind == "*/*" || family || self.kind == media_type
    }

    /// A whole type says more than a family, a family more than anything.
    fn precision(&self) -> usize {
        if self.kind == "*/*" { 0 } else { 1 + usize::from(!self.kind.ends_with("/*")) }
    }
}

fn range(text: &str) -> Range {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=")).and_then(|q| q.parse::<f64>().ok());
    Range { kind, weight: (quality.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0) as u32 }
}
