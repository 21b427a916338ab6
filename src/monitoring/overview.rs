//! The figures of every territory above the commune, worked out once for an edition and kept with it, so that no page waits.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use typed_index_collections::TiVec;

use super::operators::{self, OPERATORS};
use crate::access::{Coverage, Mode, THRESHOLDS};
use crate::atlas::figures::{Basis, LeftOut, Summary, TerritoryKey, above_communes};
use crate::atlas::{Atlas, Need};
use crate::domain::label::CONSEILLER_LABEL;
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneIx, Level, PointIx, Seconds, Venue, VenueIx};
use crate::editions::Snapshot;

/// From how far a person counts as left out: within 20 minutes figures are solid, within 10 they carry 3 to 6 points.
pub const FAR: Seconds = THRESHOLDS[2];
/// Its rank in [`THRESHOLDS`].
pub const FAR_RANK: usize = 2;

/// What monitoring keeps of an edition.
#[derive(Debug)]
pub struct Overview {
    summaries: BTreeMap<TerritoryKey, Summary>,
    /// Persons beyond [`FAR`] of every commune.
    beyond: TiVec<CommuneIx, u64>,
    /// Programmes that some list names somewhere.
    named: Vec<Programme>,
    /// Whether some list names the label that its bearer attests alone.
    names_self_attested: bool,
    /// Of which operators each venue is.
    operators: TiVec<VenueIx, [bool; OPERATORS.len()]>,
}

impl Overview {
    /// That of an edition.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    fn new(atlas: &Atlas) -> Self {
        let mut summaries = BTreeMap::new();
        let mut beyond: TiVec<CommuneIx, u64> = vec![0; atlas.communes().len()].into();
        if let Some(basis) = basis(atlas) {
            let all: Vec<CommuneIx> = atlas.communes().keys().collect();
            basis.left_out(&all, FAR).into_iter().for_each(|left| beyond[left.commune] = left.persons);
            summaries = above_communes(&basis);
        }
        let said = atlas.venues().iter().flat_map(|venue| &venue.labels);
        let labels: BTreeSet<&str> = said.map(|label| label.label.as_str()).collect();
        let is_named = |programme: &Programme| {
            let holds = |venue: &Venue| venue.programmes.contains(programme);
            labels.contains(programme.official()) || atlas.venues().iter().any(holds)
        };
        Self {
            summaries,
            beyond,
            named: Programme::ALL.iter().copied().filter(is_named).collect(),
            names_self_attested: labels.iter().any(|label| CONSEILLER_LABEL.is_named(label)),
            operators: atlas.venues().iter().map(operators::of).collect(),
        }
    }

    /// Whether some list names a programme somewhere: what no list names is unknown, not absent.
    #[must_use]
    pub fn is_named(&self, programme: Programme) -> bool {
        self.named.contains(&programme)
    }

    /// Whether some list names the label *conseiller numérique*.
    #[must_use]
    pub fn names_self_attested(&self) -> bool {
        self.names_self_attested
    }

    /// Of which operators a venue is, in the order of [`OPERATORS`].
    #[must_use]
    pub fn operators(&self, venue: VenueIx) -> [bool; OPERATORS.len()] {
        self.operators[venue]
    }

    /// The figures of a territory, or of a part of one; `None` where the edition can bear no national number.
    #[must_use]
    pub fn summary(
        &self,
        atlas: &Atlas,
        level: Option<Level>,
        code: &str,
        communes: &[CommuneIx],
    ) -> Option<Cow<'_, Summary>> {
        let known = self.summaries.get(&(level, code.to_owned()));
        match known.filter(|summary| summary.communes as usize == communes.len()) {
            Some(summary) => Some(Cow::Borrowed(summary)),
            None => basis(atlas).map(|basis| Cow::Owned(basis.summary(communes))),
        }
    }

    /// The figures of every territory above the commune, by level and code.
    pub fn summaries(&self) -> impl Iterator<Item = (&TerritoryKey, &Summary)> {
        self.summaries.iter()
    }

    /// Persons by how near they are to a venue that says it accepts the pass.
    #[must_use]
    pub fn near_pass(atlas: &Atlas, communes: &[CommuneIx]) -> Option<Coverage<4>> {
        let reaches = &atlas.analysis().pass;
        need(atlas)
            .filter(|need| need.is_known_in(communes))
            .map(|need| atlas.analysis().coverage(need, reaches, communes, &THRESHOLDS))
    }

    /// Persons by how near they are to a France services of the current list.
    #[must_use]
    pub fn near_france_services(atlas: &Atlas, communes: &[CommuneIx]) -> Option<Coverage<4>> {
        let reaches = &atlas.analysis().france_services[Mode::Car];
        need(atlas)
            .filter(|need| need.is_known_in(communes))
            .map(|need| atlas.analysis().coverage(need, reaches, communes, &THRESHOLDS))
    }

    /// The communes with most persons beyond [`FAR`], most persons first.
    #[must_use]
    pub fn left_out(&self, atlas: &Atlas, communes: &[CommuneIx], most: usize) -> Vec<LeftOut> {
        let Some(basis) = basis(atlas) else { return Vec::new() };
        let mut worst: Vec<CommuneIx> = communes.iter().copied().filter(|&i| self.beyond[i] > 0).collect();
        worst.sort_unstable_by_key(|&i| (Reverse(self.beyond[i]), i));
        worst.truncate(most);
        let left = |commune: CommuneIx| {
            let reach = basis.reaches[PointIx::of_commune(commune)];
            LeftOut { commune, persons: self.beyond[commune], reach }
        };
        worst.into_iter().map(left).collect()
    }
}

/// Every venue that receives the public, by car, under the default national number.
fn basis(atlas: &Atlas) -> Option<Basis<'_>> {
    need(atlas).map(|need| Basis::new(atlas, need, Mode::Car))
}

fn need(atlas: &Atlas) -> Option<&Need> {
    atlas.analysis().default_need(atlas).ok().map(|(_, need)| need)
}
