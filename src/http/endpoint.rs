//! One declaration per endpoint: its address, what may be done there, with which parameters, within which limits, and what
//! is answered. The router, `HEAD`, 405 with `Allow`, CORS, limits of bodies, deadlines and both descriptions of the API
//! are made of it ([`super::endpoints`]).

mod operation;

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::Method;

use super::params::Query;
use super::problem::Problem;

pub use operation::{Answer, Body, FORM, HTML, LONG_BODY, Operation, SHORT_BODY, Token, UPLOAD, UPLOAD_BODY, Verb};

/// An address, and what may be done there.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// Template of the address: `/api/placements/{id}`.
    pub path: &'static str,
    /// What may be done there, each method once.
    pub operations: &'static [Operation],
    /// How much longer than others its handlers may take, because they wait for something.
    pub patience: Duration,
}

impl Endpoint {
    /// An address where this may be done.
    #[must_use]
    pub const fn at(path: &'static str, operations: &'static [Operation]) -> Self {
        Self { path, operations, patience: Duration::ZERO }
    }

    /// The same, whose handlers wait for something this long, besides what everybody is given.
    #[must_use]
    pub const fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Reads the query of a request to this address, strictly.
    ///
    /// # Errors
    /// 400 when a name is not declared for this method or comes twice, or a value is empty or badly encoded.
    pub fn query(&self, request: &HttpRequest) -> Result<Query, Problem> {
        self.query_and(request, &[])
    }

    /// The same where more names may occur, which only the edition knows.
    ///
    /// # Errors
    /// As [`Endpoint::query`].
    pub fn query_and(&self, request: &HttpRequest, more: &[&str]) -> Result<Query, Problem> {
        let operation = self.operations.iter().find(|operation| operation.takes(request.method()));
        let declared = operation.into_iter().flat_map(Operation::names).chain(more.iter().copied());
        Query::read(request.query_string(), declared)
    }

    /// Names between braces, in order: `level` and `code` of `/api/territories/{level}/{code}`.
    pub fn segments(&self) -> impl Iterator<Item = &'static str> {
        let braces = self.path.split(['{', '}']).skip(1).step_by(2);
        braces.map(|segment| segment.split(':').next().unwrap_or(segment))
    }

    /// The methods it takes, as `Allow` lists them.
    #[must_use]
    pub fn allow(&self) -> String {
        let methods = self.operations.iter().flat_map(|operation| operation.verb.methods());
        methods.map(Method::as_str).chain(["OPTIONS"]).collect::<Vec<_>>().join(", ")
    }

    /// Longest body it takes, in bytes; `None` when nothing there takes one.
    #[must_use]
    pub fn body_limit(&self) -> Option<usize> {
        self.operations.iter().filter_map(|operation| operation.body).map(|body| body.limit).max()
    }
}
