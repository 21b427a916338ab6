//! `/territoires`: who needs help, who reaches it and who is left out, from the nation to the commune.

mod index;
mod page;

// What the page is asked, and of what.
pub(crate) mod lens;
mod place;
pub(crate) mod view;

// What it is made of.
mod charts;
mod comparison;
mod district_map;
mod districts;
mod equity;
mod key_figures;
mod left_out;
mod measure;
pub(crate) mod outline;
pub(crate) mod selectors;
mod standing;
mod svg_map;
mod table;
mod unknown;

#[cfg(test)]
mod tests;

use crate::editions::Snapshot;
use crate::tables::scope::Place;
use lens::Lens;
use view::View;

pub use comparison::similar;
pub use index::{Group, INDEX, found};
pub use outline::{Outline, Window};
pub use page::{NATION, TERRITORY};
pub use place::{href, href_of, is_overseas};

/// Works out what the first visitor of an edition should not wait for: the numbers of the whole country.
pub fn prepare(snapshot: &Snapshot) {
    let place = Place::nation(&snapshot.atlas);
    if let Some(lens) = Lens::of(snapshot, View::default()) {
        let _ = equity::equity(&lens, &place);
    }
}
