//! What is compared: a plan, what somebody imagines, or what exists, each perhaps of another edition than the one whose people
//! count.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Answer, SiteAnswer};
use super::error::RequestError;
use super::request::Request;
use super::sites::{Place, existing};
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Position, VenueIx};

/// A place where posts are new.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSite {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where its posts receive people, and in which commune, where known; the base first when they travel.
    pub stops: Vec<(Position, Option<CommuneIx>)>,
    /// Posts.
    pub posts: u64,
    /// Euros a year for them; `None` when nobody says what they cost.
    pub cost_eur: Option<u64>,
}

impl Request {
    /// Whether another question counts the same people, ways and existing places.
    #[must_use]
    pub fn counts_like(&self, other: &Self) -> bool {
        self.territory == other.territory
            && self.demand == other.demand
            && self.denominator.id == other.denominator.id
            && self.reach == other.reach
            && self.existing == other.existing
            && self.conventions == other.conventions
    }

    /// The measure of what was made without a plan: who reaches a venue by a mode within some minutes. Names are those of
    /// [`super::FIELDS`].
    ///
    /// # Errors
    /// The field that cannot be.
    pub fn of_venues(territory: &str, mode: &str, minutes: &str, denominator: &str) -> Result<Self, RequestError> {
        let pairs = [
            ("territory", territory),
            ("existing", "venues"),
            ("mode", mode),
            ("minutes", minutes),
            ("denominator", denominator),
        ];
        Self::from_pairs(&pairs.map(|(name, value)| (name.to_owned(), value.to_owned())))
    }
}

/// What exists in another edition, by the measure of a question, in the communes of the edition whose people count.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingPlaces(pub(super) Vec<Place>);

/// One of two things to compare: a plan, what somebody imagines, or nothing more than what exists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// What is new.
    pub sites: Vec<NewSite>,
    /// Ids of what exists that would be no more.
    pub closed: Vec<String>,
    /// What exists, where that is another edition's; `None` for what exists in the edition whose people count.
    pub standing: Option<StandingPlaces>,
}

impl Side {
    /// The sites of a plan.
    #[must_use]
    pub fn of_plan(answer: &Answer) -> Self {
        let site = |site: &SiteAnswer| NewSite {
            id: site.id.clone(),
            name: site.name.clone(),
            stops: site.receives_at.clone(),
            posts: site.posts.into(),
            cost_eur: Some(site.cost_eur),
        };
        Self { sites: answer.sites.iter().map(site).collect(), ..Self::default() }
    }

    /// Venues that open, each with a name or a number, venues that move, which close here and open there, and venues that close.
    #[must_use]
    pub fn imagined(
        atlas: &Atlas,
        opened: impl Iterator<Item = (Option<String>, Position)>,
        moved: &BTreeMap<VenueIx, Position>,
        closed: &BTreeSet<VenueIx>,
    ) -> Self {
        let site = |id: String, name: String, position| NewSite {
            id,
            name,
            stops: vec![(position, atlas.commune_at(position))],
            posts: 1,
            cost_eur: None,
        };
        let opened = (1..).zip(opened).map(|(number, (name, position))| {
            site(format!("et-si-{number}"), name.unwrap_or_else(|| format!("Lieu {number}")), position)
        });
        let moved_there = moved.iter().map(|(&venue, &position)| {
            let venue = &atlas.venues()[venue];
            site(format!("et-si-{}", venue.id), format!("{}, déplacé", venue.name), position)
        });
        let gone = closed.iter().chain(moved.keys());
        Self {
            sites: opened.chain(moved_there).collect(),
            closed: gone.map(|&venue| atlas.venues()[venue].id.clone()).collect(),
            standing: None,
        }
    }

    /// The same side, made in another edition, beside what existed there by the measure of a question.
    #[must_use]
    pub fn of_edition(self, other: &Atlas, atlas: &Atlas, request: &Request) -> Self {
        let here = |commune: CommuneIx| atlas.places().by_code(other.communes()[commune].code);
        let move_in = |(position, commune): (Position, Option<CommuneIx>)| (position, commune.and_then(here));
        let sites = self.sites.into_iter().map(|site| {
            let stops = site.stops.into_iter().map(move_in).collect();
            NewSite { stops, ..site }
        });
        let places = existing(other, request).into_iter();
        // Hosts are ordinals of the other edition.
        let standing = places.map(|place| Place { commune: place.commune.and_then(here), host: None, ..place });
        Self { sites: sites.collect(), closed: self.closed, standing: Some(StandingPlaces(standing.collect())) }
    }

    /// New posts in all.
    #[must_use]
    pub fn posts(&self) -> u64 {
        self.sites.iter().map(|site| site.posts).sum()
    }

    /// Euros a year; nothing where one of the sites has no price.
    #[must_use]
    pub fn cost_eur(&self) -> Option<u64> {
        self.sites.iter().map(|site| site.cost_eur).sum()
    }
}
