//! Everything about access that is computed once for an edition, and again in a moment when venues close or open.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, OnceLock};

use typed_index_collections::{TiSlice, TiVec};

use super::asked::{Asked, Before};
use super::catchment::Decay;
use super::catchments::Catchments;
use super::demand::Site;
use super::reach::{ByMode, Mode, Reach, Reaches};
use super::times::TravelTimes;
use crate::domain::{CommuneIx, Metres, PointIx, SiteIx};
use crate::spatial::sphere;

/// Makes a source of travel times when somebody asks for one.
pub type MakeTimes = Box<dyn FnOnce() -> Arc<dyn TravelTimes> + Send>;

/// Nearest site of every demand point and sites in reach of every commune, by every mode. Made once, then only read.
pub struct AccessTables {
    /// Not made before a question that the tables do not answer.
    times: LazyLock<Arc<dyn TravelTimes>, MakeTimes>,
    label: String,
    sites: Vec<Site>,
    /// One more than the largest ordinal.
    ordinals: SiteIx,
    nearest: ByMode<Reaches>,
    decay: Decay,
    communes: usize,
    /// Searched for at the first question: what most people ask is in the tables.
    catchments: ByMode<OnceLock<Catchments>>,
}

/// With more sites than this that open, all of the country is searched from again.
const MOST_ADDED: usize = 100;

/// What if: sites that close and sites that open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Ordinals of sites that close.
    pub closed: BTreeSet<SiteIx>,
    /// Sites that open. Their ordinals are theirs alone: from [`AccessTables::ordinals`] up.
    pub added: Vec<Site>,
}

/// The answers once a change is made.
#[derive(Debug)]
pub struct Scenario<'a> {
    tables: &'a AccessTables,
    /// The demand points that were searched from again; `None` when all were.
    touched: Option<TiVec<PointIx, bool>>,
    again: ByMode<Reaches>,
}

impl AccessTables {
    /// Searches for the nearest site of everybody, however far. Sites that count by `decay` for somebody of the `communes`, the
    /// first of the demand points, are searched for at the first question.
    #[must_use]
    pub fn build(times: Arc<dyn TravelTimes>, sites: Vec<Site>, decay: &Decay, communes: usize) -> Self {
        let (label, nearest) = (times.label(), times.nearest(&sites));
        Self::known((label, nearest), Box::new(move || times), sites, decay, communes)
    }

    /// The same where the nearest sites are known, with what must be told of the times; `make` gives the times they are of.
    #[must_use]
    pub fn known(
        (label, nearest): (String, ByMode<Reaches>),
        make: MakeTimes,
        sites: Vec<Site>,
        decay: &Decay,
        communes: usize,
    ) -> Self {
        let after = sites.iter().map(|site| SiteIx::from(usize::from(site.ordinal) + 1));
        Self {
            times: LazyLock::new(make),
            label,
            ordinals: after.max().unwrap_or(SiteIx::new(0)),
            sites,
            nearest,
            decay: decay.clone(),
            communes,
            catchments: ByMode::default(),
        }
    }

    /// What a reader must be told wherever a time is shown, in French.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Where the times come from.
    #[must_use]
    pub fn times(&self) -> &dyn TravelTimes {
        &**self.times
    }

    /// Works out what scenarios need, before anybody asks one.
    pub fn prepare(&self) {
        self.times.prepare(&self.sites);
    }

    /// Ordinals for sites that open: those that no site of the tables has, ascending.
    pub fn new_ordinals(&self) -> impl Iterator<Item = SiteIx> + use<> {
        (self.ordinals.get()..).map(SiteIx::new)
    }

    /// One more than the largest ordinal of a site.
    #[must_use]
    pub fn ordinals(&self) -> SiteIx {
        self.ordinals
    }

    /// The nearest site of every demand point.
    #[must_use]
    pub fn nearest(&self, mode: Mode) -> &TiSlice<PointIx, Reach> {
        &self.nearest[mode]
    }

    /// The sites, in the order given.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// The sites in reach of each commune, searched for at the first question: a second or two for all of France.
    pub fn catchments(&self, mode: Mode) -> &Catchments {
        let search = || Catchments::new(self.times(), mode, &self.sites, &self.decay, self.communes);
        self.catchments[mode].get_or_init(search)
    }

    /// The nearest among the sites that `keep` accepts — those with a service, a label — by every mode.
    pub fn nearest_among(&self, keep: impl Fn(SiteIx) -> bool) -> ByMode<Reaches> {
        let kept: Vec<Site> = self.sites.iter().filter(|site| keep(site.ordinal)).copied().collect();
        self.times.nearest(&kept)
    }

    /// Supply per person in need, by commune: see [`Catchments::supply_per_person`].
    #[must_use]
    pub fn supply_per_person(
        &self,
        mode: Mode,
        supply: &TiSlice<SiteIx, f64>,
        persons: &TiSlice<CommuneIx, f64>,
    ) -> TiVec<PointIx, f64> {
        self.catchments(mode).supply_per_person(supply, persons)
    }

    /// The answers after a change: the nearest among all open sites. Only who was nearest to a site that closes, who has such
    /// a site at home, and who is near one that opens is searched from again.
    #[must_use]
    pub fn scenario(&self, change: &Change) -> Scenario<'_> {
        let open = self.sites.iter().filter(|site| !change.closed.contains(&site.ordinal)).copied();
        let open: Vec<Site> = open.chain(change.added.iter().map(|site| site.opening())).collect();
        let touched = self.touched(change);
        let again = match &touched {
            Some(touched) => {
                let (nearest, standing) = (&self.nearest, &self.sites[..]);
                let before = Before { nearest, standing, closed: &change.closed, added: &change.added };
                self.times.nearest_for(&open, Asked::these(touched).after(before))
            }
            None => self.times.nearest(&open),
        };
        Scenario { tables: self, touched, again }
    }

    /// The demand points whose answers a change may change; `None` when these are too many to be told apart.
    fn touched(&self, change: &Change) -> Option<TiVec<PointIx, bool>> {
        if change.added.len() > MOST_ADDED {
            return None;
        }
        let points = &self.times.demand().points;
        let mut touched: TiVec<PointIx, bool> = vec![false; points.len()].into();
        let fastest = Mode::ALL.map(|mode| self.times.fastest_m_per_s(mode));
        let added: Vec<[f64; 3]> = change.added.iter().map(|site| site.position.unit_vector()).collect();
        for (point, from) in points.iter_enumerated() {
            let reaches = Mode::ALL.map(|mode| self.nearest[mode][point]);
            let left = reaches.iter().any(|reach| reach.nearest().is_some_and(|it| change.closed.contains(&it.site)));
            // Closing venues asks nothing of where people are.
            touched[point] = left
                || from.position.filter(|_| !added.is_empty()).is_some_and(|at| {
                    let farthest = reaches
                        .iter()
                        .zip(fastest)
                        .map(|(reach, speed)| reach.time().map_or(f64::INFINITY, |time| f64::from(time.0 + 1) * speed));
                    let chord = Metres::new(farthest.fold(0.0, f64::max)).map_or(2.0, sphere::chord);
                    let at = at.unit_vector();
                    added.iter().any(|to| sphere::chord2(at, *to) <= chord * chord)
                });
        }
        // At home the number of places counts, whichever is nearest.
        let changed = self.sites.iter().filter(|site| change.closed.contains(&site.ordinal)).chain(&change.added);
        changed.filter_map(|site| site.point).for_each(|point| touched[point] = true);
        Some(touched)
    }
}

impl std::fmt::Debug for AccessTables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccessTables {{ sites: {}, times: {} }}", self.sites.len(), self.label)
    }
}

impl Scenario<'_> {
    /// The nearest open site of every demand point.
    #[must_use]
    pub fn nearest(&self, mode: Mode) -> Cow<'_, TiSlice<PointIx, Reach>> {
        let Some(touched) = &self.touched else { return Cow::Borrowed(&self.again[mode]) };
        let mut nearest = self.tables.nearest[mode].clone();
        for (point, _) in touched.iter_enumerated().filter(|(_, touched)| **touched) {
            nearest[point] = self.again[mode][point];
        }
        self.tables.times.demand().parts.summarise(&mut nearest);
        Cow::Owned(nearest)
    }
}
