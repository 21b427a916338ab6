//! The shape of the tables, one numbered file of SQL after the other. Forward only.

use sqlx::{AnyPool, query, query_scalar, raw_sql};

use super::dialect::Dialect;
use super::rows::failed;
use super::work::Work;
use crate::ports::StoreError;

/// Every step, the first one first: step n leads to version n. What was released is never edited.
const STEPS: [&str; 4] = [
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
    include_str!("migrations/4.sql"),
];

/// Brings the tables to the version of this program, in one transaction: all of it or nothing.
///
/// # Errors
/// When the database fails, or when a later version of the program has been here.
pub(super) async fn migrate(pool: &AnyPool, dialect: Dialect) -> Result<(), StoreError> {
    let mut work = Work::begin(pool.acquire().await.map_err(failed)?, dialect.begin()).await?;
    if let Some(lock) = dialect.lock() {
        query(lock).bind("migrations").execute(&mut *work).await.map_err(failed)?;
    }
    let table = "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)";
    raw_sql(table).execute(&mut *work).await.map_err(failed)?;
    let last = "SELECT coalesce(max(version), 0) FROM schema_version";
    let done: i64 = query_scalar(last).fetch_one(&mut *work).await.map_err(failed)?;
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    let Some(missing) = STEPS.get(done..) else {
        let known = STEPS.len();
        let text = format!("its tables have version {done}, and this program knows no later one than {known}");
        return work.give_up(StoreError::Broken(text)).await;
    };
    for (version, step) in (done as i64 + 1..).zip(missing) {
        raw_sql(*step).execute(&mut *work).await.map_err(failed)?;
        let record = "INSERT INTO schema_version (version) VALUES ($1)";
        query(record).bind(version).execute(&mut *work).await.map_err(failed)?;
    }
    work.commit().await
}
