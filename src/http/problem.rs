//! What went wrong, for machines and people: `application/problem+json` (RFC 9457), for every error of the service.

use std::any::Any;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

/// Longest piece of a visitor's value that an answer repeats, in characters.
const SHOWN_CHARS: usize = 60;

/// An error as a visitor sees it. Nothing internal is ever put in it. Boxed, so that what goes well stays small.
#[derive(Debug, Clone)]
pub struct Problem(Box<Parts>);

#[derive(Debug, Clone)]
struct Parts {
    status: StatusCode,
    code: &'static str,
    detail: String,
    param: Option<String>,
    value: Option<String>,
    allowed: Vec<String>,
    incident: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// The members in the order of RFC 9457, then ours.
#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    allowed: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<&'a str>,
}

impl Problem {
    /// A problem with its short name (`unknown-parameter`) and one sentence: what, got, expected.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            status,
            code,
            detail: detail.into(),
            param: None,
            value: None,
            allowed: Vec::new(),
            incident: None,
            headers: Vec::new(),
        }))
    }

    /// 400 about one parameter.
    #[must_use]
    pub fn parameter(code: &'static str, param: &str, value: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail).about(param, value)
    }

    /// 404 about something that is well written but is not in this edition.
    #[must_use]
    pub fn not_found(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, detail)
    }

    /// 500. The cause goes to the log under the incident's id, never to the visitor.
    #[must_use]
    pub fn internal(incident: String) -> Self {
        let detail = "something broke on our side; quote the incident when you report it";
        let mut problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", detail);
        problem.0.incident = Some(incident);
        problem
    }

    /// 503: asking again in a moment will do.
    #[must_use]
    pub fn busy(code: &'static str, detail: &str) -> Self {
        let retry = HeaderValue::from_static("1");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail).with_header(header::RETRY_AFTER, retry)
    }

    /// 503: it was given up.
    #[must_use]
    pub fn too_long() -> Self {
        Self::busy("deadline", "the answer took too long to work out")
    }

    /// What a bare status means, for errors that come from below without a body of ours.
    #[must_use]
    pub fn of_status(status: StatusCode, from: &HeaderMap) -> Self {
        let detail = match status {
            StatusCode::NOT_FOUND => "there is nothing at this address",
            StatusCode::METHOD_NOT_ALLOWED => "this address does not take that method",
            StatusCode::NOT_ACCEPTABLE => "no representation fits the Accept headers",
            StatusCode::PAYLOAD_TOO_LARGE => "the body is too long",
            _ => "the request could not be served",
        };
        let code = match status {
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
            StatusCode::NOT_ACCEPTABLE => "not-acceptable",
            StatusCode::PAYLOAD_TOO_LARGE => "body-too-large",
            status if status.is_server_error() => "internal-error",
            _ => "bad-request",
        };
        let kept = [header::ALLOW, header::RETRY_AFTER, header::LOCATION];
        let mut problem = Self::new(status, code, detail);
        problem.0.headers = kept.into_iter().filter_map(|name| Some((name.clone(), from.get(name)?.clone()))).collect();
        problem
    }

    /// The parameter at fault and its value, when there is one.
    #[must_use]
    pub fn parameter_at_fault(&self) -> Option<(&str, &str)> {
        self.0.param.as_deref().zip(self.0.value.as_deref())
    }

    /// The same as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self.body()).expect("a problem is made of texts and a number")
    }

    /// The problem that [`Problem::to_json`] wrote, without its headers; `None` for any other object, and for one whose short name
    /// is not among these.
    #[must_use]
    pub fn of_json(value: &serde_json::Value, codes: &[&'static str]) -> Option<Self> {
        let text = |name: &str| value[name].as_str().map(ToOwned::to_owned);
        let allowed = value["allowed"].as_array().into_iter().flatten();
        Some(Self(Box::new(Parts {
            status: StatusCode::from_u16(u16::try_from(value["status"].as_u64()?).ok()?).ok()?,
            code: codes.iter().find(|code| value["code"] == **code)?,
            detail: text("detail")?,
            param: text("param"),
            value: text("value"),
            allowed: allowed.map(|text| text.as_str().map(ToOwned::to_owned)).collect::<Option<_>>()?,
            incident: text("incident"),
            headers: Vec::new(),
        })))
    }

    /// By which the people of the service find what broke.
    #[must_use]
    pub fn incident(&self) -> Option<&str> {
        self.0.incident.as_deref()
    }

    fn body(&self) -> Body<'_> {
        let parts = &self.0;
        Body {
            r#type: format!("urn:mediane:problem:{}", parts.code),
            title: parts.status.canonical_reason().unwrap_or("Error"),
            status: parts.status.as_u16(),
            detail: &parts.detail,
            code: parts.code,
            param: parts.param.as_deref(),
            value: parts.value.as_deref(),
            allowed: &parts.allowed,
            incident: parts.incident.as_deref(),
        }
    }

    /// Names the parameter and repeats the beginning of its value.
    #[must_use]
    pub fn about(mut self, param: &str, value: &str) -> Self {
        self.0.param = Some(shortened(param));
        self.0.value = Some(shortened(value));
        self
    }

    /// Lists what would have been accepted.
    #[must_use]
    pub fn allowing(mut self, allowed: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.allowed = allowed.into_iter().map(Into::into).collect();
        self
    }

    /// Its short name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The beginning of the value it is about.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// Its sentence.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }
}

/// What a panic said.
#[must_use]
pub fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic without a message".to_owned())
}

/// The beginning of a text, so that an answer never grows with the question.
#[must_use]
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.0.status.as_u16(), self.0.code, self.0.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        let parts = &self.0;
        let json = serde_json::to_vec(&self.body()).expect("a problem is made of texts and a number");
        let mut response = HttpResponse::build(parts.status);
        for header in &parts.headers {
            response.insert_header(header.clone());
        }
        response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        response.body(json)
    }
}
