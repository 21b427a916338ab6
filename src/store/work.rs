//! Writing, all of it or nothing, on a connection that is given back clean or not at all.
//!
//! A disk that is full once ends a transaction of `SQLite` behind the back of whoever began it: a connection that went back to
//! the pool so would refuse every later transaction. So the words are said here, and a connection that did not hear the last one
//! is closed.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, raw_sql};

use super::rows::failed;
use crate::ports::StoreError;

/// A transaction under way.
pub(super) struct Work {
    connection: PoolConnection<Any>,
    open: bool,
}

impl Work {
    /// Begins with these words.
    pub(super) async fn begin(mut connection: PoolConnection<Any>, words: &'static str) -> Result<Self, StoreError> {
        let begun = raw_sql(words).execute(&mut *connection).await;
        let work = Self { connection, open: true };
        // When it failed, the connection is closed with what was begun.
        begun.map_err(failed)?;
        Ok(work)
    }

    /// Keeps all that was written.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        raw_sql("COMMIT").execute(&mut *self.connection).await.map_err(failed)?;
        self.open = false;
        Ok(())
    }

    /// Keeps nothing, for this reason.
    pub(super) async fn give_up<T>(mut self, reason: StoreError) -> Result<T, StoreError> {
        self.open = raw_sql("ROLLBACK").execute(&mut *self.connection).await.is_err();
        Err(reason)
    }
}

impl Deref for Work {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.connection
    }
}

impl DerefMut for Work {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.open {
            self.connection.close_on_drop();
        }
    }
}
