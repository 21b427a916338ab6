//! The pages: server-rendered, in French, usable without JavaScript. Nothing about the visitor is stored.

// Pages.
pub mod basemap;
mod check;
mod data;
mod definitions;
mod docs;
mod download;
mod editions;
mod error;
mod files;
mod findings;
mod home;
mod index_limits;
mod legal;
mod map;
mod monitoring;
mod names;
mod orient;
mod pack;
mod planner;
mod remote;
mod reported;
mod sheet;
mod territory;
mod venue;
mod week;
mod what_if;

// What they are made of.
mod across;
mod addresses;
pub mod assets;
mod beyond_search;
mod card;
mod choices;
mod classes;
mod closures;
mod comparing;
mod far;
mod figures;
mod filters;
mod fragility;
mod frame;
pub mod geocoded;
mod layer;
mod opening;
mod params;
mod ranking;
mod reach;
mod remaining;
mod remarks;
mod report;
mod search;
mod times;
mod towns;
mod upload;
mod when;
mod whereabouts;

// Words.
mod contact;
mod language;
mod words;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use crate::domain::Level;
use crate::editions::Snapshot;
use crate::http::endpoint::Endpoint;
use crate::maps::shapes::Shapes;

pub use editions::unknown_edition;
pub use error::{misnamed, not_found, unanswered};

/// Every page.
pub const ENDPOINTS: &[Endpoint] = &[
    home::ENDPOINT,
    venue::ENDPOINT,
    orient::ENDPOINT,
    sheet::ENDPOINT,
    sheet::CALENDAR,
    remote::ENDPOINT,
    pack::ENDPOINT,
    reported::REPORT,
    reported::MODERATION,
    legal::LEGAL,
    legal::ACCESSIBILITY,
    legal::ABOUT,
    legal::EMBED,
    legal::ROBOTS,
    legal::SITEMAP,
    map::ENDPOINT,
    names::ENDPOINT,
    basemap::ENDPOINT,
    territory::INDEX,
    territory::NATION,
    territory::TERRITORY,
    planner::ENDPOINT,
    planner::MAP,
    planner::NOTE,
    what_if::ENDPOINT,
    closures::ENDPOINT,
    comparing::ENDPOINT,
    week::ENDPOINT,
    monitoring::NATION,
    monitoring::ENVELOPE,
    monitoring::CAUTIONS,
    monitoring::SYSTEMS,
    monitoring::TERRITORY,
    monitoring::CHANGES,
    monitoring::ANNEX,
    definitions::ENDPOINT,
    docs::ENDPOINT,
    docs::CLIENT,
    index_limits::ENDPOINT,
    data::ENDPOINT,
    check::ENDPOINT,
    findings::ENDPOINT,
    download::ENDPOINT,
];

/// Works out what the first visitor of an edition should not wait for: contours as pages draw them, and the numbers of the
/// whole country.
pub fn prepare(snapshot: &Snapshot) {
    for level in Level::ALL {
        let _ = Shapes::kept(snapshot).of(&snapshot.atlas, level);
    }
    territory::prepare(snapshot);
}
