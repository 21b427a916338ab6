//! The communes beyond the threshold, by name, most persons first.

use crate::access::{Reach, THRESHOLDS, left_out};
use crate::domain::Level;
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::{Lens, said_minutes};
use super::place::href_of;

/// Communes that are named on the page; the download names them all.
const MOST_NAMED: usize = 40;

/// One commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commune {
    /// Name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Persons in need.
    pub persons: String,
    /// How far they are.
    pub minutes: String,
}

/// Everybody beyond the threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Persons.
    pub persons: String,
    /// Communes they live in.
    pub communes: String,
    /// Those with most persons.
    pub named: Vec<Commune>,
    /// How many more there are.
    pub more: usize,
}

/// Who is left out of a territory; `None` when nobody is.
#[must_use]
pub fn named(lens: &Lens<'_>, place: &Place) -> Option<LeftOut> {
    let limit = THRESHOLDS[lens.view.threshold];
    let list = left_out(lens.reaches(), &lens.need.estimate.persons, place.communes.iter().copied(), limit);
    let commune = |place: &crate::access::LeftOut| {
        let commune = &lens.atlas.communes()[place.point as usize];
        Commune {
            name: commune.name.clone(),
            href: lens.view.elsewhere().address(&href_of(Level::Commune, commune.code.as_str())),
            persons: french::integer(place.persons.into()),
            minutes: said_minutes(match place.reach {
                Reach::Reached(nearest) => Some(nearest.time.minutes()),
                Reach::Unreachable => Some(f64::INFINITY),
                Reach::Unknown => None,
            }),
        }
    };
    (!list.is_empty()).then(|| LeftOut {
        persons: french::count(list.iter().map(|place| u64::from(place.persons)).sum(), "personne", "personnes"),
        communes: french::count(list.len() as u64, "commune", "communes"),
        named: list.iter().take(MOST_NAMED).map(commune).collect(),
        more: list.len().saturating_sub(MOST_NAMED),
    })
}
