//! Descriptions of indicators.

use serde::Deserialize;

use super::FileFormat;

/// A ratio of sums of columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Columns added up above.
    pub numerator: Vec<String>,
    /// Columns added up below.
    #[serde(deserialize_with = "one_or_many")]
    pub denominator: Vec<String>,
    /// Factor: 100 for a percentage.
    pub scale: f64,
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(column) => vec![column],
        OneOrMany::Many(columns) => columns,
    })
}

/// One indicator: which column, which unit, which way is worse. Never how to compute.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorSource {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: String,
    /// A sentence.
    pub definition: String,
    /// Unit.
    pub unit: String,
    /// Digits after the decimal mark.
    #[serde(default)]
    pub decimals: u8,
    /// `higher` or `lower`.
    pub worse: String,
    /// Vintage.
    pub vintage: String,
    /// Publisher.
    pub publisher: String,
    /// Licence.
    pub licence: String,
    /// Official address.
    pub url: String,
    /// Whether the address has been tried.
    #[serde(default)]
    pub url_verified: bool,
    /// File under the cache.
    pub file: String,
    /// How it is written.
    pub format: FileFormat,
    /// Separator of a CSV file.
    #[serde(default)]
    pub separator: Option<char>,
    /// Decimal mark.
    #[serde(default)]
    pub decimal: Option<char>,
    /// Lines of prose above the header.
    #[serde(default)]
    pub skip_lines: usize,
    /// Column of the commune code.
    pub key: String,
    /// Column of the value, unless it is a ratio.
    #[serde(default)]
    pub value: Option<String>,
    /// Ratio of columns.
    #[serde(default)]
    pub ratio: Option<Ratio>,
    /// Markers of secrecy.
    #[serde(default)]
    pub suppressed: Vec<String>,
    /// Smallest possible value.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// Largest possible value.
    #[serde(default)]
    pub maximum: Option<f64>,
    /// `commune`, or `iris` when rows are parts of communes.
    #[serde(default)]
    pub level: Option<String>,
    /// Column that weighs the parts of a commune.
    #[serde(default)]
    pub weight: Option<String>,
}
