//! A venue on a list: what a person needs in order to choose, call and go.

use crate::atlas::Atlas;
use crate::domain::vocabulary::{Programme, Service};
use crate::domain::{Hours, Label, Part, Venue};
use crate::http::State;

use super::contact::{self, Link, Phone};
use super::opening::opening;
use super::ranking::Ranked;
use super::{params, words};
use crate::tables::french;

/// Services named on a card; the others are on the venue's own page.
const SERVICES_SHOWN: usize = 2;

/// One card.
#[derive(Debug, Clone)]
pub struct Card {
    /// Rank in the list, from 1.
    pub number: usize,
    /// Id of the venue.
    pub id: String,
    /// Address of the venue's page.
    pub href: String,
    /// Name.
    pub name: String,
    /// Distance, and from where when the list has several origins.
    pub distance: String,
    /// An estimate, when somebody might walk.
    pub on_foot: Option<String>,
    /// The commune, when the venue is only known to be somewhere in it.
    pub somewhere_in: Option<String>,
    /// Number, street and locality.
    pub address: String,
    /// What it helps with.
    pub services: Vec<&'static str>,
    /// How many services are not named.
    pub more_services: usize,
    /// When it is open, if anybody said.
    pub open: Option<String>,
    /// The week, for paper, where « demain » means nothing.
    pub week: String,
    /// Telephones.
    pub phones: Vec<Phone>,
    /// Where else to ask, when there is no telephone.
    pub elsewhere: Option<Link>,
    /// How to come, and what it costs, as far as anybody said.
    pub facts: Vec<String>,
    /// Networks it belongs to.
    pub labels: Vec<String>,
    /// The day of the newest list that names it: that is how old all of this is.
    pub attested: Option<String>,
    /// What nobody said, in words: `horaires, prix`.
    pub unknown: String,
}

/// What the cards of one list have in common.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The edition and the clock.
    pub state: &'a State,
    /// The service asked for, named first.
    pub service: Option<Service>,
    /// From how many places distances are measured.
    pub origins: usize,
}

impl Listing<'_> {
    fn distance(&self, ranked: &Ranked) -> String {
        let around = if ranked.exact { "À" } else { "À environ" };
        let far = french::distance(ranked.distance);
        if self.origins == 1 { format!("{around} {far}") } else { format!("{around} {far} de {}", ranked.origin.place) }
    }

    /// The card of a venue that was found.
    #[must_use]
    pub fn card(&self, number: usize, ranked: Ranked) -> Card {
        let atlas: &Atlas = &self.state.atlas;
        let venue = &atlas.venues()[ranked.ordinal];
        let mut services: Vec<Service> = venue.services.clone();
        services.sort_by_key(|service| (Some(*service) != self.service, *service));
        let says_how = !venue.access_modes.is_empty() || venue.booking_url.is_some();
        let coming = says_how.then(|| words::how_to_come(venue).to_string());
        let price = (!venue.fees.is_empty() || venue.pass_numerique.is_some()).then(|| words::price(venue));
        let opening = (venue.hours != Hours::Unknown).then(|| opening(atlas, venue, self.state.now()));
        let unknown = [
            (venue.hours == Hours::Unknown, "horaires"),
            (venue.phones.is_empty(), "téléphone"),
            (services.is_empty(), "aide proposée"),
            (coming.is_none(), "rendez-vous"),
            (price.is_none(), "prix"),
        ];
        let unknown: Vec<&str> = unknown.into_iter().filter(|(is_unknown, _)| *is_unknown).map(|(_, w)| w).collect();
        Card {
            number,
            id: venue.id.clone(),
            href: venue_href(&venue.id),
            name: venue.name.clone(),
            distance: self.distance(&ranked),
            on_foot: french::minutes_on_foot(ranked.distance).filter(|_| ranked.exact).map(on_foot),
            somewhere_in: (!ranked.exact).then(|| venue.locality.clone()),
            address: address(venue),
            more_services: services.len().saturating_sub(SERVICES_SHOWN),
            services: services.into_iter().take(SERVICES_SHOWN).map(Service::plain).collect(),
            week: opening.as_ref().map_or_else(String::new, |opening| open_days(&opening.week).join(" ; ")),
            open: opening.map(|opening| opening.now),
            phones: contact::phones(&venue.phones),
            elsewhere: if venue.phones.is_empty() { elsewhere(venue) } else { None },
            facts: coming.into_iter().chain(price).collect(),
            labels: labels(venue),
            attested: venue.attested().map(french::date),
            unknown: unknown.join(", "),
        }
    }
}

/// Closed days are left out when there are open ones: what is not said is closed.
fn open_days(week: &[String]) -> Vec<&str> {
    let open: Vec<&str> = week.iter().map(String::as_str).filter(|line| !line.ends_with("fermé")).collect();
    if open.is_empty() { week.iter().map(String::as_str).collect() } else { open }
}

/// An e-mail address, else a site.
fn elsewhere(venue: &Venue) -> Option<Link> {
    let mail = |mail: &String| Some(Link { href: contact::mailto(mail)?, host: mail.clone() });
    venue.emails.iter().find_map(mail).or_else(|| venue.websites.iter().find_map(|site| contact::link(site)))
}

/// Address of the page of a venue.
#[must_use]
pub fn venue_href(id: &str) -> String {
    format!("/lieux/{}", params::percent_encoded(id))
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
    let programmes = venue.programmes.iter().map(|p| p.plain().to_string());
    let training = venue.training_labels.iter().map(|l| l.official().to_string());
    programmes.chain(training).chain(venue.other_labels.iter().cloned()).collect()
}

/// Labels that no list with authority confirms today, with who said so and when: facts of a day, not of today.
#[must_use]
pub fn dated_labels(atlas: &Atlas, venue: &Venue) -> Vec<String> {
    let current = |label: &Label| venue.labels.iter().any(|other| other.current && other.label == label.label);
    let mut said: Vec<String> = Vec::new();
    for label in venue.labels.iter().filter(|label| !current(label)) {
        let source = atlas.edition().sources.iter().find(|source| source.id == label.source);
        let source = source.map_or(label.source.as_str(), |source| source.title.as_str());
        let name = Programme::parse(&label.label).map_or_else(|| label.label.clone(), |p| p.plain().to_owned());
        let fact = match (label.until, label.seen) {
            (Some(until), _) => format!("{name}\u{a0}: jusqu'au {}, selon «\u{a0}{source}\u{a0}»", french::date(until)),
            (None, Some(seen)) => {
                format!("{name}\u{a0}: dit le {} par «\u{a0}{source}\u{a0}», non confirmé depuis", french::date(seen))
            }
            (None, None) => format!("{name}\u{a0}: dit par «\u{a0}{source}\u{a0}», sans date"),
        };
        if !said.contains(&fact) {
            said.push(fact);
        }
    }
    said
}

/// Other services behind the same door: name, and telephone where it has its own.
#[must_use]
pub fn parts(venue: &Venue) -> Vec<String> {
    let words = |part: &Part| match part.phones.first().filter(|phone| !venue.phones.contains(phone)) {
        Some(phone) => format!("{} ({})", part.name, phone.shown()),
        None => part.name.clone(),
    };
    venue.parts.iter().map(words).collect()
}
