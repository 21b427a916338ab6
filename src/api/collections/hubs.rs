//! Hubs as features: a hub covers the ground of its départements.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Collection, Property, PropertyType, Use};
use crate::atlas::Atlas;
use crate::domain::Level;
use crate::features::{Geometry, Value};
use crate::http::State;

/// The hubs of the edition.
#[derive(Debug, Clone, Copy)]
pub struct Hubs;

const FIELDS: [(&str, &str, PropertyType, Use); 3] = [
    ("name", "Nom", PropertyType::Text, Use::Queryable),
    ("departements", "Codes des départements couverts", PropertyType::List, Use::CodeOf(Level::Departement)),
    ("source", "Source", PropertyType::Text, Use::Found(sources)),
];

fn sources(atlas: &Atlas) -> BTreeSet<String> {
    atlas.hubs().iter().map(|hub| hub.source.clone()).collect()
}

impl Collection for Hubs {
    fn name(&self) -> &'static str {
        "hubs"
    }

    fn title(&self) -> &'static str {
        "Hubs territoriaux pour un numérique inclusif"
    }

    fn description(&self) -> &'static str {
        "Chaque hub, avec le contour des départements qu'il couvre."
    }

    fn properties(&self, _atlas: &Atlas) -> Vec<Property> {
        let property = |(name, title, kind, usage)| Property {
            name: Cow::Borrowed(name),
            title: Cow::Borrowed(title),
            kind,
            usage,
        };
        FIELDS.into_iter().map(property).collect()
    }

    fn len(&self, atlas: &Atlas) -> usize {
        atlas.hubs().len()
    }

    fn id<'a>(&self, atlas: &'a Atlas, row: usize) -> &'a str {
        &atlas.hubs()[row].id
    }

    fn find(&self, atlas: &Atlas, id: &str) -> Option<usize> {
        atlas.hubs().binary_search_by(|hub| hub.id.as_str().cmp(id)).ok()
    }

    fn geometry<'a>(&self, atlas: &'a Atlas, row: usize) -> Geometry<'a> {
        Geometry::Area(atlas.hub_ground(row))
    }

    fn values<'a>(&self, state: &'a State, row: usize, each: &mut dyn FnMut(Value<'a>)) {
        (0..FIELDS.len()).for_each(|property| each(self.value(state, row, property)));
    }

    fn value<'a>(&self, state: &'a State, row: usize, property: usize) -> Value<'a> {
        let hub = &state.atlas.hubs()[row];
        match property {
            0 => hub.name.as_str().into(),
            1 => Value::List(hub.departements.iter().map(|code| Cow::Borrowed(code.as_str())).collect()),
            _ => hub.source.as_str().into(),
        }
    }
}
