//! The two orders in which venues are answered, each stated once, for pages, maps and API.

use chrono::Datelike;

use super::{Found, NearestQuery};
use crate::atlas::Atlas;
use crate::domain::{Hours, Metres, Venue, VenueIx};

/// In which order venues are answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The nearest first, whatever is known of it.
    #[default]
    Distance,
    /// The way to go, made longer by what nobody said: see [`Usefulness`].
    Useful,
}

impl Order {
    /// Both, as in addresses of the API.
    pub const ALL: [(Order, &'static str); 2] = [(Order::Distance, "distance"), (Order::Useful, "useful")];
}

/// What a way costs before the first step, in metres: 100 m and 300 m are the same to who sets out.
pub const SETTING_OUT_M: f64 = 1_000.0;
/// A venue that cannot be asked anything counts as so many times as far: who goes there goes for nothing one day.
pub const WITHOUT_CONTACT: f64 = 4.0;
/// One of which nobody said whether one may walk in.
pub const WITHOUT_WAY: f64 = 2.5;
/// One of which nobody said when it is open.
pub const WITHOUT_HOURS: f64 = 2.0;
/// Each year of age of what is known, beyond the first two.
pub const BY_YEAR: f64 = 1.1;
/// Farther than this, distance alone decides, in metres: nobody goes there for an hour of help.
pub const FAR_M: f64 = 50_000.0;

/// The rule of [`Order::Useful`]: the distance and what setting out costs, times a factor for each thing that nobody said,
/// and for age. The factors are proposals (2026). Ties by id. What is unknown comes later, and is never left out.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Usefulness {
    is_far: bool,
    metres: f64,
    ordinal: VenueIx,
}

impl Usefulness {
    /// Of a venue at a distance.
    #[must_use]
    pub fn of(atlas: &Atlas, ordinal: VenueIx, distance: Metres) -> Self {
        let venue = &atlas.venues()[ordinal];
        let newest = atlas.edition().as_of.map_or(0, |day| day.year());
        let age = venue.updated.or(venue.attested()).map_or(0, |day| (newest - day.year() - 2).clamp(0, 5));
        let is_far = distance.value() > FAR_M;
        let factor = if is_far { 1.0 } else { unknown(venue) * BY_YEAR.powi(age) };
        Self { is_far, metres: (distance.value() + SETTING_OUT_M) * factor, ordinal }
    }
}

/// By how much what nobody said of a venue lengthens the way to it: 1 when contact, way of coming and hours are known.
#[must_use]
pub fn unknown(venue: &Venue) -> f64 {
    let factor = |is_known: bool, factor: f64| if is_known { 1.0 } else { factor };
    factor(has_contact(venue), WITHOUT_CONTACT)
        * factor(says_how_to_come(venue), WITHOUT_WAY)
        * factor(venue.hours != Hours::Unknown, WITHOUT_HOURS)
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
        || venue.programmes.contains(&crate::domain::vocabulary::Programme::FranceServices)
}

/// The venues that fit, in the order of [`Usefulness`]. Exact: a venue is never more useful than its distance allows, so the
/// circle grows until the last of those wanted is more useful than anything outside it can be.
pub fn useful(atlas: &Atlas, query: &NearestQuery) -> Vec<Found<VenueIx>> {
    let most = query.within.map_or(f64::INFINITY, Metres::value);
    let mut radius: f64 = 2_000.0;
    loop {
        let last = radius >= most.min(FAR_M);
        // Beyond what is far distance decides, so as many of the nearest as are wanted are enough there.
        let within = if last { query.within } else { Metres::new(radius) };
        let limit = if last && most > FAR_M { inside(atlas, query) + query.limit } else { usize::MAX };
        let filter = query.filter.clone();
        let mut found = atlas.nearest_venues(&NearestQuery { within, limit, filter, order: Order::Distance, ..*query });
        let key = |found: &Found<VenueIx>| Usefulness::of(atlas, found.ordinal, found.distance);
        found.sort_by(|a, b| key(a).partial_cmp(&key(b)).expect("distances are finite"));
        let least_useful = found.get(query.limit.saturating_sub(1)).map(|found| key(found).metres);
        if last || least_useful.is_some_and(|metres| metres <= radius + SETTING_OUT_M) {
            found.truncate(query.limit);
            return found;
        }
        let enough = least_useful.map_or(f64::INFINITY, |metres| metres - SETTING_OUT_M);
        radius = enough.min(radius * 3.0).min(FAR_M);
    }
}

/// How many venues are not far.
fn inside(atlas: &Atlas, query: &NearestQuery) -> usize {
    let (within, filter) = (Metres::new(FAR_M), query.filter.clone());
    atlas.nearest_venues(&NearestQuery { within, limit: usize::MAX, filter, order: Order::Distance, ..*query }).len()
}
