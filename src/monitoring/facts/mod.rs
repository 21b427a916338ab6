//! Everything that is known of the programme in one territory, as a list of facts: each with its source, its day, its
//! denominator and its range, or unknown.

mod declared;
mod fact;
mod origin;
mod places;
mod supply;

use chrono::NaiveDate;

use super::freshness::venues_in;
use super::overview::Overview;
use crate::domain::{Venue, VenueIx};
use crate::editions::Snapshot;

pub use declared::{declared_in, similar_initiatives};
pub use fact::{Fact, Ground, Group, Told};

/// The facts of a territory, in the order of their groups. `today` is only for what may have expired.
#[must_use]
pub fn facts(snapshot: &Snapshot, ground: Ground<'_>, today: NaiveDate) -> Vec<Fact> {
    let atlas = &snapshot.atlas;
    let overview = Overview::kept(snapshot);
    let summary = overview.summary(atlas, ground.level, ground.code, ground.communes);
    // Looked for once: a page asks many things of the same venues.
    let venues: Vec<(VenueIx, &Venue)> = venues_in(atlas, ground.inside()).collect();
    let mut facts = supply::need(atlas, ground.communes, summary.as_deref());
    facts.extend(supply::posts(atlas, ground, summary.as_deref()));
    facts.extend(declared::posts(atlas, ground));
    facts.extend(supply::france_services(snapshot, ground, summary.as_deref()));
    facts.extend(supply::pass(atlas, ground, &venues));
    facts.extend(declared::pass(atlas, ground));
    facts.extend(places::labels(overview, atlas, &venues, today));
    facts.extend(places::hubs(atlas, ground));
    facts.extend(places::connectivity(snapshot, ground));
    facts.extend(declared::connectivity(atlas, ground));
    facts.extend(declared::charter(atlas, ground, &venues));
    facts.extend(places::operators(overview, atlas, &venues));
    facts
}

/// The fact with this id.
#[must_use]
pub fn named<'f>(facts: &'f [Fact], id: &str) -> Option<&'f Fact> {
    facts.iter().find(|fact| fact.id == id)
}
