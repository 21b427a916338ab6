//! What a request about a scenario says: whose token, which id, which version, what content.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderValue, IF_MATCH, WWW_AUTHENTICATE};

use super::token::{PREFIX, Token};
use super::wire::Written;
use crate::atlas::Atlas;
use crate::http::endpoint::Endpoint;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::ports::{Content, Expected, ScenarioId, Visibility};
use crate::scenario::changing;
use crate::scenario::resolve;

/// Name of the 404 of scenarios.
pub(super) const NOT_THERE: &str = "no-scenario";

/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 120;

/// Reads the query. A token does not belong there: addresses are logged by proxies and kept by browsers.
pub(crate) fn query(request: &HttpRequest, endpoint: &Endpoint) -> Result<Query, Problem> {
    if request.query_string().contains(PREFIX) {
        let detail = "a token goes in the header Authorization, never in an address; this one should be given up";
        return Err(Problem::new(StatusCode::BAD_REQUEST, "token-in-address", detail));
    }
    endpoint.query(request)
}

/// The id in the path. One that no id looks like is not there.
pub(crate) fn id(text: &str) -> Result<ScenarioId, Problem> {
    ScenarioId::parse(text).ok_or_else(not_there)
}

/// 404, whether it never was, was deleted, or is another's.
pub(crate) fn not_there() -> Problem {
    Problem::not_found(NOT_THERE, "there is no such scenario, or it is not yours to see")
}

/// The token of `Authorization: Bearer`, if there is one.
pub(crate) fn bearer(request: &HttpRequest) -> Option<Token> {
    let text = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::given(token.trim()))?
}

/// The token, without which nothing is changed.
pub(crate) fn required(request: &HttpRequest) -> Result<Token, Problem> {
    bearer(request)
        .ok_or_else(|| unauthorized("missing-token", "give the token of this scenario: Authorization: Bearer"))
}

/// 401.
pub(crate) fn unauthorized(code: &'static str, detail: &str) -> Problem {
    let problem = Problem::new(StatusCode::UNAUTHORIZED, code, detail);
    problem.with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

/// 428: who saves must say which version they saw.
pub(crate) fn unconditional() -> Problem {
    let detail = "say which version you read: If-Match, with its ETag";
    Problem::new(StatusCode::PRECONDITION_REQUIRED, "missing-if-match", detail)
}

/// The version of `If-Match`.
pub(crate) fn if_match(request: &HttpRequest) -> Result<Option<Expected>, Problem> {
    let Some(value) = request.headers().get(IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    expected(text).map(Some).ok_or_else(|| {
        let detail = "If-Match takes one ETag of this scenario, such as \"v3\", or *";
        Problem::new(StatusCode::BAD_REQUEST, "invalid-if-match", detail)
    })
}

/// `"v3"`, also with the coding that was added to it (`"v3-gzip"`); `*` is any.
#[must_use]
pub fn expected(text: &str) -> Option<Expected> {
    if text == "*" {
        return Some(Expected::Any);
    }
    let tag = text.strip_prefix('"')?.strip_suffix('"')?.strip_prefix('v')?;
    let digits = tag.split('-').next()?;
    let plain = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok().map(Expected::Version))?
}

/// Checks what somebody wrote against this edition, and says it in full.
///
/// # Errors
/// 400 or 404 naming the member that cannot be kept.
pub fn content(written: Written, atlas: &Atlas) -> Result<Content, Problem> {
    let title = written.title.trim();
    if title.is_empty() || title.chars().count() > LONGEST_TITLE || title.chars().any(char::is_control) {
        let detail = format!("a title has 1 to {LONGEST_TITLE} characters, none of them a control character");
        return Err(Problem::parameter("invalid-text", "title", title, detail));
    }
    let visibility = match written.visibility.as_deref() {
        None => Visibility::Private,
        Some(text) => Visibility::from_name(text).ok_or_else(|| {
            let problem = Problem::parameter("unknown-value", "visibility", text, "there is no such visibility");
            problem.allowing(Visibility::ALL.map(Visibility::name))
        })?,
    };
    let question = changing(resolve(written.scenario, atlas)?)?;
    Ok(Content {
        title: title.to_owned(),
        territory: question.place.path(),
        document: question.document.json(),
        visibility,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_version_whatever_coding_was_added() {
        assert_eq!(expected("\"v12\""), Some(Expected::Version(12)));
        assert_eq!(expected("\"v12-gzip\""), Some(Expected::Version(12)));
        assert_eq!(expected("*"), Some(Expected::Any));
        for bad in ["v12", "\"12\"", "W/\"v12\"", "\"v\"", "\"v-1\"", "\"v1\", \"v2\"", "\"v9999999999\"", ""] {
            assert_eq!(expected(bad), None, "{bad}");
        }
    }
}
