//! Ways round what is in between: from all sites to everybody, or, once some sites have closed or opened, only where that matters.

use typed_index_collections::TiSlice;

use super::{CrowFly, Straight};
use crate::access::asked::{Asked, Before};
use crate::access::demand::Site;
use crate::access::extent::Extent;
use crate::access::land::{LandSearch, Start};
use crate::access::parallel::in_pieces;
use crate::access::reach::{ByMode, Mode, Nearest};
use crate::access::times::TravelTimes as _;
use crate::domain::{PointIx, Seconds};

/// The searches of one question.
pub(super) struct Rounds<'a> {
    asked: Asked<'a>,
    /// From all sites, for those of whose answer of before nothing is left.
    all: Option<ByMode<LandSearch>>,
    /// From the sites that opened, for the others: where they are nearer than those that stand.
    new: Option<ByMode<LandSearch>>,
}

impl CrowFly {
    /// Searches for those whom straight ways do not serve.
    pub(super) fn rounds<'a>(
        &self,
        sites: &[Site],
        straight: &TiSlice<PointIx, Straight>,
        asked: Asked<'a>,
    ) -> Rounds<'a> {
        let goals = straight.iter_enumerated().filter(|(_, straight)| straight.goes_round());
        let is_kept = |point| Mode::ALL.iter().all(|mode| asked.kept(*mode, point).is_some());
        let anew: Vec<_> = goals.filter(|(point, _)| !is_kept(*point)).collect();
        let before = asked.before().filter(|before| !before.added.is_empty());
        let all = (!anew.is_empty()).then(|| {
            let straight = |(point, straight): &(PointIx, &Straight)| match **straight {
                Straight::Found { distance, .. } => {
                    let time = |mode| self.assumptions.time(mode, &self.demand.points[*point], distance);
                    (*point, Some(ByMode::of(time)))
                }
                _ => (*point, None),
            };
            self.search_from_all(sites, &anew.iter().map(straight).collect::<Vec<_>>())
        });
        Rounds { asked, all, new: before.map(|before| self.search_from_new(&before)) }
    }

    /// The nearest site by a way round.
    pub(super) fn round(&self, rounds: &Rounds<'_>, mode: Mode, ordinal: PointIx) -> Option<Nearest> {
        let by = |searches: &Option<ByMode<LandSearch>>| self.time_round(mode, ordinal, &searches.as_ref()?[mode]);
        match rounds.asked.kept(mode, ordinal) {
            Some(before) => [before.nearest(), by(&rounds.new)].into_iter().flatten().min(),
            None => by(&rounds.all),
        }
    }

    /// Prepares what a question about new sites needs of those that stand.
    pub(super) fn times_of_standing(&self, standing: &[Site]) -> &ByMode<Vec<u32>> {
        self.standing.get_or_init(|| {
            let starts = self.starts(standing, |_| ByMode::of(|_| true));
            let times = |search: LandSearch| search.times();
            self.by_mode(&starts, |search, mode, starts| search.run(&self.land, &self.way(mode), starts, u32::MAX))
                .map(times)
        })
    }

    fn search_from_new(&self, before: &Before<'_>) -> ByMode<LandSearch> {
        let known = self.times_of_standing(before.standing);
        let starts = self.starts(before.added, |_| ByMode::of(|_| true));
        self.by_mode(&starts, |search, mode, starts| {
            search.run_where_faster(&self.land, &self.way(mode), starts, &known[mode]);
        })
    }

    fn search_from_all(&self, sites: &[Site], goals: &[(PointIx, Option<ByMode<Seconds>>)]) -> ByMode<LandSearch> {
        let extent = Extent::of(goals, &self.demand, |mode| self.fastest_m_per_s(mode));
        let starts = self.starts(sites, |site| extent.modes(site));
        self.by_mode(&starts, |search, mode, starts| {
            search.run(&self.land, &self.way(mode), starts, extent.limits[mode]);
        })
    }

    /// Where searches from some sites begin, with the modes by which each is of use.
    fn starts(&self, sites: &[Site], modes: impl Fn(&Site) -> ByMode<bool> + Sync) -> Vec<(Start, ByMode<bool>)> {
        let attached = in_pieces(sites.len(), |piece| {
            let near = sites[piece].iter().map(|site| (site, modes(site)));
            let starts =
                near.filter(|(_, modes)| Mode::ALL.iter().any(|mode| modes[*mode])).flat_map(|(site, modes)| {
                    let links = self.land.attach(site.position, site.landmass);
                    links.into_iter().map(move |link| (Start { link, name: site.ordinal.get() }, modes))
                });
            starts.collect::<Vec<_>>()
        });
        attached.into_iter().flatten().collect()
    }

    /// A search of every mode, on every core.
    fn by_mode(
        &self,
        starts: &[(Start, ByMode<bool>)],
        run: impl Fn(&mut LandSearch, Mode, Vec<Start>) + Sync,
    ) -> ByMode<LandSearch> {
        let search = |mode: Mode| {
            let mut search = LandSearch::new(self.land.nodes());
            run(&mut search, mode, starts.iter().filter(|(_, modes)| modes[mode]).map(|(start, _)| *start).collect());
            search
        };
        let found = in_pieces(Mode::ALL.len(), |piece| piece.map(|rank| search(Mode::ALL[rank])).collect::<Vec<_>>());
        let mut found = found.into_iter().flatten();
        ByMode::of(|_| found.next().expect("a search of every mode"))
    }
}
