//! Scenarios as they travel: what is read from a body, and what is answered.

use chrono::NaiveDateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ports::Scenario;
use crate::scenario::document::Document;

/// What somebody wants to keep.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Title.
    pub title: String,
    /// `private` unless said otherwise.
    pub visibility: Option<String>,
    /// What changes, and what is looked at.
    pub scenario: Document,
}

/// The tag of a version.
pub(crate) fn tag(version: u32) -> String {
    format!("\"v{version}\"")
}

/// One line of a list. Nothing of the owner is ever answered.
pub(crate) fn line(scenario: &Scenario) -> Value {
    json!({
        "id": scenario.id.as_str(),
        "title": scenario.content.title,
        "territory": scenario.content.territory,
        "visibility": scenario.content.visibility.name(),
        "version": scenario.version,
        "created": instant(scenario.created),
        "updated": instant(scenario.updated),
    })
}

/// A scenario with its document.
pub(crate) fn whole(scenario: &Scenario) -> Value {
    let mut told = line(scenario);
    told["scenario"] = serde_json::from_str(&scenario.content.document).unwrap_or(Value::Null);
    told["page"] = format!("/et-si?scenario={}", scenario.id.as_str()).into();
    told
}

/// RFC 3339, to the second, in UTC.
fn instant(instant: NaiveDateTime) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
