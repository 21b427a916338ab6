//! What editions there are, and which is in force, without opening any.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::manifest::{FORMAT, Manifest, edition_id};
use super::read::{folder_of, other_id};

/// An edition as it lies on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDisk {
    /// Its id, as its folder says.
    pub id: String,
    /// Its folder.
    pub folder: PathBuf,
    /// When its manifest was written.
    pub written: SystemTime,
}

impl OnDisk {
    fn at(id: String, folder: PathBuf) -> Option<Self> {
        let written = fs::metadata(folder.join("manifest.json")).ok()?.modified().ok()?;
        Some(Self { id, folder, written })
    }

    /// Its manifest, if this version reads such editions.
    #[must_use]
    pub fn manifest(&self) -> Option<Manifest> {
        let bytes = fs::read(self.folder.join("manifest.json")).ok()?;
        if other_id(&self.folder, &bytes).is_some() {
            return None;
        }
        let manifest: Manifest = serde_json::from_slice(&bytes).ok()?;
        (manifest.format == FORMAT).then_some(manifest)
    }
}

/// The id of the edition that `path` means: the one in force in an output folder, or the only one there.
///
/// # Errors
/// When there is no manifest, or not the one of the folder that it lies in.
pub fn in_force(path: &Path) -> io::Result<String> {
    let folder = folder_of(path);
    let manifest = folder.join("manifest.json");
    let at = |kind, said: &dyn std::fmt::Display| io::Error::new(kind, format!("{}: {said}", manifest.display()));
    let bytes = fs::read(&manifest).map_err(|error| at(error.kind(), &error))?;
    match other_id(&folder, &bytes) {
        Some(id) => Err(at(io::ErrorKind::InvalidData, &format!("damaged: it is not the manifest of edition {id}"))),
        None => Ok(edition_id(&bytes)),
    }
}

/// Every edition of an output folder, in the order of their ids; of any other folder the one that is there.
#[must_use]
pub fn on_disk(path: &Path) -> Vec<OnDisk> {
    if !path.join("current").exists() {
        let only = in_force(path).ok().and_then(|id| OnDisk::at(id, folder_of(path)));
        return only.into_iter().collect();
    }
    let folders = fs::read_dir(path.join("editions")).into_iter().flatten().flatten();
    let named = folders.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())));
    let shown = named.filter(|(name, _)| !name.starts_with('.'));
    let mut found: Vec<OnDisk> = shown.filter_map(|(id, folder)| OnDisk::at(id, folder)).collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}
