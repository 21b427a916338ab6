//! What is compared of a record, prepared once.

use crate::domain::vocabulary::Itinerance;
use crate::domain::{CommuneIx, Phone, Position, Venue};
use crate::domain::{person, unnamed};
use crate::ingest::clean::moving;

use super::street::Street;
use super::words::{self, Words};

/// Paris, Lyon and Marseille.
const DIVIDED: [&str; 3] = ["75056", "69123", "13055"];

/// What is compared of one record.
#[derive(Debug, Clone)]
pub struct Likeness {
    /// Ordinal of its list.
    pub(super) list: usize,
    /// Rows of its list are places of their own, never two of one place.
    pub(super) rows_are_places: bool,
    pub(super) keys: Vec<String>,
    /// Its number in the list of France services, which others carry along in their ids.
    pub(super) programme: Option<String>,
    pub(super) position: Option<Position>,
    pub(super) commune: Option<CommuneIx>,
    /// A commune of many places, where « Médiathèque » is not the one médiathèque.
    pub(super) town: bool,
    pub(super) traits: Traits,
}

/// What two records of one place share; records equal in it need not be compared twice.
#[allow(clippy::struct_excessive_bools, reason = "each is a trait of its own")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Traits {
    pub name: Words,
    /// Whether the name says more than the commune.
    pub named: bool,
    /// First letters of the name, with and without the commune at its end.
    pub initials: [String; 2],
    /// Somebody's session, whose name said no more than the town and who holds it: it goes on in a house of another name.
    pub session: bool,
    /// What tells it from its neighbour of the same name: « bâtiment A », « n° 2 ».
    pub designation: Option<String>,
    pub street: Street,
    /// Telephones that may be its own: a number of four digits is that of a whole institution.
    pub phones: Vec<Phone>,
    /// Of these, the switchboards: numbers that one list gives for houses of several streets, and that say of none which it is.
    pub switchboards: Vec<Phone>,
    pub emails: Vec<String>,
    pub pivot: Option<String>,
    /// Bus, van: it stands in many places.
    pub mobile: bool,
    pub france_services: bool,
    /// Annexe, antenne: another house of the same institution.
    pub annex: bool,
}

impl Likeness {
    /// Prepares a record. `list` is the ordinal of its list; `position` must be its own, not that of its commune.
    #[must_use]
    pub fn new(
        list: usize,
        rows_are_places: bool,
        venue: &Venue,
        commune: Option<CommuneIx>,
        position: Option<Position>,
        record: &str,
    ) -> Self {
        let mut keys = global_keys(record);
        keys.push(venue.id.clone());
        // The address that stands in for a name is compared as an address.
        let own = if unnamed::stands_in(&venue.name) { "" } else { venue.name.as_str() };
        let words::NameWords { words: name, named, initials } = words::of_name(own, &venue.locality);
        let said = words::split(own);
        let says = |wanted: &[&str]| said.iter().any(|word| wanted.contains(&word.as_str()));
        let itinerant = venue.itinerance.contains(&Itinerance::Itinerant);
        let traits = Traits {
            mobile: moving::of_name(own) == Some(moving::Said::Moves)
                || itinerant && !venue.itinerance.contains(&Itinerance::Fixed),
            france_services: venue.typologies.iter().any(|kind| kind == "RFS")
                || name.contains("france") && name.contains("services"),
            annex: says(&["annexe", "antenne", "deleguee", "proximite"]),
            named,
            initials,
            session: person::stands_in(own),
            designation: words::designation(own, &venue.locality),
            street: venue.address.as_deref().map(|text| Street::read(text, &venue.locality)).unwrap_or_default(),
            phones: venue.phones.iter().filter(|phone| phone.as_str().starts_with('+')).cloned().collect(),
            switchboards: Vec::new(),
            // The programme's own mailbox is everybody's.
            emails: venue.emails.iter().filter(|mail| !mail.ends_with("@france-services.gouv.fr")).cloned().collect(),
            pivot: venue.pivot.clone(),
            name,
        };
        let programme = programme_number(&venue.id);
        let town = venue.commune.is_some_and(|code| DIVIDED.contains(&code.as_str()));
        Self { list, rows_are_places, keys, programme, position, commune, town, traits }
    }

    /// Metres between two records that both have a place of their own.
    pub(super) fn metres(&self, other: &Self) -> Option<f64> {
        Some(self.position?.geodesic_to(other.position?).value())
    }

    /// Metres by which its published position may be wrong, for want of decimals: two of them are a kilometre.
    pub(super) fn vagueness(&self) -> f64 {
        let Some(position) = self.position else { return 0.0 };
        let within = |power: f64| {
            [position.lon(), position.lat()]
                .iter()
                .all(|degrees| (degrees * power - (degrees * power).round()).abs() < 1e-6)
        };
        if within(100.0) {
            800.0
        } else if within(1_000.0) {
            80.0
        } else {
            0.0
        }
    }

    /// Whether an identifier says that both are one. A number of the programme says so in one commune only: any list may
    /// count its own rows so.
    pub(super) fn shares_key(&self, other: &Self) -> bool {
        let numbered = self.programme.is_some() && self.programme == other.programme;
        self.keys.iter().any(|key| other.keys.contains(key))
            || numbered && self.commune.is_some() && self.commune == other.commune
    }
}

/// The number that ends `france-services-2667`, whatever stands before it.
fn programme_number(id: &str) -> Option<String> {
    let (_, number) = id.rsplit_once("france-services-")?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| number.to_owned())
}

/// Identifiers that are unique in the world: UUIDs and the 24 hexadecimal digits of a document store.
fn global_keys(record: &str) -> Vec<String> {
    let lower = record.to_lowercase();
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = lower.split('-').collect();
    let mut keys: Vec<String> =
        parts.iter().filter(|part| part.len() == 24 && hex(part)).map(|p| (*p).to_owned()).collect();
    for window in parts.windows(5) {
        if window.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && window.iter().all(|part| hex(part)) {
            keys.push(window.join("-"));
        }
    }
    keys
}
