//! How many strangers may begin to keep scenarios in a minute: a disk is filled by many small texts as well as by large ones.

use std::sync::Mutex;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use chrono::NaiveDateTime;

use crate::http::problem::Problem;

/// Most new tokens in a minute, over all visitors.
pub const MOST_PER_MINUTE: u32 = 60;

/// The minute under way, and how many passed in it.
#[derive(Debug, Default)]
pub struct RateLimit(Mutex<(i64, u32)>);

impl RateLimit {
    /// Lets one more through.
    ///
    /// # Errors
    /// 429 when the minute is full.
    pub fn pass(&self, now: NaiveDateTime) -> Result<(), Problem> {
        let minute = now.and_utc().timestamp().div_euclid(60);
        let mut counted = self.0.lock().expect("no thread panics while it holds the rate_limit");
        if counted.0 != minute {
            *counted = (minute, 0);
        }
        if counted.1 >= MOST_PER_MINUTE {
            let detail = "many scenarios are being begun; try again in a minute, or save with a token you have";
            let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail);
            return Err(problem.with_header(RETRY_AFTER, HeaderValue::from_static("60")));
        }
        counted.1 += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_minute_refuses_and_the_next_one_begins_anew() {
        let at = |second: i64| chrono::DateTime::from_timestamp(1_000_020 + second, 0).unwrap().naive_utc();
        let rate_limit = RateLimit::default();
        for _ in 0..MOST_PER_MINUTE {
            rate_limit.pass(at(0)).unwrap();
        }
        assert!(rate_limit.pass(at(39)).is_err());
        assert!(rate_limit.pass(at(60)).is_ok());
    }
}
