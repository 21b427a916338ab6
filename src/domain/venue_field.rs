//! The fields of a venue, each declared once: its column, its name in answers, its words for readers, what it holds, and
//! which record gives it when several speak of one place. Tables of an edition, merging, answers and pages follow.
//!
//! What has a rule of its own is not here: id, name, commune, location, hours, labels, parts, flags and provenance.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::phone::Phone;
use super::venue::Venue;
use super::vocabulary::{
    AccessMode, Appointment, Audience, Fee, Itinerance, Programme, Service, Support, SupportMode, TrainingLabel,
};

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// A postal code: a text of digits, which a reader of tables may have written as a number.
    Postcode,
    /// Texts, the first one first.
    List,
    /// Values of a closed list, as the standard spells them; the function names them all.
    Among(fn() -> Vec<&'static str>),
    /// Yes, no, or nobody said.
    Truth,
    /// A day.
    Day,
}

/// A value of a field. Empty lists are unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue<'a> {
    /// Nobody said.
    Unknown,
    /// A text.
    Text(&'a str),
    /// At least one text.
    List(Vec<&'a str>),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Day(NaiveDate),
}

impl<'a> FieldValue<'a> {
    fn list(items: impl Iterator<Item = &'a str>) -> Self {
        let items: Vec<&str> = items.collect();
        if items.is_empty() { Self::Unknown } else { Self::List(items) }
    }

    /// As one text, lists with `|` between their items; `None` when unknown.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Unknown => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::List(items) => Some(Cow::Owned(items.join("|"))),
            Self::Truth(truth) => Some(Cow::Borrowed(if *truth { YES } else { NO })),
            Self::Day(day) => Some(Cow::Owned(day.to_string())),
        }
    }
}

/// How yes and no are written in tables of texts.
const YES: &str = "oui";
const NO: &str = "non";

/// Which records give a field, when several speak of one door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// The first record that knows it.
    First,
    /// Every record adds what the others did not say.
    Unite,
    /// The leading record alone: what others say is about themselves.
    Leading,
}

/// Whose field it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Of everybody behind the door: an address, what the place helps with.
    Door,
    /// Of the service itself, not of its neighbours behind the door: its telephone, its web page.
    Service,
}

/// One field.
#[derive(Clone, Copy)]
pub struct VenueField {
    /// Its column in files: the name of the national standard, or one of ours that begins with `x_`.
    pub column: &'static str,
    /// Its name in answers.
    pub property: &'static str,
    /// Its French title, above a column.
    pub title: &'static str,
    /// What it is in a French sentence.
    pub plain: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Which records give it.
    pub merge: Merge,
    /// Whose it is.
    pub reach: Reach,
    /// Whether editions of before lack its column: nobody said it then.
    pub is_later: bool,
    /// Its value.
    pub read: for<'a> fn(&'a Venue) -> FieldValue<'a>,
    write: fn(&mut Venue, &str) -> bool,
    clear: fn(&mut Venue),
    add: fn(&mut Venue, &Venue) -> bool,
}

impl VenueField {
    /// Sets the value, or adds one to a list. `false` when the text is no such value.
    #[must_use]
    pub fn write(&self, venue: &mut Venue, text: &str) -> bool {
        (self.write)(venue, text)
    }

    /// Makes it unknown.
    pub fn clear(&self, venue: &mut Venue) {
        (self.clear)(venue);
    }

    /// Takes from another record what this one does not say; whether there was anything.
    pub fn add(&self, venue: &mut Venue, other: &Venue) -> bool {
        (self.add)(venue, other)
    }

    /// Whether anybody said it.
    #[must_use]
    pub fn is_known(&self, venue: &Venue) -> bool {
        (self.read)(venue) != FieldValue::Unknown
    }
}

/// A field that holds one value or none.
macro_rules! one {
    ($field:ident, [$column:literal, $property:literal, $title:literal, $plain:literal], $shape:ident, $reach:ident $merge:ident, $read:expr, $parse:expr) => {
        VenueField {
            column: $column,
            property: $property,
            title: $title,
            plain: $plain,
            shape: Shape::$shape,
            merge: Merge::$merge,
            reach: Reach::$reach,
            is_later: false,
            read: |venue| venue.$field.as_ref().map_or(FieldValue::Unknown, $read),
            write: |venue, text| {
                venue.$field = $parse(text);
                venue.$field.is_some()
            },
            clear: |venue| venue.$field = None,
            add: |venue, other| {
                let new = venue.$field.is_none() && other.$field.is_some();
                if new {
                    venue.$field.clone_from(&other.$field);
                }
                new
            },
        }
    };
}

/// A field that holds a list.
macro_rules! many {
    ($field:ident, [$column:literal, $property:literal, $title:literal, $plain:literal], $shape:expr, $reach:ident $merge:ident, $read:expr, $parse:expr) => {
        VenueField {
            column: $column,
            property: $property,
            title: $title,
            plain: $plain,
            shape: $shape,
            merge: Merge::$merge,
            reach: Reach::$reach,
            is_later: false,
            read: |venue| FieldValue::list(venue.$field.iter().map($read)),
            write: |venue, text| {
                let value = $parse(text);
                let read = value.is_some();
                venue.$field.extend(value);
                read
            },
            clear: |venue| venue.$field.clear(),
            add: |venue, other| {
                let before = venue.$field.len();
                for value in &other.$field {
                    if !venue.$field.contains(value) {
                        venue.$field.push(value.clone());
                    }
                }
                venue.$field.len() > before
            },
        }
    };
}

macro_rules! text {
    ($field:ident, $names:tt, $($rule:tt)+) => {
        text!($field: Text, $names, $($rule)+)
    };
    ($field:ident: $shape:ident, $names:tt, $($rule:tt)+) => {
        one!($field, $names, $shape, $($rule)+, |text| FieldValue::Text(text.as_str()), |text: &str| Some(text.to_owned()))
    };
}

macro_rules! texts {
    ($field:ident, $names:tt, $($rule:tt)+) => {
        many!($field, $names, Shape::List, $($rule)+, String::as_str, |text: &str| Some(text.to_owned()))
    };
}

macro_rules! closed {
    ($field:ident: $list:ident, $names:tt, $($rule:tt)+) => {
        many!($field, $names, Shape::Among(|| $list::ALL.iter().map(|value| value.official()).collect()), $($rule)+,
              |value| value.official(), $list::parse)
    };
}

/// Every field.
#[rustfmt::skip]
pub static FIELDS: [VenueField; 27] = [
    text!(postcode: Postcode, ["code_postal", "postcode", "Code postal", "code postal"], Door First),
    text!(address, ["adresse", "address", "Adresse", "adresse"], Door First),
    text!(address_complement, ["complement_adresse", "address_complement", "Complément d'adresse", "complément d'adresse"], Service First),
    text!(pivot, ["pivot", "pivot", "Identifiant de la structure (SIRET, RNA, RIDET)", "identifiant de la structure"], Service First),
    texts!(typologies, ["typologie", "typologies", "Typologies", "type de structure"], Door Unite),
    // Numbers of several records are those of an office, an employer, a past: the first that has any knows best.
    many!(phones, ["telephone", "phones", "Téléphones", "téléphone"], Shape::List, Service First, Phone::as_str, Phone::parse),
    texts!(emails, ["courriels", "emails", "Courriels", "courriel"], Service Unite),
    texts!(websites, ["site_web", "websites", "Sites web", "site internet"], Service Unite),
    text!(summary, ["presentation_resume", "summary", "Présentation", "présentation"], Service First),
    text!(detail, ["presentation_detail", "detail", "Présentation détaillée", "présentation"], Service First),
    text!(origin, ["source", "origin", "Origine que la liste se donne", "source d'origine"], Service First),
    text!(parent, ["structure_parente", "parent", "Structure parente", "structure parente"], Service First),
    // A day of update speaks of the record that carries it: that of another list does not make this one younger.
    one!(updated, ["date_maj", "updated", "Date de mise à jour", "date de mise à jour"], Day, Service Leading,
         |day| FieldValue::Day(*day), |text: &str| text.parse().ok()),
    closed!(itinerance: Itinerance, ["itinerance", "itinerance", "Itinérance", "itinérance"], Service Unite),
    closed!(services: Service, ["services", "services", "Services", "services"], Door Unite),
    closed!(audiences: Audience, ["publics_specifiquement_adresses", "audiences", "Publics spécifiquement adressés", "publics"], Door Unite),
    closed!(supports: Support, ["prise_en_charge_specifique", "supports", "Prises en charge spécifiques", "prise en charge"], Door Unite),
    closed!(fees: Fee, ["frais_a_charge", "fees", "Frais à charge", "prix"], Door Unite),
    closed!(programmes: Programme, ["dispositif_programmes_nationaux", "labels", "Dispositifs et programmes nationaux", "programmes nationaux"], Door Unite),
    closed!(training_labels: TrainingLabel, ["formations_labels", "training_labels", "Formations et labels", "labels"], Door Unite),
    texts!(other_labels, ["autres_formations_labels", "other_labels", "Autres formations et labels", "labels"], Door Unite),
    closed!(access_modes: AccessMode, ["modalites_acces", "access_modes", "Modalités d'accès", "façon de venir"], Service Unite),
    VenueField { is_later: true, ..closed!(appointments: Appointment, ["x_rendez_vous", "appointments", "Rendez-vous", "rendez-vous"], Service First) },
    closed!(support_modes: SupportMode, ["modalites_accompagnement", "support_modes", "Modalités d'accompagnement", "forme de l'aide"], Door Unite),
    text!(accessibility_url, ["fiche_acces_libre", "accessibility_url", "Fiche Acceslibre", "accessibilité"], Door First),
    text!(booking_url, ["prise_rdv", "booking_url", "Prise de rendez-vous", "prise de rendez-vous"], Service First),
    one!(pass_numerique, ["x_pass_numerique", "pass_numerique", "Accepte le pass numérique", "pass numérique"], Truth, Service First,
         |accepted| FieldValue::Truth(*accepted), |text: &str| (text == YES || text == NO).then_some(text == YES)),
];

/// The field of a column.
#[must_use]
pub fn of_column(column: &str) -> Option<&'static VenueField> {
    FIELDS.iter().find(|field| field.column == column)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text that each field can hold.
    fn sample(field: &VenueField) -> String {
        match (field.column, field.shape) {
            ("telephone", _) => "+33555514700".into(),
            (_, Shape::Text) => "un texte | deux".into(),
            (_, Shape::Postcode) => "05100".into(),
            (_, Shape::List) => "un texte".into(),
            (_, Shape::Among(words)) => words()[0].into(),
            (_, Shape::Truth) => "non".into(),
            (_, Shape::Day) => "2024-08-01".into(),
        }
    }

    #[test]
    fn what_is_written_in_a_field_is_read_back_and_touches_no_other() {
        for field in &FIELDS {
            let mut venue = Venue::new("a".into(), "A".into());
            assert!(!field.is_known(&venue), "{}: unknown is a state of its own", field.column);
            assert!(field.write(&mut venue, &sample(field)), "{}", field.column);
            assert_eq!((field.read)(&venue).text().as_deref(), Some(&*sample(field)), "{}", field.column);
            let known: Vec<&str> = FIELDS.iter().filter(|other| other.is_known(&venue)).map(|f| f.column).collect();
            assert_eq!(known, [field.column]);
            let mut other = Venue::new("b".into(), "B".into());
            assert!(field.add(&mut other, &venue) && !field.add(&mut other, &venue), "{}: once", field.column);
            assert_eq!((field.read)(&other), (field.read)(&venue));
            field.clear(&mut venue);
            assert_eq!(venue, Venue::new("a".into(), "A".into()));
        }
    }

    #[test]
    fn every_name_of_a_field_is_one_fields_own() {
        for name in [|f: &VenueField| f.column, |f: &VenueField| f.property, |f: &VenueField| f.title] {
            let mut names: Vec<&str> = FIELDS.iter().map(name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), FIELDS.len());
        }
    }

    #[test]
    fn a_damaged_value_is_refused() {
        let mut venue = Venue::new("a".into(), "A".into());
        for (column, text) in
            [("services", "Danser"), ("date_maj", "hier"), ("x_pass_numerique", "true"), ("telephone", "x")]
        {
            assert!(!of_column(column).unwrap().write(&mut venue, text), "{column}");
        }
        assert_eq!(venue, Venue::new("a".into(), "A".into()));
    }
}
