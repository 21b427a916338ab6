//! A picture of an edition: what is compared of each venue, by its id.

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::Atlas;
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneCode, Hours, Position, VenueIx};

/// What is compared of a venue.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Name.
    pub name: String,
    /// Commune; `None` when nobody knows it.
    pub commune: Option<CommuneCode>,
    /// Where it is, when that is known better than by its commune.
    pub position: Option<Position>,
    /// National programmes it belongs to on the day of the edition.
    pub programmes: BTreeSet<Programme>,
    /// Whether the pass numérique is accepted; `None` when nobody said.
    pub pass: Option<bool>,
    /// Whether it receives the public.
    pub public: bool,
    /// When it is open.
    pub hours: Hours,
    /// Its telephones, as they are dialled.
    pub phones: BTreeSet<String>,
    /// Lists that speak of it, without their dates: next year's file has the same name here.
    pub lists: BTreeSet<String>,
}

/// Every venue of an edition that fits a question, by id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture(pub BTreeMap<String, Trace>);

impl Picture {
    /// The venues of an edition, given by ordinal, that `keep` accepts.
    #[must_use]
    pub fn of(atlas: &Atlas, keep: impl Fn(VenueIx) -> bool) -> Self {
        let kept = atlas.venues().iter_enumerated().filter(|(ordinal, _)| keep(*ordinal));
        let trace = kept.map(|(_, venue)| {
            let trace = Trace {
                name: venue.name.clone(),
                commune: venue.commune,
                position: venue.location.own(),
                programmes: venue.programmes.iter().copied().collect(),
                pass: venue.pass_numerique,
                public: venue.receives_public(),
                hours: venue.hours.clone(),
                phones: venue.phones.iter().map(|phone| phone.as_str().to_owned()).collect(),
                lists: venue.provenance.iter().map(|record| list_of(&record.source).to_owned()).collect(),
            };
            (venue.id.clone(), trace)
        });
        Self(trace.collect())
    }
}

/// Which venue each record of each list is behind, by list without its date and id of the record: a venue whose records were all
/// known is no new venue, whatever its id.
#[must_use]
pub fn records(atlas: &Atlas) -> BTreeMap<(&str, &str), &str> {
    let venues = atlas.venues().iter();
    let each = venues.flat_map(|venue| venue.provenance.iter().map(move |record| (record, venue.id.as_str())));
    each.map(|(record, id)| ((list_of(&record.source), record.record.as_str()), id)).collect()
}

/// The name of a list without its date: `france-services-2024-08` → `france-services`.
#[must_use]
pub fn list_of(source: &str) -> &str {
    source.find("-20").map_or(source, |date| &source[..date])
}

/// The lists of venues that an edition holds, without their dates.
#[must_use]
pub fn lists(atlas: &Atlas) -> BTreeSet<String> {
    let venues = atlas.edition().sources.iter().filter(|source| source.present && source.role == "venues");
    venues.map(|source| list_of(&source.id).to_owned()).collect()
}
