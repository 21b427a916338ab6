//! What the tables of an edition mean for people, place by place: need in persons, minutes to help, hours per person. What
//! they mean for a territory is in [`super::figures`].

use std::sync::{Arc, OnceLock};

use typed_index_collections::{TiSlice, TiVec};

use super::Atlas;
use super::country::Divided;
use super::counts::Counts;
use super::sealed::Sealed;
use super::served::Served;
use super::times::Times;
use crate::access::{
    AccessTables, ByMode, Coverage, Decay, Mode, Points, Reach, Reaches, RoadTimes, Site, Supply, coverage,
    hours_per_year, on_one_core,
};
use crate::domain::need::{
    Criterion, DistrictNeed, DistrictPeople, Frame, NeedError, NeedEstimate, Preset, Profiles, RankIndex, TakeUp,
    estimate, expected_demand, of_districts, profiles, rank_index,
};
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneIx, District, DistrictIx, PointIx, Seconds, SiteIx, VenueIx};

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
    pub hours_per_person: Hours,
    /// Persons of the arrondissements of Paris, Lyon and Marseille.
    pub districts: TiVec<DistrictIx, DistrictNeed>,
    /// Persons of every demand point: of the communes, then of the cells that some of them have.
    point_persons: TiVec<PointIx, Option<u32>>,
}

/// Hours per year and person of every commune, by mode.
type Hours = ByMode<TiVec<PointIx, f64>>;

impl Need {
    /// With the hours that the build worked out, or else with those that are worked out now.
    fn new(atlas: &Atlas, analysis: &Analysis, preset: &Preset, known: Option<Hours>) -> Result<Self, NeedError> {
        let estimate = estimate(atlas.communes(), atlas.indicators(), preset.denominator)?;
        let hours = |mode| analysis.hours_per_person(mode, &analysis.supply.hours, &estimate.persons);
        let profiles = profiles(&estimate, preset.offline.map(|offline| offline.share));
        let expected = expected_demand(&estimate, TakeUp::default());
        let districts = districts(atlas, &estimate, &profiles, &expected);
        let persons_of = |district: DistrictIx| f64::from(districts[district].persons.unwrap_or(0));
        Ok(Self {
            point_persons: atlas.country().divided().share_out(&estimate.persons, atlas.districts(), persons_of),
            hours_per_person: known.unwrap_or_else(|| ByMode::of(hours)),
            profiles,
            expected,
            districts,
            estimate,
        })
    }

    /// Whether the persons in need of any of some communes are known. Where they are not, because the survey did not go there
    /// or the population is not published, a sum of persons is unknown: it is not 0.
    #[must_use]
    pub fn is_known_in(&self, communes: &[CommuneIx]) -> bool {
        communes.iter().any(|&commune| self.estimate.persons[commune].is_some())
    }
}

/// The persons of the arrondissements, from what indicators say of each.
fn districts(
    atlas: &Atlas,
    estimate: &NeedEstimate,
    profiles: &Profiles,
    expected: &TiSlice<CommuneIx, Option<u32>>,
) -> TiVec<DistrictIx, DistrictNeed> {
    let districts = atlas.districts();
    let people = |i: DistrictIx| {
        let District { code, population, .. } = &districts.all()[i];
        let own = |id: &str| atlas.indicator(id)?.districts.get(code)?.value();
        let composition = &estimate.compositions[districts.commune(i)];
        DistrictPeople::new(population.map_or(0.0, |persons| f64::from(persons.0)), own, composition)
    };
    let of_commune = |commune| {
        let people: Vec<DistrictPeople> = districts.of(commune).map(people).collect();
        of_districts(estimate, profiles, expected, commune, &people)
    };
    // Ascending by code, they follow one another commune by commune.
    districts.divided().flat_map(of_commune).collect()
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
    /// The nearest venue that says it accepts the pass numérique, by car.
    pub pass: Reaches,
    /// Opening hours of each venue in hours per year.
    pub supply: Supply,
    /// How the communes are divided into demand points.
    pub divided: Divided,
    /// Venues and posts of each commune.
    pub counts: TiVec<CommuneIx, Counts>,
    /// The same of each arrondissement of Paris, Lyon and Marseille: what nothing places in one is in its commune alone.
    pub district_counts: TiVec<DistrictIx, Counts>,
    /// Persons accompanied in each commune, as far as tables tell.
    pub served: TiVec<CommuneIx, Served>,
    times: Arc<Times>,
}

impl Analysis {
    /// Takes what the build has sealed, or computes it: everything but the needs other than the default, which wait until they
    /// are asked for.
    #[must_use]
    pub fn new(atlas: &Atlas, sealed: Option<Sealed>) -> Self {
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
        let times = Arc::new(Times::new(Arc::clone(atlas.country()), sites.clone()));
        let make = Box::new({
            let times = Arc::clone(&times);
            move || Arc::clone(times.source())
        });
        let divided = atlas.country().divided().clone();
        let venue_of = |site: SiteIx| &atlas.venues()[VenueIx::of_site(site)];
        let among = |access: &AccessTables| {
            let labelled = |site: SiteIx| venue_of(site).programmes.contains(&Programme::FranceServices);
            let accepts = |site: SiteIx| venue_of(site).pass_numerique == Some(true);
            (access.nearest_among(labelled), access.nearest_among(accepts).take(Mode::Car))
        };
        let (access, (france_services, pass), known_hours) = match sealed {
            Some(sealed) if sealed.fits(divided.points, communes.len()) => {
                let Sealed { label, nearest, france_services, pass, hours } = sealed;
                let access = AccessTables::known((label, nearest), make, sites, &Self::decay(), communes.len());
                (access, (france_services, pass), hours)
            }
            _ => {
                let access = AccessTables::build(make(), sites, &Self::decay(), communes.len());
                let among = among(&access);
                (access, among, None)
            }
        };
        let hours: TiVec<SiteIx, Option<f64>> =
            atlas.venues().keys().map(|venue| Some(hours_per_year(atlas.usual_week(venue)?.minutes))).collect();
        let analysis = Self {
            needs: Default::default(),
            rank,
            rank_criteria: known.iter().map(|(id, _)| *id).collect(),
            france_services,
            pass,
            access,
            supply: Supply::from_known(&hours),
            counts: Counts::by_commune(atlas),
            district_counts: Counts::by_district(atlas),
            served: Served::by_commune(atlas),
            divided,
            times,
        };
        // The default denominator is the one that is asked for; a small country cannot bear it, and says so when asked.
        if let Ok(need) = Need::new(atlas, &analysis, Preset::USUAL, known_hours) {
            _ = analysis.needs[rank_of(Preset::USUAL)].set(need);
        }
        analysis
    }

    /// Works out what questions other than those of the tables need, before anybody asks them: on one core, since those who
    /// ask others meanwhile go first.
    pub fn prepare_questions(&self) {
        on_one_core(|| {
            self.access.prepare();
            for mode in Mode::ALL {
                self.access.catchments(mode);
            }
        });
    }

    /// Times by road, where a network was read.
    #[must_use]
    pub fn roads(&self) -> Option<&Arc<RoadTimes>> {
        self.times.roads()
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
        let slot = &self.needs[rank_of(preset)];
        if let Some(need) = slot.get() {
            return Ok(need);
        }
        let need = Need::new(atlas, self, preset, None)?;
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
            if known { self.divided.parts.points_of(commune) } else { Points::of_commune(commune) }
        });
        points.map(|point| (point, need.point_persons[point]))
    }

    /// The same of an arrondissement; none where its commune is not divided.
    pub fn points_of_district<'a>(
        &'a self,
        need: &'a Need,
        district: DistrictIx,
    ) -> impl Iterator<Item = (PointIx, Option<u32>)> + 'a {
        self.divided.districts[district].iter().map(|(point, _)| (*point, need.point_persons[*point]))
    }

    /// The rank among [`Atlas::cells`] of what a demand point is; `None` for a commune.
    #[must_use]
    pub fn cell_of(&self, point: PointIx) -> Option<usize> {
        self.divided.cells.get(usize::from(point).checked_sub(self.counts.len())?).map(|cell| *cell as usize)
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

impl Analysis {
    /// What stands in a commune that has arrondissements and in none of these, since nothing says in which.
    #[must_use]
    pub fn unplaced(&self, atlas: &Atlas, commune: CommuneIx) -> Counts {
        let of = |district: DistrictIx| self.district_counts[district];
        atlas.districts().of(commune).map(of).fold(self.counts[commune], Counts::less)
    }

    /// Persons in need of an arrondissement near enough. Where nothing says where in their commune they live, that is what is
    /// said of them.
    #[must_use]
    pub fn coverage_of_district<const N: usize>(
        &self,
        need: &Need,
        reaches: &TiSlice<PointIx, Reach>,
        district: DistrictIx,
        thresholds: &[Seconds; N],
    ) -> Coverage<N> {
        let points = self.points_of_district(need, district).map(|(point, _)| point);
        let mut sum = coverage(reaches, &need.point_persons, points, thresholds);
        match need.districts[district].persons {
            None => sum.unknown = 1,
            Some(persons) if self.divided.districts[district].is_empty() => sum.nowhere = persons.into(),
            Some(_) => {}
        }
        sum
    }
}

fn rank_of(preset: &Preset) -> usize {
    Preset::ALL.iter().position(|known| known == preset).expect("presets are made nowhere else")
}
