//! Territories as features: communes, EPCI, départements, régions, with every indicator and the key figures of need and
//! access.

use std::borrow::Cow;

use super::{Collection, Property, PropertyType, Use};
use crate::atlas::Atlas;
use crate::atlas::figures::{ReachState, layers};
use crate::domain::{Commune, CommuneIx, Level, Territory};
use crate::features::{Geometry, Value};
use crate::http::State;
use crate::tables::definitions::definition;
use crate::tables::means::Means;
use crate::tables::table::written;

/// The territories of one level.
#[derive(Debug, Clone, Copy)]
pub struct Territories(pub Level);

/// Name, title, kind, use, and where the value is found.
type Field<T> = (&'static str, &'static str, PropertyType, Use, for<'a> fn(&'a T) -> Value<'a>);

const COMMUNE: &[Field<Commune>] = &[
    ("code", "Code INSEE", PropertyType::Text, Use::CodeOf(Level::Commune), |c| c.code.as_str().into()),
    ("name", "Nom", PropertyType::Text, Use::Queryable, |c| c.name.as_str().into()),
    ("epci", "Code de l'EPCI", PropertyType::Text, Use::CodeOf(Level::Epci), |c| c.epci.as_deref().into()),
    ("departement", "Code du département", PropertyType::Text, Use::CodeOf(Level::Departement), |c| {
        c.departement.as_str().into()
    }),
    ("region", "Code de la région", PropertyType::Text, Use::CodeOf(Level::Region), |c| c.region.as_str().into()),
    ("postcodes", "Codes postaux", PropertyType::List, Use::Postcode, |c| {
        Value::List(c.postcodes.iter().map(|code| Cow::Borrowed(code.as_str())).collect())
    }),
    ("area_km2", "Superficie (km²)", PropertyType::Number, Use::Queryable, |c| {
        c.area_km2.map_or(Value::Unknown, Value::Number)
    }),
];

const fn code_of(level: Level) -> Field<Territory> {
    ("code", "Code", PropertyType::Text, Use::CodeOf(level), |t| t.code.as_str().into())
}

const NAME: Field<Territory> = ("name", "Nom", PropertyType::Text, Use::Queryable, |t| t.name.as_str().into());
const COMMUNES: Field<Territory> = ("communes", "Nombre de communes", PropertyType::Integer, Use::Queryable, |t| {
    Value::Integer(t.communes.len() as u64)
});

const DEPARTEMENT: &[Field<Territory>] = &[
    code_of(Level::Departement),
    NAME,
    ("region", "Code de la région", PropertyType::Text, Use::CodeOf(Level::Region), |t| t.parent.as_deref().into()),
    COMMUNES,
];
const EPCI: &[Field<Territory>] = &[code_of(Level::Epci), NAME, COMMUNES];
const REGION: &[Field<Territory>] = &[code_of(Level::Region), NAME, COMMUNES];

/// What is said of a territory above the commune.
fn fields(level: Level) -> &'static [Field<Territory>] {
    match level {
        Level::Departement => DEPARTEMENT,
        Level::Region => REGION,
        Level::Epci | Level::Commune => EPCI,
    }
}

fn property<T>(&(name, title, kind, usage, _): &Field<T>) -> Property {
    Property { name: Cow::Borrowed(name), title: Cow::Borrowed(title), kind, usage }
}

impl Territories {
    /// Number of properties that come before the indicators.
    fn fixed(self) -> usize {
        if self.0 == Level::Commune { COMMUNE.len() } else { fields(self.0).len() }
    }
}

impl Collection for Territories {
    fn name(&self) -> &'static str {
        self.0.plural()
    }

    fn title(&self) -> &'static str {
        match self.0 {
            Level::Commune => "Communes",
            Level::Epci => "EPCI à fiscalité propre",
            Level::Departement => "Départements",
            Level::Region => "Régions",
        }
    }

    fn description(&self) -> &'static str {
        match self.0 {
            Level::Commune => "Chaque commune actuelle, ses indicateurs, et ce que besoin et accès y sont, en voiture.",
            _ => {
                "Les indicateurs sont des moyennes des communes, pondérées par leur population ; besoin et accès, en voiture."
            }
        }
    }

    fn properties(&self, atlas: &Atlas) -> Vec<Property> {
        let mut properties: Vec<Property> = match self.0 {
            Level::Commune => COMMUNE.iter().map(property).collect(),
            above => fields(above).iter().map(property).collect(),
        };
        properties.extend(atlas.indicators().iter().map(|indicator| Property {
            name: indicator.id.clone().into(),
            title: format!("{} ({}, {})", indicator.title, indicator.unit, indicator.vintage).into(),
            kind: PropertyType::Number,
            usage: Use::Queryable,
        }));
        properties.extend(layers().iter().map(|figure| Property {
            name: figure.name().into(),
            title: figure.title().into(),
            kind: if figure.figure.unit.decimals() == 0 { PropertyType::Integer } else { PropertyType::Number },
            usage: Use::Queryable,
        }));
        let reach = definition("reach");
        properties.push(Property {
            name: Cow::Borrowed(reach.id),
            title: Cow::Borrowed(reach.title),
            kind: PropertyType::Text,
            usage: Use::Among(|| ReachState::ALL.map(ReachState::name).to_vec()),
        });
        properties
    }

    fn len(&self, atlas: &Atlas) -> usize {
        match self.0 {
            Level::Commune => atlas.communes().len(),
            above => atlas.territories(above).len(),
        }
    }

    fn id<'a>(&self, atlas: &'a Atlas, row: usize) -> &'a str {
        match self.0 {
            Level::Commune => atlas.communes()[CommuneIx::from(row)].code.as_str(),
            above => &atlas.territories(above)[row].code,
        }
    }

    fn find(&self, atlas: &Atlas, id: &str) -> Option<usize> {
        match self.0 {
            Level::Commune => {
                atlas.communes().binary_search_by(|commune| commune.code.as_str().cmp(id)).ok().map(usize::from)
            }
            above => atlas.territories(above).binary_search_by(|territory| territory.code.as_str().cmp(id)).ok(),
        }
    }

    fn geometry<'a>(&self, atlas: &'a Atlas, row: usize) -> Geometry<'a> {
        atlas.contour(self.0, self.id(atlas, row)).map_or(Geometry::Nowhere, Geometry::Area)
    }

    fn values<'a>(&self, state: &'a State, row: usize, each: &mut dyn FnMut(Value<'a>)) {
        let all = self.fixed() + state.atlas.indicators().len() + layers().len() + 1;
        (0..all).for_each(|property| each(self.value(state, row, property)));
    }

    fn value<'a>(&self, state: &'a State, row: usize, property: usize) -> Value<'a> {
        let atlas = &state.atlas;
        match property.checked_sub(self.fixed()) {
            Some(more) => match more.checked_sub(atlas.indicators().len()) {
                Some(rank) => match layers().get(rank) {
                    Some(figure) => written(figure, atlas.figures().of(self.0, row, rank)),
                    None => atlas.figures().reach(self.0, row).name().into(),
                },
                None => Means::kept(state).of(atlas, self.0, row, more).map_or(Value::Unknown, Value::Number),
            },
            None if self.0 == Level::Commune => COMMUNE[property].4(&atlas.communes()[CommuneIx::from(row)]),
            None => fields(self.0)[property].4(&atlas.territories(self.0)[row]),
        }
    }
}
