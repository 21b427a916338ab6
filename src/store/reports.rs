//! Reports of visitors in their table.

use chrono::NaiveDateTime;
use sqlx::any::AnyRow;
use sqlx::{Row, query, query_scalar};

use super::rows::{failed, instant, milliseconds};
use super::scenarios::{SqlStore, Tables};
use crate::ports::{
    Later, MOST_WAITING, MOST_WAITING_OF_A_VENUE, Page, Report, ReportId, ReportKind, ReportStore, StoreError, Verdict,
};

/// The state of a report that nobody decided.
const WAITING: &str = "waiting";

impl ReportStore for SqlStore {
    fn report(&self, report: Report) -> Later<'_, ()> {
        self.run(|tables| async move { tables.report(report).await })
    }

    fn waiting(&self, page: Page) -> Later<'_, Vec<Report>> {
        self.run(move |tables| async move { tables.waiting(page).await })
    }

    fn decide(&self, id: ReportId, verdict: Verdict, now: NaiveDateTime) -> Later<'_, ()> {
        self.run(move |tables| async move { tables.decide(id, verdict, now).await })
    }

    fn confirmed(&self, venue: String) -> Later<'_, Vec<Report>> {
        self.run(|tables| async move { tables.confirmed(venue).await })
    }
}

impl Tables {
    async fn report(&self, report: Report) -> Result<(), StoreError> {
        // One lock for all reports: both limits are counted and kept in one go.
        let mut work = self.begin("venue_report").await?;
        let all = query_scalar("SELECT count(*) FROM venue_report WHERE state = $1").bind(WAITING);
        let all: i64 = all.fetch_one(&mut *work).await.map_err(failed)?;
        let of_venue = query_scalar("SELECT count(*) FROM venue_report WHERE venue = $1 AND state = $2");
        let of_venue = of_venue.bind(report.venue.as_str()).bind(WAITING);
        let of_venue: i64 = of_venue.fetch_one(&mut *work).await.map_err(failed)?;
        if all >= i64::from(MOST_WAITING) || of_venue >= i64::from(MOST_WAITING_OF_A_VENUE) {
            return work.give_up(StoreError::Full).await;
        }
        let row = "INSERT INTO venue_report (id, venue, kind, text, sent, state) VALUES ($1, $2, $3, $4, $5, $6)";
        let insert = query(row).bind(report.id.as_str()).bind(report.venue.as_str()).bind(report.kind.name());
        let insert = insert.bind(report.text.as_str()).bind(milliseconds(report.sent)).bind(WAITING);
        insert.execute(&mut *work).await.map_err(failed)?;
        work.commit().await
    }

    async fn waiting(&self, page: Page) -> Result<Vec<Report>, StoreError> {
        const ROWS: &str = "SELECT id, venue, kind, text, sent, state, decided FROM venue_report \
                            WHERE state = 'waiting' ORDER BY sent, id LIMIT $1 OFFSET $2";
        let rows = query(ROWS).bind(i64::from(page.limit)).bind(i64::from(page.offset));
        rows.fetch_all(&self.pool).await.map_err(failed)?.iter().map(report).collect()
    }

    async fn decide(&self, id: ReportId, verdict: Verdict, now: NaiveDateTime) -> Result<(), StoreError> {
        let row = "UPDATE venue_report SET state = $1, decided = $2, text = '' WHERE id = $3 AND state = $4";
        let update = query(row).bind(verdict.name()).bind(milliseconds(now)).bind(id.as_str()).bind(WAITING);
        let mut work = self.begin("venue_report").await?;
        let done = update.execute(&mut *work).await.map_err(failed)?;
        work.commit().await?;
        if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    async fn confirmed(&self, venue: String) -> Result<Vec<Report>, StoreError> {
        const ROWS: &str = "SELECT id, venue, kind, text, sent, state, decided FROM venue_report \
                            WHERE venue = $1 AND state = 'confirmed' ORDER BY decided DESC, id LIMIT 20";
        let rows = query(ROWS).bind(venue.as_str()).fetch_all(&self.pool).await.map_err(failed)?;
        rows.iter().map(report).collect()
    }
}

fn report(row: &AnyRow) -> Result<Report, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column).map_err(failed);
    let damaged = |column: &str| StoreError::Broken(format!("a report holds no readable {column}"));
    let state = text(5)?;
    let decided = match Verdict::from_name(&state) {
        None if state == WAITING => None,
        None => return Err(damaged("state")),
        Some(verdict) => {
            let at = row.try_get::<i64, _>(6).map_err(failed)?;
            Some((verdict, instant(at).ok_or_else(|| damaged("decided"))?))
        }
    };
    Ok(Report {
        id: ReportId::parse(&text(0)?).ok_or_else(|| damaged("id"))?,
        venue: text(1)?,
        kind: ReportKind::from_name(&text(2)?).ok_or_else(|| damaged("kind"))?,
        text: text(3)?,
        sent: instant(row.try_get::<i64, _>(4).map_err(failed)?).ok_or_else(|| damaged("sent"))?,
        decided,
    })
}
