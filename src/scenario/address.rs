//! A question as an address that can be shared.

use super::document::Document;
use crate::domain::need::Preset;
use crate::http::links::encoded;

/// Longest address that is given for sharing, in bytes; the door takes 8 KiB.
const LONGEST_ADDRESS: usize = 7 * 1024;
/// Most entries of a list in an address.
const MOST_LISTED: usize = 50;

/// The parameters of the API that say the same as a document whose choices are all said, as names and values.
#[must_use]
pub fn parameters(document: &Document, preset: &Preset) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    let short = document.close.len() <= MOST_LISTED && document.add.len() <= MOST_LISTED;
    if document.is_plain() && short {
        let places = document.add.iter().filter_map(|added| added.position.pair);
        let places: Vec<String> = places.map(|[lon, lat]| format!("{lon},{lat}")).collect();
        pairs.extend([("close", document.close.join(",")), ("add", places.join(";"))]);
    } else {
        pairs.push(("changes", document.without_choices().json()));
    }
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    pairs.extend([
        ("territory", text(&document.territory)),
        ("denominator", preset.id.to_owned()),
        ("mode", text(&document.mode)),
        ("threshold_min", document.threshold_min.map_or_else(String::new, |minutes| minutes.to_string())),
    ]);
    pairs.retain(|(_, value)| !value.is_empty());
    pairs
}

/// The address that asks the same, if it is short enough for every browser and proxy.
#[must_use]
pub fn address(document: &Document, base: &str, preset: &Preset) -> Option<String> {
    let escaped = |text: &str| encoded(text).replace("%2F", "/").replace("%2C", ",").replace("%3B", ";");
    let pairs = parameters(document, preset);
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    let address = format!("{base}/api/access/what-if?{}", pairs.join("&"));
    (address.len() <= LONGEST_ADDRESS).then_some(address)
}
