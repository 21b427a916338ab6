//! `/ogc`: the assertions of the OGC's own test suite (ets-ogcapi-features10, names in comments), then ours.

mod filters;
mod items;
mod metadata;
