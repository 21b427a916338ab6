//! Which demand points a question is about: a plan of one département need not search from all of France.

use typed_index_collections::TiSlice;

use crate::domain::PointIx;

/// Some of the demand points. Of the others an answer holds no pairs, and says [`super::Reach::Unknown`].
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a>(Option<&'a TiSlice<PointIx, bool>>);

impl<'a> Asked<'a> {
    /// All of them.
    pub const EVERYWHERE: Asked<'static> = Asked(None);

    /// Those marked true.
    #[must_use]
    pub fn these(points: &'a TiSlice<PointIx, bool>) -> Self {
        Self(Some(points))
    }

    /// Whether the question is about a point.
    #[must_use]
    pub fn holds(self, point: PointIx) -> bool {
        self.0.is_none_or(|points| points[point])
    }
}
