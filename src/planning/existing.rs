//! What a study counts as being there already.

use super::study::Study;
use crate::domain::Position;

impl Study<'_> {
    /// Where posts stand already, and how many, those outside the territory too: people cross its border.
    #[must_use]
    pub fn existing(&self) -> Vec<(Position, u32)> {
        let standing = self.places.iter().filter(|place| place.existing > 0);
        standing.map(|place| (place.position, place.existing)).collect()
    }
}
