//! Persons accompanied, commune by commune, over the last year that tables of accompaniments tell of.

use typed_index_collections::TiVec;

use super::Atlas;
use crate::domain::CommuneIx;
use crate::domain::served::{Accompaniment, Month};

/// Months that are counted.
const MONTHS: u32 = 12;

/// What tables say of some communes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Served {
    /// Places and months that are told of.
    pub told: u32,
    /// Persons over those whose number is shown. Who came in two months is counted twice.
    pub persons: u32,
    /// Places and months with some persons, too few to be shown.
    pub hidden: u32,
}

impl Served {
    /// Commune by commune, in the order of [`Atlas::communes`].
    #[must_use]
    pub fn by_commune(atlas: &Atlas) -> TiVec<CommuneIx, Self> {
        let mut served: TiVec<CommuneIx, Self> = vec![Self::default(); atlas.communes().len()].into();
        for row in atlas.last_year_served() {
            let Some(commune) = atlas.places().by_code(row.commune) else { continue };
            let served = &mut served[commune];
            served.told += 1;
            served.persons += row.persons.unwrap_or(0);
            served.hidden += u32::from(row.persons.is_none());
        }
        served
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { told: self.told + other.told, persons: self.persons + other.persons, hidden: self.hidden + other.hidden }
    }

    /// Persons, the hidden ones left out; `None` where no table tells of anything.
    #[must_use]
    pub fn known(self) -> Option<u64> {
        (self.told > 0).then(|| u64::from(self.persons))
    }
}

impl Atlas {
    /// The first and the last of the months that are counted; `None` without any table.
    #[must_use]
    pub fn served_months(&self) -> Option<(Month, Month)> {
        let last = self.accompaniments().iter().map(|row| row.month).max()?;
        let first =
            self.accompaniments().iter().map(|row| row.month).filter(|m| *m >= last.before(MONTHS - 1)).min()?;
        Some((first, last))
    }

    /// Accompaniments of the last year that tables tell of.
    pub fn last_year_served(&self) -> impl Iterator<Item = &Accompaniment> {
        let months = self.served_months();
        self.accompaniments().iter().filter(move |row| months.is_some_and(|(first, _)| row.month >= first))
    }
}
