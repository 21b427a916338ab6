//! Files that other rooms make of an edition before it is sealed.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::columns::write_file;
use super::manifest::{Manifest, ManifestFile, sha256};
use super::open;
use crate::atlas::Atlas;

/// Makes files of an edition in a folder, and says their names. It sees the edition as readers will, but for its id.
pub type MakeFiles<'a> = &'a dyn Fn(Arc<Atlas>, &Path) -> io::Result<Vec<String>>;

/// Has files made of the edition in a folder, and names them in its manifest.
///
/// # Errors
/// When the disk refuses, or the edition cannot be opened.
pub fn add_files(folder: &Path, make: MakeFiles<'_>) -> io::Result<()> {
    let atlas = open(folder).map_err(io::Error::other)?;
    let names = make(Arc::new(atlas), folder)?;
    let path = folder.join("manifest.json");
    let mut manifest: Manifest = serde_json::from_slice(&std::fs::read(&path)?)?;
    for name in names {
        let bytes = std::fs::read(folder.join(&name))?;
        manifest.files.push(ManifestFile { name, sha256: sha256(&bytes), bytes: bytes.len() as u64, rows: None });
    }
    write_file(&path, &serde_json::to_vec_pretty(&manifest)?)
}
