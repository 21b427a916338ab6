//! What a question is about: a plan of one département need not search from all of France, nor a what-if beyond what it changes.

use std::collections::BTreeSet;

use typed_index_collections::TiSlice;

use super::demand::Site;
use super::reach::{ByMode, Mode, Reach, Reaches};
use crate::domain::{PointIx, SiteIx};

/// Some of the demand points. Of the others an answer holds no pairs, and says [`super::Reach::Unknown`].
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    points: Option<&'a TiSlice<PointIx, bool>>,
    before: Option<Before<'a>>,
}

/// The nearest sites before some closed and some opened.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The answers.
    pub nearest: &'a ByMode<Reaches>,
    /// All sites of before: always the same of one source of times.
    pub standing: &'a [Site],
    /// Sites that have closed since.
    pub closed: &'a BTreeSet<SiteIx>,
    /// Sites that have opened since.
    pub added: &'a [Site],
}

impl<'a> Asked<'a> {
    /// All of them.
    pub const EVERYWHERE: Asked<'static> = Asked { points: None, before: None };

    /// Those marked true.
    #[must_use]
    pub fn these(points: &'a TiSlice<PointIx, bool>) -> Self {
        Self { points: Some(points), before: None }
    }

    /// The same, where the sites are those of before but for some.
    #[must_use]
    pub fn after(self, before: Before<'a>) -> Self {
        Self { before: Some(before), ..self }
    }

    /// The same, where the answers of before are of another source.
    #[must_use]
    pub fn anew(self) -> Self {
        Self { before: None, ..self }
    }

    /// Whether the question is about a point.
    #[must_use]
    pub fn holds(self, point: PointIx) -> bool {
        self.points.is_none_or(|points| points[point])
    }

    /// The sites of before, and those that have opened since; `None` where nothing is known of before.
    #[must_use]
    pub fn before(self) -> Option<Before<'a>> {
        self.before
    }

    /// The answer of before, as long as its site stands: only what has opened since can be nearer. `None` where all must be asked again.
    #[must_use]
    pub fn kept(self, mode: Mode, point: PointIx) -> Option<Reach> {
        let before = self.before?;
        match before.nearest[mode][point] {
            Reach::Unknown => None,
            Reach::Reached(nearest) if before.closed.contains(&nearest.site) => None,
            known => Some(known),
        }
    }
}
