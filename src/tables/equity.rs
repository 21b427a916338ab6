//! How evenly help is shared among the people in need: the tables of equity.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::table::{Column, Row, Spot, Table, column, integer, number, text};
use crate::access::{Reach, THRESHOLDS, left_out};
use crate::atlas::analysis::known_hours;
use crate::atlas::{Atlas, Need};
use crate::domain::equity::{Density, Sample};
use crate::domain::{Commune, Level, Seconds};
use crate::http::features::Value;

/// Even steps of the Lorenz curve.
const STEPS: u32 = 100;
/// Figures of equity of a territory.
pub const COLUMNS: [&str; 16] = [
    "communes",
    "communes_unknown",
    "persons_in_need",
    "hours_per_person_year",
    "gini",
    "hours_p10",
    "hours_median",
    "hours_p90",
    "hours_p90_over_p10",
    "worst_tenth_hours",
    "worst_tenth_share",
    "minutes_p10",
    "minutes_median",
    "minutes_p90",
    "communes_left_out",
    "persons_left_out",
];

/// Persons, minutes and hours of every commune.
#[derive(Debug)]
pub struct Shared<'a> {
    /// The edition.
    pub atlas: &'a Atlas,
    /// Persons.
    pub need: &'a Need,
    /// The nearest venue that counts.
    pub reaches: Cow<'a, [Reach]>,
    /// Hours per person from the venues that count.
    pub hours: Cow<'a, [f64]>,
    /// Who is farther is left out: rank in [`THRESHOLDS`].
    pub threshold: usize,
}

impl Shared<'_> {
    fn persons(&self, communes: &[u32]) -> Vec<Option<u32>> {
        communes.iter().map(|&i| self.need.estimate.persons[i as usize]).collect()
    }

    fn hours(&self, communes: &[u32]) -> Sample {
        let known = |&i: &u32| known_hours(self.reaches[i as usize], &self.hours, i as usize);
        Sample::new(&communes.iter().map(known).collect::<Vec<_>>(), &self.persons(communes))
    }

    /// The figures of some communes, in the order of [`COLUMNS`].
    #[must_use]
    pub fn values(&self, communes: &[u32]) -> Vec<Value<'static>> {
        let persons = self.persons(communes);
        let minutes = |&i: &u32| self.reaches[i as usize].time().map(Seconds::minutes);
        let minutes = Sample::new(&communes.iter().map(minutes).collect::<Vec<_>>(), &persons).tails();
        let hours = self.hours(communes);
        let (tails, worst) = (hours.tails(), hours.worst_tenth());
        let far = self.far(communes);
        let total = persons.iter().flatten().map(|persons| u64::from(*persons)).reduce(|sum, more| sum + more);
        vec![
            Value::Integer(communes.len() as u64),
            Value::Integer(persons.iter().filter(|persons| persons.is_none()).count() as u64),
            integer(total),
            number(hours.mean(), 4),
            number(hours.gini(), 6),
            number(tails.map(|tails| tails.p10), 4),
            number(tails.map(|tails| tails.p50), 4),
            number(tails.map(|tails| tails.p90), 4),
            number(tails.and_then(|tails| tails.ratio()), 3),
            number(worst.as_ref().map(|worst| worst.mean), 4),
            number(worst.map(|worst| worst.share), 6),
            number(minutes.map(|tails| tails.p10), 2),
            number(minutes.map(|tails| tails.p50), 2),
            number(minutes.map(|tails| tails.p90), 2),
            integer(total.map(|_| far.len() as u64)),
            integer(total.map(|_| far.iter().map(|place| u64::from(place.persons)).sum())),
        ]
    }

    fn far(&self, communes: &[u32]) -> Vec<crate::access::LeftOut> {
        let limit = THRESHOLDS[self.threshold];
        left_out(&self.reaches, &self.need.estimate.persons, communes.iter().copied(), limit)
    }

    /// Communes beyond the threshold, most persons first.
    #[must_use]
    pub fn left_out(&self, communes: &[u32]) -> Table {
        let ordinals = self.far(communes).into_iter().map(|place| place.point);
        self.communes("left_out", "Communes oubliées", ordinals)
    }

    /// Communes whose persons all belong to the tenth that has least, the worst first.
    #[must_use]
    pub fn worst_tenth(&self, communes: &[u32]) -> Table {
        let places = self.hours(communes).worst_tenth().map(|worst| worst.places).unwrap_or_default();
        self.communes("worst_tenth", "Dixième le moins servi", places.into_iter().map(|i| communes[i as usize]))
    }

    fn communes(&self, name: &'static str, title: &'static str, ordinals: impl Iterator<Item = u32>) -> Table {
        let row = |i: u32| {
            let (commune, at): (&Commune, usize) = (&self.atlas.communes()[i as usize], i as usize);
            let reach = self.reaches[at];
            let values = vec![
                text(Level::Commune.plural()),
                text(commune.code.as_str()),
                text(commune.name.as_str()),
                integer(self.need.estimate.persons[at].map(u64::from)),
                number(reach.time().map(Seconds::minutes), 2),
                number(known_hours(reach, &self.hours, at), 4),
            ];
            Row { place: Some(Spot::Territory(Level::Commune, commune.code.to_string())), values }
        };
        let columns = ["level", "code", "name", "persons_in_need", "minutes", "hours_per_person_year"];
        Table { name, title, columns: columns.map(column).into(), rows: ordinals.map(row).collect() }
    }

    /// The Lorenz curve of the hours.
    #[must_use]
    pub fn lorenz(&self, communes: &[u32]) -> Table {
        let point = |(persons, hours)| vec![number(Some(persons), 6), number(Some(hours), 6)];
        let points = self.hours(communes).lorenz(STEPS).into_iter();
        let rows = points.map(|pair| Row { place: None, values: point(pair) }).collect();
        let columns = ["share_persons", "share_hours"].map(column).into();
        Table { name: "lorenz", title: "Courbe de Lorenz", columns, rows }
    }

    /// The same figures by density: the gap between kinds of territories. Unknown density is a line of its own.
    #[must_use]
    pub fn density(&self, communes: &[u32]) -> Table {
        let mut groups: BTreeMap<Option<Density>, Vec<u32>> = BTreeMap::new();
        for &i in communes {
            groups.entry(Density::of(&self.atlas.communes()[i as usize])).or_default().push(i);
        }
        let name = |density: Option<Density>| match density {
            Some(Density::Dense) => text("dense"),
            Some(Density::Intermediate) => text("intermediate"),
            Some(Density::Sparse) => text("sparse"),
            None => Value::Unknown,
        };
        let row = |(density, members): (&Option<Density>, &Vec<u32>)| Row {
            place: None,
            values: std::iter::once(name(*density)).chain(self.values(members)).collect(),
        };
        let columns: Vec<Column> = std::iter::once(column("density")).chain(COLUMNS.map(column)).collect();
        Table { name: "density", title: "Densité", columns, rows: groups.iter().map(row).collect() }
    }
}
