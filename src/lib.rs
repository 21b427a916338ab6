//! Médiane: the open map of digital-inclusion needs and venues in France.
//!
//! Read from the bottom of the staircase up (ARCHITECTURE.md): each module imports only what stands below it.

pub mod domain;

pub mod access;
pub mod spatial;

pub mod placement;
pub mod ports;

pub mod atlas;

pub mod editions;

pub mod monitoring;

pub mod planning;

pub mod api;
pub mod arrow;
pub mod basemap;
pub mod features;
pub mod http;
pub mod ingest;
pub mod maps;
pub mod matching;
pub mod pages;
pub mod remote;
pub mod saved;
pub mod scenario;
pub mod searches;
pub mod service;
pub mod shares;
pub mod store;
pub mod tables;
pub mod telemetry;

pub mod cli;
pub mod config;
