//! Addresses by which one page leads to another, so that no page needs to know how another is made.

use crate::domain::Level;
use crate::tables::scope::Place;

/// Path of the page that plans.
pub const PLANNER: &str = "/planifier";
/// Path of the page that imagines changes.
pub const WHAT_IF: &str = "/et-si";
/// Path of the page that compares plans.
pub const COMPARE_PLANS: &str = "/comparer-plans";
/// Path of the page that says which closures hurt least.
pub const CLOSURES: &str = "/fermetures";

/// Path of the page that says when venues are open.
pub const OPEN_VENUES: &str = "/lieux-ouverts";

/// A territory as addresses of the planner write it: `departements/23`.
#[must_use]
pub fn territory_value(level: Level, code: &str) -> String {
    format!("{}/{code}", level.plural())
}

/// The address that plans for a territory.
#[must_use]
pub fn planner(place: &Place) -> String {
    let territory = place.level.map_or_else(|| "france".to_owned(), |level| territory_value(level, &place.code));
    format!("{PLANNER}?territory={territory}")
}

/// An address of [`WHAT_IF`] for a territory; `choices` is the path with the choices of the visitor.
#[must_use]
pub fn what_if(choices: &str, place: &Place) -> String {
    let mark = if choices.contains('?') { '&' } else { '?' };
    format!("{choices}{mark}territoire={}", place.path())
}

/// An address of [`OPEN_VENUES`] for a territory; `choices` is the path with the choices of the visitor.
#[must_use]
pub fn open_venues(choices: &str, place: &Place) -> String {
    what_if(choices, place)
}
