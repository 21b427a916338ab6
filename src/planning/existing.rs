//! What a study counts as being there already.

use super::sites::Place;
use super::study::Study;
use crate::domain::Position;

impl Study<'_> {
    /// Where posts stand already, and how many, those outside the territory too: people cross its border.
    #[must_use]
    pub fn existing(&self) -> Vec<(Position, u32)> {
        // One that is nobody's nearest still stands in its commune.
        let inside = |place: &&Place| place.commune.is_some_and(|commune| self.people.holds(commune));
        let others = self.beyond.iter().filter(inside);
        let standing = self.places.iter().chain(others).filter(|place| place.existing > 0);
        standing.map(|place| (place.position, place.existing)).collect()
    }
}
