//! How often one visitor may do something in a minute. What others do is never held against them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use chrono::NaiveDateTime;

use super::problem::Problem;
use crate::shares::visitor::Visitor;

/// Most visitors that are counted in one minute; then all begin anew, so that the table stays small.
const MOST_VISITORS: usize = 100_000;

/// The minute under way, and how many times each visitor passed in it.
#[derive(Debug, Default)]
pub struct RateLimit(Mutex<(i64, HashMap<Visitor, u32>)>);

impl RateLimit {
    /// Lets one more through, unless this visitor did it so many times in this minute.
    ///
    /// # Errors
    /// 429 when it is too much.
    pub fn pass(&self, visitor: Visitor, most: u32, now: NaiveDateTime) -> Result<(), Problem> {
        if !visitor.is_known() {
            return Ok(());
        }
        let minute = now.and_utc().timestamp().div_euclid(60);
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != minute || counted.1.len() >= MOST_VISITORS {
            *counted = (minute, HashMap::new());
        }
        let passed = counted.1.entry(visitor).or_default();
        if *passed >= most {
            return Err(too_many(most));
        }
        *passed += 1;
        Ok(())
    }
}

/// 429.
#[must_use]
pub fn too_many(most: u32) -> Problem {
    let detail = format!("this was done {most} times in a minute from your address; try again in a minute");
    let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail);
    problem.with_header(RETRY_AFTER, HeaderValue::from_static("60"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_minute_refuses_one_visitor_and_no_other_and_the_next_one_begins_anew() {
        let at = |second: i64| chrono::DateTime::from_timestamp(1_000_020 + second, 0).unwrap().naive_utc();
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|address| Visitor::at(address.parse().unwrap()));
        let limit = RateLimit::default();
        for _ in 0..10 {
            limit.pass(one, 10, at(0)).unwrap();
        }
        assert!(limit.pass(one, 10, at(39)).is_err());
        assert!(limit.pass(other, 10, at(39)).is_ok());
        assert!(limit.pass(one, 10, at(60)).is_ok());
    }
}
