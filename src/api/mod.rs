//! What programs ask: JSON, `GeoJSON`, OGC API, tiles.

pub mod access;
pub mod annex;
pub mod arrondissements;
pub mod bounds;
pub mod catalog;
pub mod changes;
pub mod closures;
pub mod collections;
pub mod comparison;
pub mod correlations;
pub mod coverage;
pub mod editions;
pub mod equity;
pub mod guidance;
pub mod layers;
pub mod monitoring;
pub mod nearest;
pub mod need;
pub mod ogc;
pub mod openapi;
mod origin;
pub mod placements;
pub mod places;
pub mod points;
pub mod prepared;
pub mod reports;
pub mod scenarios;
pub mod territories;
pub mod tiles;
pub mod times;
pub mod venues;
pub mod week;
pub mod what_if;

use crate::http::endpoint::Endpoint;

/// Every address below `/api`, and the layer of the map. `ogc` and `tiles` have lists of their own.
pub const ENDPOINTS: &[Endpoint] = &[
    nearest::ENDPOINT,
    venues::ENDPOINT,
    territories::ENDPOINT,
    arrondissements::ENDPOINT,
    places::ENDPOINT,
    need::ENDPOINT,
    correlations::ENDPOINT,
    access::ENDPOINT,
    what_if::ENDPOINT,
    week::ENDPOINT,
    times::ENDPOINT,
    coverage::ENDPOINT,
    equity::ENDPOINT,
    points::ENDPOINT,
    placements::ALL,
    placements::ONE,
    placements::PLAN,
    closures::ENDPOINT,
    comparison::ENDPOINT,
    scenarios::ALL,
    scenarios::ONE,
    scenarios::VERSIONS,
    reports::ALL,
    reports::ONE,
    guidance::CHANNELS,
    guidance::RESOURCES,
    editions::ENDPOINT,
    monitoring::ENDPOINT,
    annex::ENDPOINT,
    changes::ENDPOINT,
    changes::FEED,
    catalog::ENDPOINT,
    openapi::ENDPOINT,
    layers::ENDPOINT,
];
