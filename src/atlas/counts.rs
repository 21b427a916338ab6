//! What there is in each commune: venues that receive the public, posts of the latest list.

use typed_index_collections::{TiSlice, TiVec};

use super::Atlas;
use crate::domain::CommuneIx;
use crate::domain::vocabulary::Programme;

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
    /// Counts commune by commune, in the order of [`Atlas::communes`]. What has no known commune is in none.
    #[must_use]
    pub fn by_commune(atlas: &Atlas) -> TiVec<CommuneIx, Self> {
        let mut counts: TiVec<CommuneIx, Self> = vec![Self::default(); atlas.communes().len()].into();
        for (i, venue) in atlas.venues().iter_enumerated() {
            let Some(commune) = atlas.venue_commune(i).filter(|_| venue.receives_public()) else { continue };
            let counts = &mut counts[commune];
            counts.venues += 1;
            counts.venues_france_services += u32::from(venue.programmes.contains(&Programme::FranceServices));
            counts.venues_conseillers += u32::from(venue.programmes.contains(&Programme::Conseillers));
        }
        for (_, post) in atlas.latest_posts() {
            if let Some(commune) = post.commune.and_then(|code| atlas.places().by_code(code)) {
                counts[commune].posts += post.posts;
            }
        }
        counts
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
