//! Where a commune has no value of its own, the mean of the smallest territory around it that has one.

use std::collections::HashMap;

use crate::domain::territory::Commune;

/// Where a value was taken from, the finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// The commune itself.
    Commune,
    /// Its EPCI.
    Epci,
    /// Its département.
    Departement,
    /// Its région.
    Region,
    /// The whole country, or the published national figure when no commune has a value.
    Nation,
}

impl Rung {
    /// Every rung, the finest first, with the name used in tables and answers.
    pub const ALL: [(Rung, &'static str); 5] = [
        (Rung::Commune, "commune"),
        (Rung::Epci, "epci"),
        (Rung::Departement, "departement"),
        (Rung::Region, "region"),
        (Rung::Nation, "nation"),
    ];

    /// The name used in tables and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(rung, _)| *rung == self).map_or("", |(_, name)| name)
    }
}

/// A value and where it was taken from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filled {
    /// The value.
    pub value: f64,
    /// The territory whose value it is.
    pub rung: Rung,
}

/// Gives every commune a value: its own, or the weighted mean over its EPCI, département, région or the country, or
/// `published` when nobody has any. `known` holds a value and its weight (persons, for a rate); a weight of zero, as in
/// the six villages without inhabitants, speaks for nobody else.
#[must_use]
pub fn fill(communes: &[Commune], known: &[Option<(f64, f64)>], published: f64) -> Vec<Filled> {
    const COARSE: [Rung; 4] = [Rung::Epci, Rung::Departement, Rung::Region, Rung::Nation];
    let mut sums: [HashMap<&str, (f64, f64)>; 4] = Default::default();
    for (commune, known) in communes.iter().zip(known) {
        if let Some((value, weight)) = known {
            for (rung, sums) in COARSE.iter().zip(&mut sums) {
                if let Some(code) = code_on(*rung, commune) {
                    let (total, weights) = sums.entry(code).or_default();
                    *total += value * weight;
                    *weights += weight;
                }
            }
        }
    }
    let mean_around = |commune: &Commune| {
        COARSE.iter().zip(&sums).find_map(|(rung, sums)| {
            let (total, weights) = sums.get(code_on(*rung, commune)?)?;
            (*weights > 0.0).then(|| Filled { value: total / weights, rung: *rung })
        })
    };
    let value_of = |(commune, known): (&Commune, &Option<(f64, f64)>)| match known {
        Some((value, _)) => Filled { value: *value, rung: Rung::Commune },
        None => mean_around(commune).unwrap_or(Filled { value: published, rung: Rung::Nation }),
    };
    communes.iter().zip(known).map(value_of).collect()
}

/// Gives every commune its own value, or the published one: for what is known of large communes only, and of which no
/// neighbour says anything about a small one.
#[must_use]
pub fn own_or(known: &[Option<(f64, f64)>], published: f64) -> Vec<Filled> {
    let value_of = |known: &Option<(f64, f64)>| match known {
        Some((value, _)) => Filled { value: *value, rung: Rung::Commune },
        None => Filled { value: published, rung: Rung::Nation },
    };
    known.iter().map(value_of).collect()
}

fn code_on(rung: Rung, commune: &Commune) -> Option<&str> {
    match rung {
        Rung::Commune => Some(commune.code.as_str()),
        Rung::Epci => commune.epci.as_deref(),
        Rung::Departement => Some(&commune.departement),
        Rung::Region => Some(&commune.region),
        Rung::Nation => Some(""),
    }
}
