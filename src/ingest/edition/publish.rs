//! Publishing: an edition is written aside, then one rename puts it in force. All or nothing.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::manifest::edition_id;
use super::read::is_whole;

/// Why an edition could not be published.
#[derive(Debug)]
pub enum PublishError {
    /// Another build works on this folder.
    Locked {
        /// The folder.
        folder: PathBuf,
        /// What the lock says of its owner.
        owner: String,
    },
    /// The disk said no.
    Io {
        /// The path at fault.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked { folder, owner } => {
                write!(f, "{}: another build (process {owner}) is writing there", folder.display())
            }
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for PublishError {}

fn at(path: &Path) -> impl Fn(io::Error) -> PublishError {
    let path = path.to_owned();
    move |error| PublishError::Io { path: path.clone(), error }
}

/// The right to write into an output folder; given back when dropped, or when the process ends however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    folder: PathBuf,
}

impl Lock {
    /// Takes the folder, creating it if need be, and clears what an interrupted build left behind.
    ///
    /// # Errors
    /// [`PublishError::Locked`] names the process that holds it.
    pub fn take(folder: &Path) -> Result<Self, PublishError> {
        let editions = folder.join("editions");
        fs::create_dir_all(&editions).map_err(at(&editions))?;
        let path = folder.join(".lock");
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                let _ = file.read_to_string(&mut owner);
                return Err(PublishError::Locked { folder: folder.to_owned(), owner: owner.trim().to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(PublishError::Io { path, error }),
        }
        file.set_len(0).map_err(at(&path))?;
        file.rewind().map_err(at(&path))?;
        write!(file, "{}", std::process::id()).map_err(at(&path))?;
        for entry in fs::read_dir(&editions).map_err(at(&editions))?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(".new-") {
                fs::remove_dir_all(entry.path()).map_err(at(&entry.path()))?;
            }
        }
        Ok(Self { _file: file, folder: folder.to_owned() })
    }

    /// A folder to write the next edition into.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn workshop(&self) -> Result<PathBuf, PublishError> {
        let path = self.folder.join("editions").join(format!(".new-{}", std::process::id()));
        fs::create_dir_all(&path).map_err(at(&path))?;
        Ok(path)
    }

    /// Throws a half-written edition away.
    pub fn abandon(&self, workshop: &Path) {
        // The next build clears what cannot be removed now.
        let _ = fs::remove_dir_all(workshop);
    }
}

/// Puts the edition in `workshop` in force and returns its id. Of the others, the `keep` newest stay.
///
/// # Errors
/// When the disk refuses; the edition in force stays in force.
pub fn publish(lock: &Lock, workshop: &Path, keep: usize) -> Result<String, PublishError> {
    let id = edition_of(workshop)?;
    let editions = lock.folder.join("editions");
    let target = editions.join(&id);
    if target.exists() && is_whole(&target) && edition_of(&target).is_ok_and(|known| known == id) {
        fs::remove_dir_all(workshop).map_err(at(workshop))?;
    } else {
        if target.exists() {
            // Damaged since: the same content, whole, takes its place.
            let aside = editions.join(format!(".new-{id}"));
            fs::rename(&target, &aside).map_err(at(&target))?;
            fs::rename(workshop, &target).map_err(at(&target))?;
            fs::remove_dir_all(&aside).map_err(at(&aside))?;
        } else {
            fs::rename(workshop, &target).map_err(at(&target))?;
        }
        sync_folder(&editions)?;
    }
    for entry in fs::read_dir(&target).map_err(at(&target))?.flatten() {
        link(&lock.folder, &Path::new("current").join(entry.file_name()), &entry.file_name().to_string_lossy())?;
    }
    link(&lock.folder, &Path::new("editions").join(&id), "current")?;
    sync_folder(&lock.folder)?;
    prune(&editions, &id, keep)?;
    Ok(id)
}

/// The id of the edition in a folder.
fn edition_of(folder: &Path) -> Result<String, PublishError> {
    let manifest = folder.join("manifest.json");
    Ok(edition_id(&fs::read(&manifest).map_err(at(&manifest))?))
}

/// Makes `name` a link to `target` by renaming a new link over the old one: readers see one or the other.
fn link(folder: &Path, target: &Path, name: &str) -> Result<(), PublishError> {
    let (path, new) = (folder.join(name), folder.join(format!(".{name}.new")));
    if fs::read_link(&path).is_ok_and(|current| current == target) {
        return Ok(());
    }
    let _ = fs::remove_file(&new);
    std::os::unix::fs::symlink(target, &new).map_err(at(&new))?;
    fs::rename(&new, &path).map_err(at(&path))
}

fn sync_folder(folder: &Path) -> Result<(), PublishError> {
    File::open(folder).and_then(|file| file.sync_all()).map_err(at(folder))
}

/// Removes all but the `keep` newest editions beside the one in force.
fn prune(editions: &Path, current: &str, keep: usize) -> Result<(), PublishError> {
    let listing = fs::read_dir(editions).map_err(at(editions))?.flatten();
    let mut others: Vec<_> = listing
        .filter(|entry| entry.file_name() != current && !entry.file_name().to_string_lossy().starts_with('.'))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    others.sort();
    let surplus = others.len().saturating_sub(keep);
    for (_, path) in others.drain(..surplus) {
        fs::remove_dir_all(&path).map_err(at(&path))?;
    }
    Ok(())
}
