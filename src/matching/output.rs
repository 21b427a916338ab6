//! A file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file being written under a temporary name beside its own; removed unless published.
pub struct PartialFile {
    file: File,
    temporary: PathBuf,
    target: PathBuf,
    published: bool,
}

impl PartialFile {
    /// Opens the temporary file. What stands under the name of the target is not touched.
    ///
    /// # Errors
    /// When the target is no place for a file.
    pub fn create(target: &Path) -> io::Result<Self> {
        if fs::metadata(target).is_ok_and(|existing| !existing.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "exists and is not a regular file"));
        }
        let Some(name) = target.file_name() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the name of a file"));
        };
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.part", std::process::id()));
        let temporary = target.with_file_name(hidden);
        let file = File::create_new(&temporary)?;
        Ok(Self { file, temporary, target: target.to_owned(), published: false })
    }

    /// Makes sure that the bytes are on the disk, then gives the file its name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn publish(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.temporary, &self.target)?;
        self.published = true;
        // The new name is only safe once the directory is on the disk too.
        let directory = self.target.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Write for PartialFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if !self.published {
            // Nothing better can be done with a failure here: the name says what the file is.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}
