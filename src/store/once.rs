//! Answers to requests that may be repeated, in their table.

use sqlx::{Row, query, query_scalar};

use super::rows::failed;
use super::scenarios::{SqlStore, Tables};
use super::work::Work;
use crate::ports::{ANSWERS_KEPT_FOR, Keyed, Later, MOST_ANSWERS_OF_ONE, OnceStore, Repeated, StoreError, UNDER_WAY};

impl OnceStore for SqlStore {
    fn begin_once(&self, request: Keyed) -> Later<'_, Repeated> {
        self.run(|tables| async move { tables.begin_once(request).await })
    }

    fn keep_once(&self, id: String, answer: String) -> Later<'_, ()> {
        self.run(|tables| async move {
            let mut work = tables.begin(&id).await?;
            let keep =
                query("UPDATE answered_once SET answer = $1 WHERE id = $2 AND answer = ''").bind(answer.as_str());
            keep.bind(id.as_str()).execute(&mut *work).await.map_err(failed)?;
            work.commit().await
        })
    }

    fn take_back_once(&self, id: String) -> Later<'_, ()> {
        self.run(|tables| async move {
            let mut work = tables.begin(&id).await?;
            let back = query("DELETE FROM answered_once WHERE id = $1 AND answer = ''").bind(id.as_str());
            back.execute(&mut *work).await.map_err(failed)?;
            work.commit().await
        })
    }
}

impl Tables {
    async fn begin_once(&self, request: Keyed) -> Result<Repeated, StoreError> {
        let now = self.now().await?;
        // One lock for an owner: the same request that comes twice at once is one.
        let mut work = self.begin(&request.owner).await?;
        let read = query("SELECT print, answer, made FROM answered_once WHERE id = $1").bind(request.id.as_str());
        if let Some(row) = read.fetch_optional(&mut *work).await.map_err(failed)? {
            let text = |column: usize| row.try_get::<String, _>(column).map_err(failed);
            let (print, answer, made) = (text(0)?, text(1)?, row.try_get::<i64, _>(2).map_err(failed)?);
            let kept_for = if answer.is_empty() { UNDER_WAY } else { ANSWERS_KEPT_FOR };
            if now - made < kept_for.as_millis() as i64 {
                work.commit().await?;
                return Ok(match answer {
                    _ if print != request.print => Repeated::OtherRequest,
                    answer if answer.is_empty() => Repeated::UnderWay,
                    answer => Repeated::Answered(answer),
                });
            }
            let again = query("DELETE FROM answered_once WHERE id = $1").bind(request.id.as_str());
            again.execute(&mut *work).await.map_err(failed)?;
        }
        let row = "INSERT INTO answered_once (id, owner, print, made, answer) VALUES ($1, $2, $3, $4, '')";
        let insert = query(row).bind(request.id.as_str()).bind(request.owner.as_str()).bind(request.print.as_str());
        insert.bind(now).execute(&mut *work).await.map_err(failed)?;
        let known = query_scalar("SELECT id FROM answered_once WHERE owner = $1 ORDER BY made DESC, id");
        let known: Vec<String> = known.bind(request.owner.as_str()).fetch_all(&mut *work).await.map_err(failed)?;
        for id in known.iter().filter(|id| **id != request.id).skip(MOST_ANSWERS_OF_ONE - 1) {
            let forget = query("DELETE FROM answered_once WHERE id = $1").bind(id.as_str());
            forget.execute(&mut *work).await.map_err(failed)?;
        }
        work.commit().await?;
        Ok(Repeated::First)
    }

    /// Forgets answers that are old.
    pub(super) async fn sweep_once(work: &mut Work, now: i64) -> Result<(), StoreError> {
        let old = query("DELETE FROM answered_once WHERE made < $1").bind(now - ANSWERS_KEPT_FOR.as_millis() as i64);
        old.execute(&mut **work).await.map_err(failed).map(drop)
    }
}
