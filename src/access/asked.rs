//! What a question is about: a plan of one département need not search from all of France, nor a what-if beyond what it changes.

use std::collections::BTreeSet;

use typed_index_collections::TiSlice;

use super::demand::Site;
use super::reach::{ByMode, Mode, Reach, Reaches};
use crate::domain::{PointIx, Seconds, SiteIx};

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
    /// Sites that have closed since.
    pub closed: &'a BTreeSet<SiteIx>,
    /// Sites that have opened since.
    pub added: &'a [Site],
}

/// What the answers of before say of the time to the nearest site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It is no longer than this.
    AtMost(Seconds),
    /// Only a site that has opened since can be reached at all.
    OnlyNew,
    /// Nothing.
    None,
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

    /// Whether the question is about a point.
    #[must_use]
    pub fn holds(self, point: PointIx) -> bool {
        self.points.is_none_or(|points| points[point])
    }

    /// How long the way from a point may be, to a site that is not at home.
    #[must_use]
    pub fn bound(self, mode: Mode, point: PointIx) -> Bound {
        match self.before.map(|before| (before, before.nearest[mode][point])) {
            Some((before, Reach::Reached(nearest))) if !before.closed.contains(&nearest.site) => {
                Bound::AtMost(nearest.time)
            }
            Some((_, Reach::Unreachable)) => Bound::OnlyNew,
            _ => Bound::None,
        }
    }

    /// Sites that have opened since the answers of before.
    #[must_use]
    pub fn added(self) -> &'a [Site] {
        self.before.map_or(&[], |before| before.added)
    }
}
