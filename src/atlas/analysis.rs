//! What the tables of an edition mean for people: need in persons, minutes to help, hours per person, for any territory.

use std::sync::{Arc, OnceLock};

use super::{Atlas, Roads};
use crate::access::{
    AccessTables, Assumptions, Coverage, CrowFly, Decay, Demand, MixedTimes, Mode, Parts, Reach, RoadTimes, Site,
    Supply, THRESHOLDS, TravelTimes, coverage, venue_hours,
};
use crate::domain::Seconds;
use crate::domain::equity::Sample;
use crate::domain::hours::HolidayCalendar;
use crate::domain::need::{
    Criterion, Denominator, Frame, NeedError, NeedEstimate, Profiles, RankIndex, Spread, TakeUp, estimate,
    expected_demand, profiles, rank_index,
};
use crate::domain::vocabulary::Programme;

/// The indicators of the rank index, in the order of the indice de fragilité numérique 2023 where we have them: no
/// superfast access, poverty, 65 and over, low diploma. Mobile coverage, the fifth, is not in our sources.
pub const RANK_CRITERIA: [&str; 4] = ["superfast-share", "poverty-rate", "share-65-plus", "low-diploma"];

/// Need under one national number.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Persons, with their interval.
    pub estimate: NeedEstimate,
    /// Never online, and online with weak skills.
    pub profiles: Profiles,
    /// Persons who would come.
    pub expected: Vec<Option<u32>>,
    /// Hours per year and person in need that can be reached, by mode (E2SFCA).
    pub hours_per_person: [Vec<f64>; 3],
    /// Persons of every demand point: of the communes, then of the cells that some of them have.
    point_persons: Vec<Option<u32>>,
}

impl Need {
    fn new(atlas: &Atlas, analysis: &Analysis, denominator: Denominator) -> Result<Self, NeedError> {
        let estimate = estimate(atlas.communes(), atlas.indicators(), denominator)?;
        Ok(Self {
            profiles: profiles(&estimate),
            expected: expected_demand(&estimate, TakeUp::default()),
            point_persons: analysis.parts.share_out(&estimate.persons, analysis.points),
            hours_per_person: Mode::ALL
                .map(|mode| analysis.hours_per_person(mode, &analysis.supply.hours, &estimate.persons)),
            estimate,
        })
    }
}

/// Everything that is computed once for an edition. Vectors follow the table of communes.
#[derive(Debug)]
pub struct Analysis {
    needs: [OnceLock<Need>; Denominator::PRESETS.len()],
    /// The index for comparing places, and the scores behind it.
    pub rank: RankIndex,
    /// Ids of the indicators of the index that the edition has.
    pub rank_criteria: Vec<&'static str>,
    /// Times to all venues that receive the public; ordinals of sites are those of venues.
    pub access: AccessTables,
    /// The nearest venue labelled France services, by mode.
    pub france_services: [Vec<Reach>; 3],
    /// Opening hours of each venue in hours per year.
    pub supply: Supply,
    /// Communes that are divided into cells.
    pub parts: Parts,
    /// Demand points: communes, then cells.
    points: usize,
}

/// What is known of a set of communes.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Communes.
    pub communes: u32,
    /// Communes whose population is unknown: they are in no sum.
    pub communes_unknown: u32,
    /// Inhabitants.
    pub population: u64,
    /// Persons in need.
    pub persons: u64,
    /// From the smallest to the largest of the variants of the method.
    pub interval: Spread,
    /// Of these, never online.
    pub offline: u64,
    /// Of these, online with weak skills.
    pub weak_skills: u64,
    /// Of these, those who would come.
    pub expected: u64,
    /// Persons in need within 10, 15, 20 and 30 minutes of a venue, by mode.
    pub coverage: [Coverage<4>; 3],
    /// The same for a venue of France services.
    pub france_services: [Coverage<4>; 3],
    /// Minutes by car to the nearest venue: a tenth, half, nine tenths of the persons in need are not farther.
    pub car_minutes: Option<[f64; 3]>,
    /// Mean hours per year and person in need within reach by car.
    pub hours_per_person: Option<f64>,
    /// Gini coefficient of these hours, over persons.
    pub gini: Option<f64>,
    /// Mean of the rank index, weighted by inhabitants; for comparing only.
    pub rank: Option<f64>,
    /// Venues that receive the public.
    pub venues: u32,
    /// Of these, France services.
    pub venues_france_services: u32,
    /// Of these, with a conseiller numérique.
    pub venues_conseillers: u32,
    /// Posts of conseillers in the latest list.
    pub posts: u32,
}

impl Analysis {
    /// Computes everything but the needs other than the default, which wait until they are asked for.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let communes = atlas.communes();
        let readings = |id: &'static str| atlas.indicator(id).map(|indicator| (id, indicator));
        let known: Vec<_> = RANK_CRITERIA.into_iter().filter_map(readings).collect();
        let criteria: Vec<Criterion<'_>> = known
            .iter()
            .map(|(_, indicator)| Criterion { readings: &indicator.readings, worse: indicator.worse, weight: 1.0 })
            .collect();
        let rank = rank_index(communes, &criteria, Frame::Nation);
        let sites: Vec<Site> = (0..)
            .zip(atlas.venues())
            .filter(|(_, venue)| venue.receives_public())
            .filter_map(|(i, venue)| {
                let commune = atlas.venue_commune(i).map(|ordinal| (ordinal, communes[ordinal as usize].code));
                Some(Site::in_commune(i, venue.location.position()?, commune))
            })
            .collect();
        let demand = Demand::of_communes(communes, &sites).with_cells(communes, atlas.cells());
        let (parts, points) = (demand.parts.clone(), demand.points.len());
        let crow = CrowFly::new(demand.clone(), Assumptions::default());
        let times: Arc<dyn TravelTimes> = match atlas.roads() {
            Some(Roads { network, source }) => {
                let roads = RoadTimes::new(Arc::clone(network), demand, Assumptions::default(), source.clone());
                Arc::new(MixedTimes::new(roads, crow))
            }
            None => Arc::new(crow),
        };
        let access = AccessTables::build(times, sites, Self::decay().limit());
        let is_france_services =
            |site: u32| atlas.venues()[site as usize].programmes.contains(&Programme::FranceServices);
        let hours: Vec<Option<f64>> = (0..)
            .zip(atlas.venues())
            .map(|(i, venue)| {
                let departement = atlas.venue_commune(i).map_or("", |c| communes[c as usize].departement.as_str());
                venue_hours(&venue.hours, HolidayCalendar::of_departement(departement))
            })
            .collect();
        let analysis = Self {
            needs: Default::default(),
            rank,
            rank_criteria: known.iter().map(|(id, _)| *id).collect(),
            france_services: access.nearest_among(is_france_services),
            access,
            supply: Supply::from_known(&hours),
            parts,
            points,
        };
        // The default denominator is the one that is asked for; a small country cannot bear it, and says so when asked.
        let _ = analysis.need(atlas, 0);
        analysis
    }

    /// How persons count for a venue by their distance to it, wherever hours per person are told.
    #[must_use]
    pub fn decay() -> Decay {
        Decay::default()
    }

    /// Hours per year and person that can be reached, commune by commune, from `supply` in hours by ordinal of venue.
    #[must_use]
    pub fn hours_per_person(&self, mode: Mode, supply: &[f64], persons: &[Option<u32>]) -> Vec<f64> {
        // Cells are parts of communes: their persons are not counted twice.
        let mut persons: Vec<f64> = persons.iter().map(|persons| f64::from(persons.unwrap_or(0))).collect();
        persons.resize(self.points, 0.0);
        self.access.supply_per_person(mode, supply, &persons, &Self::decay())
    }

    /// Need under one of [`Denominator::PRESETS`]; computed at the first question.
    ///
    /// # Errors
    /// When the country has fewer people of 15 or more than the number asked for: a demonstration, or a test.
    pub fn need(&self, atlas: &Atlas, preset: usize) -> Result<&Need, NeedError> {
        let slot = &self.needs[preset];
        if let Some(need) = slot.get() {
            return Ok(need);
        }
        let need = Need::new(atlas, self, Denominator::PRESETS[preset].denominator)?;
        Ok(slot.get_or_init(|| need))
    }

    /// The demand points of some communes with their persons in need: the commune, or the cells that divide it.
    pub fn points<'a>(&'a self, need: &'a Need, communes: &'a [u32]) -> impl Iterator<Item = (u32, Option<u32>)> + 'a {
        let points = communes.iter().flat_map(|&commune| {
            // An unknown number in the commune is unknown in its cells too: said once, not cell by cell.
            let known = need.estimate.persons[commune as usize].is_some();
            self.parts.of(commune).filter(|_| known).unwrap_or(commune..commune + 1)
        });
        points.map(|point| (point, need.point_persons[point as usize]))
    }

    /// Persons in need near enough, cell by cell where there are cells. `reaches` are those of [`Analysis::access`], or of
    /// a part of its sites; communes are given by ordinal, each once.
    #[must_use]
    pub fn coverage<const N: usize>(
        &self,
        need: &Need,
        reaches: &[Reach],
        communes: &[u32],
        thresholds: &[Seconds; N],
    ) -> Coverage<N> {
        let points = self.points(need, communes).map(|(point, _)| point);
        coverage(reaches, &need.point_persons, points, thresholds)
    }

    /// The figures of some communes, given by ordinal, each once.
    #[must_use]
    pub fn figures(&self, atlas: &Atlas, need: &Need, communes: &[u32]) -> Figures {
        let sum = |values: &[Option<u32>]| communes.iter().filter_map(|&i| values[i as usize]).map(u64::from).sum();
        let persons = &need.estimate.persons;
        let own_persons: Vec<Option<u32>> = communes.iter().map(|&i| persons[i as usize]).collect();
        let minutes: Vec<Option<f64>> = communes
            .iter()
            .map(|&i| self.access.nearest(Mode::Car)[i as usize].time().map(|time| f64::from(time.0) / 60.0))
            .collect();
        let (by_car, hours) = (self.access.nearest(Mode::Car), &need.hours_per_person[Mode::Car as usize]);
        let hours: Vec<Option<f64>> =
            communes.iter().map(|&i| known_hours(by_car[i as usize], hours, i as usize)).collect();
        let hours = Sample::new(&hours, &own_persons);
        let populations = communes.iter().map(|&i| (i, atlas.communes()[i as usize].population));
        let ranked = populations.clone().filter_map(|(i, p)| Some((self.rank.index[i as usize]?, f64::from(p?.0))));
        let (rank, weight) =
            ranked.fold((0.0, 0.0), |(sum, weight), (index, people)| (sum + index * people, weight + people));
        let inside: std::collections::BTreeSet<u32> = communes.iter().copied().collect();
        let venues: Vec<_> = (0..)
            .zip(atlas.venues())
            .filter(|(i, venue)| {
                venue.receives_public() && atlas.venue_commune(*i).is_some_and(|c| inside.contains(&c))
            })
            .map(|(_, venue)| venue)
            .collect();
        let labelled = |programme| venues.iter().filter(|venue| venue.programmes.contains(&programme)).count() as u32;
        Figures {
            communes: communes.len() as u32,
            communes_unknown: own_persons.iter().filter(|p| p.is_none()).count() as u32,
            population: populations.filter_map(|(_, p)| p).map(|p| u64::from(p.0)).sum(),
            persons: sum(persons),
            interval: need.estimate.interval(communes),
            offline: sum(&need.profiles.offline),
            weak_skills: sum(&need.profiles.weak_skills),
            expected: sum(&need.expected),
            coverage: Mode::ALL.map(|mode| self.coverage(need, self.access.nearest(mode), communes, &THRESHOLDS)),
            france_services: Mode::ALL
                .map(|mode| self.coverage(need, &self.france_services[mode as usize], communes, &THRESHOLDS)),
            car_minutes: Sample::new(&minutes, &own_persons).tails().map(|tails| [tails.p10, tails.p50, tails.p90]),
            hours_per_person: hours.mean(),
            gini: hours.gini(),
            rank: (weight > 0.0).then(|| rank / weight),
            venues: venues.len() as u32,
            venues_france_services: labelled(Programme::FranceServices),
            venues_conseillers: labelled(Programme::Conseillers),
            posts: posts_in(atlas, &inside),
        }
    }
}

/// Hours per person of a commune: where it is must be known, for else nobody knows what it can reach.
#[must_use]
pub fn known_hours(reach: Reach, hours: &[f64], commune: usize) -> Option<f64> {
    hours.get(commune).copied().filter(|_| reach != Reach::Unknown)
}

/// Posts of the latest list in some communes.
fn posts_in(atlas: &Atlas, communes: &std::collections::BTreeSet<u32>) -> u32 {
    let inside = atlas.latest_posts().filter(|(_, post)| {
        post.commune.and_then(|code| atlas.places().by_code(code)).is_some_and(|commune| communes.contains(&commune))
    });
    inside.map(|(_, post)| post.posts).sum()
}
