//! `/indice`: what the index of fragility does not say, with its correlations and how ranks move with the weights.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::atlas::Atlas;
use crate::atlas::figures::Figure;
use crate::domain::need::{Correlations, WEIGHTINGS};
use crate::domain::{CommuneIx, Level};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::work::Kind;
use crate::tables::french;

use super::error;
use super::frame::{Frame, Keep, page};

/// Lines of the table of départements.
const SHOWN: usize = 20;

/// One of the criteria.
struct Criterion {
    id: String,
    title: String,
    vintage: String,
    known: String,
}

/// One line of the panel.
struct Line {
    title: String,
    values: Vec<String>,
}

/// A département and its rank.
struct Ranked {
    name: String,
    href: String,
    rank: String,
    ranks: String,
    in_tenth: String,
}

#[derive(Template)]
#[template(path = "index_limits.html")]
struct IndexLimits {
    frame: Frame,
    criteria: Vec<Criterion>,
    communes: String,
    without: String,
    inhabitants_without: String,
    titles: Vec<String>,
    lines: Vec<Line>,
    /// The index against the share of persons in need.
    with_need: String,
    weightings: String,
    tenth: String,
    ranked: Vec<Ranked>,
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/indice",
    &[Operation::page("indexLimits", "Ce que l'indice de fragilité ne dit pas", || web::to(index_limits))],
);

/// Ask, render; the panel is worked out at the first question, on another thread than the one that answers.
pub async fn index_limits(state: State) -> HttpResponse {
    match state.apart(Kind::Interactive, compose).await {
        Ok(template) => page(StatusCode::OK, Keep::Check, &template),
        Err(problem) => error::lost(&state, &problem),
    }
}

fn compose(state: &State) -> IndexLimits {
    let atlas: &Atlas = &state.atlas;
    let analysis = atlas.analysis();
    let inhabited: Vec<CommuneIx> =
        atlas.communes().keys().filter(|i| atlas.communes()[*i].population.is_some_and(|p| p.0 > 0)).collect();
    let without: Vec<CommuneIx> = inhabited.iter().copied().filter(|i| analysis.rank.index[*i].is_none()).collect();
    let people = without.iter().filter_map(|i| atlas.communes()[*i].population).map(|persons| u64::from(persons.0));
    let criterion = |id: &&'static str| {
        let indicator = atlas.indicator(id)?;
        let known = inhabited.iter().filter(|i| indicator.readings[**i].value().is_some()).count() as u64;
        Some(Criterion {
            id: indicator.id.clone(),
            title: indicator.title.clone(),
            vintage: french::vintage(&indicator.vintage),
            known: french::count(known, "commune", "communes"),
        })
    };
    let panel = atlas.panel();
    let title = |name: &String| {
        let indicator = atlas.indicator(name).map(|indicator| indicator.title.clone());
        indicator.or_else(|| Figure::named(name).map(|figure| figure.title.to_owned())).unwrap_or_else(|| name.clone())
    };
    let titles: Vec<String> = panel.names.iter().map(title).collect();
    let Correlations { rho, .. } = &panel.correlations;
    let line = |(i, title): (usize, &String)| Line {
        title: title.clone(),
        values: rho[i].iter().map(|value| coefficient(*value)).collect(),
    };
    let (tenth, ranked) = departements(atlas);
    IndexLimits {
        frame: Frame::new(state, "Ce que l'indice de fragilité ne dit pas", "/definitions"),
        criteria: analysis.rank_criteria.iter().filter_map(criterion).collect(),
        communes: french::count(inhabited.len() as u64, "commune habitée", "communes habitées"),
        without: french::count(without.len() as u64, "commune", "communes"),
        inhabitants_without: french::count(people.sum(), "habitant", "habitants"),
        lines: titles.iter().enumerate().map(line).collect(),
        with_need: coefficient(rho[0][1]),
        titles,
        weightings: french::integer(WEIGHTINGS.into()),
        tenth,
        ranked,
    }
}

/// « 0,53 », or that nobody knows.
fn coefficient(value: Option<f64>) -> String {
    value.map_or_else(|| "inconnu".into(), |value| french::decimal(value, 2))
}

/// How many are the most fragile tenth of the départements, and the first of them at equal weights.
fn departements(atlas: &Atlas) -> (String, Vec<Ranked>) {
    let territories = atlas.territories(Level::Departement);
    let standings = atlas.standings(Level::Departement);
    let mut known: Vec<_> = territories.iter().zip(standings).filter_map(|(t, s)| Some((t, s?))).collect();
    known.sort_by_key(|(territory, standing)| (standing.rank, territory.code.clone()));
    let tenth = known.first().map_or_else(String::new, |(_, standing)| french::integer(standing.tenth.into()));
    known.truncate(SHOWN);
    let ranked = known.into_iter().map(|(territory, standing)| Ranked {
        name: territory.name.clone(),
        href: format!("/territoires/{}/{}", Level::Departement.plural(), territory.code),
        rank: french::integer(standing.rank.into()),
        ranks: format!("{} à {}", standing.ranks[0], standing.ranks[1]),
        in_tenth: french::measure(100.0 * standing.in_tenth, 0, "%"),
    });
    (tenth, ranked.collect())
}
