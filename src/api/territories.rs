//! `GET /api/territories/{level}/{code}`: all that is known of a territory, beside its parent and the nation.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::access::Mode;
use crate::atlas::figures::Basis;
use crate::atlas::{Atlas, Need};
use crate::domain::need::{Preset, Standing, WEIGHTINGS};
use crate::domain::{Indicator, Level, Reading};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::tables::choices;
use crate::tables::definitions::{definitions, described, described_at_thresholds};
use crate::tables::figures::{asked_about, figures, layers_of, line, named, rank_basis};
use crate::tables::means::Means;
use crate::tables::report::{edition, sources};
use crate::tables::scope::Place;
use crate::tables::table::rounded;

/// `GET /api/territories/{level}/{code}`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/territories/{level}/{code}",
    &[Operation::get(
        "territory",
        "Tout ce qu'on sait d'un territoire, à côté de son parent et de la nation",
        || web::to(territory),
    )
    .of_an_edition()
    .taking(&[&["denominator", "children"]])
    .answering(&[Answer::ok(&[(JSON, "territory")]), Answer::UNCHANGED])
    .refusing(&[400, 404])],
);

/// One question, checked.
#[derive(Debug)]
struct Question {
    place: Place,
    denominator: Option<&'static Preset>,
    children: Option<Level>,
}

/// Answers with JSON.
///
/// # Errors
/// 404 for an unknown level or code, 400 naming the parameter that cannot be answered.
pub async fn territory(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let question = Question::parse(&request, &state)?;
    let tag = Tag::of(&request, &state, "");
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let answer = crate::tables::apart(&state, move |state| question.answer(state)).await?;
    Ok(tag.answer(JSON, answer.to_string().into_bytes()))
}

impl Question {
    fn parse(request: &HttpRequest, state: &State) -> Result<Self, Problem> {
        let query = ENDPOINT.query(request)?;
        let segment = |name| request.match_info().query(name);
        let (level, code) = (segment("level"), segment("code"));
        let place = Place::part_of_path(&state.atlas, level, code)?;
        let children = place.parts_level(&query, "children")?.filter(|_| place.district.is_none());
        Ok(Self { denominator: choices::denominator(&query)?, children, place })
    }

    fn answer(self, state: &State) -> Result<Value, Problem> {
        let Self { place, denominator, children } = self;
        let atlas = &state.atlas;
        let (preset, need) = choices::need(atlas, denominator)?;
        let described_place = |place: &Place| {
            let mut described = named(place);
            described.insert("figures".into(), figures(state, (preset, need), place));
            Value::Object(described)
        };
        let ancestors = place.ancestors(atlas);
        let mut answer = asked_about(atlas, &place);
        if place.district.is_some() {
            answer.insert("indicators_of_commune".into(), borrowed(atlas, &place).into());
        }
        let mut parameters = choices::need_basis(preset, need);
        parameters.extend(choices::access_basis(atlas));
        parameters.extend(rank_basis(atlas.analysis()));
        let mut defined = described(definitions().iter().map(|definition| definition.id));
        defined.extend(described_at_thresholds());
        let mut own = figures(state, (preset, need), &place);
        own["indicators"] = indicators(state, &place);
        let row = row_of(atlas, &place);
        let standing = place.level.zip(row).and_then(|(level, row)| atlas.standing(level, row)).map(standing_said);
        let Value::Object(rest) = json!({
            "rank_standing": standing,
            "ancestors": ancestors.iter().map(named).collect::<Vec<_>>(),
            "figures": own,
            "parent": ancestors.last().map(described_place),
            "nation": described_place(&Place::nation(atlas)),
            "children": children.map(|by| parts(atlas, need, &place, by)),
            "arrondissements": arrondissements(atlas, need, &place),
            "parameters": parameters,
            "definitions": defined,
            "edition": edition(state),
            "sources": sources(state),
        }) else {
            unreachable!("braces make an object")
        };
        answer.extend(rest);
        Ok(Value::Object(answer))
    }
}

/// The row of a territory in the table of its level; `None` for the nation and for an arrondissement, which has none.
fn row_of(atlas: &Atlas, place: &Place) -> Option<usize> {
    match place.level.filter(|_| place.district.is_none())? {
        Level::Commune => place.communes.first().map(|&i| i.into()),
        above => atlas.territories(above).iter().position(|territory| territory.code == place.code),
    }
}

/// Where it stands by the index, and how much that depends on the weights.
fn standing_said(standing: Standing) -> Value {
    json!({
        "rank": standing.rank,
        "of": standing.of,
        "most_fragile_tenth": standing.tenth,
        "share_of_weightings_in_that_tenth": rounded(standing.in_tenth, 3),
        "ranks_of_nine_weightings_in_ten": standing.ranks,
        "weightings": WEIGHTINGS,
    })
}

/// The indicators of a territory by id; `null` when suppressed, missing, or unknown for the whole nation.
fn indicators(state: &State, place: &Place) -> Value {
    let atlas = &state.atlas;
    let row = row_of(atlas, place);
    let town = place.district.and(place.communes.first());
    let value = |i: usize| match town {
        Some(&town) => {
            let indicator = &atlas.indicators()[i];
            let own = own_reading(atlas, place, indicator);
            own.or_else(|| indicator.readings.get(town).copied()).and_then(Reading::value)
        }
        None => Means::kept(state).of(atlas, place.level?, row?, i),
    };
    let read = |(i, indicator): (usize, &Indicator)| (indicator.id.clone(), value(i).into());
    Value::Object(atlas.indicators().iter().enumerate().map(read).collect())
}

/// What an indicator says of an arrondissement itself.
fn own_reading(atlas: &Atlas, place: &Place, indicator: &Indicator) -> Option<Reading> {
    let code = atlas.districts().all()[place.district?].code;
    indicator.districts.get(&code).copied()
}

/// The indicators that say nothing of an arrondissement: the value is that of its commune.
fn borrowed(atlas: &Atlas, place: &Place) -> Vec<String> {
    let lacks = |indicator: &&Indicator| own_reading(atlas, place, indicator).is_none();
    atlas.indicators().iter().filter(lacks).map(|indicator| indicator.id.clone()).collect()
}

/// The arrondissements of Paris, Lyon or Marseille, and the venues and posts that nothing places in one of them; null elsewhere.
fn arrondissements(atlas: &Atlas, need: &Need, place: &Place) -> Option<Value> {
    let districts = place.districts(atlas);
    let basis = Basis::new(atlas, need, Mode::Car);
    let unplaced = atlas.analysis().unplaced(atlas, *place.communes.first().filter(|_| !districts.is_empty())?);
    let written = |place: &Place| {
        let summary = place.summary(&basis);
        let mut part = named(place);
        part.extend(layers_of(&summary));
        part.insert("posts".into(), summary.posts.into());
        Value::Object(part)
    };
    Some(json!({
        "territories": districts.iter().map(written).collect::<Vec<_>>(),
        "elsewhere_in_the_commune": { "venues": unplaced.venues, "posts": unplaced.posts },
    }))
}

/// The parts with the figures of layers, and the line of those that belong to none: together, every commune once.
fn parts(atlas: &Atlas, need: &Need, place: &Place, by: Level) -> Value {
    let basis = Basis::new(atlas, need, Mode::Car);
    let parts = place.parts(atlas, by);
    let written = |place: &Place| {
        let mut part = named(place);
        part.insert("whole".into(), place.whole.into());
        part.extend(line(&basis, &place.communes));
        Value::Object(part)
    };
    json!({
        "level": by.plural(),
        "territories": parts.places.iter().map(written).collect::<Vec<_>>(),
        "unknown": line(&basis, &parts.elsewhere),
    })
}
