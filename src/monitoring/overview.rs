//! The figures of every territory above the commune, worked out once for an edition and kept with it, so that no page waits.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::access::{Coverage, Mode, Reaches, THRESHOLDS};
use crate::atlas::figures::{Basis, LeftOut, Summary};
use crate::atlas::{Atlas, Need};
use crate::domain::{CommuneIx, Level, Seconds, SiteIx, VenueIx};
use crate::editions::Snapshot;

/// Levels whose territories have a line of their own; communes are few enough to be summed up when they are asked for.
const LEVELS: [Level; 3] = [Level::Region, Level::Departement, Level::Epci];

/// From how far a person counts as left out: within 20 minutes figures are solid, within 10 they carry 3 to 6 points.
pub const FAR: Seconds = THRESHOLDS[2];
/// Its rank in [`THRESHOLDS`].
pub const FAR_RANK: usize = 2;

/// What monitoring keeps of an edition.
#[derive(Debug)]
pub struct Overview {
    summaries: BTreeMap<(Option<Level>, String), Summary>,
    /// The nearest venue that says it accepts the pass numérique, by car, of every demand point.
    pass: Reaches,
}

impl Overview {
    /// That of an edition.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    fn new(atlas: &Atlas) -> Self {
        let analysis = atlas.analysis();
        let accepts = |site: SiteIx| atlas.venues()[VenueIx::of_site(site)].pass_numerique == Some(true);
        let pass = analysis.access.nearest_among(accepts).take(Mode::Car);
        let mut summaries = BTreeMap::new();
        if let Some(basis) = basis(atlas) {
            let all: Vec<CommuneIx> = atlas.communes().keys().collect();
            summaries.insert((None, "france".to_owned()), basis.summary(&all));
            for territory in LEVELS.into_iter().flat_map(|level| atlas.territories(level)) {
                let key = (Some(territory.level), territory.code.clone());
                summaries.insert(key, basis.summary(&territory.communes));
            }
        }
        Self { summaries, pass }
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
    pub fn summaries(&self) -> impl Iterator<Item = (&(Option<Level>, String), &Summary)> {
        self.summaries.iter()
    }

    /// Persons by how near they are to a venue that says it accepts the pass.
    #[must_use]
    pub fn near_pass(&self, atlas: &Atlas, communes: &[CommuneIx]) -> Option<Coverage<4>> {
        need(atlas).map(|need| atlas.analysis().coverage(need, &self.pass, communes, &THRESHOLDS))
    }

    /// Persons by how near they are to a France services of the current list.
    #[must_use]
    pub fn near_france_services(atlas: &Atlas, communes: &[CommuneIx]) -> Option<Coverage<4>> {
        let reaches = &atlas.analysis().france_services[Mode::Car];
        need(atlas).map(|need| atlas.analysis().coverage(need, reaches, communes, &THRESHOLDS))
    }

    /// The communes with most persons beyond [`FAR`], most persons first.
    #[must_use]
    pub fn left_out(atlas: &Atlas, communes: &[CommuneIx], most: usize) -> Vec<LeftOut> {
        let mut all = basis(atlas).map_or_else(Vec::new, |basis| basis.left_out(communes, FAR));
        all.truncate(most);
        all
    }
}

/// Every venue that receives the public, by car, under the default national number.
fn basis(atlas: &Atlas) -> Option<Basis<'_>> {
    need(atlas).map(|need| Basis::new(atlas, need, Mode::Car))
}

fn need(atlas: &Atlas) -> Option<&Need> {
    atlas.analysis().default_need(atlas).ok().map(|(_, need)| need)
}
