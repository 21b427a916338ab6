//! What programs ask: JSON, `GeoJSON`, OGC API, tiles.

pub mod access;
pub mod bounds;
pub mod collections;
pub mod coverage;
pub mod editions;
pub mod equity;
pub mod layers;
pub mod nearest;
pub mod need;
pub mod ogc;
pub mod openapi;
pub mod placements;
pub mod prepared;
pub mod scenarios;
pub mod territories;
pub mod tiles;
pub mod what_if;
