//! Two editions of one territory side by side: what became of its venues, and of its figures.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::difference::{Difference, Side};
use super::freshness::venues_in;
use super::overview::Overview;
use super::picture::{Picture, lists, records};
use crate::access::Threshold;
use crate::atlas::figures::{Figure, FigureAt, Measured};
use crate::atlas::{ClosedToPublic, VenueFilter};
use crate::domain::{CommuneIx, Level, VenueIx};
use crate::editions::Snapshot;

/// One edition, as it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Its day.
    pub as_of: Option<NaiveDate>,
}

/// A territory of one edition and the venues asked about.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Ordinals of the communes in that edition; `None` for all of France, with the venues that have no commune.
    pub communes: Option<Vec<CommuneIx>>,
    /// Which venues; those that receive no public are kept.
    pub filter: VenueFilter,
}

/// A figure in both editions.
#[derive(Debug, Clone, Copy)]
pub struct FigureThen {
    /// Which.
    pub figure: FigureAt,
    /// In the earlier edition.
    pub before: Measured,
    /// In the later one.
    pub after: Measured,
}

impl FigureThen {
    /// How much it rose; `None` unless both are known.
    #[must_use]
    pub fn rise(&self) -> Option<f64> {
        Some(self.after.value()? - self.before.value()?)
    }
}

/// Two editions compared.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The earlier.
    pub from: Named,
    /// The later.
    pub to: Named,
    /// What became of the venues.
    pub difference: Difference,
    /// Figures of the territory.
    pub figures: Vec<FigureThen>,
    /// Why figures of need must not be compared: they are not estimated from the same indicators. `None` when they may.
    pub other_indicators: Option<(Vec<&'static str>, Vec<&'static str>)>,
    /// Whether journeys were counted in another way: from other points, over other roads, bridges and boats.
    pub other_ways: bool,
    /// Lists of venues that are in the later edition only, and in the earlier only.
    pub lists: (Vec<String>, Vec<String>),
}

/// Figures that are compared; those that have a threshold at each of them.
const COMPARED: [&str; 10] = [
    "persons_in_need",
    "share_in_need",
    "share_within",
    "persons_beyond",
    "minutes_median",
    "hours_per_person_year",
    "venues",
    "venues_france_services",
    "venues_conseillers",
    "posts",
];

/// Compares a territory, given by level and code, in two editions.
#[must_use]
pub fn compare(
    (from, asked_from): (&Snapshot, &Asked),
    (to, asked_to): (&Snapshot, &Asked),
    (level, code): (Option<Level>, &str),
) -> Comparison {
    let (before, after) = (picture(from, asked_from), picture(to, asked_to));
    let ids = |snapshot: &'_ Snapshot| -> Vec<String> {
        snapshot.atlas.venues().iter().map(|venue| venue.id.clone()).collect()
    };
    let (all_before, all_after) = (ids(from), ids(to));
    let (all_before, all_after) =
        (all_before.iter().map(String::as_str).collect(), all_after.iter().map(String::as_str).collect());
    let (lists_before, lists_after) = (lists(&from.atlas), lists(&to.atlas));
    let difference = Difference::between(
        Side { picture: &before, ids: &all_before, lists: &lists_before, records: &records(&from.atlas) },
        Side { picture: &after, ids: &all_after, lists: &lists_after, records: &records(&to.atlas) },
        |id| to.atlas.venue_alias(id).map(ToOwned::to_owned),
    );
    let only = |these: &BTreeSet<String>, those: &BTreeSet<String>| these.difference(those).cloned().collect();
    Comparison {
        from: named(from),
        to: named(to),
        difference,
        figures: figures((from, asked_from), (to, asked_to), (level, code)),
        other_indicators: other_indicators(from, to),
        other_ways: !from.atlas.counts_ways_as(&to.atlas),
        lists: (only(&lists_after, &lists_before), only(&lists_before, &lists_after)),
    }
}

/// An edition, as it is named.
#[must_use]
pub fn named(snapshot: &Snapshot) -> Named {
    Named { id: snapshot.id().to_owned(), as_of: snapshot.atlas.edition().as_of }
}

fn picture(snapshot: &Snapshot, asked: &Asked) -> Picture {
    let mut filter = asked.filter.clone();
    filter.closed_to_public = ClosedToPublic::Kept;
    let atlas = &snapshot.atlas;
    let inside: BTreeSet<VenueIx> = venues_in(atlas, asked.communes.as_deref()).map(|(ordinal, _)| ordinal).collect();
    Picture::of(atlas, |venue| inside.contains(&venue) && filter.accepts(atlas, venue))
}

fn figures(
    (from, asked_from): (&Snapshot, &Asked),
    (to, asked_to): (&Snapshot, &Asked),
    (level, code): (Option<Level>, &str),
) -> Vec<FigureThen> {
    let summary = |snapshot: &Snapshot, asked: &Asked| {
        let atlas = &snapshot.atlas;
        let all: Vec<CommuneIx>;
        let communes = if let Some(communes) = &asked.communes {
            communes.as_slice()
        } else {
            all = atlas.communes().keys().collect();
            &all
        };
        Overview::kept(snapshot).summary(atlas, level, code, communes).map(std::borrow::Cow::into_owned)
    };
    let (before, after) = (summary(from, asked_from), summary(to, asked_to));
    let told = |figure: &FigureAt, summary: &Option<_>| summary.as_ref().map_or(Measured::Unknown, |s| figure.of(s));
    compared()
        .into_iter()
        .map(|figure| FigureThen { figure, before: told(&figure, &before), after: told(&figure, &after) })
        .collect()
}

/// The figures that are compared, in order.
#[must_use]
pub fn compared() -> Vec<FigureAt> {
    let named = COMPARED.iter().filter_map(|id| Figure::named(id));
    let at = |figure| {
        let plain = FigureAt::new(figure, Threshold::Ten);
        let at = if plain.threshold.is_some() { &Threshold::ALL[..] } else { &Threshold::ALL[..1] };
        at.iter().map(move |&threshold| FigureAt::new(figure, threshold))
    };
    named.flat_map(at).collect()
}

fn other_indicators(from: &Snapshot, to: &Snapshot) -> Option<(Vec<&'static str>, Vec<&'static str>)> {
    let of = |snapshot: &Snapshot| {
        let (_, need) = snapshot.atlas.analysis().default_need(&snapshot.atlas).ok()?;
        Some(need.estimate.indicators.clone())
    };
    let (before, after) = (of(from)?, of(to)?);
    (before != after).then_some((before, after))
}
