//! The folder of descriptions: every TOML of it, and the files that they name.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Description, Fault, IndicatorSource, Source, check};

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
    /// SHA-256 the publisher announces.
    pub sha256: Option<String>,
}

/// Every file the descriptions of a data folder name, once each; fictitious sources have none.
///
/// # Errors
/// A description that cannot be read.
pub fn official_files(data: &Path) -> Result<Vec<OfficialFile>, DescriptionError> {
    let mut files: Vec<OfficialFile> = Vec::new();
    let mut add = |id: String, url: String, url_verified: bool, file: String, sha256: Option<String>| {
        if !files.iter().any(|known| known.file == file) {
            files.push(OfficialFile { id, url, url_verified, file, sha256 });
        }
    };
    for s in read_descriptions::<Source>(&data.join("sources"))?
        .into_iter()
        .filter(|source| !source.demonstration && !source.shipped)
    {
        add(s.id, s.url, s.url_verified, s.file, s.sha256);
    }
    for s in read_descriptions::<IndicatorSource>(&data.join("indicators"))? {
        add(s.id, s.url, s.url_verified, s.file, s.sha256);
    }
    Ok(files)
}

/// Id and file of every source and indicator of a data folder.
///
/// # Errors
/// A description that cannot be read.
pub fn source_files(data: &Path) -> Result<Vec<(String, String)>, DescriptionError> {
    let sources = read_descriptions::<Source>(&data.join("sources"))?;
    let indicators = read_descriptions::<IndicatorSource>(&data.join("indicators"))?;
    let files = sources.into_iter().map(|source| (source.id, source.file));
    Ok(files.chain(indicators.into_iter().map(|indicator| (indicator.id, indicator.file))).collect())
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
pub fn read_descriptions<T: Description>(folder: &Path) -> Result<Vec<T>, DescriptionError> {
    let fail = |path: &Path, message: String| DescriptionError { path: path.to_owned(), message };
    let listing = std::fs::read_dir(folder).map_err(|e| fail(folder, e.to_string()))?;
    let mut paths: Vec<PathBuf> = listing.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut descriptions: Vec<T> = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|e| fail(&path, e.to_string()))?;
        let description: T = toml::from_str(&text).map_err(|e| fail(&path, e.to_string()))?;
        if let Err(Fault { key, message }) = description.check() {
            let line = check::line_of(&text, key).map_or_else(String::new, |line| format!("line {line}: "));
            return Err(fail(&path, format!("{line}{key}: {message}")));
        }
        if let Some(twin) = descriptions.iter().find(|d| d.id() == description.id()) {
            return Err(fail(&path, format!("id {:?} is declared twice", twin.id())));
        }
        descriptions.push(description);
    }
    Ok(descriptions)
}
