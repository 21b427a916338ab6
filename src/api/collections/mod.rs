//! Collections: the tables of an edition as features, one file for each kind.

pub mod asked;
pub mod hubs;
pub mod territories;
pub mod venues;

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::features::{Geometry, Value};
use crate::http::State;

pub use asked::Use;

/// What a property holds; fixed, so that clients may trust it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyType {
    /// Text; codes too.
    Text,
    /// Several texts.
    List,
    /// Day, `YYYY-MM-DD`.
    Day,
    /// Whole number.
    Integer,
    /// Measure.
    Number,
    /// Yes or no.
    Flag,
}

/// One property of a collection.
#[derive(Debug, Clone)]
pub struct Property {
    /// Name in answers, and of the parameter when it can be asked for.
    pub name: Cow<'static, str>,
    /// What a visitor reads.
    pub title: Cow<'static, str>,
    /// What it holds.
    pub kind: PropertyType,
    /// What it may be asked for.
    pub usage: Use,
}

/// A table of an edition, seen as features sorted by id.
pub trait Collection: std::fmt::Debug + Sync {
    /// Name in addresses.
    fn name(&self) -> &'static str;
    /// What a visitor reads.
    fn title(&self) -> &'static str;
    /// One sentence more.
    fn description(&self) -> &'static str;
    /// Its properties, in the order in which they are written.
    fn properties(&self, atlas: &Atlas) -> Vec<Property>;
    /// Number of features.
    fn len(&self, atlas: &Atlas) -> usize;
    /// Id of the feature of a row.
    fn id<'a>(&self, atlas: &'a Atlas, row: usize) -> &'a str;
    /// Row of the feature with this id.
    fn find(&self, atlas: &Atlas, id: &str) -> Option<usize>;
    /// Where the feature is.
    fn geometry<'a>(&self, atlas: &'a Atlas, row: usize) -> Geometry<'a>;
    /// Calls `each` with every value, in the order of the properties.
    fn values<'a>(&self, state: &'a State, row: usize, each: &mut dyn FnMut(Value<'a>));
    /// One value, by the rank of its property.
    fn value<'a>(&self, state: &'a State, row: usize, property: usize) -> Value<'a>;
    /// The day that the feature describes, when it says so.
    fn day(&self, _atlas: &Atlas, _row: usize) -> Option<NaiveDate> {
        None
    }
}

/// Every collection, in the order in which they are listed.
pub const ALL: [&dyn Collection; 6] = [
    &venues::Venues,
    &territories::Territories(Level::Commune),
    &territories::Territories(Level::Epci),
    &territories::Territories(Level::Departement),
    &territories::Territories(Level::Region),
    &hubs::Hubs,
];

/// The collection with this name and its rank in [`ALL`].
#[must_use]
pub fn by_name(name: &str) -> Option<(usize, &'static dyn Collection)> {
    ALL.into_iter().enumerate().find(|(_, collection)| collection.name() == name)
}
