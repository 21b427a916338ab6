//! Between rows of jobs and what the rest of the house knows of them.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::rows::failed;
use crate::ports::{PlanLine, PlanState, StoreError};

/// What every statement that reads a job selects, in the order of [`line`]; the last one is its progress.
macro_rules! columns {
    () => {
        "id, edition, visitor, state, made, seconds, attempt, beat, ended"
    };
}
pub(super) use columns;

/// Reads a row of `columns!()` and progress.
pub(super) fn line(row: &AnyRow) -> Result<PlanLine, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column).map_err(failed);
    let number = |column: usize| row.try_get::<i64, _>(column).map_err(failed);
    let small = |column: usize| u32::try_from(number(column)?).map_err(|_| damaged("number"));
    Ok(PlanLine {
        id: text(0)?,
        edition: text(1)?,
        visitor: text(2)?,
        state: PlanState::from_name(&text(3)?).ok_or_else(|| damaged("state"))?,
        made: number(4)?,
        seconds: small(5)?,
        attempt: small(6)?,
        beat: number(7)?,
        ended: number(8)?,
        progress: text(9)?,
    })
}

/// A row that this program did not write.
pub(super) fn damaged(column: &str) -> StoreError {
    StoreError::Broken(format!("a job holds no readable {column}"))
}
