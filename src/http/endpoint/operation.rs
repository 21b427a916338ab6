//! What may be done at an address: how, with which parameters and body, and what comes back.

use actix_web::Route;
use actix_web::http::Method;

use crate::http::html::LOOK;
use crate::http::reply::JSON;

/// Longest body of a form or of a document that is kept, in bytes.
pub const SHORT_BODY: usize = 64 * 1024;
/// Longest body of a question, which may list many places, in bytes.
pub const LONG_BODY: usize = 256 * 1024;

/// Media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
/// Longest list that may be sent to be checked, in bytes.
pub const UPLOAD_BODY: usize = 5 * 1024 * 1024;

/// Media type of forms with a file.
pub const UPLOAD: &str = "multipart/form-data";
/// Media type of forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// The parameter that names an edition.
const EDITION: &[&str] = &["edition"];

/// How something is done. `HEAD` and `OPTIONS` are answered wherever something can be read, and are not declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads; `HEAD` too.
    Get,
    /// Asks at length, or keeps something new.
    Post,
    /// Replaces.
    Put,
    /// Stops, or erases.
    Delete,
}

/// A way to use an address.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// How.
    pub verb: Verb,
    /// Name in the descriptions of the API, unique in the service: `createScenario`.
    pub id: &'static str,
    /// What it does, in French.
    pub summary: &'static str,
    /// Names that may occur in the query, in groups that others share.
    pub query: &'static [&'static [&'static str]],
    /// Whether `edition=` may name the edition that is asked.
    pub takes_edition: bool,
    /// Whether people read what comes back. Links to pages pick up names on their way, from mail programs and the like: names
    /// that nobody of ours can have meant are let through, and read by nobody.
    pub is_page: bool,
    /// What comes in the body.
    pub body: Option<Body>,
    /// What is answered when all goes well, the usual answer first.
    pub answers: &'static [Answer],
    /// Statuses of what may go wrong.
    pub problems: &'static [u16],
    /// What a token is for.
    pub token: Token,
    /// Whether `Idempotency-Key` is read: the same request with the same key is done once.
    pub is_repeatable: bool,
    /// Makes the route of its handler.
    pub route: fn() -> Route,
}

/// What comes in the body of a request.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// Media type.
    pub kind: &'static str,
    /// Name of its schema; empty for a form.
    pub schema: &'static str,
    /// Longest, in bytes; beyond, 413. One address has one limit for all its operations.
    pub limit: usize,
}

/// One way to answer well.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Media types, each with the name of its schema; none when there is no body.
    pub content: &'static [(&'static str, &'static str)],
}

/// Whether `Authorization: Bearer` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// Never looked at.
    Unread,
    /// Who holds one may see or do more.
    Welcome,
    /// Nobody else may.
    Required,
}

impl Verb {
    /// The methods that are done this way.
    #[must_use]
    pub fn methods(self) -> &'static [Method] {
        static READ: [Method; 2] = [Method::GET, Method::HEAD];
        static ASK: [Method; 1] = [Method::POST];
        static REPLACE: [Method; 1] = [Method::PUT];
        static ERASE: [Method; 1] = [Method::DELETE];
        match self {
            Self::Get => &READ,
            Self::Post => &ASK,
            Self::Put => &REPLACE,
            Self::Delete => &ERASE,
        }
    }
}

impl Operation {
    /// Reading, by this handler.
    #[must_use]
    pub const fn get(id: &'static str, summary: &'static str, route: fn() -> Route) -> Self {
        Self::of(Verb::Get, id, summary, route)
    }

    /// Asking with a body, or keeping something new.
    #[must_use]
    pub const fn post(id: &'static str, summary: &'static str, route: fn() -> Route) -> Self {
        Self::of(Verb::Post, id, summary, route)
    }

    /// Replacing.
    #[must_use]
    pub const fn put(id: &'static str, summary: &'static str, route: fn() -> Route) -> Self {
        Self::of(Verb::Put, id, summary, route)
    }

    /// Stopping, or erasing.
    #[must_use]
    pub const fn delete(id: &'static str, summary: &'static str, route: fn() -> Route) -> Self {
        Self::of(Verb::Delete, id, summary, route)
    }

    /// A page: read by people, in the edition and the language that its address names.
    #[must_use]
    pub const fn page(id: &'static str, summary: &'static str, route: fn() -> Route) -> Self {
        const SHOWN: &[Answer] = &[Answer::ok(&[(HTML, "text")])];
        Self { is_page: true, takes_edition: true, ..Self::get(id, summary, route).answering(SHOWN) }
    }

    const fn of(verb: Verb, id: &'static str, summary: &'static str, route: fn() -> Route) -> Self {
        Self {
            verb,
            id,
            summary,
            query: &[],
            takes_edition: false,
            is_page: false,
            body: None,
            answers: &[],
            problems: &[],
            token: Token::Unread,
            is_repeatable: false,
            route,
        }
    }

    /// With these names in its query.
    #[must_use]
    pub const fn taking(self, query: &'static [&'static [&'static str]]) -> Self {
        Self { query, ..self }
    }

    /// Of an edition, which `edition=` may name.
    #[must_use]
    pub const fn of_an_edition(self) -> Self {
        Self { takes_edition: true, ..self }
    }

    /// With a JSON body of this schema.
    #[must_use]
    pub const fn with_json(self, schema: &'static str, limit: usize) -> Self {
        Self { body: Some(Body { kind: JSON, schema, limit }), ..self }
    }

    /// With a form in its body.
    #[must_use]
    pub const fn with_form(self) -> Self {
        Self { body: Some(Body { kind: FORM, schema: "", limit: SHORT_BODY }), ..self }
    }

    /// With a file in a form.
    #[must_use]
    pub const fn with_upload(self) -> Self {
        Self { body: Some(Body { kind: UPLOAD, schema: "", limit: UPLOAD_BODY }), ..self }
    }

    /// Answering so.
    #[must_use]
    pub const fn answering(self, answers: &'static [Answer]) -> Self {
        Self { answers, ..self }
    }

    /// Refusing with these statuses.
    #[must_use]
    pub const fn refusing(self, problems: &'static [u16]) -> Self {
        Self { problems, ..self }
    }

    /// With a token.
    #[must_use]
    pub const fn with_token(self, token: Token) -> Self {
        Self { token, ..self }
    }

    /// Done once for each `Idempotency-Key`.
    #[must_use]
    pub const fn repeatable(self) -> Self {
        Self { is_repeatable: true, ..self }
    }

    /// Whether requests of this method are its.
    #[must_use]
    pub fn takes(&self, method: &Method) -> bool {
        self.verb.methods().contains(method)
    }

    /// Every name that may occur in its query, in the order in which errors list them.
    pub fn names<'a>(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let groups: &'a [&'a [&'a str]] = self.query;
        let edition: &'a [&'a str] = if self.takes_edition { EDITION } else { &[] };
        let look: &'a [&'a str] = if self.is_page { &LOOK } else { &[] };
        groups.iter().copied().flatten().chain(edition).chain(look).copied()
    }
}

impl Answer {
    /// 304, to who holds the answer already.
    pub const UNCHANGED: Self = Self { status: 304, content: &[] };
    /// 301, from an id of old to the id of today.
    pub const MOVED: Self = Self { status: 301, content: &[] };
    /// 204: done, or nothing there.
    pub const EMPTY: Self = Self { status: 204, content: &[] };

    /// 200.
    #[must_use]
    pub const fn ok(content: &'static [(&'static str, &'static str)]) -> Self {
        Self { status: 200, content }
    }

    /// What it says, in French, of an operation that does this.
    #[must_use]
    pub fn description(&self, summary: &'static str) -> &'static str {
        match self.status {
            301 => "L'identifiant d'aujourd'hui, pour un identifiant ancien",
            304 => "Inchangé depuis l'étiquette donnée par If-None-Match",
            _ => summary,
        }
    }
}
