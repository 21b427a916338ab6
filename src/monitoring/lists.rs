//! The same list on several days: how many France services there were, by the lists an edition keeps of the past.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::picture::list_of;
use crate::atlas::Atlas;
use crate::domain::CommuneIx;
use crate::editions::Snapshot;

/// The list whose past an edition keeps.
pub const FRANCE_SERVICES: &str = "france-services";

/// Rows of each dated list of France services, by commune. Worked out once for an edition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatedLists {
    /// Days of the lists, the earliest first.
    days: Vec<NaiveDate>,
    /// Rows by commune, then day.
    communes: Vec<u32>,
    /// Rows without a commune, by day.
    nowhere: Vec<u32>,
}

impl DatedLists {
    /// Those of an edition.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    fn new(atlas: &Atlas) -> Self {
        // A list that is at hand and has nobody somewhere has nobody there: 0, not unknown.
        let sources = || {
            let present = atlas.edition().sources.iter().filter(|source| source.present);
            present.filter(|source| list_of(&source.id) == FRANCE_SERVICES)
        };
        let days: BTreeMap<NaiveDate, usize> =
            sources().filter_map(|source| Some((source.vintage.parse().ok()?, 0))).collect();
        let days: Vec<NaiveDate> = days.into_keys().collect();
        let mut found =
            Self { communes: vec![0; days.len() * atlas.communes().len()], nowhere: vec![0; days.len()], days };
        for venue in atlas.past_venues().iter().filter(|venue| list_of(&venue.source) == FRANCE_SERVICES) {
            found.add(venue.commune.and_then(|code| atlas.places().by_code(code)), venue.date, 1);
        }
        let current = sources().find(|source| source.role == "venues");
        if let Some((id, Ok(day))) = current.map(|source| (&source.id, source.vintage.parse())) {
            for (ordinal, venue) in atlas.venues().iter_enumerated() {
                let rows = venue.provenance.iter().filter(|record| record.source == *id).count();
                found.add(atlas.venue_commune(ordinal), day, rows as u32);
            }
        }
        found
    }

    fn add(&mut self, commune: Option<CommuneIx>, day: NaiveDate, rows: u32) {
        let Ok(rank) = self.days.binary_search(&day) else { return };
        match commune {
            Some(commune) => self.communes[usize::from(commune) * self.days.len() + rank] += rows,
            None => self.nowhere[rank] += rows,
        }
    }

    /// Rows of each list that have no known commune.
    #[must_use]
    pub fn lost(&self) -> Vec<(NaiveDate, u32)> {
        self.days.iter().copied().zip(self.nowhere.iter().copied()).collect()
    }

    /// Rows of each list in some communes; in all of France, rows without a commune included, when `None`.
    #[must_use]
    pub fn of(&self, communes: Option<&[CommuneIx]>) -> Vec<(NaiveDate, u32)> {
        let width = self.days.len();
        let mut sums = if communes.is_some() { vec![0; width] } else { self.nowhere.clone() };
        let mut add = |commune: usize| {
            let rows = &self.communes[commune * width..(commune + 1) * width];
            sums.iter_mut().zip(rows).for_each(|(sum, rows)| *sum += rows);
        };
        match communes {
            Some(communes) => communes.iter().for_each(|&i| add(usize::from(i))),
            None => (0..self.communes.len() / width.max(1)).for_each(add),
        }
        self.days.iter().copied().zip(sums).collect()
    }
}
