//! Requests that may be repeated: with `Idempotency-Key`, the same request is done once and answered alike, for a day
//! (draft-ietf-httpapi-idempotency-key-header-07).

mod memory;
mod seal;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, rt};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::asked::bearer;
use crate::http::State;
use crate::http::problem::Problem;
use crate::ports::{Keyed, OnceStore, Repeated};
use crate::shares::secret::Secret;

use memory::Memory;

/// The header by which a client names a request.
pub const HEADER: &str = "idempotency-key";
/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key, in characters.
const LONGEST: usize = 255;
/// Longest answer that is kept, in bytes; what is longer is asked for anew.
const LONGEST_ANSWER: usize = 64 * 1024;
/// Headers that are kept with an answer.
const KEPT: [HeaderName; 4] = [LOCATION, CONTENT_TYPE, CACHE_CONTROL, ETAG];

/// What a handler does.
pub type Work = Pin<Box<dyn Future<Output = Result<HttpResponse, Problem>>>>;

/// Does the work of a request, unless the key it bears was answered before. The work goes on to its end even when nobody waits
/// for it any more: whoever repeats the request finds its answer.
///
/// # Errors
/// 400 for a key that is none, 422 for one that was used for another request, 409 while the first one is under way, 503, and
/// those of the work.
pub async fn once(request: &HttpRequest, state: &State, body: &Bytes, work: Work) -> Result<HttpResponse, Problem> {
    let Some(key) = key(request.headers())? else { return work.await };
    let (store, secret): (Arc<dyn OnceStore>, Secret) = match (&state.process.once, state.secret().await) {
        (Some(store), Ok(Some(secret))) => (store.clone(), secret),
        (Some(_), Err(error)) => return Err(super::problem(state, request, error)),
        _ => {
            let memory = state.process.kept::<Memory>();
            (Arc::new(memory.clone()), memory.secret())
        }
    };
    let owner = match bearer(request) {
        Some(token) => secret.digest(&[b"token", token.as_str().as_bytes()]),
        None => secret.digest(&[b"address", &state.visitor().bytes()]),
    };
    let (method, path) = (request.method().as_str().as_bytes(), request.path().as_bytes());
    let id = secret.digest(&[owner.as_bytes(), method, path, key.as_bytes()]);
    let kind = request.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let print = Sha256::new().chain_update(request.query_string()).chain_update([0]).chain_update(kind);
    let print = format!("{:x}", print.chain_update([0]).chain_update(body).finalize());
    let keyed = Keyed { id: id.clone(), owner, print };
    let told = |error| super::problem(state, request, error);
    match store.begin_once(keyed).await.map_err(told)? {
        Repeated::Answered(sealed) => {
            let text = seal::open(&key, &sealed).ok_or_else(|| state.incident(HEADER, "a kept answer is damaged"))?;
            restored(&text).ok_or_else(|| state.incident(HEADER, "a kept answer cannot be read"))
        }
        Repeated::OtherRequest => {
            let detail = "this Idempotency-Key was used for another request; make a new key for each";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key-reused", detail))
        }
        Repeated::UnderWay => {
            let detail = "the request with this Idempotency-Key is still being answered; ask again in a moment";
            let problem = Problem::new(StatusCode::CONFLICT, "request-under-way", detail);
            Err(problem.with_header(RETRY_AFTER, HeaderValue::from_static("1")))
        }
        Repeated::First => {
            let done = rt::spawn(finished(store, id, key, work));
            done.await.unwrap_or_else(|lost| Err(state.incident(HEADER, &lost.to_string())))
        }
    }
}

/// Works, and keeps what was answered; what went wrong may be tried again with the same key.
async fn finished(store: Arc<dyn OnceStore>, id: String, key: String, work: Work) -> Result<HttpResponse, Problem> {
    let answered = work.await;
    let kept = match answered {
        Ok(response) if response.status().is_success() => {
            let (head, body) = response.into_parts();
            let Ok(body) = to_bytes(body).await else { return Err(Problem::too_long()) };
            let text = (body.len() <= LONGEST_ANSWER).then(|| kept(head.status(), head.headers(), &body)).flatten();
            (Ok(head.set_body(body).map_into_boxed_body()), text)
        }
        other => (other, None),
    };
    let (answer, text) = kept;
    // When it cannot be kept, whoever repeats the request is told to wait for a minute, and then does it again.
    let _ = match text.and_then(|text| seal::close(&key, &text)) {
        Some(sealed) => store.keep_once(id, sealed).await,
        None => store.take_back_once(id).await,
    };
    answer
}

/// The key of a request: a string of RFC 8941, or its characters without quotes.
fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut given = headers.get_all(HEADER);
    let Some(value) = given.next() else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let plain = bare.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b','));
    if bare.is_empty() || bare.len() > LONGEST || !plain || given.next().is_some() {
        let detail = format!("Idempotency-Key takes one text of 1 to {LONGEST} plain characters, such as a UUID");
        return Err(Problem::parameter("invalid-idempotency-key", "Idempotency-Key", text, detail));
    }
    Ok(Some(bare.to_owned()))
}

fn kept(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let body = std::str::from_utf8(body).ok()?;
    let of = |name: &HeaderName| Some(json!([name.as_str(), headers.get(name)?.to_str().ok()?]));
    let headers: Vec<Value> = KEPT.iter().filter_map(of).collect();
    Some(json!([status.as_u16(), headers, body]).to_string())
}

fn restored(text: &str) -> Option<HttpResponse> {
    let (status, headers, body): (u16, Vec<(String, String)>, String) = serde_json::from_str(text).ok()?;
    let mut response = HttpResponse::build(StatusCode::from_u16(status).ok()?);
    for header in headers {
        response.insert_header(header);
    }
    response.insert_header((REPLAYED, "true"));
    Some(response.body(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<String>, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static(HEADER), HeaderValue::from_str(text).unwrap());
        key(&headers)
    }

    #[test]
    fn a_key_is_a_string_with_or_without_its_quotes() {
        let id = "8e03978e-40d5-43e8-bc93-6894a57f9324";
        assert_eq!(read(&format!("\"{id}\"")).unwrap().as_deref(), Some(id));
        assert_eq!(read(id).unwrap().as_deref(), Some(id));
        for bad in ["", "\"\"", "\"a", "a\"b", "a,b", "é", &"a".repeat(256)] {
            assert_eq!(read(bad).unwrap_err().code(), "invalid-idempotency-key", "{bad}");
        }
        assert_eq!(key(&HeaderMap::new()).unwrap(), None);
    }
}
