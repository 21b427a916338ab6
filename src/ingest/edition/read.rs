//! Opening an edition: checksums first, then tables, then binding.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::Read as _;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use polars::prelude::PolarsResult;

use crate::atlas::sealed::METHOD;
use crate::atlas::{Atlas, Country, EditionInfo, Leaves, Streets, Unread};
use crate::domain::{Indicator, Venue};

use super::columns::{Files, ReadColumns, table};
use super::country::{self, Countries};
use super::manifest::{FORMAT, Manifest, edition_id, is_id, sha256, sha256_of};
use super::{districts, guidance, provenance, reaches, rows, streets};

/// Why an edition could not be opened.
#[derive(Debug)]
pub struct OpenError {
    path: PathBuf,
    message: String,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for OpenError {}

fn refuse(path: &Path, message: impl fmt::Display) -> OpenError {
    OpenError { path: path.to_owned(), message: message.to_string() }
}

/// The folder of the edition that `path` means: itself, or the one in force in an output folder.
#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    // Resolved once: a switch during the reading cannot mix two editions.
    let current = path.join("current");
    fs::canonicalize(if current.exists() { current } else { path.to_owned() }).unwrap_or_else(|_| path.to_owned())
}

/// The manifest of the edition in force, if there is one that this version can read.
#[must_use]
pub fn read_manifest(path: &Path) -> Option<Manifest> {
    serde_json::from_slice(&fs::read(folder_of(path).join("manifest.json")).ok()?).ok()
}

/// Opens an edition, verifying the checksum of every file before it is parsed.
///
/// # Errors
/// Names the file that is missing, damaged or of another layout.
pub fn open(path: &Path) -> Result<Atlas, OpenError> {
    open_with_files(path, &Countries::default()).map(|(atlas, _)| atlas)
}

/// The same, with the handles of the very files that were verified, by name: they can be read on when the folder is gone.
///
/// # Errors
/// Those of [`open`].
pub fn open_with_files(path: &Path, countries: &Countries) -> Result<(Atlas, Vec<(String, File)>), OpenError> {
    let folder = folder_of(path);
    let manifest_path = folder.join("manifest.json");
    let bytes = fs::read(&manifest_path)
        .map_err(|e| refuse(&manifest_path, format!("{e}; expected an edition, made by `mediane build --out DIR`")))?;
    if let Some(name) = other_id(&folder, &bytes) {
        let message = format!("damaged: it is not the manifest of edition {name}; build the edition again");
        return Err(refuse(&manifest_path, message));
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|e| refuse(&manifest_path, e))?;
    if manifest.format != FORMAT {
        let message =
            format!("layout {}; this version reads layout {FORMAT}: build the edition again", manifest.format);
        return Err(refuse(&manifest_path, message));
    }
    let mut files = Files::new();
    let (mut handles, mut packed) = (Vec::new(), None);
    for (file, read) in manifest.files.iter().zip(read_all(&folder, &manifest)) {
        let path = folder.join(&file.name);
        let (sum, bytes, handle) = read.map_err(|e| refuse(&path, e))?;
        if sum != file.sha256 {
            return Err(refuse(&path, "damaged: its checksum is not the one in the manifest; build the edition again"));
        }
        if file.name == streets::PACKED {
            packed = Some(Arc::new(handle.try_clone().map_err(|e| refuse(&path, e))?));
        } else if !stays(&file.name) {
            files.insert(file.name.clone(), bytes);
        }
        handles.push((file.name.clone(), handle));
    }
    // Long, and asked for by few: whoever wants the report reads it through its handle.
    files.remove("report.json");
    let edition = EditionInfo {
        id: edition_id(&bytes),
        as_of: manifest.as_of.as_deref().and_then(|day| day.parse().ok()),
        demonstration: manifest.demonstration,
        territories_vintage: manifest.territories_vintage.clone(),
        checks: manifest.checks.iter().cloned().map(super::manifest::ManifestCheck::check).collect(),
        times: manifest.times.iter().cloned().filter_map(super::manifest::ManifestTimes::check).collect(),
        files: manifest.files.iter().cloned().map(Into::into).collect(),
        sources: manifest.sources.iter().cloned().map(super::manifest::ManifestSource::info).collect(),
    };
    let streets = streets(&mut files, packed).map_err(|e| refuse(&folder, e))?;
    let key = country::key(&manifest);
    let known = countries.known(&key);
    let atlas = atlas_of(edition, &manifest, files, known, Arc::new(streets)).map_err(|e| refuse(&folder, e))?;
    countries.keep(key, atlas.country());
    Ok((atlas, handles))
}

/// The checksum of a file, its bytes, and its handle.
type Opened = (String, Vec<u8>, File);

/// Streets and tiles are verified and left where they are: those of France would take half a gigabyte.
fn stays(name: &str) -> bool {
    name == streets::PACKED || name.ends_with(".pmtiles")
}

/// Every file of an edition, in the order of its manifest, read by two hands: whoever starts a service waits for this.
fn read_all(folder: &Path, manifest: &Manifest) -> Vec<std::io::Result<Opened>> {
    let read = |name: &str| {
        let path = folder.join(name);
        if stays(name) { verified(&path) } else { read_whole(&path) }
    };
    let mut order: Vec<usize> = (0..manifest.files.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(manifest.files[i].bytes));
    let hand = |from: usize| {
        let mine = order.iter().skip(from).step_by(2);
        mine.map(|&i| (i, read(&manifest.files[i].name))).collect::<Vec<_>>()
    };
    let mut found = thread::scope(|scope| {
        let other = scope.spawn(|| hand(1));
        let mut found = hand(0);
        found.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        found
    });
    found.sort_by_key(|(i, _)| *i);
    found.into_iter().map(|(_, read)| read).collect()
}

fn read_whole(path: &Path) -> std::io::Result<Opened> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok((sha256(&bytes), bytes, file))
}

fn verified(path: &Path) -> std::io::Result<Opened> {
    let file = File::open(path)?;
    let (sum, _) = sha256_of(&file)?;
    Ok((sum, Vec::new(), file))
}

/// None where no file of addresses was read.
fn streets(files: &mut Files, packed: Option<Arc<File>>) -> PolarsResult<Streets> {
    let Some(packed) = packed else { return Ok(Streets::default()) };
    streets::read(&table(files, streets::NAME)?, packed)
}

/// The id that the folder of an edition bears, when its manifest has another: one of the two was changed. Folders that bear
/// no id say nothing.
pub(super) fn other_id(folder: &Path, manifest: &[u8]) -> Option<String> {
    let name = folder.file_name()?.to_str()?;
    (is_id(name) && edition_id(manifest) != name).then(|| name.to_owned())
}

/// Whether every file of this folder is the one that its manifest names.
pub(super) fn is_whole(folder: &Path) -> bool {
    let manifest = fs::read(folder.join("manifest.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let sum_of = |name: &str| sha256_of(&File::open(folder.join(name))?);
    let same = |name: &str, sum: &str| sum_of(name).is_ok_and(|(known, _)| known == sum);
    manifest.is_some_and(|manifest: Manifest| manifest.files.iter().all(|file| same(&file.name, &file.sha256)))
}

/// Binds the tables of an edition: those of venues, those of the country — `known`, where another edition has the same — and
/// all others are read on a thread each.
///
/// # Errors
/// A table that is missing or cannot be read.
pub(super) fn atlas_of(
    edition: EditionInfo,
    manifest: &Manifest,
    mut files: Files,
    known: Option<Arc<Country>>,
    streets: Arc<Streets>,
) -> PolarsResult<Atlas> {
    let names = ["provenance.parquet", "labels.parquet", "parts.parquet", "venues.parquet"];
    let mut apart = |names: &[&str]| -> Files { names.iter().filter_map(|name| files.remove_entry(*name)).collect() };
    let (of_venues, of_country) = (apart(&names), apart(&country::TABLES));
    thread::scope(|scope| {
        let venues = scope.spawn(move || venues(of_venues));
        let map = manifest.roads.clone();
        let country = scope.spawn(move || match known {
            Some(country) => Ok(country),
            None => country::read(of_country, map).map(Arc::new),
        });
        let reaches = (manifest.method == METHOD).then(|| files.remove(reaches::NAME)).flatten();
        let leaves = other_leaves(edition, manifest, files);
        let venues = venues.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        let country = country.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        let rows = (country.communes().len(), venues.len());
        let label = manifest.travel_times.clone();
        let sealed = reaches.map(|bytes| {
            // Its bytes are those that were sealed; were they not readable, the same would be worked out again, in seconds.
            Unread::new(move || {
                ReadColumns::read(bytes.clone()).and_then(|table| reaches::read(&table, label.clone(), rows)).ok()
            })
        });
        Ok(Atlas::on(country, Leaves { venues, streets, sealed, ..leaves? }))
    })
}

/// The venues of the edition in force in an output folder, and the ids that lead to them; `None` where there is none that this
/// version reads.
#[must_use]
pub fn venues_in_force(out: &Path) -> Option<(Vec<Venue>, BTreeMap<String, String>)> {
    read_manifest(out).filter(|manifest| manifest.format == FORMAT)?;
    let folder = folder_of(out);
    let names = ["provenance.parquet", "labels.parquet", "parts.parquet", "venues.parquet", "venue_aliases.parquet"];
    let read = |name: &str| Some((name.to_owned(), fs::read(folder.join(name)).ok()?));
    let mut files: Files = names.iter().map(|name| read(name)).collect::<Option<_>>()?;
    let aliases = venue_aliases(&table(&mut files, "venue_aliases.parquet").ok()?).ok()?;
    Some((venues(files).ok()?, aliases))
}

fn venue_aliases(table: &ReadColumns) -> PolarsResult<BTreeMap<String, String>> {
    Ok(table.full_text("alias")?.into_iter().zip(table.full_text("venue")?).collect())
}

fn venues(mut files: Files) -> PolarsResult<Vec<Venue>> {
    let beside = rows::Beside {
        provenance: provenance::provenance(&table(&mut files, "provenance.parquet")?)?,
        labels: rows::labels(&table(&mut files, "labels.parquet")?)?,
        parts: rows::parts(&table(&mut files, "parts.parquet")?)?,
    };
    rows::venues(&table(&mut files, "venues.parquet")?, beside)
}

/// Everything but the venues and the country.
fn other_leaves(edition: EditionInfo, manifest: &Manifest, mut files: Files) -> PolarsResult<Leaves> {
    let of_districts = districts::read_readings(&mut files)?;
    let mut table = |name: &str| table(&mut files, name);
    let values = table("indicators.parquet")?;
    let mut indicators = Vec::new();
    for definition in manifest.indicators.iter().cloned() {
        let districts = of_districts.as_ref().map(|of| of.readings(&definition.id)).transpose()?.unwrap_or_default();
        let readings = rows::readings(&values, &definition.id)?;
        indicators.push(Indicator { districts, ..definition.with(readings) });
    }
    let venue_aliases = venue_aliases(&table("venue_aliases.parquet")?)?;
    Ok(Leaves {
        edition,
        venue_aliases,
        candidates: rows::candidates(&table("candidates.parquet")?)?,
        hubs: rows::hubs(&table("hubs.parquet")?)?,
        remote_channels: guidance::read_channels(&table("remote_channels.parquet")?)?,
        resources: guidance::read_resources(&table("resources.parquet")?)?,
        declarations: rows::declarations(&table("declarations.parquet")?)?,
        posts: rows::posts(&table("posts.parquet")?)?,
        past_venues: rows::past_venues(&table("past_venues.parquet")?)?,
        accompaniments: rows::accompaniments(&table("accompaniments.parquet")?)?,
        indicators,
        ..Leaves::default()
    })
}
