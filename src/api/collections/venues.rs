//! Venues as features, those without a place included.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Collection, Property, PropertyType, Use};
use crate::atlas::Atlas;
use crate::domain::venue_field::{FIELDS, FieldValue, Shape, VenueField};
use crate::domain::{Commune, CommuneCode, Hours, Label, Level, Location, Venue, VenueIx, Withheld};
use crate::features::{Geometry, Value};
use crate::http::State;

/// The venues of the edition.
#[derive(Debug, Clone, Copy)]
pub struct Venues;

/// One venue and the commune it belongs to.
struct Row<'a> {
    venue: &'a Venue,
    commune: Option<&'a Commune>,
}

type Read = for<'a> fn(&Row<'a>) -> Value<'a>;

/// Name, title, kind, use, and where the value is found.
type Derived = (&'static str, &'static str, PropertyType, Use, Read);

/// Who and where, before the fields of [`FIELDS`]. Names are ours; titles are what a visitor reads.
const BEFORE: &[Derived] = &[
    ("name", "Nom", PropertyType::Text, Use::Queryable, |row| row.venue.name.as_str().into()),
    ("commune", "Code de la commune", PropertyType::Text, Use::CodeOf(Level::Commune), |row| {
        row.venue.commune.as_ref().map(CommuneCode::as_str).into()
    }),
    ("commune_name", "Commune", PropertyType::Text, Use::Queryable, |row| row.venue.locality.as_str().into()),
    ("epci", "Code de l'EPCI", PropertyType::Text, Use::CodeOf(Level::Epci), |row| {
        row.commune.and_then(|c| c.epci.as_deref()).into()
    }),
    ("departement", "Code du département", PropertyType::Text, Use::CodeOf(Level::Departement), |row| {
        row.commune.map(|commune| commune.departement.as_str()).into()
    }),
    ("region", "Code de la région", PropertyType::Text, Use::CodeOf(Level::Region), |row| {
        row.commune.map(|c| c.region.as_str()).into()
    }),
    (
        "location_precision",
        "Précision du point",
        PropertyType::Text,
        Use::Among(|| Location::PRECISIONS.to_vec()),
        |row| row.venue.location.precision().into(),
    ),
    ("hours_osm", "Horaires (syntaxe OSM)", PropertyType::Text, Use::Queryable, |row| match &row.venue.hours {
        Hours::Osm(hours) => hours.as_str().into(),
        Hours::Text(_) | Hours::Unknown => Value::Unknown,
    }),
    ("hours_text", "Horaires (texte)", PropertyType::Text, Use::Queryable, |row| match &row.venue.hours {
        Hours::Text(hours) => hours.as_str().into(),
        Hours::Osm(_) | Hours::Unknown => Value::Unknown,
    }),
    ("open_to_public", "Accueille du public", PropertyType::Flag, Use::Queryable, |row| {
        Value::Flag(row.venue.receives_public())
    }),
];

/// What follows from its records, after the fields.
const AFTER: &[Derived] = &[
    ("attested", "Date de la liste la plus récente qui cite le lieu", PropertyType::Day, Use::Queryable, |row| {
        row.venue.attested().map_or(Value::Unknown, day)
    }),
    ("dated_labels", "Labels cités, avec leur liste et sa date", PropertyType::List, Use::Queryable, |row| {
        Value::List(row.venue.labels.iter().map(|label| Cow::Owned(dated(label))).collect())
    }),
    ("parts", "Autres services à la même adresse", PropertyType::List, Use::Queryable, |row| {
        Value::List(row.venue.parts.iter().map(|part| Cow::Borrowed(part.name.as_str())).collect())
    }),
    ("withheld", "Règle qui écarte le lieu de la recherche", PropertyType::Text, Use::Among(rules), |row| {
        row.venue.withheld.map(Withheld::name).into()
    }),
    ("flags", "Points de vigilance", PropertyType::List, Use::Flag, |row| {
        Value::List(row.venue.flags.iter().map(|flag| Cow::Owned(flag.name())).collect())
    }),
    ("sources", "Sources", PropertyType::List, Use::Found(sources), |row| {
        let mut sources: Vec<Cow<str>> = row.venue.provenance.iter().map(|p| p.source.as_str().into()).collect();
        sources.dedup();
        Value::List(sources)
    }),
];

/// How a field of a venue is offered: its kind and its use.
fn offered(field: &VenueField) -> (PropertyType, Use) {
    match field.shape {
        Shape::Postcode => (PropertyType::Text, Use::Postcode),
        Shape::Text => (PropertyType::Text, Use::Queryable),
        // What a list calls a place is no closed list, and CCAS is no other word than ccas.
        Shape::List if field.property == "typologies" => (PropertyType::List, Use::Found(typologies)),
        Shape::List => (PropertyType::List, Use::Queryable),
        Shape::Among(words) => (PropertyType::List, Use::Among(words)),
        Shape::Truth => (PropertyType::Flag, Use::Queryable),
        Shape::Day => (PropertyType::Day, Use::Queryable),
    }
}

/// The value of a field. A list that nobody filled is an empty list.
fn field_value<'a>(field: &VenueField, venue: &'a Venue) -> Value<'a> {
    match (field.read)(venue) {
        FieldValue::Text(text) => text.into(),
        FieldValue::List(items) => Value::List(items.into_iter().map(Cow::Borrowed).collect()),
        FieldValue::Truth(truth) => Value::Flag(truth),
        FieldValue::Day(date) => day(date),
        FieldValue::Unknown if matches!(field.shape, Shape::List | Shape::Among(_)) => Value::List(Vec::new()),
        FieldValue::Unknown => Value::Unknown,
    }
}

fn rules() -> Vec<&'static str> {
    Withheld::ALL.map(|(_, name)| name).to_vec()
}

fn sources(atlas: &Atlas) -> BTreeSet<String> {
    atlas.edition().sources.iter().map(|source| source.id.clone()).collect()
}

fn typologies(atlas: &Atlas) -> BTreeSet<String> {
    atlas.venues().iter().flat_map(|venue| venue.typologies.iter().cloned()).collect()
}

fn day<'a>(day: NaiveDate) -> Value<'a> {
    Value::Text(Cow::Owned(day.to_string()))
}

impl Venues {
    /// The names of the properties, in their order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let derived = |(name, ..): &'static Derived| *name;
        BEFORE.iter().map(derived).chain(FIELDS.iter().map(|field| field.property)).chain(AFTER.iter().map(derived))
    }
}

/// One label as a fact: `France Services (data-inclusion-2023-01, 2023-01-01, not current)`.
fn dated(label: &Label) -> String {
    let seen = label.seen.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let since = label.since.map(|day| format!(", since {day}")).unwrap_or_default();
    let until = label.until.map(|day| format!(", until {day}")).unwrap_or_default();
    let current = if label.current { "current" } else { "not current" };
    format!("{} ({}, {seen}{since}{until}, {current})", label.label, label.source)
}

fn row(atlas: &Atlas, row: usize) -> Row<'_> {
    let commune = atlas.venue_commune(row.into()).map(|ordinal| &atlas.communes()[ordinal]);
    Row { venue: &atlas.venues()[VenueIx::from(row)], commune }
}

impl Collection for Venues {
    fn name(&self) -> &'static str {
        "venues"
    }

    fn title(&self) -> &'static str {
        "Lieux de médiation numérique"
    }

    fn description(&self) -> &'static str {
        "Chaque lieu connu, y compris ceux qui n'accueillent pas de public (open_to_public) et ceux sans coordonnées."
    }

    fn properties(&self, _atlas: &Atlas) -> Vec<Property> {
        let of =
            |name, title, kind, usage| Property { name: Cow::Borrowed(name), title: Cow::Borrowed(title), kind, usage };
        let derived = |&(name, title, kind, usage, _): &Derived| of(name, title, kind, usage);
        let field = |field: &VenueField| {
            let (kind, usage) = offered(field);
            of(field.property, field.title, kind, usage)
        };
        BEFORE.iter().map(derived).chain(FIELDS.iter().map(field)).chain(AFTER.iter().map(derived)).collect()
    }

    fn len(&self, atlas: &Atlas) -> usize {
        atlas.venues().len()
    }

    fn id<'a>(&self, atlas: &'a Atlas, row: usize) -> &'a str {
        &atlas.venues()[VenueIx::from(row)].id
    }

    fn find(&self, atlas: &Atlas, id: &str) -> Option<usize> {
        atlas.venues().binary_search_by(|venue| venue.id.as_str().cmp(id)).ok().map(usize::from)
    }

    fn geometry<'a>(&self, atlas: &'a Atlas, row: usize) -> Geometry<'a> {
        atlas.venues()[VenueIx::from(row)].location.position().map_or(Geometry::Nowhere, Geometry::Point)
    }

    fn values<'a>(&self, state: &'a State, at: usize, each: &mut dyn FnMut(Value<'a>)) {
        let row = row(&state.atlas, at);
        BEFORE.iter().for_each(|(.., read)| each(read(&row)));
        FIELDS.iter().for_each(|field| each(field_value(field, row.venue)));
        AFTER.iter().for_each(|(.., read)| each(read(&row)));
    }

    fn value<'a>(&self, state: &'a State, at: usize, property: usize) -> Value<'a> {
        let row = row(&state.atlas, at);
        let (fields, after) = (BEFORE.len(), BEFORE.len() + FIELDS.len());
        match property {
            _ if property < fields => BEFORE[property].4(&row),
            _ if property < after => field_value(&FIELDS[property - fields], row.venue),
            _ => AFTER[property - after].4(&row),
        }
    }

    fn day(&self, atlas: &Atlas, row: usize) -> Option<NaiveDate> {
        atlas.venues()[VenueIx::from(row)].updated
    }
}
