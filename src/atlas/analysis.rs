//! What the tables of an edition mean for people, place by place: need in persons, minutes to help, hours per person. What
//! they mean for a territory is in [`super::figures`].

use std::sync::{Arc, OnceLock};

use typed_index_collections::{TiSlice, TiVec};

use super::counts::Counts;
use super::served::Served;
use super::{Atlas, Roads};
use crate::access::{
    AccessTables, Assumptions, ByMode, Coverage, CrowFly, Decay, Demand, MixedTimes, Mode, Parts, Points, Reach,
    Reaches, RoadTimes, Season, Site, Supply, TravelTimes, coverage, hours_per_year,
};
use crate::domain::need::{
    Criterion, Frame, NeedError, NeedEstimate, Preset, Profiles, RankIndex, TakeUp, estimate, expected_demand,
    profiles, rank_index,
};
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneIx, PointIx, Seconds, SiteIx, VenueIx};

/// The indicators of the rank index, in the order of the indice de fragilité numérique 2023 where we have them: no
/// superfast access, money, 65 and over, low diploma. Mobile coverage, the fifth, is not in our sources. For money the
/// median income leads: the poverty rate is published for one commune in eight, and an index compares only those that have
/// every criterion. Of each line the first that the edition has.
pub const RANK_CRITERIA: [&[&str]; 4] =
    [&["superfast-share"], &["median-income", "poverty-rate"], &["share-65-plus"], &["low-diploma"]];

/// Need under one national number.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Persons, with their interval.
    pub estimate: NeedEstimate,
    /// Never online, and online with weak skills.
    pub profiles: Profiles,
    /// Persons who would come.
    pub expected: TiVec<CommuneIx, Option<u32>>,
    /// Hours per year and person in need that can be reached, by mode (E2SFCA).
    pub hours_per_person: ByMode<TiVec<PointIx, f64>>,
    /// Persons of every demand point: of the communes, then of the cells that some of them have.
    point_persons: TiVec<PointIx, Option<u32>>,
}

impl Need {
    fn new(atlas: &Atlas, analysis: &Analysis, preset: &Preset) -> Result<Self, NeedError> {
        let estimate = estimate(atlas.communes(), atlas.indicators(), preset.denominator)?;
        Ok(Self {
            profiles: profiles(&estimate, preset.offline),
            expected: expected_demand(&estimate, TakeUp::default()),
            point_persons: analysis.parts.share_out(&estimate.persons, analysis.points),
            hours_per_person: ByMode::of(|mode| {
                analysis.hours_per_person(mode, &analysis.supply.hours, &estimate.persons)
            }),
            estimate,
        })
    }
}

/// Everything that is computed once for an edition. Vectors follow the table of communes.
#[derive(Debug)]
pub struct Analysis {
    needs: [OnceLock<Need>; Preset::ALL.len()],
    /// The index for comparing places, and the scores behind it.
    pub rank: RankIndex,
    /// Ids of the indicators of the index that the edition has.
    pub rank_criteria: Vec<&'static str>,
    /// Times to all venues that receive the public; ordinals of sites are those of venues.
    pub access: AccessTables,
    /// The nearest venue labelled France services, by mode.
    pub france_services: ByMode<Reaches>,
    /// Opening hours of each venue in hours per year.
    pub supply: Supply,
    /// Communes that are divided into cells.
    pub parts: Parts,
    /// Venues and posts of each commune.
    pub counts: TiVec<CommuneIx, Counts>,
    /// Persons accompanied in each commune, as far as tables tell.
    pub served: TiVec<CommuneIx, Served>,
    /// Demand points: communes, then cells.
    points: usize,
    /// The cell that each demand point beyond the communes is.
    cells: Vec<u32>,
    /// Times by road, where a network was read.
    pub roads: Option<Arc<RoadTimes>>,
}

impl Analysis {
    /// Computes everything but the needs other than the default, which wait until they are asked for.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let communes = atlas.communes();
        let readings = |ids: &[&'static str]| ids.iter().find_map(|id| Some((*id, atlas.indicator(id)?)));
        let known: Vec<_> = RANK_CRITERIA.into_iter().filter_map(readings).collect();
        let criteria: Vec<Criterion<'_>> = known
            .iter()
            .map(|(_, indicator)| Criterion { readings: &indicator.readings.raw, worse: indicator.worse, weight: 1.0 })
            .collect();
        let rank = rank_index(&communes.raw, &criteria, Frame::Nation);
        let sites: Vec<Site> = atlas
            .venues()
            .iter_enumerated()
            .filter(|(_, venue)| venue.receives_public())
            .filter_map(|(i, venue)| {
                let commune = atlas.venue_commune(i).map(|ordinal| (ordinal, communes[ordinal].code));
                Some(Site::in_commune(SiteIx::of_venue(i), venue.location.position()?, commune))
            })
            .collect();
        let demand = Demand::of_communes(communes, &sites).with_cells(communes, atlas.cells());
        let (parts, points, cells) = (demand.parts.clone(), demand.points.len(), demand.cells.clone());
        let crow = CrowFly::new(demand.clone(), Assumptions::default()).over(Arc::clone(atlas.land()), Season::AllYear);
        let mut roads = None;
        let times: Arc<dyn TravelTimes> = match atlas.roads() {
            Some(Roads { network, source }) => {
                let times = RoadTimes::new(Arc::clone(network), demand, Assumptions::default(), source.clone());
                let times = Arc::new(times);
                roads = Some(Arc::clone(&times));
                Arc::new(MixedTimes::new(times, crow))
            }
            None => Arc::new(crow),
        };
        let access = AccessTables::build(times, sites, &Self::decay(), communes.len());
        let is_france_services =
            |site: SiteIx| atlas.venues()[VenueIx::of_site(site)].programmes.contains(&Programme::FranceServices);
        let hours: TiVec<SiteIx, Option<f64>> =
            atlas.venues().keys().map(|venue| Some(hours_per_year(atlas.usual_week(venue)?.minutes))).collect();
        let analysis = Self {
            needs: Default::default(),
            rank,
            rank_criteria: known.iter().map(|(id, _)| *id).collect(),
            france_services: access.nearest_among(is_france_services),
            access,
            supply: Supply::from_known(&hours),
            counts: Counts::by_commune(atlas),
            served: Served::by_commune(atlas),
            parts,
            points,
            cells,
            roads,
        };
        // The default denominator is the one that is asked for; a small country cannot bear it, and says so when asked.
        let _ = analysis.need(atlas, Preset::USUAL);
        analysis
    }

    /// How persons count for a venue by their distance to it, wherever hours per person are told.
    #[must_use]
    pub fn decay() -> Decay {
        Decay::default()
    }

    /// Hours per year and person that can be reached, commune by commune, from `supply` in hours by ordinal of venue.
    #[must_use]
    pub fn hours_per_person(
        &self,
        mode: Mode,
        supply: &TiSlice<SiteIx, f64>,
        persons: &TiSlice<CommuneIx, Option<u32>>,
    ) -> TiVec<PointIx, f64> {
        let persons: TiVec<CommuneIx, f64> = persons.iter().map(|persons| f64::from(persons.unwrap_or(0))).collect();
        self.access.supply_per_person(mode, supply, &persons)
    }

    /// Need under one of [`Preset::ALL`]; computed at the first question.
    ///
    /// # Errors
    /// When the country has fewer people of 15 or more than the number asked for: a demonstration, or a test.
    pub fn need(&self, atlas: &Atlas, preset: &Preset) -> Result<&Need, NeedError> {
        let rank = Preset::ALL.iter().position(|known| known == preset).expect("presets are made nowhere else");
        let slot = &self.needs[rank];
        if let Some(need) = slot.get() {
            return Ok(need);
        }
        let need = Need::new(atlas, self, preset)?;
        Ok(slot.get_or_init(|| need))
    }

    /// Need under the first of [`Preset::ALL`] that the country can bear, and which: the default,
    /// but for demonstrations on a few communes.
    ///
    /// # Errors
    /// That of the first preset, when the country can bear none.
    pub fn default_need(&self, atlas: &Atlas) -> Result<(&'static Preset, &Need), NeedError> {
        let first = self.need(atlas, Preset::USUAL).map(|need| (Preset::USUAL, need));
        Preset::ALL[1..].iter().fold(first, |found, preset| {
            found.or_else(|error| self.need(atlas, preset).map(|need| (preset, need)).map_err(|_| error))
        })
    }

    /// The demand points of some communes with their persons in need: the commune, or the cells that divide it.
    pub fn points<'a>(
        &'a self,
        need: &'a Need,
        communes: &'a [CommuneIx],
    ) -> impl Iterator<Item = (PointIx, Option<u32>)> + 'a {
        let points = communes.iter().flat_map(|&commune| {
            // An unknown number in the commune is unknown in its cells too: said once, not cell by cell.
            let known = need.estimate.persons[commune].is_some();
            if known { self.parts.points_of(commune) } else { Points::of_commune(commune) }
        });
        points.map(|point| (point, need.point_persons[point]))
    }

    /// The rank among [`Atlas::cells`] of what a demand point is; `None` for a commune.
    #[must_use]
    pub fn cell_of(&self, point: PointIx) -> Option<usize> {
        self.cells.get(usize::from(point).checked_sub(self.counts.len())?).map(|cell| *cell as usize)
    }

    /// Persons in need near enough, cell by cell where there are cells. `reaches` are those of [`Analysis::access`], or of
    /// a part of its sites; communes are given by ordinal, each once.
    #[must_use]
    pub fn coverage<const N: usize>(
        &self,
        need: &Need,
        reaches: &TiSlice<PointIx, Reach>,
        communes: &[CommuneIx],
        thresholds: &[Seconds; N],
    ) -> Coverage<N> {
        let points = self.points(need, communes).map(|(point, _)| point);
        coverage(reaches, &need.point_persons, points, thresholds)
    }
}
