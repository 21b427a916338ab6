//! Backup and restore of a store in a file: by `SQLite` itself, while the service goes on writing.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sqlx::any::{AnyConnectOptions, install_default_drivers};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, query_scalar, raw_sql};
use tokio::runtime::Builder;

use super::dialect::Location;
use super::rows::failed;
use crate::ports::StoreError;

/// What a copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// Scenarios.
    pub scenarios: u64,
    /// Size of the file, in bytes.
    pub bytes: u64,
}

/// Writes a whole copy of the store at `from` to `to`, which must not be there. The copy is checked before it bears its name.
///
/// # Errors
/// When either cannot be read or written, or the copy is not whole.
pub fn back_up(from: &Path, to: &Path) -> Result<Copied, StoreError> {
    if to.exists() {
        return Err(StoreError::Broken(format!(
            "{} is there already; a backup never takes the place of another",
            to.display()
        )));
    }
    if !from.is_file() {
        return Err(StoreError::Broken(format!("{}: there is no such file", from.display())));
    }
    let part = part_of(to);
    let _ = fs::remove_file(&part);
    // For this user alone from its first byte.
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
    made.map_err(|error| StoreError::Broken(format!("{}: {error}", part.display())))?;
    let copied = on_a_runtime(async {
        let mut store = connect(from).await?;
        // Quoted as SQL quotes texts; the path is that of whoever types the command.
        let path = part.to_string_lossy().replace('\'', "''");
        raw_sql(AssertSqlSafe(format!("VACUUM INTO '{path}'"))).execute(&mut store).await.map_err(failed)?;
        store.close().await.map_err(failed)?;
        look(&part).await
    });
    finish(copied, &part, to)
}

/// Puts a copy in the place of a store. Whoever serves the store is stopped before; what stood there must be moved away first.
///
/// # Errors
/// When the copy is not whole, or a store stands there.
pub fn restore(from: &Path, to: &Path) -> Result<Copied, StoreError> {
    if to.exists() {
        let message =
            format!("{} is there; stop the service and move it away first, with its -wal and -shm", to.display());
        return Err(StoreError::Broken(message));
    }
    for beside in ["-wal", "-shm"] {
        let mut path = to.as_os_str().to_owned();
        path.push(beside);
        if Path::new(&path).exists() {
            let message = format!("{} belongs to a store that is gone; move it away first", Path::new(&path).display());
            return Err(StoreError::Broken(message));
        }
    }
    let part = part_of(to);
    let copy = || -> io::Result<()> {
        fs::copy(from, &part)?;
        fs::set_permissions(&part, fs::Permissions::from_mode(0o600))
    };
    copy().map_err(|error| StoreError::Broken(format!("{}: {error}", from.display())))?;
    let copied = on_a_runtime(look(&part));
    finish(copied, &part, to)
}

/// Gives the copy its name once it lies safely on the disk.
fn finish(copied: Result<Copied, StoreError>, part: &Path, to: &Path) -> Result<Copied, StoreError> {
    let named = copied.and_then(|copied| {
        let name = || -> io::Result<()> {
            fs::set_permissions(part, fs::Permissions::from_mode(0o600))?;
            File::open(part)?.sync_all()?;
            fs::rename(part, to)?;
            File::open(to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?
                .sync_all()
        };
        name().map(|()| copied).map_err(|error| StoreError::Broken(format!("{}: {error}", to.display())))
    });
    if named.is_err() {
        // What is told is the cause at hand; the next backup removes what is left.
        let _ = fs::remove_file(part);
    }
    named
}

/// Whether a file is a whole store, and what it holds. It is left as it is: read only, with nothing beside it.
async fn look(path: &Path) -> Result<Copied, StoreError> {
    let options = format!("{}&immutable=1", Location::Sqlite(path.into()).url()?.replace("mode=rw", "mode=ro"));
    let options: AnyConnectOptions = options.parse().map_err(failed)?;
    let mut copy = AnyConnection::connect_with(&options).await.map_err(failed)?;
    let whole: String = query_scalar("PRAGMA integrity_check").fetch_one(&mut copy).await.map_err(failed)?;
    if whole != "ok" {
        return Err(StoreError::Broken(format!("{}: damaged: {whole}", path.display())));
    }
    let scenarios: i64 = query_scalar("SELECT count(*) FROM scenario").fetch_one(&mut copy).await.map_err(failed)?;
    copy.close().await.map_err(failed)?;
    let bytes = fs::metadata(path).map_err(|error| StoreError::Broken(error.to_string()))?.len();
    Ok(Copied { scenarios: scenarios.unsigned_abs(), bytes })
}

async fn connect(path: &Path) -> Result<AnyConnection, StoreError> {
    let options: AnyConnectOptions = Location::Sqlite(path.into()).url()?.parse().map_err(failed)?;
    AnyConnection::connect_with(&options).await.map_err(failed)
}

fn on_a_runtime<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    install_default_drivers();
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| StoreError::Broken(error.to_string()))?.block_on(work)
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}
