//! Descriptions of sources and indicators: one TOML file each, under `data/sources` and `data/indicators`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::vocabulary::Programme;

mod check;
mod folder;
mod indicator;

pub use check::{Description, Fault, is_open};
pub use folder::{DescriptionError, OfficialFile, official_files, read_descriptions, source_files};
pub use indicator::{Facility, IndicatorLevel, IndicatorSource, Minutes, Ratio, Rows, WorseWhen};

use super::table::Announced;

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
    /// What tables of the programme say of territories.
    Declarations,
    /// Cells of a grid: where in their communes people live.
    Grid,
    /// Services that answer by telephone.
    RemoteChannels,
    /// Things to learn from, by need.
    Resources,
    /// Persons accompanied, by place and month.
    Accompaniments,
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
            Self::Declarations => "declarations",
            Self::Grid => "grid",
            Self::RemoteChannels => "remote-channels",
            Self::Resources => "resources",
            Self::Accompaniments => "accompaniments",
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

impl FileFormat {
    /// The spelling of the TOML files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Geojson => "geojson",
            Self::Parquet => "parquet",
        }
    }
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
    /// What this service answers itself, with its own names.
    Mediane,
    /// A raw survey described by rules.
    Survey,
    /// Posts of conseillers numériques.
    ConseillersPosts,
    /// Public libraries.
    Libraries,
    /// Hubs territoriaux.
    Hubs,
    /// Tables of the programme: `level`, `code`, `measure`, `value` or `text`.
    Declarations,
    /// Cells of Filosofi, INSEE.
    Filosofi,
    /// A small table of our own, in the folder of descriptions.
    Guidance,
    /// Persons accompanied, by place and month; columns named in the description.
    Accompaniments,
}

impl Profile {
    /// The spelling of the TOML files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::StandardV1 => "standard-v1",
            Self::StandardV0 => "standard-v0",
            Self::FranceServices => "france-services",
            Self::BourgogneFrancheComte => "bourgogne-franche-comte",
            Self::AidantsConnect => "aidants-connect",
            Self::Mediane => "mediane",
            Self::Survey => "survey",
            Self::ConseillersPosts => "conseillers-posts",
            Self::Libraries => "libraries",
            Self::Hubs => "hubs",
            Self::Declarations => "declarations",
            Self::Filosofi => "filosofi",
            Self::Guidance => "guidance",
            Self::Accompaniments => "accompaniments",
        }
    }
}

/// One rule of a survey: when one of `columns` contains one of `terms`, the `field` gets `value`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Field of the standard.
    #[serde(deserialize_with = "check::field")]
    pub field: String,
    /// Columns to look in.
    pub columns: Vec<String>,
    /// Texts to look for, folded; absent means any text at all.
    #[serde(default, deserialize_with = "check::folded")]
    pub terms: Vec<String>,
    /// Texts that forbid the value, folded.
    #[serde(default, deserialize_with = "check::folded")]
    pub except: Vec<String>,
    /// Value of the standard.
    pub value: String,
}

/// What the coordinates of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Crs {
    /// Degrees.
    #[default]
    #[serde(rename = "EPSG:4326")]
    Degrees,
    /// Metres of Lambert-93.
    #[serde(rename = "EPSG:2154")]
    Lambert93,
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
    #[serde(deserialize_with = "check::iso_day")]
    pub vintage: String,
    /// Official address.
    pub url: String,
    /// Whether the address has been tried.
    #[serde(default)]
    pub url_verified: bool,
    /// File under the cache; under the data folder when `shipped`.
    #[serde(deserialize_with = "check::file_of_the_cache")]
    pub file: String,
    /// Whether the file comes with the descriptions: a small table of our own, which nobody has to fetch.
    #[serde(default)]
    pub shipped: bool,
    /// What it is for.
    pub role: Role,
    /// How it is written.
    pub format: FileFormat,
    /// Separator of a CSV file.
    #[serde(default, deserialize_with = "check::separator")]
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
    /// Fields that together identify a record; `["id"]` unless told.
    #[serde(default, deserialize_with = "check::fields")]
    pub key: Vec<String>,
    /// `EPSG:2154` when the coordinates are Lambert-93 metres; degrees otherwise.
    #[serde(default)]
    pub crs: Crs,
    /// SHA-256 of the file, when its publisher gives it.
    #[serde(default, deserialize_with = "check::hex::<64, _>")]
    pub sha256: Option<String>,
    /// SHA-1 of the file, as data.gouv.fr gives it.
    #[serde(default, deserialize_with = "check::hex::<40, _>")]
    pub sha1: Option<String>,
    /// Size of the file in bytes, when its publisher gives it.
    #[serde(default)]
    pub size: Option<u64>,
    /// Field of the standard → column of the file.
    #[serde(default, deserialize_with = "check::by_field")]
    pub columns: BTreeMap<String, String>,
    /// Field of the standard → columns whose texts are joined by a space.
    #[serde(default, deserialize_with = "check::by_field")]
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
    /// After the place, names say who holds the session there: the person is left out.
    #[serde(default)]
    pub names_hold_persons: bool,
    /// Rows the publisher itself marks as not to be shown.
    #[serde(default)]
    pub excluded: Option<Excluded>,
    /// Rules of a survey.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// Rows whose `column` holds one of `values`, in any case, are put aside for `reason`.
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

impl Source {
    /// What the publisher says of the bytes.
    #[must_use]
    pub fn announced(&self) -> Announced {
        Announced { size: self.size, sha256: self.sha256.clone(), sha1: self.sha1.clone() }
    }
}

impl Description for Source {
    fn id(&self) -> &str {
        &self.id
    }

    fn check(&self) -> Result<(), Fault> {
        if !is_open(&self.licence) {
            let message = format!(
                "{:?} is no open licence we know; a list under other terms cannot be published, and is not read",
                self.licence
            );
            return Err(Fault::new("licence", message));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
