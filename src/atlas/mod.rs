//! The atlas: one edition, bound once, then only read. Tables, indexes and the id they came with.

pub mod analysis;
mod around;
pub mod check;
mod country;
pub mod counts;
mod credits;
pub mod districts;
pub mod edition;
pub mod figures;
pub mod filters;
mod hubs;
mod journeys;
mod kept;
pub mod meaning;
pub mod nearest;
mod open_days;
pub mod over;
pub mod places;
mod posts;
pub mod sealed;
pub mod served;
pub mod standing;
pub mod streets;
mod territories;
mod times;
mod times_check;
pub mod week_reach;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use geo::MultiPolygon;
use typed_index_collections::{TiSlice, TiVec};

use crate::access::{LandFacts, RoadNetwork};
use crate::domain::need::Compared;
use crate::domain::served::Accompaniment;
use crate::domain::{
    Candidate, CandidateIx, Cell, Commune, CommuneAlias, CommuneIx, Declaration, District, DistrictIx, HelpNeed, Hub,
    Indicator, Level, Location, PastVenue, Post, RemoteChannel, Resource, Venue, VenueIx,
};
use crate::spatial::{Contour, PlaceIndex};

pub use analysis::{Analysis, Need};
pub use check::{Check, CheckedRegion, Checks};
pub use country::Country;
pub use districts::{DistrictClue, Districts};
pub use edition::{EditionInfo, FileInfo, SourceInfo};
pub use figures::AllFigures;
pub use kept::Kept;
pub use nearest::{ClosedToPublic, Counted, Found, NearestQuery, Order, VenueFilter, Wanted};
pub use open_days::OpenWhen;
pub use places::Places;
pub use sealed::{Sealed, Unread};
pub use standing::Panel;
pub use streets::Streets;
pub use territories::TerritoryName;
pub use times_check::{CheckedDepartement, PublishedTimes, TimesCheck};

/// A road network and the map it was read from.
#[derive(Debug, Clone)]
pub struct Roads {
    /// The network.
    pub network: Arc<RoadNetwork>,
    /// Name of the map.
    pub source: String,
}

/// The loose leaves of an edition, before binding.
#[derive(Debug, Clone, Default)]
pub struct Leaves {
    /// Title page.
    pub edition: EditionInfo,
    /// Communes, any order.
    pub communes: Vec<Commune>,
    /// Old codes.
    pub aliases: Vec<CommuneAlias>,
    /// Names above the commune.
    pub territories: BTreeMap<Level, Vec<TerritoryName>>,
    /// Contours by level and code; a territory without one is simply absent.
    pub contours: BTreeMap<Level, BTreeMap<String, Contour>>,
    /// Arrondissements of Paris, Lyon and Marseille, any order.
    pub districts: Vec<District>,
    /// Their contours, by code.
    pub district_contours: BTreeMap<String, Contour>,
    /// Venues, any order.
    pub venues: Vec<Venue>,
    /// Ids that venues used to have, with the id of today.
    pub venue_aliases: BTreeMap<String, String>,
    /// Candidate hosts.
    pub candidates: Vec<Candidate>,
    /// Hubs.
    pub hubs: Vec<Hub>,
    /// Services that answer by telephone, in the order of their list.
    pub remote_channels: Vec<RemoteChannel>,
    /// Things to learn from, in the order of their list.
    pub resources: Vec<Resource>,
    /// What tables of the programme say of territories.
    pub declarations: Vec<Declaration>,
    /// Posts of conseillers.
    pub posts: Vec<Post>,
    /// Venues of earlier lists.
    pub past_venues: Vec<PastVenue>,
    /// Where in their communes people live, in any order of communes.
    pub cells: Vec<Cell>,
    /// Ids of the sources of the grids among them, by rank.
    pub grids: Vec<String>,
    /// Persons accompanied, by place and month.
    pub accompaniments: Vec<Accompaniment>,
    /// Roads, where a network was read.
    pub roads: Option<Roads>,
    /// Streets with their numbers, where files of addresses were read.
    pub streets: Arc<Streets>,
    /// Indicators; their readings follow the communes in ascending order of code.
    pub indicators: Vec<Indicator>,
    /// Crossings and barriers.
    pub land: LandFacts,
    /// What the build worked out of the rest; `None`: it is worked out again when it is needed.
    pub sealed: Option<Unread>,
}

/// One edition, sealed.
#[derive(Debug)]
pub struct Atlas {
    edition: EditionInfo,
    country: Arc<Country>,
    venues: TiVec<VenueIx, Venue>,
    venue_communes: TiVec<VenueIx, Option<CommuneIx>>,
    venue_districts: TiVec<VenueIx, Option<DistrictIx>>,
    venue_index: PlaceIndex<VenueIx>,
    venue_aliases: BTreeMap<String, String>,
    candidates: TiVec<CandidateIx, Candidate>,
    candidate_index: PlaceIndex<CandidateIx>,
    hubs: Vec<Hub>,
    remote_channels: Vec<RemoteChannel>,
    resources: Vec<Resource>,
    hub_index: PlaceIndex<VenueIx>,
    hub_grounds: OnceLock<Vec<MultiPolygon>>,
    declarations: Vec<Declaration>,
    posts: Vec<Post>,
    past_venues: Vec<PastVenue>,
    accompaniments: Vec<Accompaniment>,
    streets: Arc<Streets>,
    indicators: Vec<Indicator>,
    /// What the build worked out, where this program would work out the same.
    sealed: Mutex<Option<Unread>>,
    stands: nearest::ways::Stands,
    analysis: OnceLock<Analysis>,
    open_days: OnceLock<TiVec<VenueIx, Option<open_days::OpenDays>>>,
    ends: OnceLock<over::Ends>,
    meaning: OnceLock<meaning::Index>,
    figures: OnceLock<AllFigures>,
    panel: OnceLock<Panel>,
    /// By level.
    compared: [OnceLock<Compared>; Level::ALL.len()],
}

impl Atlas {
    /// Sorts every table by its id, gathers territories and builds the indexes.
    #[must_use]
    pub fn bind(mut leaves: Leaves) -> Self {
        let country = Arc::new(Country::new(&mut leaves));
        Self::on(country, leaves)
    }

    /// The same in a country that is there: what the leaves have of one is left aside.
    #[must_use]
    pub fn on(country: Arc<Country>, mut leaves: Leaves) -> Self {
        leaves.venues.sort_by(|a, b| a.id.cmp(&b.id));
        leaves.candidates.sort_by(|a, b| a.id.cmp(&b.id));
        leaves.hubs.sort_by(|a, b| a.id.cmp(&b.id));
        leaves.indicators.sort_by(|a, b| a.id.cmp(&b.id));
        leaves.accompaniments.sort_by(|a, b| (&a.source, &a.place, a.month).cmp(&(&b.source, &b.place, b.month)));
        let (venues, candidates) = (TiVec::from(leaves.venues), TiVec::from(leaves.candidates));
        let commune_of = |venue: &Venue| venue.commune.and_then(|code| country.places.by_code(code));
        let venue_communes: TiVec<VenueIx, _> = venues.iter().map(commune_of).collect();
        Self {
            venue_districts: country.districts.of_venues(&venues, &venue_communes),
            venue_communes,
            venue_index: index_of(venues.iter_enumerated().map(|(i, venue)| (i, venue.location))),
            hub_index: hubs::hub_index(&venues, &leaves.hubs),
            candidate_index: index_of(candidates.iter_enumerated().map(|(i, candidate)| (i, candidate.location))),
            country,
            edition: leaves.edition,
            venues,
            venue_aliases: leaves.venue_aliases,
            candidates,
            hubs: leaves.hubs,
            remote_channels: leaves.remote_channels,
            resources: leaves.resources,
            hub_grounds: OnceLock::new(),
            declarations: leaves.declarations,
            posts: leaves.posts,
            past_venues: leaves.past_venues,
            accompaniments: leaves.accompaniments,
            streets: leaves.streets,
            indicators: leaves.indicators,
            sealed: Mutex::new(leaves.sealed),
            stands: nearest::ways::Stands::default(),
            analysis: OnceLock::new(),
            open_days: OnceLock::new(),
            ends: OnceLock::new(),
            meaning: OnceLock::new(),
            figures: OnceLock::new(),
            panel: OnceLock::new(),
            compared: Default::default(),
        }
    }

    /// What the edition stands on, and may share with others.
    #[must_use]
    pub fn country(&self) -> &Arc<Country> {
        &self.country
    }

    /// Need, access and supply, computed at the first question: seconds for all of France where the build has not sealed
    /// them. A server asks early.
    pub fn analysis(&self) -> &Analysis {
        // Taken out: it is in memory once.
        let sealed = || self.sealed.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.analysis.get_or_init(|| Analysis::new(self, sealed().and_then(Unread::read)))
    }

    /// What typed places are looked up in besides names of communes, made at the first question. A server asks early.
    pub fn meaning_index(&self) -> &meaning::Index {
        self.meaning.get_or_init(|| meaning::Index::new(self))
    }

    /// The figures of every territory, computed at the first question. A server asks early.
    pub fn figures(&self) -> &AllFigures {
        self.figures.get_or_init(|| AllFigures::new(self))
    }

    /// How far indicators, index and need say the same, computed at the first question.
    pub fn panel(&self) -> &Panel {
        self.panel.get_or_init(|| Panel::new(self))
    }

    /// The title page.
    #[must_use]
    pub fn edition(&self) -> &EditionInfo {
        &self.edition
    }

    /// Communes, ascending by code.
    #[must_use]
    pub fn communes(&self) -> &TiSlice<CommuneIx, Commune> {
        &self.country.communes
    }

    /// From codes and names to communes.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.country.places
    }

    /// The ordinals of the communes of a territory of any level; `None` when the code is unknown. Old commune codes lead
    /// to their commune of today. Codes are compared whole, never by prefix (defect D12).
    #[must_use]
    pub fn communes_of(&self, level: Level, code: &str) -> Option<Vec<CommuneIx>> {
        if level == Level::Commune {
            let code = crate::domain::CommuneCode::parse(code)?;
            return self.country.places.by_code(code).map(|ordinal| vec![ordinal]);
        }
        self.territory(level, code).map(|territory| territory.communes.clone())
    }

    /// The contour of a territory, where there is one; an arrondissement is a part of the level of communes.
    #[must_use]
    pub fn contour(&self, level: Level, code: &str) -> Option<&MultiPolygon> {
        let of_level = self.country.contours.get(&level).and_then(|all| all.get(code)).map(Arc::as_ref);
        of_level.or_else(|| self.country.districts.contour(code).filter(|_| level == Level::Commune))
    }

    /// Every contour of a level with its code, ascending by code.
    pub fn contours(&self, level: Level) -> impl Iterator<Item = (&str, &MultiPolygon)> {
        self.country.contours.get(&level).into_iter().flatten().map(|(code, contour)| (code.as_str(), contour.as_ref()))
    }

    /// Venues, ascending by id.
    #[must_use]
    pub fn venues(&self) -> &TiSlice<VenueIx, Venue> {
        &self.venues
    }

    /// A venue by its id of today.
    #[must_use]
    pub fn venue(&self, id: &str) -> Option<&Venue> {
        self.venues.binary_search_by(|venue| venue.id.as_str().cmp(id)).ok().map(|i| &self.venues[i])
    }

    /// The id of today of a venue known under an older or another source's id (defect D8).
    #[must_use]
    pub fn venue_alias(&self, id: &str) -> Option<&str> {
        self.venue_aliases.get(id).map(String::as_str)
    }

    /// Ordinal of the commune of a venue.
    #[must_use]
    pub fn venue_commune(&self, venue: VenueIx) -> Option<CommuneIx> {
        self.venue_communes.get(venue).copied().flatten()
    }

    /// Index over the positions of all located venues; ordinals are those of [`Atlas::venues`].
    #[must_use]
    pub fn venue_index(&self) -> &PlaceIndex<VenueIx> {
        &self.venue_index
    }

    /// Candidate hosts, ascending by id.
    #[must_use]
    pub fn candidates(&self) -> &TiSlice<CandidateIx, Candidate> {
        &self.candidates
    }

    /// Hubs, ascending by id.
    #[must_use]
    pub fn hubs(&self) -> &[Hub] {
        &self.hubs
    }

    /// Services that answer by telephone, those of general use first.
    #[must_use]
    pub fn remote_channels(&self) -> &[RemoteChannel] {
        &self.remote_channels
    }

    /// The services that answer one of these needs by telephone, in the order of the list; all of them when none is named.
    pub fn channels_for<'a>(&'a self, needs: &'a [HelpNeed]) -> impl Iterator<Item = &'a RemoteChannel> {
        let answers = |of: &[HelpNeed]| needs.is_empty() || of.iter().any(|need| needs.contains(need));
        self.remote_channels.iter().filter(move |channel| answers(&channel.needs))
    }

    /// Things to learn from.
    #[must_use]
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// What tables of the programme say of territories, in the order of their sources.
    #[must_use]
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// Posts of conseillers.
    #[must_use]
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// Venues of earlier lists.
    #[must_use]
    pub fn past_venues(&self) -> &[PastVenue] {
        &self.past_venues
    }

    /// Where in their communes people live, ascending by commune.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.country.cells
    }

    /// Persons accompanied, by place and month; small counts are hidden.
    #[must_use]
    pub fn accompaniments(&self) -> &[Accompaniment] {
        &self.accompaniments
    }

    /// Roads, where a network was read.
    #[must_use]
    pub fn roads(&self) -> Option<&Roads> {
        self.country.roads.as_ref()
    }

    /// Indicators, ascending by id.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// One indicator.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }
}

fn index_of<Ix: Copy + Ord>(locations: impl Iterator<Item = (Ix, Location)>) -> PlaceIndex<Ix> {
    PlaceIndex::new(locations.filter_map(|(i, location)| Some((i, location.position()?))))
}
