//! What the answer says of a place, in the language of the page: when it is open, how to come, and whom it receives.

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::domain::hours::OpenState;
use crate::domain::vocabulary::Support;
use crate::domain::{Hours, Venue};
use crate::http::State;
use crate::pages::language::{Language, Words};
use crate::pages::opening::{opening, state_of};
use crate::pages::words::{Coming, how_to_come};

/// Days of the week in the catalogue, Monday first.
const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

/// The special need, as the catalogue says it.
pub fn support_words(support: Support) -> &'static str {
    match support {
        Support::Deafness => "support-deafness",
        Support::MotorDisability => "support-motor",
        Support::MentalDisability => "support-mental",
        Support::Illiteracy => "support-reading",
        Support::English => "support-english",
        Support::OtherLanguages => "support-languages",
        Support::LowVision => "support-sight",
    }
}

/// When it is open. What the venue says in its own words stays in French, and so does what hours do not tell.
pub fn opened(state: &State, t: Words, venue: &Venue) -> String {
    let french = || opening(&state.atlas, venue, state.now()).now;
    if matches!(t.0, Language::French | Language::Easy) || !matches!(venue.hours, Hours::Osm(_)) {
        return french();
    }
    let Some((there, open)) = state_of(&state.atlas, venue, state.now()) else { return french() };
    match open {
        OpenState::Open { until: Some(until), note: None } => t.about("open-until", &moment(t, there, until)),
        OpenState::Closed { opens: Some(opens), note: None } => t.about("open-next", &moment(t, there, opens)),
        OpenState::Closed { opens: None, note: None } => t.say("open-none"),
        OpenState::Unknown { .. } => t.say("open-unknown"),
        _ => french(),
    }
}

/// “17:30”, “Monday, 09:00”, “12 August 2024, 09:00”.
fn moment(t: Words, now: NaiveDateTime, at: NaiveDateTime) -> String {
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    match (at.date() - now.date()).num_days() {
        0 => time,
        1..=6 => {
            let day = t.say(DAYS[at.weekday().num_days_from_monday() as usize]);
            t.with("day-time", &[("day", &day), ("x", &time)])
        }
        _ => t.with("day-time", &[("day", &t.date(at.date())), ("x", &time)]),
    }
}

/// How to come, by the same rules as in French.
pub fn coming(t: Words, venue: &Venue) -> String {
    if matches!(t.0, Language::French | Language::Easy) {
        return how_to_come(venue);
    }
    t.say(Coming::to(venue).key())
}
