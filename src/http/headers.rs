//! The headers every answer wears: what a browser may do with it, and who may read it.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_SECURITY_POLICY, CROSS_ORIGIN_OPENER_POLICY,
    CROSS_ORIGIN_RESOURCE_POLICY, HeaderMap, HeaderName, HeaderValue, PERMISSIONS_POLICY, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, VARY, X_CONTENT_TYPE_OPTIONS,
};

/// Who reads an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Pages, styles and scripts: a browser shows them, from our origin only.
    Browsers,
    /// Data: any program on any site may read it, and nothing in it may ever run.
    Machines,
}

impl Audience {
    /// Data lives under a few prefixes; all the rest is for browsers.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let machines = ["/api/", "/ogc", "/tiles/", "/layers/", "/health/", "/catalog.jsonld"]
            .iter()
            .any(|root| path.starts_with(root));
        if machines { Self::Machines } else { Self::Browsers }
    }
}

const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
const PERMISSIONS: &str = "geolocation=(self), camera=(), microphone=(), payment=()";

/// Puts the security headers on an answer. A policy that a page chose for itself stays, and so does who may read a file.
pub fn secure(headers: &mut HeaderMap, audience: Audience) {
    // What is for the holder of a token alone is not to be handed on by a cache that stands between.
    let by_token = headers.get_all(VARY).any(|value| value.as_bytes() == b"Authorization");
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(PERMISSIONS_POLICY, PERMISSIONS);
    set(CROSS_ORIGIN_OPENER_POLICY, "same-origin");
    match audience {
        Audience::Machines => {
            set(CONTENT_SECURITY_POLICY, DATA_POLICY);
            set(CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin");
            set(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            set(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                "ETag, Link, Retry-After, Content-Disposition, Mediane-Edition, Mediane-Parameters",
            );
            set(VARY, if by_token { "Accept, Accept-Encoding, Authorization" } else { "Accept, Accept-Encoding" });
        }
        Audience::Browsers => {
            if !headers.contains_key(CROSS_ORIGIN_RESOURCE_POLICY) {
                headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
            }
            if !headers.contains_key(CONTENT_SECURITY_POLICY) {
                headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
            }
        }
    }
}

/// The policy of a page that these origins may show inside theirs; `own` is the one that it chose for itself.
#[must_use]
pub fn embedded_by(origins: &[String], own: Option<&HeaderValue>) -> Option<HeaderValue> {
    let ancestors = format!("frame-ancestors {}", origins.join(" "));
    let own = own.and_then(|own| own.to_str().ok()).unwrap_or(PAGE_POLICY);
    HeaderValue::from_str(&own.replace("frame-ancestors 'none'", &ancestors)).ok()
}

/// The policy of a page whose scripts may ask one more origin for data, and nothing else.
#[must_use]
pub fn asking(origin: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&PAGE_POLICY.replace("connect-src 'self'", &format!("connect-src 'self' {origin}"))).ok()
}

/// Tells browsers to come back over TLS only. For deployments whose public address is `https`: over plain HTTP the
/// header must not be sent (RFC 6797, 7.2).
pub fn strict_transport(headers: &mut HeaderMap) {
    headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
}
