//! Which features of a collection a visitor asks for, and which of them are on this page.

use std::collections::VecDeque;

use actix_web::HttpRequest;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::area::Area;
use super::cql2::Filter;
use super::crs::Crs;
use super::interval::Interval;
use crate::api::bounds::Boxes;
use crate::api::collections::{Collection, PropertyType};
use crate::features::Value;
use crate::http::State;
use crate::http::endpoint::Endpoint;
use crate::http::params::Query;
use crate::http::problem::Problem;

/// Parameters of every collection; the queryable properties come on top.
pub const NAMES: &[&str] =
    &["f", "limit", "offset", "cursor", "crs", "bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs"];

/// Features on a page unless asked otherwise: some hundred kilobytes, and a layer of 12,000 venues in 13 requests.
pub const DEFAULT_LIMIT: usize = 1_000;
/// More than this is brought down to this, as the standard demands (OGC 17-069r4, 7.15.2).
pub const MAX_LIMIT: usize = 10_000;
const LARGEST_LIMIT_READ: usize = 1_000_000_000;
/// Farther pages are reached through the `next` links, which cost the same everywhere.
pub const MAX_OFFSET: usize = 10_000;

/// What a visitor asks of one collection.
#[derive(Debug)]
pub struct Request {
    /// Rank and description of the collection.
    pub collection: (usize, &'static dyn Collection),
    /// Number of features on a page.
    pub limit: usize,
    /// The system that positions are written in.
    pub crs: &'static Crs,
    start: Start,
    bbox: Option<Area>,
    interval: Option<Interval>,
    wanted: Vec<(usize, Wanted)>,
    filter: Option<Filter>,
    /// The question without its paging, which a cursor belongs to.
    identity: String,
}

/// Where the page begins.
#[derive(Debug, Clone, Copy)]
enum Start {
    /// After this many matches.
    Offset(usize),
    /// At this row.
    Row(usize),
}

#[derive(Debug, PartialEq)]
enum Wanted {
    Text(String),
    Number(f64),
    Flag(bool),
}

/// One page: rows of the collection, and where its neighbours begin.
#[derive(Debug, Default, PartialEq)]
pub struct Page {
    /// Rows on this page.
    pub rows: Vec<usize>,
    /// Number of features that match, on all pages.
    pub matched: usize,
    /// Row at which the next page begins.
    pub next: Option<usize>,
    /// Row at which the previous page begins.
    pub previous: Option<usize>,
}

impl Request {
    /// Reads a question.
    ///
    /// # Errors
    /// 400 naming the parameter that cannot be used.
    pub fn parse(
        endpoint: &Endpoint,
        request: &HttpRequest,
        collection: (usize, &'static dyn Collection),
        state: &State,
    ) -> Result<Self, Problem> {
        let properties = collection.1.properties(&state.atlas);
        let names: Vec<&str> = properties.iter().map(|property| property.name.as_ref()).collect();
        let query = endpoint.query_and(request, &names)?;
        super::format(&query)?;
        let mut wanted = Vec::new();
        for (rank, property) in properties.iter().enumerate() {
            let value = match property.kind {
                PropertyType::Integer | PropertyType::Number => {
                    number(&query, &property.name, property.kind)?.map(Wanted::Number)
                }
                PropertyType::Day => day(&query, &property.name)?.map(Wanted::Text),
                PropertyType::Flag => flag(&query, &property.name)?.map(Wanted::Flag),
                _ => match query.short_text(&property.name)? {
                    Some(text) => Some(Wanted::Text(property.usage.understand(&state.atlas, &property.name, text)?)),
                    None => None,
                },
            };
            wanted.extend(value.map(|value| (rank, value)));
        }
        let asked =
            query.iter().filter(|(name, _)| !["f", "limit", "offset", "cursor", "crs", "edition"].contains(name));
        let identity =
            asked.fold(collection.1.name().to_owned(), |all, (name, value)| all + "\0" + name + "\0" + value);
        Ok(Self {
            collection,
            limit: query.integer("limit", 1..=LARGEST_LIMIT_READ)?.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT),
            start: start(&query, &identity, state)?,
            crs: Crs::parse(&query, "crs")?,
            bbox: Area::parse(&query)?,
            interval: Interval::parse(&query)?,
            wanted,
            filter: Filter::parse(&query, &properties, state)?,
            identity,
        })
    }

    /// Finds the page.
    #[must_use]
    pub fn page(&self, state: &State) -> Page {
        let mut page = Page::default();
        let mut before = VecDeque::new();
        for row in (0..self.collection.1.len(&state.atlas)).filter(|row| self.matches(state, *row)) {
            let begun = match self.start {
                Start::Offset(offset) => page.matched >= offset,
                Start::Row(first) => row >= first,
            };
            page.matched += 1;
            if !begun {
                before.push_back(row);
                if before.len() > self.limit {
                    before.pop_front();
                }
            } else if page.rows.len() < self.limit {
                page.rows.push(row);
            } else {
                page.next = page.next.or(Some(row));
            }
        }
        page.previous = before.front().copied();
        page
    }

    fn matches(&self, state: &State, row: usize) -> bool {
        let (rank, collection) = self.collection;
        let value = |property| collection.value(state, row, property);
        self.wanted.iter().all(|(property, wanted)| wanted.is(&value(*property)))
            && self.interval.is_none_or(|interval| interval.holds(collection.day(&state.atlas, row)))
            && self.bbox.as_ref().is_none_or(|bbox| {
                let around = Boxes::kept(state).of(rank, row);
                around.is_some_and(|around| bbox.touch(&around, &collection.geometry(&state.atlas, row)))
            })
            && self.filter.as_ref().is_none_or(|filter| filter.holds(state, collection, row))
    }

    /// The cursor of the page that begins at a row. It only fits this question, in this edition.
    #[must_use]
    pub fn cursor(&self, row: usize, state: &State) -> String {
        cursor(row, &self.identity, state)
    }
}

impl Wanted {
    /// A list has the value when it is one of its texts.
    fn is(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Text(wanted), Value::Text(text)) => wanted == text,
            (Self::Text(wanted), Value::List(texts)) => texts.iter().any(|text| text == wanted),
            (Self::Number(wanted), Value::Number(number)) => wanted.to_bits() == number.to_bits(),
            (Self::Number(wanted), Value::Integer(number)) => wanted.to_bits() == (*number as f64).to_bits(),
            (Self::Flag(wanted), Value::Flag(flag)) => wanted == flag,
            _ => false,
        }
    }
}

/// A number as JSON writes it, so that clients may push down what they read: with an exponent too. A whole number is one
/// however it is written; what no feature can have is refused, never silently found nowhere.
fn number(query: &Query, name: &str, kind: PropertyType) -> Result<Option<f64>, Problem> {
    let Some(text) = query.short_text(name)? else { return Ok(None) };
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let read = text.parse::<f64>().ok().filter(|number| plain && number.is_finite());
    let refuse = |detail| Err(Problem::parameter("invalid-parameter", name, text, detail));
    match read {
        None => refuse(format!("`{name}` is one number, such as 12.5")),
        Some(number) if kind == PropertyType::Integer && number.fract() != 0.0 => {
            refuse(format!("`{name}` is a whole number"))
        }
        // Minus nothing is nothing.
        Some(number) => Ok(Some(number + 0.0)),
    }
}

/// A day as the edition writes it; the time of an instant is left out, as in the answers.
fn day(query: &Query, name: &str) -> Result<Option<String>, Problem> {
    let Some(text) = query.short_text(name)? else { return Ok(None) };
    let day = text.split('T').next().unwrap_or(text);
    if day.len() == 10 && day.parse::<NaiveDate>().is_ok() {
        return Ok(Some(day.to_owned()));
    }
    Err(Problem::parameter("invalid-parameter", name, text, format!("`{name}` is a day, such as 2024-03-01")))
}

/// `true` or `false`; `1` and `0` too, which some clients write.
fn flag(query: &Query, name: &str) -> Result<Option<bool>, Problem> {
    match query.text(name) {
        Some("1") => Ok(Some(true)),
        Some("0") => Ok(Some(false)),
        _ => query.flag(name),
    }
}

fn start(query: &Query, identity: &str, state: &State) -> Result<Start, Problem> {
    let Some(given) = query.text("cursor") else {
        return Ok(Start::Offset(query.integer("offset", 0..=MAX_OFFSET)?.unwrap_or(0)));
    };
    if let Some(offset) = query.text("offset") {
        let detail = "give either `offset` or `cursor`";
        return Err(Problem::parameter("conflicting-parameters", "offset", offset, detail));
    }
    let row = given.split_once('-').and_then(|(row, _)| row.parse().ok());
    row.filter(|row| cursor(*row, identity, state) == given).map(Start::Row).ok_or_else(|| {
        let detail = "this cursor belongs to another question or another edition; begin again without it";
        Problem::parameter("invalid-cursor", "cursor", given, detail)
    })
}

fn cursor(row: usize, identity: &str, state: &State) -> String {
    let text = format!("{}\0{identity}\0{row}", state.atlas.edition().id);
    let digest = Sha256::digest(text);
    let check = digest[..6].iter().fold(0_u64, |check, byte| check << 8 | u64::from(*byte));
    format!("{row}-{check:012x}")
}
