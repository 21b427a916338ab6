//! How evenly help is shared among the people in need: the tables of equity.

use std::collections::BTreeMap;

use super::table::{Column, Row, Spot, Table, column, column_without_threshold, figure, integer, number, text};
use crate::access::Threshold;
use crate::atlas::figures::{Basis, FigureAt, Shown, figures_of};
use crate::domain::Density;
use crate::domain::{Commune, CommuneIx, Level, PointIx, Seconds};
use crate::features::Value;

/// Even steps of the Lorenz curve.
const STEPS: u32 = 100;
/// Everything the tables of equity rest on.
#[derive(Debug)]
pub struct Shared<'a> {
    /// Who is in need, how they travel, which venues count.
    pub basis: Basis<'a>,
    /// Who is farther is left out.
    pub threshold: Threshold,
}

impl Shared<'_> {
    fn figures(&self) -> Vec<FigureAt> {
        figures_of(Some(Shown::Equity), &[self.threshold])
    }

    /// The columns of a territory.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        self.figures().iter().map(column_without_threshold).chain([column("reach")]).collect()
    }

    /// The figures of some communes, in the order of the columns.
    #[must_use]
    pub fn values(&self, communes: &[CommuneIx]) -> Vec<Value<'static>> {
        let summary = self.basis.summary(communes);
        let told = self.figures().into_iter().map(|at| figure(&at, &summary));
        told.chain([text(summary.reach.name())]).collect()
    }

    /// Communes beyond the threshold, most persons first.
    #[must_use]
    pub fn left_out(&self, communes: &[CommuneIx]) -> Table {
        let far = self.basis.left_out(communes, self.threshold.limit());
        self.communes(
            ("left_out", "Communes oubliées", "persons_left_out"),
            far.into_iter().map(|place| (place.commune, Some(place.persons))),
        )
    }

    /// Communes whose persons all belong to the tenth that has least, the worst first.
    #[must_use]
    pub fn worst_tenth(&self, communes: &[CommuneIx]) -> Table {
        let places = self.basis.hours(communes).worst_tenth().map(|worst| worst.places).unwrap_or_default();
        let persons = |commune: CommuneIx| self.basis.need.estimate.persons[commune].map(u64::from);
        let places = places.into_iter().map(|i| communes[i as usize]).map(|i| (i, persons(i)));
        self.communes(("worst_tenth", "Dixième le moins servi", "persons_in_need"), places)
    }

    /// Communes, each with those of its persons whom the table is about: its name, its title, and what these persons are called.
    fn communes(
        &self,
        (name, title, persons): (&'static str, &'static str, &'static str),
        places: impl Iterator<Item = (CommuneIx, Option<u64>)>,
    ) -> Table {
        let row = |(i, counted): (CommuneIx, Option<u64>)| {
            let commune: &Commune = &self.basis.atlas.communes()[i];
            let values = vec![
                text(Level::Commune.plural()),
                text(commune.code.as_str()),
                text(commune.name.as_str()),
                integer(counted),
                number(self.basis.reaches[PointIx::of_commune(i)].time().map(Seconds::minutes), 2),
                number(self.basis.hours_of(i), 4),
            ];
            Row { place: Some(Spot::Territory(Level::Commune, commune.code.to_string())), values }
        };
        let columns = ["level", "code", "name", persons, "minutes", "hours_per_person_year"];
        Table { name, title, columns: columns.map(column).into(), rows: places.map(row).collect() }
    }

    /// The Lorenz curve of the hours.
    #[must_use]
    pub fn lorenz(&self, communes: &[CommuneIx]) -> Table {
        let point = |(persons, hours)| vec![number(Some(persons), 6), number(Some(hours), 6)];
        let points = self.basis.hours(communes).lorenz(STEPS).into_iter();
        let rows = points.map(|pair| Row { place: None, values: point(pair) }).collect();
        let columns = ["share_persons", "share_hours"].map(column).into();
        Table { name: "lorenz", title: "Courbe de Lorenz", columns, rows }
    }

    /// The same figures by density: the gap between kinds of territories. Unknown density is a line of its own.
    #[must_use]
    pub fn density(&self, communes: &[CommuneIx]) -> Table {
        let mut groups: BTreeMap<Option<Density>, Vec<CommuneIx>> = BTreeMap::new();
        for &i in communes {
            groups.entry(Density::of(&self.basis.atlas.communes()[i])).or_default().push(i);
        }
        let name = |density: Option<Density>| match density {
            Some(Density::Dense) => text("dense"),
            Some(Density::Intermediate) => text("intermediate"),
            Some(Density::Sparse) => text("sparse"),
            None => Value::Unknown,
        };
        let row = |(density, members): (&Option<Density>, &Vec<CommuneIx>)| Row {
            place: None,
            values: std::iter::once(name(*density)).chain(self.values(members)).collect(),
        };
        let columns: Vec<Column> = std::iter::once(column("density")).chain(self.columns()).collect();
        Table { name: "density", title: "Densité", columns, rows: groups.iter().map(row).collect() }
    }
}
