//! How old the information is: venues by the age of what is known of them, on a day that is passed in, and what is missing.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use typed_index_collections::TiVec;

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Hours, Location, Venue, VenueIx};

/// How long ago a list last said that a venue exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Less than 6 months.
    Fresh,
    /// From 6 months to less than 12.
    Half,
    /// From 12 months to 18: the first alarm.
    Year,
    /// More than 18 months: the second alarm.
    Old,
    /// Nobody says when.
    Unknown,
}

impl Age {
    /// Every class with its name in answers and its words, the freshest first.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Fresh, "under_6_months", "moins de 6\u{a0}mois"),
        (Self::Half, "6_to_12_months", "de 6 à 12\u{a0}mois"),
        (Self::Year, "12_to_18_months", "de 12 à 18\u{a0}mois"),
        (Self::Old, "over_18_months", "plus de 18\u{a0}mois"),
        (Self::Unknown, "unknown", "date inconnue"),
    ];

    /// The age on a day of what was said on another. A day to come is no day of the past: unknown.
    #[must_use]
    pub fn on(today: NaiveDate, said: Option<NaiveDate>) -> Self {
        let months = |months: u32| said.and_then(|day| day.checked_add_months(Months::new(months)));
        match (said, months(6), months(12), months(18)) {
            (Some(day), Some(half), Some(year), Some(old)) if day <= today => match today {
                today if today < half => Self::Fresh,
                today if today < year => Self::Half,
                today if today <= old => Self::Year,
                _ => Self::Old,
            },
            _ => Self::Unknown,
        }
    }
}

/// Something a visitor needs to know of a venue.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Name in answers.
    pub id: &'static str,
    /// What a visitor reads.
    pub title: &'static str,
    /// Whether it is known.
    pub known: fn(&Venue) -> bool,
}

/// What a complete card holds, the most useful first.
pub const PARTS: [Part; 8] = [
    Part { id: "phone", title: "téléphone", known: |venue| !venue.phones.is_empty() },
    Part { id: "hours", title: "horaires", known: |venue| venue.hours != Hours::Unknown },
    Part { id: "address", title: "adresse", known: |venue| venue.address.is_some() },
    Part {
        id: "position",
        title: "position propre",
        known: |venue| !matches!(venue.location, Location::Commune(_) | Location::Unknown),
    },
    Part { id: "services", title: "services", known: |venue| !venue.services.is_empty() },
    Part { id: "access_modes", title: "modalités d’accès", known: |venue| !venue.access_modes.is_empty() },
    Part { id: "fees", title: "prix", known: |venue| !venue.fees.is_empty() },
    Part { id: "updated", title: "date de mise à jour", known: |venue| venue.updated.is_some() },
];

/// The venues of a territory, by age and by what is known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Freshness {
    /// Venues.
    pub venues: u32,
    /// Of these, by the age of the newest list that speaks of them, in the order of [`Age::ALL`].
    pub attested: [u32; 5],
    /// The same by the day of their own last update (`date_maj`).
    pub updated: [u32; 5],
    /// Venues that have each of [`PARTS`].
    pub known: [u32; PARTS.len()],
}

impl Freshness {
    /// Counts some venues on a day.
    #[must_use]
    pub fn of<'v>(venues: impl Iterator<Item = &'v Venue>, today: NaiveDate) -> Self {
        let mut found = Self::default();
        for venue in venues {
            found.venues += 1;
            found.attested[Age::on(today, venue.attested()) as usize] += 1;
            found.updated[Age::on(today, venue.updated) as usize] += 1;
            for (count, part) in found.known.iter_mut().zip(PARTS) {
                *count += u32::from((part.known)(venue));
            }
        }
        found
    }

    /// The mean share of [`PARTS`] that is known; `None` without venues.
    #[must_use]
    pub fn completeness(&self) -> Option<f64> {
        let parts: u32 = self.known.iter().sum();
        (self.venues > 0).then(|| f64::from(parts) / f64::from(self.venues * PARTS.len() as u32))
    }

    /// The share of venues that nobody has spoken of for more than 18 months, or at an unknown day; `None` without venues.
    #[must_use]
    pub fn stale(&self) -> Option<f64> {
        let stale = self.attested[Age::Old as usize] + self.attested[Age::Unknown as usize];
        (self.venues > 0).then(|| f64::from(stale) / f64::from(self.venues))
    }
}

/// The venues whose commune is among some, or all of them, those without a territory included.
pub fn venues_in<'a>(atlas: &'a Atlas, communes: Option<&[CommuneIx]>) -> impl Iterator<Item = (VenueIx, &'a Venue)> {
    let inside = communes.map(|communes| {
        let mut inside: TiVec<CommuneIx, bool> = vec![false; atlas.communes().len()].into();
        communes.iter().for_each(|&i| inside[i] = true);
        inside
    });
    atlas.venues().iter_enumerated().filter(move |(ordinal, _)| match &inside {
        None => true,
        Some(inside) => atlas.venue_commune(*ordinal).is_some_and(|commune| inside[commune]),
    })
}

/// The venues of each source, counted: a venue of three lists counts for each of them.
#[must_use]
pub fn by_source(atlas: &Atlas, communes: Option<&[CommuneIx]>, today: NaiveDate) -> Vec<(String, Freshness)> {
    let mut of: BTreeMap<&str, Vec<&Venue>> = BTreeMap::new();
    for (_, venue) in venues_in(atlas, communes) {
        let mut sources: Vec<&str> = venue.provenance.iter().map(|record| record.source.as_str()).collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            of.entry(source).or_default().push(venue);
        }
    }
    of.into_iter().map(|(id, venues)| (id.to_owned(), Freshness::of(venues.into_iter(), today))).collect()
}

/// A venue that somebody should call.
#[derive(Debug, Clone, PartialEq)]
pub struct ToCall {
    /// Ordinal.
    pub venue: VenueIx,
    /// Age of what is known.
    pub age: Age,
    /// The day a list last spoke of it.
    pub attested: Option<NaiveDate>,
    /// Titles of [`PARTS`] that are missing.
    pub missing: Vec<&'static str>,
    /// Persons in need of its commune, where they are known.
    pub persons: Option<u32>,
}

/// The venues a hub should call first, of those that receive the public and have a telephone: the oldest class of age, then
/// the most persons in need in the commune, then what is missing most.
#[must_use]
pub fn to_call(atlas: &Atlas, communes: Option<&[CommuneIx]>, today: NaiveDate) -> Vec<ToCall> {
    let need = atlas.analysis().default_need(atlas).ok().map(|(_, need)| need);
    let open = venues_in(atlas, communes).filter(|(_, venue)| venue.receives_public() && !venue.phones.is_empty());
    let mut list: Vec<ToCall> = open
        .map(|(ordinal, venue)| {
            let attested = venue.attested();
            let missing = PARTS.iter().filter(|part| !(part.known)(venue)).map(|part| part.title).collect();
            let commune = atlas.venue_commune(ordinal);
            let persons = commune.zip(need).and_then(|(commune, need)| need.estimate.persons[commune]);
            ToCall { venue: ordinal, age: Age::on(today, attested), attested, missing, persons }
        })
        .filter(|call| !matches!(call.age, Age::Fresh | Age::Half) || !call.missing.is_empty())
        .collect();
    let key =
        |call: &ToCall| (std::cmp::Reverse((call.age, call.persons.unwrap_or(0), call.missing.len())), call.venue);
    list.sort_by_key(key);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn ages_turn_on_the_day_they_are_reached() {
        let today = day("2026-11-26");
        let on = |text: &str| Age::on(today, Some(day(text)));
        assert_eq!(on("2026-11-26"), Age::Fresh);
        assert_eq!((on("2026-05-27"), on("2026-05-26")), (Age::Fresh, Age::Half));
        assert_eq!((on("2025-11-27"), on("2025-11-26")), (Age::Half, Age::Year));
        assert_eq!((on("2025-05-26"), on("2025-05-25")), (Age::Year, Age::Old), "18 months to the day is not more");
        assert_eq!((on("2026-11-27"), Age::on(today, None)), (Age::Unknown, Age::Unknown));
    }

    #[test]
    fn classes_are_in_the_order_of_their_list() {
        assert!(Age::ALL.iter().enumerate().all(|(rank, (age, ..))| *age as usize == rank));
    }
}
