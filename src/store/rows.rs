//! Between rows of tables and what the rest of the house knows.

use chrono::{DateTime, NaiveDateTime};
use sqlx::any::AnyRow;
use sqlx::{Error, Row};

use crate::ports::{Content, Owner, Scenario, ScenarioId, StoreError, Visibility};

/// What every statement that reads a scenario selects, in the order of [`scenario`]. `s` is the scenario, `v` its version.
macro_rules! columns {
    () => {
        "s.id, s.owner, v.version, s.created, v.saved, v.title, v.territory, v.document, v.visibility"
    };
}
pub(super) use columns;

/// Reads a row of `columns!()`.
pub(super) fn scenario(row: &AnyRow) -> Result<Scenario, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column).map_err(failed);
    let number = |column: usize| row.try_get::<i64, _>(column).map_err(failed);
    let damaged = |column: &str| StoreError::Broken(format!("a row holds no readable {column}"));
    Ok(Scenario {
        id: ScenarioId::parse(&text(0)?).ok_or_else(|| damaged("id"))?,
        owner: Owner::of_kept(text(1)?),
        version: version(number(2)?)?,
        created: instant(number(3)?).ok_or_else(|| damaged("created"))?,
        updated: instant(number(4)?).ok_or_else(|| damaged("saved"))?,
        content: Content {
            title: text(5)?,
            territory: text(6)?,
            document: text(7)?,
            visibility: Visibility::from_name(&text(8)?).ok_or_else(|| damaged("visibility"))?,
        },
    })
}

/// A number of a version.
pub(super) fn version(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Broken(format!("{number} is no version")))
}

/// Milliseconds since 1970.
pub(super) fn milliseconds(instant: NaiveDateTime) -> i64 {
    instant.and_utc().timestamp_millis()
}

/// Reads them back.
pub(super) fn instant(milliseconds: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_millis(milliseconds).map(|instant| instant.naive_utc())
}

/// What a failure of the database means. Its text is for the log, and holds no value that was bound.
pub(super) fn failed(error: Error) -> StoreError {
    // SQLITE_BUSY and its kin; PostgreSQL's lock_not_available and query_canceled.
    const WAITED: [&str; 6] = ["5", "261", "517", "6", "55P03", "57014"];
    // PostgreSQL's classes of lost connections, of too many of them, and of a server that stops or starts.
    const GONE: [&str; 3] = ["08", "53", "57P"];
    let passes = |code: &str| WAITED.contains(&code) || (code.len() == 5 && GONE.iter().any(|c| code.starts_with(c)));
    match &error {
        Error::PoolTimedOut | Error::Io(_) => StoreError::Busy,
        Error::Database(cause) if cause.code().is_some_and(|code| passes(&code)) => StoreError::Busy,
        _ => StoreError::Broken(error.to_string()),
    }
}
