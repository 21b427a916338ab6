//! What lies under the map of people, so that they recognise where they are: nothing, a file of tiles of this machine, or the
//! national map, which each visitor's browser asks for itself ([ADR 38](../../docs/adr/0038-base-of-the-map.md)).

pub mod edition;
mod layers;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::domain::text::hexadecimal;

pub use layers::{Drawn, ROLES};

/// What lies under the map.
#[derive(Debug, Default)]
pub enum Basemap {
    /// What the edition brings along, if anything; départements and communes alone, if not.
    #[default]
    None,
    /// A file that this service hands out part by part.
    File(Box<Tiles>),
    /// The national map of the IGN, from this origin. The service never asks it anything.
    Ign(String),
}

/// A file of tiles, opened once: whoever replaces it by another restarts the service.
#[derive(Debug)]
pub struct Tiles {
    /// The file.
    pub file: File,
    /// Its length, in bytes.
    pub bytes: u64,
    /// What tells it from another: part of its address, so that browsers keep it.
    pub version: String,
    /// Vector tiles or pictures.
    pub is_vector: bool,
    /// The smallest and the largest zoom that it has.
    pub zooms: [u8; 2],
    /// Who made it, as its metadata say, without markup.
    pub attribution: Option<String>,
    /// Which of its layers draw what; nothing for pictures.
    pub drawn: Drawn,
}

/// Length of the header of a file of version 3
/// ([specification](https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md), 2022).
const HEADER: usize = 127;
/// Most metadata that are read, packed and unpacked, in bytes.
const MOST_METADATA: u64 = 16 << 20;

impl Basemap {
    /// The origin that browsers must be let ask; nothing where they ask this service alone.
    #[must_use]
    pub fn asked(&self) -> Option<&str> {
        if let Self::Ign(origin) = self { Some(origin) } else { None }
    }
}

impl Tiles {
    /// Opens a file, and reads what it says of itself.
    ///
    /// # Errors
    /// When it cannot be read, is no such file, is cut short, or holds nothing that the map draws: what was expected, in a
    /// sentence without the name of the file.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let about = file.metadata().map_err(|error| error.to_string())?;
        if !about.is_file() {
            return Err("this is no file; expected a file of PMTiles".into());
        }
        let mut header = [0_u8; HEADER];
        let begins = file.read_exact_at(&mut header, 0).is_ok() && header.starts_with(b"PMTiles");
        if !begins {
            return Err("this is no file of PMTiles: it does not begin with that word".into());
        }
        if header[7] != 3 {
            return Err(format!("this is a file of PMTiles of version {}, expected version 3", header[7]));
        }
        let whole = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| header[at + i]));
        let parts = [(8, 16), (24, 32), (40, 48), (56, 64)].map(|(at, length)| (whole(at), whole(length)));
        let end = parts.iter().map(|(at, length)| at.saturating_add(*length)).max().unwrap_or_default();
        if end > about.len() {
            return Err(format!("the file has {} bytes and its header tells of {end}: it was cut short", about.len()));
        }
        let is_vector = match header[99] {
            1 => true,
            2..=4 => false,
            other => {
                return Err(format!("its tiles are of kind {other}; expected MVT (1), PNG (2), JPEG (3) or WebP (4)"));
            }
        };
        // Browsers unpack gzip by themselves, and nothing else.
        for (what, packing) in [("directories", header[97]), ("tiles", header[98])] {
            if !matches!(packing, 1 | 2) && (what == "directories" || packing != 0) {
                return Err(format!("its {what} are packed by method {packing}; expected none (1) or gzip (2)"));
            }
        }
        let metadata = metadata(&file, parts[1], header[97] == 2)?;
        let drawn = if is_vector { Drawn::of(&metadata)? } else { Drawn::default() };
        let mut digest = Sha256::new();
        digest.update(header);
        digest.update(about.len().to_le_bytes());
        digest.update(about.mtime().to_le_bytes());
        digest.update(about.mtime_nsec().to_le_bytes());
        Ok(Self {
            bytes: about.len(),
            version: hexadecimal(&digest.finalize()[..8]),
            is_vector,
            zooms: [header[100], header[101].max(header[100])],
            attribution: metadata["attribution"].as_str().map(without_markup).filter(|text| !text.is_empty()),
            drawn,
            file,
        })
    }
}

fn metadata(file: &File, (at, length): (u64, u64), packed: bool) -> Result<Json, String> {
    if length > MOST_METADATA {
        return Err(format!("its metadata take {length} bytes, expected {MOST_METADATA} at most"));
    }
    let mut bytes = vec![0; length as usize];
    file.read_exact_at(&mut bytes, at).map_err(|error| error.to_string())?;
    if packed {
        let mut text = Vec::new();
        let unpacked = GzDecoder::new(&bytes[..]).take(MOST_METADATA).read_to_end(&mut text);
        unpacked.map_err(|error| format!("its metadata cannot be unpacked: {error}"))?;
        bytes = text;
    }
    serde_json::from_slice(&bytes).map_err(|error| format!("its metadata are no JSON: {error}"))
}

/// « <a href="…">© OpenStreetMap</a> » as text: what a file says of itself is never markup here.
fn without_markup(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut inside = false;
    let kept = text.chars().filter(|&c| {
        let was = inside;
        inside = (inside || c == '<') && c != '>';
        !was && !inside
    });
    let plain: String = kept.collect();
    let plain = plain.replace("&copy;", "©").replace("&amp;", "&").replace("&nbsp;", " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}
