//! Descriptions of indicators.

use serde::Deserialize;

use super::check::{self, Description, Fault, is_open};
use super::{Announced, FileFormat};
use crate::access::Mode;

/// Which way an indicator is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorseWhen {
    /// The higher, the worse.
    Higher,
    /// The lower, the worse.
    Lower,
}

/// What a row of an indicator is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorLevel {
    /// A commune, of today or before.
    #[default]
    Commune,
    /// A part of a commune, whose code begins with that of the commune.
    Iris,
}

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

/// The rows that are read, of a table about several things: those with this text in this column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Column.
    pub column: String,
    /// Text of the rows that are wanted.
    pub is: String,
}

/// What the minutes of a table of times lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facility {
    /// The nearest venue of the edition.
    AnyVenue,
    /// The nearest France services.
    FranceServices,
}

/// That the values are minutes of travel, which somebody else worked out: our estimate is held against them.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// Where to.
    pub to: Facility,
    /// How: `car`, `bicycle`, `walk`.
    #[serde(deserialize_with = "mode")]
    pub mode: Mode,
}

fn mode<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Mode, D::Error> {
    let text = String::deserialize(deserializer)?;
    let expected = || Mode::ALL.map(Mode::name).join(", ");
    Mode::from_name(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}`, expected one of {}", expected())))
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
    pub worse: WorseWhen,
    /// Vintage: a year, a month or a day.
    #[serde(deserialize_with = "check::year_or_day")]
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
    #[serde(deserialize_with = "check::file_of_the_cache")]
    pub file: String,
    /// How it is written.
    pub format: FileFormat,
    /// Separator of a CSV file.
    #[serde(default, deserialize_with = "check::separator")]
    pub separator: Option<char>,
    /// Decimal mark.
    #[serde(default, deserialize_with = "check::decimal_mark")]
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
    pub level: IndicatorLevel,
    /// Rows that are read; all of them unless said.
    #[serde(default)]
    pub rows: Option<Rows>,
    /// Minutes that our estimate is held against.
    #[serde(default)]
    pub minutes: Option<Minutes>,
    /// Column that weighs the parts of a commune.
    #[serde(default)]
    pub weight: Option<String>,
    /// SHA-256 of the file, when its publisher gives it.
    #[serde(default, deserialize_with = "check::hex::<64, _>")]
    pub sha256: Option<String>,
    /// SHA-1 of the file, as data.gouv.fr gives it.
    #[serde(default, deserialize_with = "check::hex::<40, _>")]
    pub sha1: Option<String>,
    /// Size of the file in bytes, when its publisher gives it.
    #[serde(default)]
    pub size: Option<u64>,
}

impl IndicatorSource {
    /// What the publisher says of the bytes.
    #[must_use]
    pub fn announced(&self) -> Announced {
        Announced { size: self.size, sha256: self.sha256.clone(), sha1: self.sha1.clone() }
    }

    /// Whether its values may be published. One whose terms are not open serves to check ours, and is shown nowhere.
    #[must_use]
    pub fn is_open(&self) -> bool {
        is_open(&self.licence)
    }
}

impl Description for IndicatorSource {
    fn id(&self) -> &str {
        &self.id
    }

    fn check(&self) -> Result<(), Fault> {
        if self.value.is_some() == self.ratio.is_some() {
            return Err(Fault::new("value", "expected either a value or a ratio, and not both"));
        }
        if let (Some(minimum), Some(maximum)) = (self.minimum, self.maximum)
            && minimum >= maximum
        {
            return Err(Fault::new("minimum", format!("{minimum} is not below the maximum, {maximum}")));
        }
        for (key, bound) in [("minimum", self.minimum), ("maximum", self.maximum)] {
            if bound.is_some_and(|bound| !bound.is_finite()) {
                return Err(Fault::new(key, "expected a finite number"));
            }
        }
        if let Some(ratio) = &self.ratio {
            if !(ratio.scale.is_finite() && ratio.scale > 0.0) {
                return Err(Fault::new("ratio", format!("scale is {}, expected a number above 0", ratio.scale)));
            }
            if ratio.numerator.is_empty() || ratio.denominator.is_empty() {
                return Err(Fault::new("ratio", "expected at least one column above and one below"));
            }
        }
        Ok(())
    }
}
