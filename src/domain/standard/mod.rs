//! A venue as a row of the national standard: its 32 columns in their order, the `x_` columns that say the rest, and what
//! keeps a row from being valid.
//!
//! Source: LaMednum/standard-mediation-num v1.0.2 (2024-04-11), `schema.json`.

mod faults;
mod values;

pub use faults::{Fault, faults};

use std::borrow::Cow;

use super::label::{Label, Withheld};
use super::phone::Phone;
use super::venue::{Flag, Hours, Venue};
use super::vocabulary::{AccessMode, Appointment, Audience, Fee, Itinerance, Programme, Service, Support, SupportMode};

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nobody said.
    Unknown,
    /// A text, a code, a day; lists have `|` between their items.
    Text(Cow<'a, str>),
    /// Degrees.
    Degrees(f64),
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Texts.
    Text,
    /// Degrees of WGS 84.
    Degrees,
}

/// One column: its name, what it holds, where its value is found.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its value in the row of a venue.
    pub read: for<'a> fn(&'a Venue) -> Cell<'a>,
}

const fn text(name: &'static str, read: for<'a> fn(&'a Venue) -> Cell<'a>) -> Column {
    Column { name, kind: Kind::Text, read }
}

const fn degrees(name: &'static str, read: for<'a> fn(&'a Venue) -> Cell<'a>) -> Column {
    Column { name, kind: Kind::Degrees, read }
}

/// The columns of the standard, in its order. A value that its schema does not take is left to [`EXTENSION`].
pub const STANDARD: [Column; 32] = [
    text("id", |v| v.id.as_str().into()),
    text("pivot", |v| v.pivot.as_deref().into()),
    text("nom", |v| v.name.as_str().into()),
    text("commune", |v| v.locality.as_str().into()),
    text("code_postal", |v| v.postcode.as_deref().into()),
    text("code_insee", |v| v.commune.map(|code| code.to_string()).into()),
    text("adresse", |v| v.address.as_deref().into()),
    text("complement_adresse", |v| v.address_complement.as_deref().into()),
    degrees("latitude", |v| v.location.own().map(super::Position::lat).into()),
    degrees("longitude", |v| v.location.own().map(super::Position::lon).into()),
    text("typologie", |v| list(&v.typologies)),
    text("telephone", |v| values::telephone(v).into()),
    text("courriels", |v| list(&v.emails)),
    text("site_web", |v| list(&v.websites)),
    text("horaires", |v| match &v.hours {
        Hours::Osm(osm) => osm.as_str().into(),
        Hours::Text(_) | Hours::Unknown => Cell::Unknown,
    }),
    text("presentation_resume", |v| values::summary(v).into()),
    text("presentation_detail", |v| v.detail.as_deref().into()),
    text("source", |v| v.origin.as_deref().into()),
    text("itinerance", |v| list(&spelt(&v.itinerance, Itinerance::official))),
    text("structure_parente", |v| v.parent.as_deref().into()),
    text("date_maj", |v| v.updated.or_else(|| v.attested()).map(|day| day.to_string()).into()),
    text("services", |v| list(&spelt(&v.services, Service::official))),
    text("publics_specifiquement_adresses", |v| list(&spelt(&v.audiences, Audience::official))),
    text("prise_en_charge_specifique", |v| list(&spelt(&v.supports, Support::official))),
    text("frais_a_charge", |v| list(&spelt(&v.fees, Fee::official))),
    text("dispositif_programmes_nationaux", |v| list(&spelt(&v.programmes, Programme::official))),
    text("formations_labels", |v| list(&spelt(&v.training_labels, values::training_label))),
    text("autres_formations_labels", |v| list(&v.other_labels)),
    text("modalites_acces", |v| list(&spelt(&v.access_modes, AccessMode::official))),
    text("modalites_accompagnement", |v| list(&spelt(&v.support_modes, SupportMode::official))),
    text("fiche_acces_libre", |v| v.accessibility_url.as_deref().into()),
    text("prise_rdv", |v| v.booking_url.as_deref().into()),
];

/// What the standard has no place for, under names that begin with `x_`. The second file begins with `id`.
pub const EXTENSION: [Column; 15] = [
    text("x_telephones", |v| values::telephones(v).into()),
    text("x_horaires_texte", |v| match &v.hours {
        Hours::Text(words) => words.as_str().into(),
        Hours::Osm(_) | Hours::Unknown => Cell::Unknown,
    }),
    text("x_presentation_resume", |v| v.summary.as_deref().filter(|text| values::is_too_long(text)).into()),
    text("x_pass_numerique", |v| v.pass_numerique.map(|accepted| if accepted { "oui" } else { "non" }).into()),
    text("x_rendez_vous", |v| list(&spelt(&v.appointments, Appointment::official))),
    text("x_precision", |v| v.location.precision().into()),
    text("x_reparation", |v| values::repair(v.location).into()),
    text("x_alertes", |v| list(&v.flags.iter().map(Flag::name).collect::<Vec<_>>())),
    text("x_masque", |v| v.withheld.map(Withheld::name).into()),
    text("x_date_attestee", |v| v.attested().map(|day| day.to_string()).into()),
    text("x_date_maj_origine", |v| match (v.updated, v.attested()) {
        (Some(_), _) => "lieu".into(),
        (None, Some(_)) => "liste".into(),
        (None, None) => Cell::Unknown,
    }),
    text("x_labels", |v| list(&v.labels.iter().map(label).collect::<Vec<_>>())),
    text("x_memes_murs", |v| list(&v.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>())),
    text("x_sources", |v| list(&values::sources(v))),
    text("x_identifiants", |v| list(&v.provenance.iter().map(|p| p.record.as_str()).collect::<Vec<_>>())),
];

/// Texts with `|` between them. A `|` inside one of them would make two of it, and becomes `/`.
fn list<T: AsRef<str>>(items: &[T]) -> Cell<'static> {
    let items: Vec<String> = items.iter().map(|item| item.as_ref().replace('|', "/")).collect();
    if items.is_empty() { Cell::Unknown } else { Cell::Text(items.join("|").into()) }
}

/// Values of a closed list, in the order of the standard: the same however a source listed them.
fn spelt<T: Copy + Ord>(values: &[T], spelling: fn(T) -> &'static str) -> Vec<&'static str> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().map(spelling).collect()
}

/// A label as a fact: `France Services (liste data-inclusion-2023-01 du 2023-01-01, passé)`.
fn label(label: &Label) -> String {
    let seen = label.seen.map(|day| format!(" du {day}")).unwrap_or_default();
    let since = label.since.map(|day| format!(", depuis {day}")).unwrap_or_default();
    let until = label.until.map(|day| format!(", jusqu'à {day}")).unwrap_or_default();
    let current = if label.current { "actuel" } else { "passé" };
    format!("{} (liste {}{seen}{since}{until}, {current})", label.label, label.source)
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Unknown } else { Self::Text(Cow::Borrowed(text)) }
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Unknown, Self::from)
    }
}

impl From<Option<String>> for Cell<'_> {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Unknown, |text| Self::Text(Cow::Owned(text)))
    }
}

impl<'a> From<Option<Cow<'a, str>>> for Cell<'a> {
    fn from(text: Option<Cow<'a, str>>) -> Self {
        text.map_or(Self::Unknown, Self::Text)
    }
}

impl From<Option<f64>> for Cell<'_> {
    fn from(degrees: Option<f64>) -> Self {
        degrees.map_or(Self::Unknown, Self::Degrees)
    }
}

/// Telephones as texts.
fn numbers(phones: &[Phone]) -> Vec<&str> {
    phones.iter().map(Phone::as_str).collect()
}

#[cfg(test)]
mod tests;
