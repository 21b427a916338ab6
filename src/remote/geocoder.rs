//! The national geocoder, or another that answers as it does
//! ([description](https://geoservices.ign.fr/documentation/services/services-geoplateforme/geocodage), 2025): an address is asked
//! once, nothing of it is written or told, and who does not answer at once is left alone for a while.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::Url;
use serde_json::Value as Json;

use super::hop::ask;
use super::request::Limits;
use crate::domain::{AddressKind, CommuneCode, Degrees, Position};
use crate::ports::{AddressAsked, AddressTold, Geocoder};

/// A person waits for the page: without an answer by then it begins at the town.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// Largest answer that is read.
const MOST_BYTES: u64 = 256 << 10;
/// Questions at once; whoever comes when so many wait is answered without.
const AT_ONCE: usize = 8;
/// For so long nobody waits for a geocoder that failed.
const REST: Duration = Duration::from_secs(30);
/// Answers that are looked at.
const ANSWERS: &str = "5";

/// A geocoder at an address that the deployer named.
#[derive(Debug)]
pub struct NationalGeocoder {
    url: Url,
    host: String,
    /// Whom a failure is told.
    tell: fn(&str),
    waiting: AtomicUsize,
    rests_until: Mutex<Option<Instant>>,
}

impl NationalGeocoder {
    /// The geocoder whose search stands at `URL/search`.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn new(url: &str, tell: fn(&str)) -> Result<Self, String> {
        let url = Url::parse(&format!("{}/search", url.trim_end_matches('/'))).map_err(|error| error.to_string())?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let is_here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        if url.scheme() != "https" && !is_here {
            return Err("addresses of visitors leave this machine by https: alone".into());
        }
        Ok(Self { url, host, tell, waiting: AtomicUsize::new(0), rests_until: Mutex::new(None) })
    }

    fn question(&self, asked: &AddressAsked) -> Url {
        let mut url = self.url.clone();
        let mut pairs = url.query_pairs_mut();
        pairs.append_pair("q", &asked.text).append_pair("index", "address");
        pairs.append_pair("autocomplete", "0").append_pair("limit", ANSWERS);
        if let Some(code) = asked.code {
            pairs.append_pair("citycode", code.as_str());
        } else if let Some(postcode) = &asked.postcode {
            pairs.append_pair("postcode", postcode);
        }
        drop(pairs);
        url
    }

    fn rests(&self) -> bool {
        let until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }
}

impl Geocoder for NationalGeocoder {
    fn find(&self, asked: &AddressAsked) -> Vec<AddressTold> {
        if self.rests() {
            return Vec::new();
        }
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let limits =
            Limits { connect: PATIENCE, idle: PATIENCE, total: PATIENCE, bytes: MOST_BYTES, ..Limits::default() };
        let answer = if before < AT_ONCE { Some(ask(&self.question(asked), limits)) } else { None };
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        match answer {
            Some(Ok(bytes)) => told(&bytes),
            Some(Err(cause)) => {
                // The cause names hosts and statuses, never what was asked.
                (self.tell)(&format!("the geocoder {} is left alone for {} s: {cause}", self.host, REST.as_secs()));
                let mut until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
                *until = Some(Instant::now() + REST);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn host(&self) -> &str {
        &self.host
    }
}

/// The addresses of an answer; what is none, or cannot be read, is left out.
fn told(bytes: &[u8]) -> Vec<AddressTold> {
    let answer: Json = serde_json::from_slice(bytes).unwrap_or_default();
    answer["features"].as_array().into_iter().flatten().filter_map(address).collect()
}

fn address(feature: &Json) -> Option<AddressTold> {
    let of = &feature["properties"];
    let text = |name: &str| of[name].as_str().map(str::trim).filter(|text| !text.is_empty());
    let (kind, street) = match text("type")? {
        "housenumber" => (AddressKind::HouseNumber, text("street")?),
        "street" => (AddressKind::Street, text("street").or_else(|| text("name"))?),
        "locality" => (AddressKind::Place, text("name")?),
        _ => return None,
    };
    let at = |axis: usize| feature["geometry"]["coordinates"][axis].as_f64();
    let score = of["score"].as_f64().filter(|score| (0.0..=1.0).contains(score))?;
    Some(AddressTold {
        code: CommuneCode::parse(text("citycode")?)?,
        postcode: text("postcode").and_then(|code| code.parse().ok()),
        street: street.chars().take(MOST_LETTERS).collect(),
        number: text("housenumber").filter(|_| kind == AddressKind::HouseNumber).map(|n| n.chars().take(10).collect()),
        position: Position::in_france(Degrees { lon: at(0)?, lat: at(1)? }).ok()?,
        kind,
        score: (score * 100.0).round() as u8,
    })
}

/// No street has a longer name.
const MOST_LETTERS: usize = 120;

#[cfg(test)]
mod tests;
