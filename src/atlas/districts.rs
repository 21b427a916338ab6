//! The arrondissements of Paris, Lyon and Marseille as an edition knows them: parts of their commune, which have figures of
//! their own and add up to it.

use std::collections::BTreeMap;

use geo::MultiPolygon;
use typed_index_collections::{TiSlice, TiVec};

use super::Atlas;
use crate::domain::{Commune, CommuneCode, CommuneIx, District, DistrictIx, Position, Venue, VenueIx};
use crate::spatial::{Contour, ContourIndex};

/// Every arrondissement, with its contour.
#[derive(Debug)]
pub struct Districts {
    /// Ascending by code, so that those of a commune follow one another.
    all: TiVec<DistrictIx, District>,
    communes: TiVec<DistrictIx, CommuneIx>,
    contours: BTreeMap<String, Contour>,
    index: ContourIndex<DistrictIx>,
}

/// What says in which arrondissement of a commune something stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct DistrictClue<'a> {
    /// The arrondissement that its list names.
    pub named: Option<CommuneCode>,
    /// A position of its own: that of the commune says nothing.
    pub position: Option<Position>,
    /// Its postal code.
    pub postcode: Option<&'a str>,
}

impl Districts {
    /// Indexes them; those of communes that are not in the list are left out.
    #[must_use]
    pub fn new(
        communes: &TiSlice<CommuneIx, Commune>,
        mut districts: Vec<District>,
        contours: BTreeMap<String, Contour>,
    ) -> Self {
        let commune = |of: &District| communes.binary_search_by_key(&of.commune, |commune| commune.code).ok();
        districts.retain(|district| commune(district).is_some());
        districts.sort_by_key(|district| district.code);
        let all = TiVec::from(districts);
        let contour = |(i, district): (DistrictIx, &District)| Some((i, contours.get(district.code.as_str())?.clone()));
        let index = ContourIndex::new(all.iter_enumerated().filter_map(contour).collect());
        Self { communes: all.iter().filter_map(commune).collect(), index, contours, all }
    }

    /// All of them, ascending by code.
    #[must_use]
    pub fn all(&self) -> &TiSlice<DistrictIx, District> {
        &self.all
    }

    /// The arrondissement with this INSEE code.
    #[must_use]
    pub fn by_code(&self, code: CommuneCode) -> Option<DistrictIx> {
        self.all.binary_search_by_key(&code, |district| district.code).ok()
    }

    /// The commune of an arrondissement.
    #[must_use]
    pub fn commune(&self, district: DistrictIx) -> CommuneIx {
        self.communes[district]
    }

    /// The arrondissements of a commune, ascending by code; none of most communes.
    pub fn of(&self, commune: CommuneIx) -> impl Iterator<Item = DistrictIx> + Clone + '_ {
        self.communes.iter_enumerated().filter(move |(_, of)| **of == commune).map(|(i, _)| i)
    }

    /// The communes that have arrondissements, each once.
    pub fn divided(&self) -> impl Iterator<Item = CommuneIx> + '_ {
        self.communes.raw.chunk_by(|a, b| a == b).map(|same| same[0])
    }

    /// The contour of an arrondissement.
    #[must_use]
    pub fn contour(&self, code: &str) -> Option<&MultiPolygon> {
        self.contours.get(code).map(AsRef::as_ref)
    }

    /// Every contour, by code.
    #[must_use]
    pub fn contours(&self) -> &BTreeMap<String, Contour> {
        &self.contours
    }

    /// The arrondissement of a commune that holds a position; the nearest where none does, since contours are coarse.
    #[must_use]
    pub fn at(&self, commune: CommuneIx, position: Position) -> Option<DistrictIx> {
        let inside = self.index.containing(position).filter(|district| self.communes[*district] == commune);
        let away = |district: DistrictIx| Some((self.index.distance_to(district, position)?.value(), district));
        inside.or_else(|| {
            let near = self.of(commune).filter_map(away).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            near.map(|(_, district)| district)
        })
    }

    /// That of each venue.
    pub(super) fn of_venues(
        &self,
        venues: &TiSlice<VenueIx, Venue>,
        communes: &TiSlice<VenueIx, Option<CommuneIx>>,
    ) -> TiVec<VenueIx, Option<DistrictIx>> {
        let of = |(venue, commune): (&Venue, &Option<CommuneIx>)| {
            let (position, postcode) = (venue.location.own(), venue.postcode.as_deref());
            self.holding((*commune)?, DistrictClue { named: None, position, postcode })
        };
        venues.iter().zip(communes).map(of).collect()
    }

    /// The arrondissement in which something of a commune stands: the one its list names, else the one that holds its
    /// position, else the one of its postal code. `None` when nothing says it: then it is in none, and in the commune.
    #[must_use]
    pub fn holding(&self, commune: CommuneIx, clue: DistrictClue<'_>) -> Option<DistrictIx> {
        let here = |district: &DistrictIx| self.communes[*district] == commune;
        let of_postcode = |postcode: &str| {
            self.of(commune).find(|district| self.all[*district].postcodes.iter().any(|known| known == postcode))
        };
        let named = clue.named.and_then(|code| self.by_code(code)).filter(here);
        let at = || clue.position.and_then(|position| self.at(commune, position));
        named.or_else(at).or_else(|| clue.postcode.and_then(of_postcode))
    }
}

impl Atlas {
    /// The arrondissements of Paris, Lyon and Marseille.
    #[must_use]
    pub fn districts(&self) -> &Districts {
        &self.country.districts
    }

    /// The arrondissement of a venue, where anything says it ([`Districts::holding`]).
    #[must_use]
    pub fn venue_district(&self, venue: VenueIx) -> Option<DistrictIx> {
        self.venue_districts.get(venue).copied().flatten()
    }
}
