//! Which database, where, and the few words in which the two differ.

use std::fmt;
use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::ports::StoreError;

/// Where a store is, as it is named on the command line.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// An `SQLite` file, made when it is not there.
    Sqlite(PathBuf),
    /// A `PostgreSQL` database, by its URL; it may hold a password.
    Postgres(String),
}

/// A text that names no store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationError(String);

impl fmt::Display for LocationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a store is a path or a postgres:// URL, not one that begins with {}:", self.0)
    }
}

impl std::error::Error for LocationError {}

impl std::str::FromStr for Location {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Self, LocationError> {
        match text.split_once("://") {
            None => Ok(Self::Sqlite(text.into())),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(text.into())),
            Some((scheme, _)) => Err(LocationError(scheme.into())),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "Sqlite({})", path.display()),
            Self::Postgres(_) => f.write_str("Postgres(…)"),
        }
    }
}

impl Location {
    /// What the database is called.
    pub(super) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The URL that sqlx wants. A new `SQLite` file can be read by its user only, and so can a new folder around it.
    pub(super) fn url(&self) -> Result<String, StoreError> {
        match self {
            Self::Postgres(url) => Ok(url.clone()),
            Self::Sqlite(path) => {
                let broken = |error: io::Error| StoreError::Broken(format!("{}: {error}", path.display()));
                let path = std::path::absolute(path).map_err(broken)?;
                make_private(&path).map_err(broken)?;
                let escaped: String = path.to_string_lossy().bytes().map(escaped).collect();
                Ok(format!("sqlite://{escaped}?mode=rw"))
            }
        }
    }
}

/// Makes a file and the folders around it, for this user alone, unless they are there.
fn make_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    OpenOptions::new().create(true).append(true).mode(0o600).open(path).map(drop)
}

fn escaped(byte: u8) -> String {
    let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// Which SQL is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// What every new connection is told.
    pub(super) fn greeting(self) -> &'static [&'static str] {
        match self {
            // A commit that was answered survives a power cut (FULL), and what is deleted is overwritten.
            Self::Sqlite => &[
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                "PRAGMA secure_delete = ON",
                "PRAGMA busy_timeout = 1000",
            ],
            Self::Postgres => {
                &["SET statement_timeout = '2s'", "SET lock_timeout = '1s'", "SET application_name = 'mediane'"]
            }
        }
    }

    /// Begins a transaction that writes. `SQLite` takes its one lock at once: one taken later could be refused.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Makes other transactions that lock the same text wait for the end of this one; `None` where all of them wait anyway.
    pub(super) fn lock(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SELECT pg_advisory_xact_lock(hashtext($1)::bigint)"),
        }
    }

    /// The time now, in milliseconds since 1970: one clock for all processes.
    pub(super) fn now(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)",
            Self::Postgres => "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
        }
    }

    /// Takes a job that waits: worker, instant, id. Whoever finds it locked by another leaves it and looks at the next one.
    pub(super) fn claim(self) -> &'static str {
        match self {
            // One writes at a time.
            Self::Sqlite => {
                "UPDATE plan_search SET state = 'running', worker = $1, attempt = attempt + 1, begun = $2, beat = $2 \
                 WHERE id = $3 AND state = 'queued'"
            }
            Self::Postgres => {
                "UPDATE plan_search SET state = 'running', worker = $1, attempt = attempt + 1, begun = $2, beat = $2 \
                 WHERE id = (SELECT id FROM plan_search WHERE id = $3 AND state = 'queued' FOR UPDATE SKIP LOCKED)"
            }
        }
    }

    /// Takes deleted content out of the log of changes too; `None` where that is for the administrator to do.
    pub(super) fn forget(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("PRAGMA wal_checkpoint(TRUNCATE)"),
            Self::Postgres => None,
        }
    }
}
