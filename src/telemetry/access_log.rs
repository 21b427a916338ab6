//! One line for each request: its id, method, route template, status, milliseconds. Never the query, the address or anything
//! else of the visitor's.

use std::time::Duration;

use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, StatusCode};

use super::log::REQUESTS;

/// Where the lines go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AccessLog {
    /// Nowhere: tests.
    #[default]
    Off,
    /// Into the log.
    On,
}

/// What is said of one request.
pub(crate) struct Line<'a> {
    pub id: &'a HeaderValue,
    pub method: &'a Method,
    pub template: &'a str,
    pub status: StatusCode,
    pub took: Duration,
}

impl Line<'_> {
    /// Says it.
    pub(crate) fn say(&self) {
        let (request, status) = (self.id.to_str().unwrap_or("-"), self.status.as_u16());
        // Tenths of a millisecond.
        let ms = (self.took.as_secs_f64() * 1e4).round() / 10.0;
        tracing::info!(target: REQUESTS, request, method = %self.method, route = self.template, status, ms);
    }
}
