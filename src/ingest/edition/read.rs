//! Opening an edition: checksums first, then tables, then binding.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::Read as _;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use polars::prelude::{PolarsError, PolarsResult};

use crate::atlas::{Atlas, EditionInfo, Leaves, Roads, Streets, TerritoryName};
use crate::domain::{Level, Reading, Venue};

use super::columns::ReadColumns;
use super::manifest::{FORMAT, Manifest, edition_id, is_id, sha256, sha256_of};
use super::{guidance, land, network, rows, streets, wkb};

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
    open_with_files(path).map(|(atlas, _)| atlas)
}

/// The same, with the handles of the very files that were verified, by name: they can be read on when the folder is gone.
///
/// # Errors
/// Those of [`open`].
pub fn open_with_files(path: &Path) -> Result<(Atlas, Vec<(String, File)>), OpenError> {
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
    for file in &manifest.files {
        let path = folder.join(&file.name);
        // Streets are verified and left where they are: those of France would take half a gigabyte.
        let read = if file.name == streets::PACKED { verified(&path) } else { read_whole(&path) };
        let (sum, bytes, handle) = read.map_err(|e| refuse(&path, e))?;
        if sum != file.sha256 {
            return Err(refuse(&path, "damaged: its checksum is not the one in the manifest; build the edition again"));
        }
        if file.name == streets::PACKED {
            packed = Some(Arc::new(handle.try_clone().map_err(|e| refuse(&path, e))?));
        } else {
            files.insert(file.name.clone(), bytes);
        }
        handles.push((file.name.clone(), handle));
    }
    let report = files.remove("report.json").unwrap_or_default();
    let edition = EditionInfo {
        id: edition_id(&bytes),
        as_of: manifest.as_of.as_deref().and_then(|day| day.parse().ok()),
        demonstration: manifest.demonstration,
        territories_vintage: manifest.territories_vintage.clone(),
        checks: manifest.checks.iter().cloned().map(super::manifest::ManifestCheck::check).collect(),
        files: manifest.files.iter().cloned().map(Into::into).collect(),
        sources: manifest.sources.iter().cloned().map(super::manifest::ManifestSource::info).collect(),
        report_json: String::from_utf8(report).map_err(|e| refuse(&folder.join("report.json"), e))?,
    };
    let streets = streets(&mut files, packed).map_err(|e| refuse(&folder, e))?;
    let leaves = leaves(edition, manifest, files).map_err(|e| refuse(&folder, e))?;
    Ok((Atlas::bind(Leaves { streets: Arc::new(streets), ..leaves }), handles))
}

/// The checksum of a file, its bytes, and its handle.
type Opened = (String, Vec<u8>, File);

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

/// Files by name, each read once.
type Files = BTreeMap<String, Vec<u8>>;

fn table(files: &mut Files, name: &str) -> PolarsResult<ReadColumns> {
    let missing = || PolarsError::ComputeError(format!("the manifest names no {name}").into());
    ReadColumns::read(files.remove(name).ok_or_else(missing)?)
}

/// The tables of venues and of communes, the two long ones, on a thread each.
fn leaves(edition: EditionInfo, manifest: Manifest, mut files: Files) -> PolarsResult<Leaves> {
    let names = ["provenance.parquet", "labels.parquet", "parts.parquet", "venues.parquet"];
    let of_venues: Files = names.iter().filter_map(|name| files.remove_entry(*name)).collect();
    thread::scope(|scope| {
        let venues = scope.spawn(move || venues(of_venues));
        let leaves = other_leaves(edition, manifest, files);
        let venues = venues.join().unwrap_or_else(|panic| resume_unwind(panic));
        Ok(Leaves { venues: venues?, ..leaves? })
    })
}

fn venues(mut files: Files) -> PolarsResult<Vec<Venue>> {
    let beside = rows::Beside {
        provenance: rows::provenance(&table(&mut files, "provenance.parquet")?)?,
        labels: rows::labels(&table(&mut files, "labels.parquet")?)?,
        parts: rows::parts(&table(&mut files, "parts.parquet")?)?,
    };
    rows::venues(&table(&mut files, "venues.parquet")?, beside)
}

/// Everything but the venues.
fn other_leaves(edition: EditionInfo, manifest: Manifest, mut files: Files) -> PolarsResult<Leaves> {
    let mut table = |name: &str| table(&mut files, name);
    let (communes, commune_contours) = rows::communes(&table("communes.parquet")?)?;
    let mut contours = BTreeMap::from([(Level::Commune, commune_contours)]);
    let mut territories = BTreeMap::new();
    for level in [Level::Epci, Level::Departement, Level::Region] {
        let table = table(&format!("{}.parquet", level.plural()))?;
        let codes = table.full_text("code")?;
        let named = codes.iter().cloned().zip(table.full_text("name")?).zip(table.text("parent")?);
        let names = named.map(|((code, name), parent)| TerritoryName { code, name, parent }).collect();
        territories.insert(level, names);
        let geometries = table.geometry(wkb::read_multi_polygon)?;
        contours.insert(level, codes.into_iter().zip(geometries).filter_map(|(c, g)| Some((c, g?))).collect());
    }
    let values = table("indicators.parquet")?;
    let mut indicators = Vec::new();
    for definition in manifest.indicators {
        let known = values.number(&definition.id)?;
        let withheld = values.truth(&format!("{}_suppressed", definition.id))?;
        let reading = |(value, withheld): (Option<f64>, Option<bool>)| match (value, withheld) {
            (Some(value), _) => Reading::Known(value),
            (None, Some(true)) => Reading::Suppressed,
            (None, _) => Reading::Missing,
        };
        indicators.push(definition.with(known.into_iter().zip(withheld).map(reading).collect()));
    }
    let land = land::read(&table("crossings.parquet")?, &table("barriers.parquet")?)?;
    let roads = network::read(&table("road_nodes.parquet")?, &table("road_arcs.parquet")?)?;
    let (cells, grids) = rows::points(&table("points.parquet")?)?;
    let aliases = table("commune_aliases.parquet")?;
    let venue_aliases = table("venue_aliases.parquet")?;
    Ok(Leaves {
        edition,
        communes,
        aliases: rows::commune_aliases(&aliases)?,
        territories,
        contours,
        venues: Vec::new(),
        venue_aliases: venue_aliases.full_text("alias")?.into_iter().zip(venue_aliases.full_text("venue")?).collect(),
        candidates: rows::candidates(&table("candidates.parquet")?)?,
        hubs: rows::hubs(&table("hubs.parquet")?)?,
        remote_channels: guidance::read_channels(&table("remote_channels.parquet")?)?,
        resources: guidance::read_resources(&table("resources.parquet")?)?,
        declarations: rows::declarations(&table("declarations.parquet")?)?,
        posts: rows::posts(&table("posts.parquet")?)?,
        past_venues: rows::past_venues(&table("past_venues.parquet")?)?,
        cells,
        grids,
        accompaniments: rows::accompaniments(&table("accompaniments.parquet")?)?,
        roads: roads.zip(manifest.roads).map(|(network, source)| Roads { network: Arc::new(network), source }),
        streets: Arc::default(),
        indicators,
        land,
    })
}
