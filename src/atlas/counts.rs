//! What there is in each commune: venues that receive the public, posts of the latest list.

use typed_index_collections::{TiSlice, TiVec};

use super::{Atlas, DistrictClue};
use crate::domain::vocabulary::Programme;
use crate::domain::{CommuneIx, DistrictIx, Venue};

/// Venues and posts of a commune, or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Venues that receive the public.
    pub venues: u32,
    /// Of these, France services.
    pub venues_france_services: u32,
    /// Of these, with a conseiller numérique.
    pub venues_conseillers: u32,
    /// Posts of conseillers in the latest list, at the commune of the employer.
    pub posts: u32,
}

impl Counts {
    fn add_venue(&mut self, venue: &Venue) {
        self.venues += 1;
        self.venues_france_services += u32::from(venue.programmes.contains(&Programme::FranceServices));
        self.venues_conseillers += u32::from(venue.programmes.contains(&Programme::Conseillers));
    }

    /// Counts commune by commune, in the order of [`Atlas::communes`]. What has no known commune is in none.
    #[must_use]
    pub fn by_commune(atlas: &Atlas) -> TiVec<CommuneIx, Self> {
        let mut counts: TiVec<CommuneIx, Self> = vec![Self::default(); atlas.communes().len()].into();
        for (i, venue) in atlas.venues().iter_enumerated() {
            let Some(commune) = atlas.venue_commune(i).filter(|_| venue.receives_public()) else { continue };
            counts[commune].add_venue(venue);
        }
        for (_, post) in atlas.latest_posts() {
            if let Some(commune) = post.commune.and_then(|code| atlas.places().by_code(code)) {
                counts[commune].posts += post.posts;
            }
        }
        counts
    }

    /// The same by arrondissement ([`super::Districts::holding`]).
    #[must_use]
    pub fn by_district(atlas: &Atlas) -> TiVec<DistrictIx, Self> {
        let districts = atlas.districts();
        let mut counts: TiVec<DistrictIx, Self> = vec![Self::default(); districts.all().len()].into();
        for (i, venue) in atlas.venues().iter_enumerated().filter(|(_, venue)| venue.receives_public()) {
            if let Some(district) = atlas.venue_district(i) {
                counts[district].add_venue(venue);
            }
        }
        for (_, post) in atlas.latest_posts() {
            let commune = post.commune.and_then(|code| atlas.places().by_code(code));
            let clue = DistrictClue { named: post.district, position: post.location.own(), ..DistrictClue::default() };
            if let Some(district) = commune.and_then(|commune| districts.holding(commune, clue)) {
                counts[district].posts += post.posts;
            }
        }
        counts
    }

    /// What is left when a part of it is taken away.
    #[must_use]
    pub fn less(self, part: Self) -> Self {
        Self {
            venues: self.venues - part.venues,
            venues_france_services: self.venues_france_services - part.venues_france_services,
            venues_conseillers: self.venues_conseillers - part.venues_conseillers,
            posts: self.posts - part.posts,
        }
    }

    /// Those of several communes together.
    #[must_use]
    pub fn of(all: &TiSlice<CommuneIx, Self>, communes: &[CommuneIx]) -> Self {
        communes.iter().map(|&i| all[i]).fold(Self::default(), |sum, more| Self {
            venues: sum.venues + more.venues,
            venues_france_services: sum.venues_france_services + more.venues_france_services,
            venues_conseillers: sum.venues_conseillers + more.venues_conseillers,
            posts: sum.posts + more.posts,
        })
    }
}
