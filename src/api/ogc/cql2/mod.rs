//! Filters (OGC API – Features, Part 3, OGC 19-079r2; CQL2, OGC 21-065r2): as text and as JSON.
//!
//! Read in two steps: [`text`] and [`json`] make a [`node::Node`] of what was written; [`bind`] holds its names and values
//! against the properties of the collection and makes a [`Test`] of it, or says what is wrong. What was bound cannot fail.
//!
//! Unknown values follow SQL: what is compared with an unknown value is neither true nor false, and a feature of which the
//! filter is not true is left out.

mod bind;
mod evaluate;
mod json;
mod like;
mod node;
mod spans;
mod text;

use crate::api::collections::{Collection, Property};
use crate::http::State;
use crate::http::params::Query;
use crate::http::problem::Problem;

use super::crs::Crs;
use evaluate::Test;

/// Longest filter, in characters.
pub const LONGEST: usize = 4_000;
/// The ways to write a filter; the last is the name that GDAL knew before the standard was.
pub const LANGUAGES: [&str; 3] = ["cql2-text", "cql2-json", "cql-text"];
/// The name of the geometry of every collection.
pub const GEOMETRY: &str = "geometry";

/// A filter of one collection.
#[derive(Debug)]
pub struct Filter(Test);

impl Filter {
    /// Reads `filter`, `filter-lang` and `filter-crs`.
    ///
    /// # Errors
    /// 400 that says what cannot be read, or which name or value does not fit.
    pub fn parse(query: &Query, properties: &[Property], state: &State) -> Result<Option<Self>, Problem> {
        let crs = Crs::parse(query, "filter-crs")?;
        let language = query.text("filter-lang").unwrap_or(LANGUAGES[0]);
        if !LANGUAGES.contains(&language) {
            let detail = "no filter is written so here";
            return Err(Problem::parameter("unknown-language", "filter-lang", language, detail).allowing(LANGUAGES));
        }
        let Some(written) = query.text("filter") else { return Ok(None) };
        let refuse = |code, detail: String| Problem::parameter(code, "filter", written, detail);
        if written.chars().count() > LONGEST {
            return Err(refuse("text-too-long", format!("`filter` is longer than {LONGEST} characters")));
        }
        let node = if language == "cql2-json" { json::read(written) } else { text::read(written) };
        let node = node.map_err(|why| refuse("invalid-filter", why))?;
        let scope = bind::Scope { properties, atlas: &state.atlas, crs };
        scope.test(&node).map(|test| Some(Self(test))).map_err(|why| refuse("invalid-filter", why))
    }

    /// Whether a row is meant.
    #[must_use]
    pub fn holds(&self, state: &State, collection: &dyn Collection, row: usize) -> bool {
        self.0.of(&evaluate::Row { state, collection, row }) == Some(true)
    }
}
