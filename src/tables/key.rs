//! The few figures that stand for a territory in lists and layers.

use serde_json::Map;

use super::figures::{rounded, share};
use crate::access::{Mode, THRESHOLDS};
use crate::api::collections::Kind;
use crate::atlas::analysis::known_hours;
use crate::atlas::{Atlas, Need};
use crate::domain::equity::Sample;
use crate::domain::{Level, Seconds};
use crate::editions::Snapshot;
use crate::http::features::Value;

/// Key figures of some communes; `None` where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Key {
    population: Option<u64>,
    persons: Option<u64>,
    share: Option<f64>,
    minutes: Option<f64>,
    within: Option<f64>,
    hours: Option<f64>,
    rank: Option<f64>,
    venues: Option<u64>,
}

type Column = (&'static str, &'static str, Kind, fn(&Key) -> Value<'static>);

/// Name, title, kind and value of each, in the order in which they are written. Access is by car.
pub const COLUMNS: &[Column] = &[
    ("persons_in_need", "Personnes éloignées du numérique", Kind::Integer, |key| integer(key.persons)),
    ("share_in_need", "Part éloignée du numérique", Kind::Number, |key| number(key.share)),
    ("minutes_median", "Minutes en voiture jusqu'à un lieu, médiane", Kind::Number, |key| number(key.minutes)),
    ("share_within_15_min", "Part à moins de 15 minutes en voiture", Kind::Number, |key| number(key.within)),
    ("hours_per_person_year", "Heures par personne et par an, en voiture", Kind::Number, |key| number(key.hours)),
    ("rank_index", "Indice de rang (1 à 10)", Kind::Number, |key| number(key.rank)),
    ("venues", "Lieux qui accueillent du public", Kind::Integer, |key| integer(key.venues)),
];

fn integer(value: Option<u64>) -> Value<'static> {
    value.map_or(Value::Unknown, Value::Integer)
}

fn number(value: Option<f64>) -> Value<'static> {
    value.map_or(Value::Unknown, Value::Number)
}

/// Venues that receive the public, by commune.
#[must_use]
pub fn venues_by_commune(atlas: &Atlas) -> Vec<u32> {
    let mut counts = vec![0; atlas.communes().len()];
    for (i, venue) in (0..).zip(atlas.venues()) {
        if let Some(commune) = atlas.venue_commune(i).filter(|_| venue.receives_public()) {
            counts[commune as usize] += 1;
        }
    }
    counts
}

impl Key {
    /// Key figures of some communes, each given once. `venues` is [`venues_by_commune`].
    #[must_use]
    pub fn of(atlas: &Atlas, need: &Need, venues: &[u32], communes: &[u32]) -> Self {
        let analysis = atlas.analysis();
        let persons = &need.estimate.persons;
        let own: Vec<Option<u32>> = communes.iter().map(|&i| persons[i as usize]).collect();
        let sum = own.iter().any(Option::is_some).then(|| own.iter().flatten().map(|p| u64::from(*p)).sum());
        let reaches = analysis.access.nearest(Mode::Car);
        let minutes: Vec<Option<f64>> =
            communes.iter().map(|&i| reaches[i as usize].time().map(Seconds::minutes)).collect();
        let hours = &need.hours_per_person[Mode::Car as usize];
        let hours: Vec<Option<f64>> =
            communes.iter().map(|&i| known_hours(reaches[i as usize], hours, i as usize)).collect();
        let covered = analysis.coverage(need, reaches, communes, &THRESHOLDS);
        let population = population(atlas, communes);
        Self {
            population,
            persons: sum,
            share: share(sum.unwrap_or(0), population.unwrap_or(0)),
            minutes: Sample::new(&minutes, &own).quantile(0.5).map(|minutes| rounded(minutes, 2)),
            within: share(covered.covered[1], covered.persons),
            hours: Sample::new(&hours, &own).mean().map(|hours| rounded(hours, 4)),
            rank: weighted_index(atlas, &analysis.rank.index, communes).map(|rank| rounded(rank, 3)),
            venues: Some(communes.iter().map(|&i| u64::from(venues[i as usize])).sum()),
        }
    }

    /// The same as JSON, the population first.
    #[must_use]
    pub fn json(&self) -> Map<String, serde_json::Value> {
        let plain = |value: Value<'_>| match value {
            Value::Integer(number) => number.into(),
            Value::Number(number) => number.into(),
            _ => serde_json::Value::Null,
        };
        let figures = COLUMNS.iter().map(|(name, _, _, read)| ((*name).to_owned(), plain(read(self))));
        std::iter::once(("population".to_owned(), self.population.into())).chain(figures).collect()
    }
}

/// Sum of the known populations; `None` when none is known.
#[must_use]
pub fn population(atlas: &Atlas, communes: &[u32]) -> Option<u64> {
    let known = communes.iter().filter_map(|&i| atlas.communes()[i as usize].population);
    known.map(|persons| u64::from(persons.0)).reduce(|sum, more| sum + more)
}

/// Mean of an index of communes, weighted by inhabitants; for comparing only.
#[must_use]
pub fn weighted_index(atlas: &Atlas, index: &[Option<f64>], communes: &[u32]) -> Option<f64> {
    let ranked = communes.iter().filter_map(|&i| {
        let people = atlas.communes()[i as usize].population?;
        Some((index[i as usize]?, f64::from(people.0)))
    });
    let (sum, weight) =
        ranked.fold((0.0, 0.0), |(sum, weight), (index, people)| (sum + index * people, weight + people));
    (weight > 0.0).then(|| sum / weight)
}

/// Key figures of every territory of an edition under its default denominator: the properties of its layers.
#[derive(Debug)]
pub struct Keys(Vec<(Level, Vec<Key>)>);

impl Keys {
    /// Those of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    /// Works them out.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let Ok((_, need)) = super::choices::need(atlas, None) else { return Self(Vec::new()) };
        let venues = venues_by_commune(atlas);
        let key = |communes: &[u32]| Key::of(atlas, need, &venues, communes);
        let of_level = |level| match level {
            Level::Commune => (0..atlas.communes().len() as u32).map(|i| key(&[i])).collect(),
            above => atlas.territories(above).iter().map(|territory| key(&territory.communes)).collect(),
        };
        Self(Level::ALL.map(|level| (level, of_level(level))).into())
    }

    /// Those of one territory, by ordinal; nothing known when there is no estimate at all.
    #[must_use]
    pub fn of(&self, level: Level, territory: usize) -> Key {
        let known = self.0.iter().find(|(known, _)| *known == level);
        known.and_then(|(_, keys)| keys.get(territory).copied()).unwrap_or_default()
    }
}
