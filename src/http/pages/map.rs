//! `/carte`: one indicator and the venues on a map, and the same in a table for who cannot see a map.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::atlas::Atlas;
use crate::domain::text::fold_place;
use crate::domain::{Indicator, Level, Territory, Worse};
use crate::http::{State, assets};

use super::classes::{Classes, Line, Scale};
use super::data::source_of;
use super::frame::{Frame, Keep, page};
use super::params::{Params, query};
use super::{card, error, french, home};

/// Value of `indicateur` that asks for venues only.
const NONE: &str = "aucun";

/// An entry of the list of indicators.
struct Choice {
    id: String,
    title: String,
    selected: bool,
}

/// What the map and the legend show of an indicator.
struct Shown {
    id: String,
    title: String,
    definition: String,
    unit: String,
    decimals: u8,
    source: String,
    legend: Vec<Line>,
    /// For the script: thresholds and shades, separated by commas.
    thresholds: String,
    shades: String,
}

/// One line of the table.
struct Row {
    code: String,
    name: String,
    value: Option<f64>,
    words: String,
    shade: usize,
    venues: u64,
    population: String,
}

/// A territory far from the others, and a view of it.
struct View {
    name: &'static str,
    hash: &'static str,
}

/// A column that the table can be sorted by.
struct Sort {
    words: &'static str,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    frame: Frame,
    choices: Vec<Choice>,
    shown: Option<Shown>,
    rows: Vec<Row>,
    sorts: Vec<Sort>,
    elsewhere: u64,
    territories: String,
    views: &'static [View],
    vendor: &'static str,
    has_map: bool,
    chosen: Vec<Chosen>,
}

/// A venue of the list that led here, under the number it has there.
struct Chosen {
    number: usize,
    name: String,
    href: String,
    address: String,
    at: String,
}

const VIEWS: &[View] = &[
    View { name: "France métropolitaine", hash: "5.2/46.6/2.4" },
    View { name: "Guadeloupe", hash: "9/16.2/-61.5" },
    View { name: "Martinique", hash: "9.5/14.65/-61" },
    View { name: "Guyane", hash: "6.5/4/-53.1" },
    View { name: "La Réunion", hash: "9.3/-21.12/55.53" },
    View { name: "Mayotte", hash: "10/-12.82/45.15" },
    View { name: "Nouvelle-Calédonie", hash: "6.5/-21.3/165.6" },
    View { name: "Polynésie française", hash: "9/-17.6/-149.5" },
    View { name: "Saint-Pierre-et-Miquelon", hash: "9/46.95/-56.3" },
    View { name: "Saint-Martin, Saint-Barthélemy", hash: "9.5/18/-62.95" },
    View { name: "Wallis-et-Futuna", hash: "8/-13.8/-177.1" },
];

/// Parse, ask, render.
pub async fn map(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let atlas: &Atlas = &state.atlas;
    let params = Params::of(&request);
    let position = |id: &str| atlas.indicators().iter().position(|indicator| indicator.id == id);
    let read = |id: &str| if id == NONE { Some(None) } else { position(id).map(Some) };
    let has_value = |indicator: &Indicator| indicator.readings.iter().any(|reading| reading.value().is_some());
    let first = atlas.indicators().iter().position(has_value);
    let chosen = match params.choice("indicateur", read) {
        Ok(chosen) => chosen.unwrap_or(first),
        Err(refused) => return error::refused(&state, &refused),
    };
    let order = match params.choice("tri", Order::read) {
        Ok(order) => order.unwrap_or(if chosen.is_some() { Order::Value } else { Order::Venues }),
        Err(refused) => return error::refused(&state, &refused),
    };
    let indicator = chosen.map(|i| &atlas.indicators()[i]);
    let classes = chosen.and_then(|i| classes(&state, i));
    let mut rows = rows(&state, chosen, classes.as_ref());
    order.sort(&mut rows, indicator);
    let id = indicator.map_or(NONE, |indicator| &indicator.id);
    let orders = Order::ALL.iter().filter(|order| **order != Order::Value || indicator.is_some());
    let template = MapPage {
        frame: Frame::new(&state, "Carte", "/carte"),
        choices: atlas.indicators().iter().map(|indicator| choice(indicator, id)).collect(),
        shown: indicator.map(|indicator| shown(atlas, indicator, classes.as_ref())),
        elsewhere: atlas.venues().len() as u64 - rows.iter().map(|row| row.venues).sum::<u64>(),
        sorts: orders.map(|each| each.link(id, order)).collect(),
        rows,
        territories: atlas.edition().territories_vintage.clone(),
        views: VIEWS,
        vendor: assets::MAPLIBRE,
        has_map: assets::has_map(&state),
        chosen: chosen_venues(atlas, params.one("lieux").unwrap_or_default()),
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// The located venues named by their ids, at most as many as a first list has. An id of another edition is left out.
fn chosen_venues(atlas: &Atlas, ids: &str) -> Vec<Chosen> {
    let venues = ids.split(',').take(home::FIRST).enumerate().filter_map(|(i, id)| {
        let venue = atlas.venue(id).or_else(|| atlas.venue(atlas.venue_alias(id)?))?;
        let at = venue.location.position()?;
        Some(Chosen {
            number: i + 1,
            name: venue.name.clone(),
            href: card::venue_href(&venue.id),
            address: card::address(venue),
            at: format!("{},{}", at.lon(), at.lat()),
        })
    });
    venues.collect()
}

fn choice(indicator: &Indicator, chosen: &str) -> Choice {
    Choice { id: indicator.id.clone(), title: indicator.title.clone(), selected: indicator.id == chosen }
}

/// Classes of equal numbers of EPCI: between communes, too noisy, and départements, too smooth, so that one legend
/// serves every zoom. An edition without EPCI falls back on its communes.
fn classes(state: &State, indicator: usize) -> Option<Classes> {
    let atlas: &Atlas = &state.atlas;
    let of_level = |level, territories| -> Vec<f64> {
        (0..territories).filter_map(|ordinal| state.means.of(atlas, level, ordinal, indicator)).collect()
    };
    let mut values = of_level(Level::Epci, atlas.territories(Level::Epci).len());
    if values.is_empty() {
        values = of_level(Level::Commune, atlas.communes().len());
    }
    let Indicator { decimals, unit, worse, .. } = &atlas.indicators()[indicator];
    Classes::of_quantiles(values, Scale { decimals: *decimals, unit: unit.clone(), worse: *worse })
}

fn shown(atlas: &Atlas, indicator: &Indicator, classes: Option<&Classes>) -> Shown {
    let publisher = source_of(atlas, indicator).map_or(indicator.source.as_str(), |source| source.publisher.as_str());
    let thresholds = classes.map_or_else(Vec::new, |classes| classes.thresholds().to_vec());
    let shades = classes.map_or_else(Vec::new, Classes::shades);
    Shown {
        id: indicator.id.clone(),
        title: indicator.title.clone(),
        definition: indicator.definition.clone(),
        unit: indicator.unit.clone(),
        decimals: indicator.decimals,
        source: if publisher.contains(&indicator.vintage) {
            publisher.to_string()
        } else {
            format!("{publisher}, {}", french::vintage(&indicator.vintage))
        },
        legend: classes.map_or_else(Vec::new, Classes::legend),
        thresholds: thresholds.iter().map(f64::to_string).collect::<Vec<_>>().join(","),
        shades: shades.iter().map(usize::to_string).collect::<Vec<_>>().join(","),
    }
}

fn rows(state: &State, indicator: Option<usize>, classes: Option<&Classes>) -> Vec<Row> {
    let atlas: &Atlas = &state.atlas;
    let mut venues = vec![0_u64; atlas.communes().len()];
    for ordinal in 0..atlas.venues().len() as u32 {
        if let Some(commune) = atlas.venue_commune(ordinal) {
            venues[commune as usize] += 1;
        }
    }
    let row = |(ordinal, territory): (usize, &Territory)| {
        let value = indicator.and_then(|i| state.means.of(atlas, Level::Departement, ordinal, i));
        let shown = indicator.map(|i| &atlas.indicators()[i]).zip(value);
        Row {
            code: territory.code.clone(),
            name: territory.name.clone(),
            value,
            words: shown.map_or_else(|| "pas de donnée".into(), |(i, v)| french::measure(v, i.decimals, &i.unit)),
            shade: value.zip(classes).map_or(0, |(value, classes)| classes.shade_of(value)),
            venues: territory.communes.iter().map(|&i| venues[i as usize]).sum(),
            population: french::integer(u64::from(territory.population.0)),
        }
    };
    atlas.territories(Level::Departement).iter().enumerate().map(row).collect()
}

/// How the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Value,
    Venues,
    Name,
}

impl Order {
    const ALL: [Order; 3] = [Order::Value, Order::Venues, Order::Name];

    fn slug(self) -> &'static str {
        match self {
            Self::Value => "valeur",
            Self::Venues => "lieux",
            Self::Name => "nom",
        }
    }

    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.slug() == text)
    }

    fn link(self, indicator: &str, current: Self) -> Sort {
        let words = match self {
            Self::Value => "du plus au moins défavorable",
            Self::Venues => "par nombre de lieux",
            Self::Name => "par nom",
        };
        let href = format!("/carte{}#tableau", query(&[("indicateur", indicator), ("tri", self.slug())]));
        Sort { words, href, current: self == current }
    }

    /// What is worst comes first, what is unknown last; ties by name.
    fn sort(self, rows: &mut [Row], indicator: Option<&Indicator>) {
        let lower_is_worse = indicator.is_some_and(|i| i.worse == Worse::Lower);
        rows.sort_by(|a, b| {
            let by_name = fold_place(&a.name).cmp(&fold_place(&b.name));
            match self {
                Self::Name => by_name,
                Self::Venues => b.venues.cmp(&a.venues).then(by_name),
                Self::Value => {
                    let key = |row: &Row| row.value.map_or(f64::INFINITY, |v| if lower_is_worse { v } else { -v });
                    key(a).total_cmp(&key(b)).then(by_name)
                }
            }
        });
    }
}
