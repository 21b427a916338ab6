//! Publishing: an edition is written aside, then one rename puts it in force. All or nothing.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::manifest::{edition_id, is_id};
use super::read::is_whole;

/// The ids of editions in the order of their publication, in the output folder.
const LEDGER: &str = "published";
/// What begins the name of an edition that is being deleted: a killed build leaves no half of one under its own name.
const GONE: &str = ".gone-";

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
                write!(f, "{}: another build (process {owner}) is writing there", folder.display())?;
                if is_stopped(owner) {
                    write!(
                        f,
                        ", and was stopped by a signal: `kill -CONT {owner}` lets it go on, `kill -KILL {owner}` frees the folder"
                    )?;
                }
                Ok(())
            }
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for PublishError {}

/// Whether a process was stopped (state T of /proc/PID/stat): it would hold its lock for ever.
fn is_stopped(process: &str) -> bool {
    let number = process.parse::<u32>().ok();
    let stat = number.and_then(|number| fs::read_to_string(format!("/proc/{number}/stat")).ok());
    // The name of the program stands between brackets, and may hold any sign.
    stat.is_some_and(|stat| stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with(['T', 't'])))
}

fn at(path: &Path) -> impl Fn(io::Error) -> PublishError {
    let path = path.to_owned();
    move |error| PublishError::Io { path: path.clone(), error }
}

/// The right to write into an output folder; given back when dropped, or when the process ends however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    folder: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that another thread is starting holds a copy of the file until it has begun.
        let _ = self.file.unlock();
    }
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
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(".new-") || name.starts_with(GONE) {
                fs::remove_dir_all(entry.path()).map_err(at(&entry.path()))?;
            }
        }
        Ok(Self { file, folder: folder.to_owned() })
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
    let order = note(&lock.folder, &id)?;
    prune(&editions, &id, keep, &order)?;
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

/// Notes that this edition was published last. Times of folders change when they are copied or restored; this order does not.
fn note(folder: &Path, id: &str) -> Result<Vec<String>, PublishError> {
    let path = folder.join(LEDGER);
    let known = fs::read_to_string(&path).unwrap_or_default();
    let others = known.lines().filter(|line| is_id(line) && *line != id);
    let ids: Vec<String> = others.chain([id]).map(str::to_owned).collect();
    let new = folder.join(format!(".{LEDGER}.new"));
    fs::write(&new, ids.join("\n") + "\n").map_err(at(&new))?;
    fs::rename(&new, &path).map_err(at(&path))?;
    Ok(ids)
}

/// Removes all but the `keep` editions published last beside the one in force. Only folders that are ours go: named as an
/// edition is, with the manifest of that edition. Each leaves the list at once, by its name, before its files are deleted.
fn prune(editions: &Path, current: &str, keep: usize, order: &[String]) -> Result<(), PublishError> {
    let listing = fs::read_dir(editions).map_err(at(editions))?.flatten();
    let named = listing.filter_map(|entry| entry.file_name().into_string().ok());
    let ours = named
        .filter(|name| name != current && is_id(name) && edition_of(&editions.join(name)).is_ok_and(|id| id == *name));
    // Those from before there was a list are the oldest, in the order in which their manifests were written.
    let written =
        |name: &str| fs::metadata(editions.join(name).join("manifest.json")).and_then(|of| of.modified()).ok();
    let mut others: Vec<_> = ours.map(|name| (order.iter().position(|id| *id == name), written(&name), name)).collect();
    others.sort();
    let surplus = others.len().saturating_sub(keep);
    for (.., name) in others.drain(..surplus) {
        let (path, gone) = (editions.join(&name), editions.join(format!("{GONE}{name}")));
        fs::rename(&path, &gone).map_err(at(&path))?;
        fs::remove_dir_all(&gone).map_err(at(&gone))?;
    }
    Ok(())
}
