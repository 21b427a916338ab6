//! Everything that is tested through a boundary, in one binary. Modules mirror the addresses of the service.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod architecture;
mod bad_inputs;
mod bombs;
mod build;
mod cells;
mod checking;
mod closures;
mod cross_view;
mod documents;
mod editions;
mod endpoints;
mod exports;
mod guidance;
mod health;
mod last_good;
mod limits;
mod merging;
mod monitoring;
mod nearest;
mod ogc;
mod place;
mod placements;
mod programme;
mod real_edition;
mod redirects;
mod reported;
mod running;
mod scenarios;
mod support;
mod territories;
mod tiles;
mod times;
mod transport;
mod typed_places;
mod workshop;
