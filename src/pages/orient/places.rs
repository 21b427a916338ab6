//! Places for a profile: the nearest that fit; when none does, which wish was given up, in words. Never nothing in silence.

use chrono::NaiveDateTime;

use crate::access::Travel;
use crate::atlas::{Atlas, Order, VenueFilter};
use crate::domain::Metres;
use crate::pages::ranking::{Ranked, Ranking, rank};
use crate::pages::whereabouts::Origin;

use super::questions::Profile;

/// Beyond this, in metres, a place is not « near ».
pub const NEAR_M: f64 = 50_000.0;
/// Places shown: as many as a sheet holds.
pub const SHOWN: usize = 3;

/// What was found.
pub struct Places<'o> {
    /// The places, the nearest first.
    pub ranked: Vec<Ranked<'o>>,
    /// What had to be given up to find any: an id of the catalogue.
    pub relaxed: Option<&'static str>,
}

/// Looks for places, giving up one wish after the other: help from a distance, the special need, the services, the nearness.
#[must_use]
pub fn places<'o>(atlas: &Atlas, origins: &'o [Origin], profile: &Profile, now: NaiveDateTime) -> Places<'o> {
    let near = |filter: &VenueFilter, limit: usize| {
        let within = Metres::new(NEAR_M);
        let filter = filter.clone().asked_at(Some(now));
        let question = Ranking { filter, within, ..Ranking::of(Order::Useful, limit, now) };
        let mut ranked = rank(atlas, origins, &question);
        // What no known way leads to is not near.
        ranked.retain(|ranked| ranked.travel != Travel::NoWay);
        ranked
    };
    let base = profile.services().or_else(|| profile.programme()).unwrap_or_default();
    let (mut all, mut without_home, nothing) = (base.clone(), base.clone(), VenueFilter::default());
    profile.ask_support(&mut all);
    profile.ask_remote(&mut all);
    profile.ask_support(&mut without_home);
    let steps = [
        (all, None),
        (without_home, Some("relaxed-home")),
        (base, Some("relaxed-support")),
        (nothing, Some("relaxed-service")),
    ];
    let mut before: Option<VenueFilter> = None;
    for (filter, relaxed) in steps {
        // A wish that was not made is not given up.
        if before.as_ref() == Some(&filter) {
            continue;
        }
        let ranked = near(&filter, SHOWN);
        if !ranked.is_empty() {
            return Places { ranked: with_programme(ranked, near, profile), relaxed };
        }
        before = Some(filter);
    }
    let ranked = rank(atlas, origins, &Ranking::of(Order::Time, 1, now));
    let relaxed = if ranked.is_empty() { "no-place-known" } else { "relaxed-far" };
    Places { ranked, relaxed: Some(relaxed) }
}

/// Beside the services needed, one place of the programme needed, which no service names.
fn with_programme<'o>(
    mut ranked: Vec<Ranked<'o>>,
    near: impl Fn(&VenueFilter, usize) -> Vec<Ranked<'o>>,
    profile: &Profile,
) -> Vec<Ranked<'o>> {
    if profile.services().is_some() {
        let one = profile.programme().and_then(|filter| near(&filter, 1).pop());
        if let Some(one) = one.filter(|one| ranked.iter().all(|known| known.ordinal != one.ordinal)) {
            ranked.truncate(SHOWN - 1);
            ranked.push(one);
        }
    }
    ranked
}
