//! What is counted for one visitor, over all processes.

use sqlx::{query, query_scalar};

use super::rows::failed;
use super::scenarios::Tables;
use super::work::Work;
use crate::ports::StoreError;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

impl Tables {
    /// The time now, in milliseconds by the clock of the database.
    pub(super) async fn now(&self) -> Result<i64, StoreError> {
        query_scalar(self.dialect.now()).fetch_one(&self.pool).await.map_err(failed)
    }

    /// Keeps a secret unless there is one, and tells the one there is.
    pub(super) async fn secret(&self, fresh: String) -> Result<String, StoreError> {
        let insert = "INSERT INTO shared_secret (name, secret) VALUES ('keys', $1) ON CONFLICT (name) DO NOTHING";
        let mut work = self.begin("shared_secret").await?;
        query(insert).bind(fresh.as_str()).execute(&mut *work).await.map_err(failed)?;
        work.commit().await?;
        let read = "SELECT secret FROM shared_secret WHERE name = 'keys'";
        query_scalar(read).fetch_one(&self.pool).await.map_err(failed)
    }

    /// Counts one more, and says whether it was not too many. Earlier minutes are forgotten by [`Tables::sweep`].
    pub(super) async fn pass(&self, what: &'static str, visitor: String, most: u32) -> Result<bool, StoreError> {
        let minute = self.now().await?.div_euclid(MINUTE);
        let count = "INSERT INTO visitor_count (what, visitor, minute, times) VALUES ($1, $2, $3, 1) \
                     ON CONFLICT (what, visitor, minute) DO UPDATE SET times = visitor_count.times + 1 RETURNING times";
        let mut work = self.begin(&visitor).await?;
        let counted = query_scalar(count).bind(what).bind(visitor.as_str()).bind(minute);
        let times: i64 = counted.fetch_one(&mut *work).await.map_err(failed)?;
        work.commit().await?;
        Ok(times <= i64::from(most))
    }

    /// Forgets the minutes that are over.
    pub(super) async fn sweep(work: &mut Work, now: i64) -> Result<(), StoreError> {
        let sweep = query("DELETE FROM visitor_count WHERE minute < $1").bind(now.div_euclid(MINUTE));
        sweep.execute(&mut **work).await.map_err(failed).map(drop)
    }
}
