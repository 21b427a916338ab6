//! The communes beyond the threshold, by name, most persons first.

use crate::atlas::figures::Unit;
use crate::domain::Level;
use crate::pages::figures::said;
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::{Lens, minutes_of};
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
    let limit = lens.view.threshold.limit();
    let list = lens.basis.left_out(&place.communes, limit);
    let commune = |place: &crate::atlas::figures::LeftOut| {
        let commune = &lens.atlas.communes()[place.commune];
        Commune {
            name: commune.name.clone(),
            href: lens.view.elsewhere().address(&href_of(Level::Commune, commune.code.as_str())),
            persons: french::integer(place.persons),
            minutes: said(Unit::Minutes, minutes_of(place.reach)),
        }
    };
    (!list.is_empty()).then(|| LeftOut {
        persons: french::count(list.iter().map(|place| place.persons).sum(), "personne", "personnes"),
        communes: french::count(list.len() as u64, "commune", "communes"),
        named: list.iter().take(MOST_NAMED).map(commune).collect(),
        more: list.len().saturating_sub(MOST_NAMED),
    })
}
