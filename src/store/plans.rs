//! Plans as jobs in their table. Every transaction is short: nobody waits here for a search.

use sqlx::any::AnyRow;
use sqlx::{Row, query, query_scalar};

use super::plan_rows::{columns, damaged, line};
use super::rows::failed;
use super::scenarios::{SqlStore, Tables};
use super::work::Work;
use crate::ports::{
    Admitted, Board, KEPT_FOR, LEASE, Later, MOST_ATTEMPTS, PlanClaim, PlanLimits, PlanLine, PlanState, PlanStore,
    PlanText, PostedPlan, StoreError,
};

/// The lock of all jobs: limits are counted and kept in one go.
const LOCK: &str = "plan_search";
/// One job, whatever became of it.
const ONE: &str = concat!("SELECT ", columns!(), ", progress FROM plan_search WHERE id = $1");

/// Binds what a claim is known by: id, made, worker, attempt.
macro_rules! of_claim {
    ($statement:expr, $claim:expr) => {
        $statement
            .bind($claim.id.as_str())
            .bind($claim.made)
            .bind($claim.worker.as_str())
            .bind(i64::from($claim.attempt))
    };
}

impl PlanStore for SqlStore {
    fn secret(&self, fresh: String) -> Later<'_, String> {
        self.run(|tables| async move { tables.secret(fresh).await })
    }

    fn post(&self, plan: PostedPlan, limits: PlanLimits) -> Later<'_, Admitted> {
        self.run(move |tables| async move { tables.post(plan, limits).await })
    }

    fn plan(&self, id: String) -> Later<'_, Option<PlanLine>> {
        self.run(|tables| async move {
            let found = query(ONE).bind(id.as_str()).fetch_optional(&tables.pool).await.map_err(failed)?;
            found.as_ref().map(line).transpose()
        })
    }

    fn text(&self, id: String, made: i64) -> Later<'_, Option<PlanText>> {
        self.run(move |tables| async move { tables.text(id, made).await })
    }

    fn board(&self) -> Later<'_, Board> {
        self.run(|tables| async move { tables.board().await })
    }

    fn tidy(&self, limits: PlanLimits, given_up: String) -> Later<'_, ()> {
        self.run(move |tables| async move { tables.tidy(limits, given_up).await })
    }

    fn claim(&self, id: String, worker: String) -> Later<'_, Option<PlanClaim>> {
        self.run(|tables| async move { tables.claim(id, worker).await })
    }

    fn beat(&self, claim: PlanClaim, progress: String) -> Later<'_, bool> {
        self.run(|tables| async move {
            let now = tables.now().await?;
            let row = "UPDATE plan_search SET beat = $1, progress = $2 \
                       WHERE id = $3 AND made = $4 AND worker = $5 AND attempt = $6 AND state = 'running'";
            let mut work = tables.begin(&claim.id).await?;
            let update = of_claim!(query(row).bind(now).bind(progress.as_str()), claim);
            let done = update.execute(&mut *work).await.map_err(failed)?;
            work.commit().await?;
            Ok(done.rows_affected() == 1)
        })
    }

    fn end(&self, claim: PlanClaim, state: PlanState, text: PlanText) -> Later<'_, bool> {
        self.run(move |tables| async move {
            let now = tables.now().await?;
            let row = "UPDATE plan_search SET state = $1, ended = $2, progress = $3, outcome = $4, visitor = '' \
                       WHERE id = $5 AND made = $6 AND worker = $7 AND attempt = $8 AND state = 'running'";
            let mut work = tables.begin(&claim.id).await?;
            let update = query(row).bind(state.name()).bind(now).bind(text.progress.as_str());
            let update = of_claim!(update.bind(text.outcome.as_str()), claim);
            let done = update.execute(&mut *work).await.map_err(failed)?;
            work.commit().await?;
            Ok(done.rows_affected() == 1)
        })
    }

    fn give_back(&self, claim: PlanClaim) -> Later<'_, bool> {
        self.run(|tables| async move {
            let row = "UPDATE plan_search SET state = 'queued', attempt = attempt - 1 \
                       WHERE id = $1 AND made = $2 AND worker = $3 AND attempt = $4 AND state = 'running'";
            let mut work = tables.begin(&claim.id).await?;
            let done = of_claim!(query(row), claim).execute(&mut *work).await.map_err(failed)?;
            work.commit().await?;
            Ok(done.rows_affected() == 1)
        })
    }

    fn withdraw(&self, id: String, key: String) -> Later<'_, bool> {
        self.run(|tables| async move { tables.withdraw(id, key).await })
    }

    fn pass(&self, what: &'static str, visitor: String, most: u32) -> Later<'_, bool> {
        self.run(move |tables| async move { tables.pass(what, visitor, most).await })
    }
}

impl Tables {
    async fn post(&self, plan: PostedPlan, limits: PlanLimits) -> Result<Admitted, StoreError> {
        let now = self.now().await?;
        let mut work = self.begin(LOCK).await?;
        let known = query(ONE).bind(plan.id.as_str()).fetch_optional(&mut *work).await.map_err(failed)?;
        let known = known.as_ref().map(line).transpose()?.filter(|known| known.state != PlanState::Cancelled);
        if let Some(known) = known {
            add_key(&mut work, &plan, limits).await?;
            work.commit().await?;
            return Ok(Admitted::Job(known));
        }
        let counted = "SELECT count(*) FROM plan_search WHERE state IN ('queued', 'running') AND visitor = $1";
        let of_one: i64 =
            query_scalar(counted).bind(plan.visitor.as_str()).fetch_one(&mut *work).await.map_err(failed)?;
        let waiting = "SELECT count(*) FROM plan_search WHERE state = 'queued'";
        let waiting: i64 = query_scalar(waiting).fetch_one(&mut *work).await.map_err(failed)?;
        let of_one = !plan.visitor.is_empty() && of_one >= limits.of_one as i64;
        if of_one || waiting >= limits.waiting as i64 {
            let first = "SELECT coalesce(min(begun + seconds * 1000), 0) FROM plan_search WHERE state = 'running'";
            let first: i64 = query_scalar(first).fetch_one(&mut *work).await.map_err(failed)?;
            work.commit().await?;
            let retry_after = u32::try_from((first - now + 999).div_euclid(1_000)).unwrap_or(0).max(1);
            return Ok(Admitted::Full { retry_after, of_one });
        }
        forget(&mut work, &plan.id).await?;
        let row = "INSERT INTO plan_search (id, edition, question, seconds, visitor, state, made, worker, attempt, \
                   begun, beat, ended, progress, outcome) VALUES ($1, $2, $3, $4, $5, 'queued', $6, '', 0, 0, 0, 0, '', '')";
        let insert = query(row).bind(plan.id.as_str()).bind(plan.edition.as_str()).bind(plan.question.as_str());
        let insert = insert.bind(i64::from(plan.seconds)).bind(plan.visitor.as_str()).bind(now);
        insert.execute(&mut *work).await.map_err(failed)?;
        add_key(&mut work, &plan, limits).await?;
        work.commit().await?;
        let PostedPlan { id, edition, seconds, visitor, .. } = plan;
        let (state, progress) = (PlanState::Queued, String::new());
        Ok(Admitted::Job(PlanLine {
            id,
            edition,
            visitor,
            state,
            made: now,
            seconds,
            attempt: 0,
            beat: 0,
            ended: 0,
            progress,
        }))
    }

    async fn text(&self, id: String, made: i64) -> Result<Option<PlanText>, StoreError> {
        let read = "SELECT question, progress, outcome FROM plan_search WHERE id = $1 AND made = $2";
        let found = query(read).bind(id.as_str()).bind(made).fetch_optional(&self.pool).await.map_err(failed)?;
        let texts = |row: AnyRow| {
            let text = |column: usize| row.try_get::<String, _>(column).map_err(failed);
            Ok(PlanText { question: text(0)?, progress: text(1)?, outcome: text(2)? })
        };
        found.map(texts).transpose()
    }

    async fn board(&self) -> Result<Board, StoreError> {
        const BOARD: &str = concat!(
            "SELECT ",
            columns!(),
            ", CASE WHEN state = 'running' THEN progress ELSE '' END FROM plan_search ORDER BY made, id",
        );
        let rows = query(BOARD).fetch_all(&self.pool).await.map_err(failed)?;
        let lines = rows.iter().map(line).collect::<Result<_, _>>()?;
        Ok(Board { now: self.now().await?, lines })
    }

    async fn tidy(&self, limits: PlanLimits, given_up: String) -> Result<(), StoreError> {
        let now = self.now().await?;
        let mut work = self.begin(LOCK).await?;
        let late = now - LEASE.as_millis() as i64;
        let lost = "UPDATE plan_search SET state = 'failed', ended = $1, outcome = $2, visitor = '' \
                    WHERE state = 'running' AND beat < $3 AND attempt >= $4";
        let lost = query(lost).bind(now).bind(given_up.as_str()).bind(late).bind(i64::from(MOST_ATTEMPTS));
        lost.execute(&mut *work).await.map_err(failed)?;
        let again = "UPDATE plan_search SET state = 'queued' WHERE state = 'running' AND beat < $1";
        query(again).bind(late).execute(&mut *work).await.map_err(failed)?;
        let over = "SELECT id FROM plan_search WHERE ended > 0 ORDER BY ended DESC, id";
        let over: Vec<String> = query_scalar(over).fetch_all(&mut *work).await.map_err(failed)?;
        let old = "SELECT id FROM plan_search WHERE ended > 0 AND ended < $1";
        let old = query_scalar(old).bind(now - KEPT_FOR.as_millis() as i64);
        let old: Vec<String> = old.fetch_all(&mut *work).await.map_err(failed)?;
        for id in over.iter().skip(limits.over).chain(&old) {
            forget(&mut work, id).await?;
        }
        Self::sweep(&mut work, now).await?;
        Self::sweep_once(&mut work, now).await?;
        work.commit().await
    }

    async fn claim(&self, id: String, worker: String) -> Result<Option<PlanClaim>, StoreError> {
        let now = self.now().await?;
        let mut work = self.begin(&id).await?;
        let claim = query(self.dialect.claim()).bind(worker.as_str()).bind(now).bind(id.as_str());
        let claimed = claim.execute(&mut *work).await.map_err(failed)?;
        let read = "SELECT made, attempt FROM plan_search WHERE id = $1 AND worker = $2";
        let row =
            query(read).bind(id.as_str()).bind(worker.as_str()).fetch_optional(&mut *work).await.map_err(failed)?;
        work.commit().await?;
        let Some(row) = row.filter(|_| claimed.rows_affected() == 1) else { return Ok(None) };
        let number = |column: usize| row.try_get::<i64, _>(column).map_err(failed);
        let attempt = u32::try_from(number(1)?).map_err(|_| damaged("attempt"))?;
        Ok(Some(PlanClaim { id, made: number(0)?, worker, attempt }))
    }

    async fn withdraw(&self, id: String, key: String) -> Result<bool, StoreError> {
        let now = self.now().await?;
        let mut work = self.begin(LOCK).await?;
        let delete = query("DELETE FROM plan_key WHERE plan = $1 AND secret = $2").bind(id.as_str()).bind(key.as_str());
        let known = delete.execute(&mut *work).await.map_err(failed)?.rows_affected() > 0;
        let left = query_scalar("SELECT count(*) FROM plan_key WHERE plan = $1").bind(id.as_str());
        let left: i64 = left.fetch_one(&mut *work).await.map_err(failed)?;
        if known && left == 0 {
            let row = "UPDATE plan_search SET state = 'cancelled', ended = $1, visitor = '' \
                       WHERE id = $2 AND state IN ('queued', 'running')";
            query(row).bind(now).bind(id.as_str()).execute(&mut *work).await.map_err(failed)?;
        }
        work.commit().await?;
        Ok(known)
    }
}

/// Remembers the key of who asks, while there is room.
async fn add_key(work: &mut Work, plan: &PostedPlan, limits: PlanLimits) -> Result<(), StoreError> {
    let counted = query_scalar("SELECT count(*) FROM plan_key WHERE plan = $1").bind(plan.id.as_str());
    let known: i64 = counted.fetch_one(&mut **work).await.map_err(failed)?;
    if known >= limits.keys as i64 {
        return Ok(());
    }
    let row = "INSERT INTO plan_key (plan, secret) VALUES ($1, $2) ON CONFLICT (plan, secret) DO NOTHING";
    let insert = query(row).bind(plan.id.as_str()).bind(plan.key.as_str());
    insert.execute(&mut **work).await.map_err(failed).map(drop)
}

/// Forgets a job and its keys.
async fn forget(work: &mut Work, id: &str) -> Result<(), StoreError> {
    for statement in ["DELETE FROM plan_key WHERE plan = $1", "DELETE FROM plan_search WHERE id = $1"] {
        query(statement).bind(id).execute(&mut **work).await.map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
impl SqlStore {
    /// Pretends that so many milliseconds more have passed since the last sign of life of a job, and since its end.
    pub(super) fn age(&self, id: &str, milliseconds: i64) {
        let age = "UPDATE plan_search SET beat = beat - $1, ended = CASE WHEN ended > 0 THEN ended - $1 ELSE 0 END WHERE id = $2";
        let id = id.to_owned();
        let aged = self.run(|tables| async move {
            let mut work = tables.begin(&id).await?;
            query(age).bind(milliseconds).bind(id.as_str()).execute(&mut *work).await.map_err(failed)?;
            work.commit().await
        });
        crate::ports::wait(aged).expect("the store takes a number");
    }
}
