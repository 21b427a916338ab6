//! Opening hours in words.

use chrono::NaiveDateTime;

use crate::domain::{Hours, Venue};

/// What a visitor reads about opening hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// One sentence for now.
    pub now: String,
    /// The week, one line each.
    pub week: Vec<String>,
}

/// The hours of a venue, at an instant in UTC.
#[must_use]
pub fn opening(venue: &Venue, _now: NaiveDateTime) -> Opening {
    match &venue.hours {
        Hours::Unknown => Opening { now: "Horaires non communiqués".into(), week: vec![] },
        Hours::Text(text) | Hours::Osm(text) => Opening { now: format!("Horaires : {text}"), week: vec![text.clone()] },
    }
}
