//! How far a venue seems to somebody of whom nobody said enough: what [`super::Order::Useful`] goes by.

use chrono::Datelike;

use crate::atlas::Atlas;
use crate::domain::vocabulary::{Itinerance, Programme};
use crate::domain::{Hours, Metres, Venue, VenueIx};

/// What a way costs before the first step, in metres: 100 m and 300 m are the same to who sets out.
pub const SETTING_OUT_M: f64 = 1_000.0;
/// A venue that cannot be asked anything counts as so many times as far: who goes there goes for nothing one day.
pub const WITHOUT_CONTACT: f64 = 4.0;
/// One of which nobody said whether one may walk in.
pub const WITHOUT_WAY: f64 = 2.5;
/// One of which nobody said when it is open.
pub const WITHOUT_HOURS: f64 = 2.0;
/// One that moves: where it is on that day nobody knows from its address.
pub const WITHOUT_PLACE: f64 = 3.0;
/// Each year of age of what is known, beyond the first two.
pub const BY_YEAR: f64 = 1.1;
/// A way longer than this decides alone.
pub use crate::domain::units::FAR_M;

/// How far a venue seems, in metres, and whether it is far: the way and what setting out costs, times a factor for each thing
/// that nobody said, and for age. The factors are proposals (2026). What is unknown comes later, and is never left out.
#[must_use]
pub fn seems(atlas: &Atlas, ordinal: VenueIx, way: Metres) -> (bool, f64) {
    let venue = &atlas.venues()[ordinal];
    let newest = atlas.edition().as_of.map_or(0, |day| day.year());
    let age = venue.updated.or(venue.attested()).map_or(0, |day| (newest - day.year() - 2).clamp(0, 5));
    let is_far = way.value() > FAR_M;
    let factor = if is_far { 1.0 } else { unknown(venue) * BY_YEAR.powi(age) };
    (is_far, (way.value() + SETTING_OUT_M) * factor)
}

/// By how much what nobody said of a venue lengthens the way to it: 1 when contact, way of coming, hours and place are known.
#[must_use]
pub fn unknown(venue: &Venue) -> f64 {
    let factor = |is_known: bool, factor: f64| if is_known { 1.0 } else { factor };
    factor(has_contact(venue), WITHOUT_CONTACT)
        * factor(says_how_to_come(venue), WITHOUT_WAY)
        * factor(venue.hours != Hours::Unknown, WITHOUT_HOURS)
        * factor(venue.itinerance != [Itinerance::Itinerant], WITHOUT_PLACE)
}

/// Whether somebody can be asked: by telephone, by mail or on a site.
#[must_use]
pub fn has_contact(venue: &Venue) -> bool {
    !venue.phones.is_empty() || !venue.emails.is_empty() || !venue.websites.is_empty()
}

/// Whether it is known how to come: with or without an appointment. France services receive everybody, by their charter.
#[must_use]
pub fn says_how_to_come(venue: &Venue) -> bool {
    !venue.access_modes.is_empty()
        || venue.booking_url.is_some()
        || venue.programmes.contains(&Programme::FranceServices)
}
