//! The id of a request, by which its line in the log is found: that of a proxy we trust, else one of ours.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// The header that names it, in requests of proxies and in every answer.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id of a proxy.
const LONGEST: usize = 64;

/// What begins our ids: made of chance, so that those of two instances or of two starts differ.
static INSTANCE: LazyLock<u32> = LazyLock::new(|| getrandom::u32().unwrap_or_else(|_| std::process::id()));
static NEXT: AtomicU64 = AtomicU64::new(0);

/// The id of a request, as it goes into the log and the answer.
#[must_use]
pub fn of(headers: &HeaderMap, from_a_trusted_proxy: bool) -> HeaderValue {
    let given = headers.get(HEADER).filter(|_| from_a_trusted_proxy).filter(|value| is_plain(value.as_bytes()));
    given.cloned().unwrap_or_else(made)
}

fn made() -> HeaderValue {
    let id = format!("{:08x}-{:x}", *INSTANCE, NEXT.fetch_add(1, Ordering::Relaxed));
    HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("-"))
}

/// Whether an id can stand in a line of the log as it is.
fn is_plain(id: &[u8]) -> bool {
    (1..=LONGEST).contains(&id.len()) && id.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_plain_id_of_a_trusted_proxy_is_taken() {
        let with = |id: &str| HeaderMap::from_iter([(HEADER, HeaderValue::from_str(id).unwrap())]);
        assert_eq!(of(&with("a1-B2_c.3"), true), "a1-B2_c.3");
        for (id, trusted) in [("a1", false), ("", true), ("a b", true), ("a\"b", true), (&*"x".repeat(65), true)] {
            let made = of(&with(id), trusted);
            assert!(made.to_str().unwrap().starts_with(&format!("{:08x}-", *INSTANCE)), "{id}");
        }
        assert_ne!(of(&HeaderMap::new(), true), of(&HeaderMap::new(), true));
    }
}
