//! The same contract for `SQLite` and `PostgreSQL`, and for the dumb twin that says what is right.

mod cluster;
mod contract;
mod once;
mod plans;
mod postgres;
mod sqlite;
mod twin;

use std::future::Future;

use chrono::{NaiveDate, NaiveDateTime};

use crate::ports::{Content, ID_BYTES, Owner, Scenario, ScenarioId, Visibility};

/// Waits for an answer, as the thread of a visitor does.
pub(super) fn wait<T>(answer: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a thread can wait").block_on(answer)
}

pub(super) fn id(number: u8) -> ScenarioId {
    ScenarioId::of_bytes([number; ID_BYTES])
}

pub(super) fn owner(number: u8) -> Owner {
    Owner::of_hash(&[number; 32])
}

/// So many seconds after a fixed noon.
pub(super) fn at(seconds: u32) -> NaiveDateTime {
    let noon = NaiveDate::from_ymd_opt(2024, 9, 3).and_then(|day| day.and_hms_opt(12, 0, 0)).expect("a day");
    noon + chrono::TimeDelta::seconds(seconds.into())
}

pub(super) fn content(title: &str, visibility: Visibility) -> Content {
    let document = r#"{"close":["é'\"; DROP TABLE scenario"]}"#.into();
    Content { title: title.into(), territory: "departements/23".into(), document, visibility }
}

pub(super) fn scenario(number: u8, holder: u8, content: Content) -> Scenario {
    let now = at(u32::from(number));
    Scenario { id: id(number), owner: owner(holder), version: 1, created: now, updated: now, content }
}
