//! A venue: one place where people get help with digital tools, and where each of its facts came from.

use std::sync::Arc;

use chrono::NaiveDate;

pub use super::location::{AddressFound, AddressKind, Location, Repair};

use super::label::{Label, Withheld};
use super::phone::Phone;
use super::territory::CommuneCode;
use super::vocabulary::{
    AccessMode, Appointment, Audience, Fee, Itinerance, Programme, Service, Support, SupportMode, TrainingLabel,
};

/// Opening hours as far as they could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Hours {
    /// OSM `opening_hours` syntax, checked.
    Osm(String),
    /// Words that no rule could read with certainty.
    Text(String),
    /// Nothing was published.
    #[default]
    Unknown,
}

/// Something a reader should know before trusting a venue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// The coordinates lie this many metres outside the commune.
    OutsideCommune(u32),
    /// Coordinates were published but unusable; the commune stands in.
    UnusableCoordinates,
    /// No coordinates were published; the commune stands in.
    NoCoordinates,
    /// The commune could not be found from code, postal code or name.
    UnknownCommune,
    /// Commune code and postal code or name disagree.
    ContradictoryCommune,
    /// Several communes share the postal code; the most populous one stands in.
    AmbiguousCommune,
    /// Its name says « France services », and the list that decides about the programme does not have it.
    NotInOfficialList,
}

impl Flag {
    /// The name in tables and answers; the distance of [`Flag::OutsideCommune`] follows a colon.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::OutsideCommune(metres) => format!("outside-commune:{metres}"),
            Self::UnusableCoordinates => "unusable-coordinates".into(),
            Self::NoCoordinates => "no-coordinates".into(),
            Self::UnknownCommune => "unknown-commune".into(),
            Self::ContradictoryCommune => "contradictory-commune".into(),
            Self::AmbiguousCommune => "ambiguous-commune".into(),
            Self::NotInOfficialList => "not-in-official-list".into(),
        }
    }

    /// Reads [`Flag::name`] back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(metres) = text.strip_prefix("outside-commune:") {
            return metres.parse().ok().map(Self::OutsideCommune);
        }
        let plain = [
            Self::UnusableCoordinates,
            Self::NoCoordinates,
            Self::UnknownCommune,
            Self::ContradictoryCommune,
            Self::AmbiguousCommune,
            Self::NotInOfficialList,
        ];
        plain.into_iter().find(|flag| flag.name() == text)
    }
}

/// One record of one source that speaks of a venue, and the fields taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Id of the source.
    pub source: String,
    /// Id of the record in that source.
    pub record: String,
    /// Physical line of the record in the file, 1-based.
    pub line: u32,
    /// Name of the venue, as this record spells it.
    pub name: String,
    /// Day its list describes; `None` when the list does not say.
    pub seen: Option<NaiveDate>,
    /// Last update of this record by its publisher (`date_maj`).
    pub updated: Option<NaiveDate>,
    /// Names of the fields (as in the standard) whose value comes from here; the same few names hundreds of thousands of times,
    /// so each is held once.
    pub fields: Vec<Arc<str>>,
}

/// A service of its own behind the door of a venue: the library of a town hall, the CCAS beside France services.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Id of its record, an alias of the venue.
    pub id: String,
    /// Name.
    pub name: String,
    /// Telephones, where it has its own.
    pub phones: Vec<Phone>,
    /// Opening hours, where it has its own.
    pub hours: Hours,
    /// What it helps with.
    pub services: Vec<Service>,
    /// Id of the source.
    pub source: String,
}

/// A venue as published by an edition. Fields follow the national standard v1.0.2; unknown is `None` or empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Venue {
    /// Stable id, safe in an address.
    pub id: String,
    /// Name.
    pub name: String,
    /// Current commune.
    pub commune: Option<CommuneCode>,
    /// Name of the commune: official when the code is known, else as published.
    pub locality: String,
    /// Postal code.
    pub postcode: Option<String>,
    /// Number and street.
    pub address: Option<String>,
    /// Building, floor.
    pub address_complement: Option<String>,
    /// Where, and how well that is known.
    pub location: Location,
    /// SIRET, RNA or RIDET of the structure; identifies an employer, not a place.
    pub pivot: Option<String>,
    /// Short codes of the kind of structure: `BIB`, `CCAS`.
    pub typologies: Vec<String>,
    /// Telephone numbers, the first to call first.
    pub phones: Vec<Phone>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Web addresses, `http` or `https` only.
    pub websites: Vec<String>,
    /// Opening hours.
    pub hours: Hours,
    /// One or two sentences.
    pub summary: Option<String>,
    /// A longer text.
    pub detail: Option<String>,
    /// Name the source gives to its own origin.
    pub origin: Option<String>,
    /// Fixed or itinerant.
    pub itinerance: Vec<Itinerance>,
    /// Parent structure.
    pub parent: Option<String>,
    /// Last update of the main record by its publisher (`date_maj`); other records keep theirs in `provenance`.
    pub updated: Option<NaiveDate>,
    /// What it helps with.
    pub services: Vec<Service>,
    /// Whom it addresses in particular.
    pub audiences: Vec<Audience>,
    /// Special support.
    pub supports: Vec<Support>,
    /// What it costs.
    pub fees: Vec<Fee>,
    /// National programmes it belongs to today; what lists without authority or of the past say is in `labels`.
    pub programmes: Vec<Programme>,
    /// Every label a list gave it, current or not, with its date.
    pub labels: Vec<Label>,
    /// Training and territorial labels.
    pub training_labels: Vec<TrainingLabel>,
    /// Labels outside the list.
    pub other_labels: Vec<String>,
    /// How to come.
    pub access_modes: Vec<AccessMode>,
    /// What it says of appointments.
    pub appointments: Vec<Appointment>,
    /// How help is given.
    pub support_modes: Vec<SupportMode>,
    /// Page on accessibility.
    pub accessibility_url: Option<String>,
    /// Page for appointments.
    pub booking_url: Option<String>,
    /// Whether the pass numérique is accepted; `None` when nobody said.
    pub pass_numerique: Option<bool>,
    /// Other services behind the same door.
    pub parts: Vec<Part>,
    /// Why citizens are not sent there, though planners see it.
    pub withheld: Option<Withheld>,
    /// What to know before trusting it.
    pub flags: Vec<Flag>,
    /// Every record that speaks of it, the main one first.
    pub provenance: Vec<Provenance>,
}

impl Venue {
    /// A venue of which nothing is known but its id and its name.
    #[must_use]
    pub fn new(id: String, name: String) -> Self {
        Self {
            id,
            name,
            commune: None,
            locality: String::new(),
            postcode: None,
            address: None,
            address_complement: None,
            location: Location::Unknown,
            pivot: None,
            typologies: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            websites: Vec::new(),
            hours: Hours::Unknown,
            summary: None,
            detail: None,
            origin: None,
            itinerance: Vec::new(),
            parent: None,
            updated: None,
            services: Vec::new(),
            audiences: Vec::new(),
            supports: Vec::new(),
            fees: Vec::new(),
            programmes: Vec::new(),
            labels: Vec::new(),
            training_labels: Vec::new(),
            other_labels: Vec::new(),
            access_modes: Vec::new(),
            appointments: Vec::new(),
            support_modes: Vec::new(),
            accessibility_url: None,
            booking_url: None,
            pass_numerique: None,
            parts: Vec::new(),
            withheld: None,
            flags: Vec::new(),
            provenance: Vec::new(),
        }
    }

    /// Whether nobody is received without an appointment, by what it says itself.
    #[must_use]
    pub fn by_appointment_only(&self) -> bool {
        self.appointments.contains(&Appointment::Only)
    }

    /// Whether citizens may be sent there: false when it says it receives no public (defect D11), or is no place of help.
    #[must_use]
    pub fn receives_public(&self) -> bool {
        self.withheld.is_none() && !self.access_modes.contains(&AccessMode::NotPublic)
    }

    /// The day a list last said that this venue exists: the newest vintage among its records.
    #[must_use]
    pub fn attested(&self) -> Option<NaiveDate> {
        self.provenance.iter().filter_map(|record| record.seen).max()
    }
}

/// A place that could host help: a library, for now.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Id, unique in the edition.
    pub id: String,
    /// Name.
    pub name: String,
    /// `library`, `town-hall`…
    pub kind: String,
    /// Street, postal code and town in one line, as published.
    pub address: Option<String>,
    /// Current commune.
    pub commune: Option<CommuneCode>,
    /// Where.
    pub location: Location,
    /// Id of the source.
    pub source: String,
}

/// A hub territorial: a network of mediation that covers whole départements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    /// Short name used in addresses.
    pub id: String,
    /// Name.
    pub name: String,
    /// Codes of the départements it covers, sorted.
    pub departements: Vec<String>,
    /// Id of the source.
    pub source: String,
}

/// Posts of conseillers numériques granted to one structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// SIRET or other id of the employer.
    pub structure: String,
    /// Name of the employer.
    pub name: String,
    /// Current commune of the employer.
    pub commune: Option<CommuneCode>,
    /// The arrondissement of Paris, Lyon or Marseille that the list names, by its code or its postal code.
    pub district: Option<CommuneCode>,
    /// Public or private employer; `None` when not said.
    pub public_employer: Option<bool>,
    /// Number of posts.
    pub posts: u32,
    /// Day of validation.
    pub validated: Option<NaiveDate>,
    /// State money over the convention, in euros.
    pub state_eur: Option<f64>,
    /// Whether its territory is a *zone de revitalisation rurale*; `None` when the list does not say.
    pub zrr: Option<bool>,
    /// Whether a *quartier prioritaire* lies in it; `None` when the list does not say, or the question has no object.
    pub qpv: Option<bool>,
    /// Where the employer is.
    pub location: Location,
    /// Id of the source.
    pub source: String,
}

/// A venue as an earlier list had it: the past of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct PastVenue {
    /// Id in its list.
    pub id: String,
    /// Name.
    pub name: String,
    /// Current commune.
    pub commune: Option<CommuneCode>,
    /// Where.
    pub location: Location,
    /// Id of the source, which carries the date.
    pub source: String,
    /// Day the list describes.
    pub date: NaiveDate,
}
