//! The manifest: what an edition is made of. It holds no clock, so that the same inputs give the same bytes.

use std::collections::BTreeMap;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::access::Mode;
use crate::atlas::{Check, CheckedDepartement, CheckedRegion, FileInfo, SourceInfo, TimesCheck};
use crate::domain::text::hexadecimal;
use crate::domain::{Indicator, Reading, Worse};
use crate::ingest::report::{Code, SourceReport};
use crate::ingest::source::{IndicatorSource, Source};

/// Version of the layout; a reader refuses any other.
pub const FORMAT: u32 = 9;

/// The manifest of an edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the layout.
    pub format: u32,
    /// Latest vintage among the venue lists, ISO.
    pub as_of: Option<String>,
    /// Whether its venues are fictitious.
    pub demonstration: bool,
    /// Vintage of territories and populations.
    pub territories_vintage: String,
    /// Name of the map that its roads were read from.
    pub roads: Option<String>,
    /// The method by which the build worked out its tables ([`crate::atlas::sealed::METHOD`]).
    pub method: u32,
    /// What must be told of its travel times, in French.
    pub travel_times: String,
    /// Files with their checksums.
    pub files: Vec<ManifestFile>,
    /// Sources and counts.
    pub sources: Vec<ManifestSource>,
    /// Definitions of the indicators.
    pub indicators: Vec<ManifestIndicator>,
    /// Comparisons with indicators that may not be published.
    #[serde(default)]
    pub checks: Vec<ManifestCheck>,
    /// Our estimate of travel times beside published tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<ManifestTimes>,
}

/// One table of times: what it is, and what was found, département by département.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of atlas::TimesCheck")]
pub struct ManifestTimes {
    pub id: String,
    pub source: String,
    pub mode: String,
    pub france_services: bool,
    /// Code, name, communes, median of the differences and of their sizes in minutes, correlation of ranks.
    pub departements: Vec<(String, String, u32, f64, f64, Option<f64>)>,
}

impl ManifestTimes {
    /// A comparison, to be written.
    #[must_use]
    pub fn of(check: TimesCheck) -> Self {
        let TimesCheck { id, source, mode, france_services, departements } = check;
        let line = |d: CheckedDepartement| (d.code, d.name, d.communes, d.longer, d.apart, d.ranks);
        let departements = departements.into_iter().map(line).collect();
        Self { id, source, mode: mode.name().into(), france_services, departements }
    }

    /// The comparison as the atlas shows it; `None` when the mode is unknown to this program.
    #[must_use]
    pub fn check(self) -> Option<TimesCheck> {
        let Self { id, source, mode, france_services, departements } = self;
        let line = |(code, name, communes, longer, apart, ranks)| CheckedDepartement {
            code,
            name,
            communes,
            longer,
            apart,
            ranks,
        };
        let departements = departements.into_iter().map(line).collect();
        Some(TimesCheck { id, source, mode: Mode::from_name(&mode)?, france_services, departements })
    }
}

/// One comparison: the name of the indicator, the régions compared, and those that could not be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of atlas::Check")]
pub struct ManifestCheck {
    pub id: String,
    /// Name, communes, correlation with our index and with our share of persons in need.
    pub regions: Vec<(String, u32, Option<f64>, Option<f64>)>,
    pub without: Vec<String>,
}

impl ManifestCheck {
    /// A comparison, to be written.
    #[must_use]
    pub fn of(check: Check) -> Self {
        let regions = check.regions.into_iter().map(|r| (r.name, r.communes, r.index, r.need)).collect();
        Self { id: check.id, regions, without: check.without }
    }

    /// The comparison as the atlas shows it.
    #[must_use]
    pub fn check(self) -> Check {
        let region = |(name, communes, index, need)| CheckedRegion { name, communes, index, need };
        Check { id: self.id, regions: self.regions.into_iter().map(region).collect(), without: self.without }
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Name.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
    /// Rows.
    pub rows: Option<u64>,
}

/// One source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of atlas::SourceInfo")]
pub struct ManifestSource {
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub licence: String,
    pub vintage: String,
    pub url: String,
    pub url_verified: bool,
    pub role: String,
    pub file: String,
    pub present: bool,
    pub sha256: Option<String>,
    /// Why the file of the cache was not read: a code of the report. When `present`, the file of the edition before,
    /// whose checksum this is, was read instead.
    #[serde(default)]
    pub refused: Option<String>,
    pub rows_read: u64,
    pub published: u64,
    pub quarantined: u64,
    pub merged: u64,
    pub blank: u64,
    pub warnings: Vec<(String, u64)>,
}

/// One indicator, without its readings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of domain::Indicator")]
pub struct ManifestIndicator {
    pub id: String,
    pub title: String,
    pub definition: String,
    pub unit: String,
    pub decimals: u8,
    pub worse_when_higher: bool,
    pub source: String,
    pub vintage: String,
}

impl ManifestIndicator {
    /// The definition of an indicator.
    #[must_use]
    pub fn of(indicator: &Indicator) -> Self {
        let Indicator { id, title, definition, unit, decimals, worse, source, vintage, .. } = indicator.clone();
        Self { id, title, definition, unit, decimals, worse_when_higher: worse == Worse::Higher, source, vintage }
    }

    /// The indicator with its readings.
    #[must_use]
    pub fn with(self, readings: Vec<Reading>) -> Indicator {
        let Self { id, title, definition, unit, decimals, worse_when_higher, source, vintage } = self;
        let worse = if worse_when_higher { Worse::Higher } else { Worse::Lower };
        Indicator {
            id,
            title,
            definition,
            unit,
            decimals,
            worse,
            source,
            vintage,
            readings: readings.into(),
            districts: BTreeMap::new(),
        }
    }
}

impl ManifestSource {
    /// The source as the atlas shows it.
    #[must_use]
    pub fn info(self) -> SourceInfo {
        SourceInfo {
            id: self.id,
            title: self.title,
            publisher: self.publisher,
            licence: self.licence,
            vintage: self.vintage,
            url: self.url,
            role: self.role,
            file: self.file,
            present: self.present,
            refused: self.refused,
            rows_read: self.rows_read,
            published: self.published,
            quarantined: self.quarantined,
            merged: self.merged,
            blank: self.blank,
            warnings: self.warnings,
        }
    }
}

impl ManifestSource {
    /// A source of places whose file was not there.
    #[must_use]
    pub fn of_source(source: &Source) -> Self {
        Self {
            id: source.id.clone(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            licence: source.licence.clone(),
            vintage: source.vintage.clone(),
            url: source.url.clone(),
            url_verified: source.url_verified,
            role: source.role.name().into(),
            file: source.file.clone(),
            ..Self::default()
        }
    }

    /// An indicator as a source, whose file was not there.
    #[must_use]
    pub fn of_indicator(description: &IndicatorSource) -> Self {
        Self {
            id: description.id.clone(),
            title: description.title.clone(),
            publisher: description.publisher.clone(),
            licence: description.licence.clone(),
            vintage: description.vintage.clone(),
            url: description.url.clone(),
            url_verified: description.url_verified,
            role: if description.is_open() { "indicators" } else { "checks" }.into(),
            file: description.file.clone(),
            ..Self::default()
        }
    }

    /// A file of the Base adresse nationale.
    #[must_use]
    pub fn of_addresses(file: &str) -> Self {
        Self {
            id: "ban".into(),
            title: format!("Base adresse nationale ({file})"),
            publisher: "Communes, ANCT, IGN".into(),
            licence: "Licence Ouverte 2.0".into(),
            vintage: "date inconnue".into(),
            url: "https://adresse.data.gouv.fr/".into(),
            role: "addresses".into(),
            file: file.into(),
            ..Self::default()
        }
    }

    /// The source with what became of its rows. `sha256` is that of the bytes that were read: `None` when none were.
    #[must_use]
    pub fn read(mut self, report: &SourceReport, sha256: Option<String>, refused: Option<Code>) -> Self {
        self.present = sha256.is_some();
        self.sha256 = sha256;
        self.refused = refused.map(|code| code.to_string());
        self.rows_read = report.rows_read;
        self.published = report.published;
        self.quarantined = report.quarantined;
        self.merged = report.merged;
        self.blank = report.blank;
        let totals = report.errors.iter().chain(&report.warnings);
        self.warnings = totals.map(|(code, total)| (code.to_string(), *total)).collect();
        self.warnings.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        self
    }
}

impl From<ManifestFile> for FileInfo {
    fn from(file: ManifestFile) -> Self {
        Self { name: file.name, sha256: file.sha256, bytes: file.bytes, rows: file.rows }
    }
}

/// SHA-256 as hexadecimal text.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// SHA-256 and length of a file or of what was read of one, piece by piece.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(mut file: impl Read) -> io::Result<(String, u64)> {
    let mut digest = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    let mut length = 0;
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok((hexadecimal(&digest.finalize()), length)),
            Ok(read) => {
                digest.update(&piece[..read]);
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The id of the edition whose manifest has these bytes.
#[must_use]
pub fn edition_id(manifest: &[u8]) -> String {
    sha256(manifest)[..16].to_owned()
}

/// Whether a name is written as ids of editions are.
#[must_use]
pub fn is_id(name: &str) -> bool {
    name.len() == 16 && name.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}
