//! Venues as features, those without a place included.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Collection, Property, PropertyType, Use};
use crate::atlas::Atlas;
use crate::domain::vocabulary::{
    AccessMode, Audience, Fee, Itinerance, Programme, Service, Support, SupportMode, TrainingLabel,
};
use crate::domain::{Commune, CommuneCode, Hours, Label, Level, Venue, VenueIx, Withheld};
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
type Field = (&'static str, &'static str, PropertyType, Use, Read);

/// The one list of what is said of a venue. Names are ours; titles are what a visitor reads.
const FIELDS: &[Field] = &[
    ("name", "Nom", PropertyType::Text, Use::Queryable, |row| row.venue.name.as_str().into()),
    ("address", "Adresse", PropertyType::Text, Use::Queryable, |row| row.venue.address.as_deref().into()),
    ("address_complement", "Complément d'adresse", PropertyType::Text, Use::Queryable, |row| {
        row.venue.address_complement.as_deref().into()
    }),
    ("postcode", "Code postal", PropertyType::Text, Use::Queryable, |row| row.venue.postcode.as_deref().into()),
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
    ("location_precision", "Précision du point", PropertyType::Text, Use::Queryable, |row| {
        row.venue.location.precision().into()
    }),
    ("phones", "Téléphones", PropertyType::List, Use::Queryable, |row| {
        Value::List(row.venue.phones.iter().map(|phone| Cow::Borrowed(phone.as_str())).collect())
    }),
    ("emails", "Courriels", PropertyType::List, Use::Queryable, |row| texts(&row.venue.emails)),
    ("websites", "Sites web", PropertyType::List, Use::Queryable, |row| texts(&row.venue.websites)),
    ("hours_osm", "Horaires (syntaxe OSM)", PropertyType::Text, Use::Queryable, |row| match &row.venue.hours {
        Hours::Osm(hours) => hours.as_str().into(),
        Hours::Text(_) | Hours::Unknown => Value::Unknown,
    }),
    ("hours_text", "Horaires (texte)", PropertyType::Text, Use::Queryable, |row| match &row.venue.hours {
        Hours::Text(hours) => hours.as_str().into(),
        Hours::Osm(_) | Hours::Unknown => Value::Unknown,
    }),
    ("services", "Services", PropertyType::List, Use::Among(|| words(Service::ALL, Service::official)), |row| {
        spelt(&row.venue.services, Service::official)
    }),
    (
        "audiences",
        "Publics spécifiquement adressés",
        PropertyType::List,
        Use::Among(|| words(Audience::ALL, Audience::official)),
        |row| spelt(&row.venue.audiences, Audience::official),
    ),
    (
        "supports",
        "Prises en charge spécifiques",
        PropertyType::List,
        Use::Among(|| words(Support::ALL, Support::official)),
        |row| spelt(&row.venue.supports, Support::official),
    ),
    ("fees", "Frais à charge", PropertyType::List, Use::Among(|| words(Fee::ALL, Fee::official)), |row| {
        spelt(&row.venue.fees, Fee::official)
    }),
    (
        "labels",
        "Dispositifs et programmes nationaux",
        PropertyType::List,
        Use::Among(|| words(Programme::ALL, Programme::official)),
        |row| spelt(&row.venue.programmes, Programme::official),
    ),
    (
        "training_labels",
        "Formations et labels",
        PropertyType::List,
        Use::Among(|| words(TrainingLabel::ALL, TrainingLabel::official)),
        |row| spelt(&row.venue.training_labels, TrainingLabel::official),
    ),
    ("other_labels", "Autres formations et labels", PropertyType::List, Use::Queryable, |row| {
        texts(&row.venue.other_labels)
    }),
    (
        "access_modes",
        "Modalités d'accès",
        PropertyType::List,
        Use::Among(|| words(AccessMode::ALL, AccessMode::official)),
        |row| spelt(&row.venue.access_modes, AccessMode::official),
    ),
    (
        "support_modes",
        "Modalités d'accompagnement",
        PropertyType::List,
        Use::Among(|| words(SupportMode::ALL, SupportMode::official)),
        |row| spelt(&row.venue.support_modes, SupportMode::official),
    ),
    ("open_to_public", "Accueille du public", PropertyType::Flag, Use::Queryable, |row| {
        Value::Flag(row.venue.receives_public())
    }),
    ("pass_numerique", "Accepte le pass numérique", PropertyType::Flag, Use::Queryable, |row| {
        row.venue.pass_numerique.map_or(Value::Unknown, Value::Flag)
    }),
    (
        "itinerance",
        "Itinérance",
        PropertyType::List,
        Use::Among(|| words(Itinerance::ALL, Itinerance::official)),
        |row| spelt(&row.venue.itinerance, Itinerance::official),
    ),
    ("typologies", "Typologies", PropertyType::List, Use::Queryable, |row| texts(&row.venue.typologies)),
    ("pivot", "Identifiant de la structure (SIRET, RNA, RIDET)", PropertyType::Text, Use::Queryable, |row| {
        row.venue.pivot.as_deref().into()
    }),
    ("parent", "Structure parente", PropertyType::Text, Use::Queryable, |row| row.venue.parent.as_deref().into()),
    ("summary", "Présentation", PropertyType::Text, Use::Queryable, |row| row.venue.summary.as_deref().into()),
    ("detail", "Présentation détaillée", PropertyType::Text, Use::Queryable, |row| {
        row.venue.detail.as_deref().into()
    }),
    ("accessibility_url", "Fiche Acceslibre", PropertyType::Text, Use::Queryable, |row| {
        row.venue.accessibility_url.as_deref().into()
    }),
    ("booking_url", "Prise de rendez-vous", PropertyType::Text, Use::Queryable, |row| {
        row.venue.booking_url.as_deref().into()
    }),
    ("updated", "Date de mise à jour", PropertyType::Day, Use::Queryable, |row| {
        row.venue.updated.map_or(Value::Unknown, |day| Value::Text(Cow::Owned(day.to_string())))
    }),
    ("attested", "Date de la liste la plus récente qui cite le lieu", PropertyType::Day, Use::Queryable, |row| {
        row.venue.attested().map_or(Value::Unknown, |day| Value::Text(Cow::Owned(day.to_string())))
    }),
    ("dated_labels", "Labels cités, avec leur liste et sa date", PropertyType::List, Use::Queryable, |row| {
        Value::List(row.venue.labels.iter().map(|label| Cow::Owned(dated(label))).collect())
    }),
    ("parts", "Autres services à la même adresse", PropertyType::List, Use::Queryable, |row| {
        Value::List(row.venue.parts.iter().map(|part| Cow::Borrowed(part.name.as_str())).collect())
    }),
    ("withheld", "Règle qui écarte le lieu de la recherche", PropertyType::Text, Use::Queryable, |row| {
        row.venue.withheld.map(Withheld::name).into()
    }),
    ("flags", "Points de vigilance", PropertyType::List, Use::Queryable, |row| {
        Value::List(row.venue.flags.iter().map(|flag| Cow::Owned(flag.name())).collect())
    }),
    ("sources", "Sources", PropertyType::List, Use::Queryable, |row| {
        let mut sources: Vec<Cow<str>> = row.venue.provenance.iter().map(|p| p.source.as_str().into()).collect();
        sources.dedup();
        Value::List(sources)
    }),
];

impl Venues {
    /// The names of the properties, in their order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, ..)| *name)
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

fn words<T: Copy>(all: &[T], official: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| official(*value)).collect()
}

fn texts(texts: &[String]) -> Value<'_> {
    Value::List(texts.iter().map(|text| Cow::Borrowed(text.as_str())).collect())
}

fn spelt<T: Copy>(values: &[T], official: fn(T) -> &'static str) -> Value<'static> {
    Value::List(values.iter().map(|value| Cow::Borrowed(official(*value))).collect())
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
        let property = |&(name, title, kind, usage, _): &Field| Property {
            name: Cow::Borrowed(name),
            title: Cow::Borrowed(title),
            kind,
            usage,
        };
        FIELDS.iter().map(property).collect()
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
        for (.., read) in FIELDS {
            each(read(&row));
        }
    }

    fn value<'a>(&self, state: &'a State, at: usize, property: usize) -> Value<'a> {
        FIELDS[property].4(&row(&state.atlas, at))
    }

    fn day(&self, atlas: &Atlas, row: usize) -> Option<NaiveDate> {
        atlas.venues()[VenueIx::from(row)].updated
    }
}
