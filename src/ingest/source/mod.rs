//! Descriptions of sources and indicators: one TOML file each, under `data/sources` and `data/indicators`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::vocabulary::Programme;

mod indicator;

pub use indicator::{IndicatorSource, Ratio};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A current list of venues.
    Venues,
    /// An earlier list of venues: history.
    PastVenues,
    /// Places that could host help.
    Candidates,
    /// Posts of conseillers.
    Posts,
    /// Hubs.
    Hubs,
    /// Cells of a grid: where in their communes people live.
    Grid,
}

impl Role {
    /// The spelling of the TOML files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Venues => "venues",
            Self::PastVenues => "past-venues",
            Self::Candidates => "candidates",
            Self::Posts => "posts",
            Self::Hubs => "hubs",
            Self::Grid => "grid",
        }
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileFormat {
    /// Separated values.
    Csv,
    /// A list of objects.
    Json,
    /// A feature collection.
    Geojson,
    /// Apache Parquet.
    Parquet,
}

/// Which reader understands the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// National standard, current names.
    StandardV1,
    /// National standard before 2023; the reader accepts both in one file, since publishers mix them.
    StandardV0,
    /// List of the structures of France services.
    FranceServices,
    /// Bourgogne-Franche-Comté, a schema of its own.
    BourgogneFrancheComte,
    /// Structures of Aidants Connect.
    AidantsConnect,
    /// A raw survey described by rules.
    Survey,
    /// Posts of conseillers numériques.
    ConseillersPosts,
    /// Public libraries.
    Libraries,
    /// Hubs territoriaux.
    Hubs,
    /// Cells of Filosofi, INSEE.
    Filosofi,
}

/// One rule of a survey: when one of `columns` contains one of `terms`, the `field` gets `value`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Field of the standard.
    pub field: String,
    /// Columns to look in.
    pub columns: Vec<String>,
    /// Texts to look for; absent means any text at all.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Texts that forbid the value.
    #[serde(default)]
    pub except: Vec<String>,
    /// Value of the standard.
    pub value: String,
}

/// One source of places.
#[allow(clippy::struct_excessive_bools, reason = "switches of a description")]
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Licence.
    pub licence: String,
    /// ISO day of the content.
    pub vintage: String,
    /// Official address.
    pub url: String,
    /// Whether the address has been tried.
    #[serde(default)]
    pub url_verified: bool,
    /// File under the cache.
    pub file: String,
    /// What it is for.
    pub role: Role,
    /// How it is written.
    pub format: FileFormat,
    /// Separator of a CSV file.
    #[serde(default)]
    pub separator: Option<char>,
    /// Which reader understands the rows.
    pub profile: Profile,
    /// When one place is in several lists, the smaller number wins.
    #[serde(default = "last")]
    pub priority: u32,
    /// Whether its venues are fictitious.
    #[serde(default)]
    pub demonstration: bool,
    /// Lines of prose above the header.
    #[serde(default)]
    pub skip_lines: usize,
    /// Columns that together identify a record; `["id"]` unless told.
    #[serde(default)]
    pub key: Vec<String>,
    /// `EPSG:2154` when the coordinates are Lambert-93 metres; degrees otherwise.
    #[serde(default)]
    pub crs: Option<String>,
    /// Field of the standard → column of the file.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field of the standard → columns whose texts are joined by a space.
    #[serde(default)]
    pub joins: BTreeMap<String, Vec<String>>,
    /// Programmes, as slugs, for which this list decides who belongs: « france-services ».
    #[serde(default)]
    pub authority: Vec<Authority>,
    /// Every row is a place of its own: two rows are never one place, however alike.
    #[serde(default)]
    pub rows_are_places: bool,
    /// The rows are structures at their legal address, not places that receive.
    #[serde(default)]
    pub structures: bool,
    /// Rows the publisher itself marks as not to be shown.
    #[serde(default)]
    pub excluded: Option<Excluded>,
    /// Rules of a survey.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// Rows whose `column` holds one of `values` are put aside for `reason`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    /// Column to look in.
    pub column: String,
    /// Values that exclude.
    pub values: Vec<String>,
    /// Sentence for the report.
    pub reason: String,
}

/// A programme, written as its slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority(pub Programme);

impl<'de> Deserialize<'de> for Authority {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = Programme::ALL.iter().copied().find(|programme| programme.slug() == text);
        known.map(Self).ok_or_else(|| {
            let slugs: Vec<String> = Programme::ALL.iter().map(|programme| programme.slug()).collect();
            serde::de::Error::custom(format!("{text:?} is no programme; expected one of {}", slugs.join(", ")))
        })
    }
}

fn last() -> u32 {
    1000
}

impl Source {
    /// Whether it decides who belongs to a programme.
    #[must_use]
    pub fn decides(&self, programme: Programme) -> bool {
        self.authority.contains(&Authority(programme))
    }

    /// The day its content describes; `None` when `vintage` is no ISO day.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.vintage.parse().ok()
    }

    /// The first part of the ids of its venues: the id without its date, so that next year's file keeps them.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.id.find("-20").map_or(self.id.as_str(), |date| &self.id[..date])
    }
}

/// One file to fetch from its publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialFile {
    /// Id of the source.
    pub id: String,
    /// Official address.
    pub url: String,
    /// Whether it has been tried.
    pub url_verified: bool,
    /// Where it goes, under the cache.
    pub file: String,
}

/// Every file the descriptions of a data folder name, once each; fictitious sources have none.
///
/// # Errors
/// A description that cannot be read.
pub fn official_files(data: &Path) -> Result<Vec<OfficialFile>, DescriptionError> {
    let sources = read_descriptions::<Source>(&data.join("sources"), |source| &source.id)?;
    let indicators = read_descriptions::<IndicatorSource>(&data.join("indicators"), |source| &source.id)?;
    let mut files: Vec<OfficialFile> = Vec::new();
    let real = sources.into_iter().filter(|source| !source.demonstration);
    let of_sources = real.map(|s| OfficialFile { id: s.id, url: s.url, url_verified: s.url_verified, file: s.file });
    let of_indicators = indicators.into_iter().map(|s| OfficialFile {
        id: s.id,
        url: s.url,
        url_verified: s.url_verified,
        file: s.file,
    });
    for file in of_sources.chain(of_indicators) {
        if !files.iter().any(|known| known.file == file.file) {
            files.push(file);
        }
    }
    Ok(files)
}

/// A description that cannot be used.
#[derive(Debug)]
pub struct DescriptionError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for DescriptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message.trim_end())
    }
}

impl std::error::Error for DescriptionError {}

/// Reads every `*.toml` of a folder, in the order of their names.
///
/// # Errors
/// Names the file and the line at fault, or two files that declare the same id.
pub fn read_descriptions<T: for<'de> Deserialize<'de>>(
    folder: &Path,
    id_of: impl Fn(&T) -> &str,
) -> Result<Vec<T>, DescriptionError> {
    let fail = |path: &Path, message: String| DescriptionError { path: path.to_owned(), message };
    let listing = std::fs::read_dir(folder).map_err(|e| fail(folder, e.to_string()))?;
    let mut paths: Vec<PathBuf> = listing.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut descriptions: Vec<T> = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|e| fail(&path, e.to_string()))?;
        let description: T = toml::from_str(&text).map_err(|e| fail(&path, e.to_string()))?;
        if let Some(twin) = descriptions.iter().find(|d| id_of(d) == id_of(&description)) {
            return Err(fail(&path, format!("id {:?} is declared twice", id_of(twin))));
        }
        descriptions.push(description);
    }
    Ok(descriptions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_outlives_the_vintage() {
        let text = "id='france-services-2024-08'\ntitle=''\npublisher=''\nlicence=''\nvintage=''\nurl=''\nfile=''\n\
                    role='venues'\nformat='csv'\nprofile='france-services'\n";
        let source: Source = toml::from_str(text).unwrap();
        assert_eq!(source.namespace(), "france-services");
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), "id = 'a'\ntitel = 'x'\n").unwrap();
        let error = read_descriptions::<Source>(folder.path(), |s| &s.id).unwrap_err().to_string();
        assert!(error.contains("a.toml") && error.contains("titel") && error.contains("line 2"), "{error}");
    }
}
