//! A venue on a list: what a person needs in order to choose, call and go.

use crate::atlas::{Atlas, Found};
use crate::domain::vocabulary::Service;
use crate::domain::{Location, Metres, Venue};
use crate::http::State;

use super::contact::{self, Phone};
use super::opening::{Opening, opening};
use super::{french, params, words};

/// Services named on a card; the others are on the venue's own page.
const SERVICES_SHOWN: usize = 2;

/// One card.
#[derive(Debug, Clone)]
pub struct Card {
    /// Rank in the list, from 1.
    pub number: usize,
    /// Address of the venue's page.
    pub href: String,
    /// Name.
    pub name: String,
    /// Distance and where it is measured from.
    pub distance: String,
    /// An estimate, when somebody might walk.
    pub on_foot: Option<String>,
    /// False when the venue is only known to be in its commune.
    pub located: bool,
    /// Number, street and locality.
    pub address: String,
    /// What it helps with.
    pub services: Vec<&'static str>,
    /// How many services are not named.
    pub more_services: usize,
    /// When it is open.
    pub opening: Opening,
    /// Telephone.
    pub phone: Option<Phone>,
    /// How to come.
    pub coming: &'static str,
    /// What it costs.
    pub price: String,
    /// Networks it belongs to.
    pub labels: Vec<String>,
}

/// What the cards of one list have in common.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The edition and the clock.
    pub state: &'a State,
    /// The service asked for, named first.
    pub service: Option<Service>,
}

impl Listing<'_> {
    /// The card of a venue that was found.
    #[must_use]
    pub fn card(&self, number: usize, found: Found, from: &str) -> Card {
        let atlas: &Atlas = &self.state.atlas;
        let venue = &atlas.venues()[found.ordinal as usize];
        let located = !matches!(venue.location, Location::Commune(_));
        let mut services: Vec<Service> = venue.services.clone();
        services.sort_by_key(|service| (Some(*service) != self.service, *service));
        Card {
            number,
            href: venue_href(&venue.id),
            name: venue.name.clone(),
            distance: distance(found.distance, located, from),
            on_foot: french::minutes_on_foot(found.distance).filter(|_| located).map(on_foot),
            located,
            address: address(venue),
            more_services: services.len().saturating_sub(SERVICES_SHOWN),
            services: services.into_iter().take(SERVICES_SHOWN).map(words::service).collect(),
            opening: opening(atlas, venue, (self.state.now)()),
            phone: venue.phone.as_deref().map(contact::phone),
            coming: words::how_to_come(venue),
            price: words::price(venue),
            labels: labels(venue),
        }
    }
}

/// Address of the page of a venue.
#[must_use]
pub fn venue_href(id: &str) -> String {
    format!("/lieux/{}", params::percent_encoded(id))
}

fn distance(metres: Metres, located: bool, from: &str) -> String {
    let around = if located { "À" } else { "À environ" };
    format!("{around} {} {from}", french::distance(metres))
}

fn on_foot(minutes: u32) -> String {
    format!("environ {} à pied", french::count(u64::from(minutes), "minute", "minutes"))
}

/// One line: `12 rue de la République, 69001 Lyon`.
#[must_use]
pub fn address(venue: &Venue) -> String {
    let town: Vec<&str> = venue.postcode.as_deref().into_iter().chain([venue.locality.as_str()]).collect();
    let town = town.join(" ");
    let lines = [venue.address.as_deref(), venue.address_complement.as_deref(), Some(town.trim())];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Every programme and label, as a visitor knows them.
#[must_use]
pub fn labels(venue: &Venue) -> Vec<String> {
    let programmes = venue.programmes.iter().map(|p| words::programme(*p).to_string());
    let training = venue.training_labels.iter().map(|l| l.official().to_string());
    programmes.chain(training).chain(venue.other_labels.iter().cloned()).collect()
}
