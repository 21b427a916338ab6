//! The files that editions were read from, by their checksum: what stands in for a source when its next file is bad.
//!
//! They lie beside the editions, in `OUT/kept`, and are served by nobody. A file leaves with the last edition read from it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::manifest::{Manifest, sha256};

/// The store of an output folder.
#[derive(Debug, Clone)]
pub struct KeptFiles {
    folder: PathBuf,
    editions: PathBuf,
}

impl KeptFiles {
    /// The store of the output folder `out`, which need not exist yet.
    #[must_use]
    pub fn of(out: &Path) -> Self {
        Self { folder: out.join("kept"), editions: out.join("editions") }
    }

    /// The bytes with this SHA-256; `None` when they are not there, or no longer themselves.
    #[must_use]
    pub fn get(&self, digest: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder.join(digest)).ok()?;
        (sha256(&bytes) == digest).then_some(bytes)
    }

    /// Keeps bytes under their SHA-256.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, digest: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.join(digest);
        if fs::metadata(&path).is_ok_and(|known| known.len() == bytes.len() as u64) {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        let part = self.folder.join(format!("{digest}.part"));
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, &path)
    }

    /// Throws away what no edition of the folder was read from.
    pub fn prune(&self) {
        let mut wanted = BTreeSet::new();
        for edition in fs::read_dir(&self.editions).into_iter().flatten().flatten() {
            let manifest = fs::read(edition.path().join("manifest.json")).ok();
            let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
            wanted.extend(manifest.into_iter().flat_map(|m| m.sources).filter_map(|source| source.sha256));
        }
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !wanted.contains(&*entry.file_name().to_string_lossy()) {
                // What cannot be removed now is removed by the next build.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_only_while_it_is_itself() {
        let out = tempfile::tempdir().unwrap();
        let kept = KeptFiles::of(out.path());
        let digest = sha256(b"id,nom\n");
        assert_eq!(kept.get(&digest), None);
        kept.put(&digest, b"id,nom\n").unwrap();
        kept.put(&digest, b"id,nom\n").unwrap();
        assert_eq!(kept.get(&digest).as_deref(), Some(&b"id,nom\n"[..]));
        fs::write(out.path().join("kept").join(&digest), b"id,nmo\n").unwrap();
        assert_eq!(kept.get(&digest), None, "damaged bytes are no bytes");
        kept.prune();
        assert!(!out.path().join("kept").join(&digest).exists(), "no edition was read from it");
    }
}
