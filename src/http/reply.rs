//! Answers that depend on nothing but the edition and the address: a strong `ETag`, and 304 to those who have it.

use actix_web::body::MessageBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use super::State;

/// `GeoJSON` (RFC 7946).
pub const GEOJSON: &str = "application/geo+json";
/// JSON.
pub const JSON: &str = "application/json";
/// Mapbox vector tiles.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";

/// Data may be kept, but must be checked against the edition before it is shown again.
const REVALIDATE: &str = "no-cache";
/// An address that names the edition never changes its content.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Fingerprint of the program: its sources, their dependencies and the compiler (`build.rs`).
pub const BUILD: &str = env!("MEDIANE_BUILD");

/// Most entity tags read from one `If-None-Match`.
const MOST_TAGS: usize = 64;

/// The strong validator of one representation.
#[derive(Debug, Clone)]
pub struct Tag {
    bare: String,
    cache: &'static str,
}

impl Tag {
    /// The tag of this address in this edition, as this version of the program writes it. `extra` is whatever else the
    /// bytes depend on.
    #[must_use]
    pub fn of(request: &HttpRequest, state: &State, extra: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [BUILD, request.path(), request.query_string(), extra] {
            hash.update(part);
            hash.update([0]);
        }
        Self::of_hash(state, hash)
    }

    /// The tag of a page, which depends on more than its address: that of its content.
    pub(super) fn of_page(state: &State, content: &[u8]) -> Self {
        Self::of_hash(state, Sha256::new().chain_update(BUILD).chain_update(content))
    }

    fn of_hash(state: &State, hash: Sha256) -> Self {
        let digest = hash.finalize();
        let short = digest[..8].iter().fold(0_u64, |short, byte| short << 8 | u64::from(*byte));
        Self { bare: format!("{}-{short:016x}", state.id()), cache: REVALIDATE }
    }

    /// The tag without quotes: names the bytes.
    pub(super) fn bare(&self) -> &str {
        &self.bare
    }

    /// Puts the tag on an answer that is already written.
    pub(super) fn mark(&self, headers: &mut header::HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(&format!("\"{}\"", self.bare)) {
            headers.insert(header::ETAG, value);
        }
    }

    /// For addresses that may name the edition: one that names it by its id may be kept for ever.
    #[must_use]
    pub fn keeping(mut self, edition: Option<&str>, state: &State) -> Self {
        self.cache = Self::cache_of(edition, state);
        self
    }

    /// How long an answer may be kept whose address names this edition, or none.
    #[must_use]
    pub fn cache_of(edition: Option<&str>, state: &State) -> &'static str {
        if edition == Some(state.id()) { FOREVER } else { REVALIDATE }
    }

    /// 304 when the visitor already holds this representation, compressed or not.
    #[must_use]
    pub fn not_modified(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let held = request.headers().get(header::IF_NONE_MATCH)?.to_str().ok()?;
        let same = held.split(',').take(MOST_TAGS).map(str::trim).find(|tag| self.names(tag))?;
        let etag = if same == "*" { format!("\"{}\"", self.bare) } else { same.trim_start_matches("W/").to_owned() };
        let mut response = HttpResponse::NotModified();
        Some(response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, self.cache)).finish())
    }

    fn names(&self, tag: &str) -> bool {
        let quoted = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        let suffix = quoted.and_then(|quoted| quoted.strip_prefix(self.bare.as_str()));
        tag == "*" || suffix.is_some_and(|encoding| encoding.is_empty() || encoding.starts_with('-'))
    }

    /// 200 with these bytes.
    #[must_use]
    pub fn answer(&self, content_type: &'static str, body: impl MessageBody + 'static) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, content_type))
            .insert_header((header::ETAG, format!("\"{}\"", self.bare)))
            .insert_header((header::CACHE_CONTROL, self.cache))
            .body(body)
    }

    /// 204: there is nothing here, and that too stays so for the edition.
    #[must_use]
    pub fn nothing(&self) -> HttpResponse {
        HttpResponse::NoContent()
            .insert_header((header::ETAG, format!("\"{}\"", self.bare)))
            .insert_header((header::CACHE_CONTROL, self.cache))
            .finish()
    }
}

/// Names the coding of an answer in its tag: the same content compressed is another representation, so it gets another
/// strong tag, `"…-gzip"`. `identity` is what a body is anyway, and goes unsaid.
pub fn settle_encoding(headers: &mut header::HeaderMap) {
    let Some(encoding) = headers.get(header::CONTENT_ENCODING).and_then(|value| value.to_str().ok()) else { return };
    if encoding == "identity" {
        headers.remove(header::CONTENT_ENCODING);
        return;
    }
    let Some(etag) = headers.get(header::ETAG).and_then(|value| value.to_str().ok()) else { return };
    let Some(open) = etag.strip_suffix('"') else { return };
    if let Ok(value) = HeaderValue::from_str(&format!("{open}-{encoding}\"")) {
        headers.insert(header::ETAG, value);
    }
}
