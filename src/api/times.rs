//! `/api/times`: from here to there, how long, give or take how much, and what that rests on: so that anybody can check.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

use super::what_if::json_body;
use crate::access::{Journey, Mode, Season};
use crate::domain::{Degrees, Position};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, LONG_BODY, Operation};
use crate::http::params::{Query, in_france};
use crate::http::problem::Problem;
use crate::http::reply::{JSON, Tag};
use crate::tables::choices;

/// Pairs in a question at most.
pub const MOST_PAIRS: usize = 1_000;

/// `GET` and `POST /api/times`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/times",
    &[
        Operation::get("times", SUMMARY, || web::to(asked))
            .of_an_edition()
            .taking(&[&["from", "to", "mode", "season"]])
            .answering(&[Answer::ok(&[(JSON, "object")]), Answer::UNCHANGED])
            .refusing(&[400]),
        Operation::post("timesPosted", SUMMARY, || web::to(posted))
            .of_an_edition()
            .with_json("times", LONG_BODY)
            .answering(&[Answer::ok(&[(JSON, "object")])])
            .refusing(&[400, 413, 415]),
    ],
);

const SUMMARY: &str = "Temps d'un endroit à un autre : minutes, fourchette, et ce sur quoi ils reposent";

/// A question in a body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posted {
    /// Longitude and latitude of the start, then of the end.
    pairs: Vec<[f64; 4]>,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    season: Option<String>,
}

/// Answers a question in an address.
///
/// # Errors
/// 400 naming the parameter that cannot be answered.
pub async fn asked(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let ways = [(end(&query, "from")?, end(&query, "to")?)];
    let (mode, season) = (choices::mode(&query)?, season(query.text("season"))?);
    let tag = Tag::of(&request, &state, "");
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let answer = crate::tables::apart(&state, move |state| Ok(answer(state, mode, season, &ways))).await?;
    Ok(tag.answer(JSON, answer.to_string().into_bytes()))
}

/// Answers many at once.
///
/// # Errors
/// 400 naming the pair that cannot be answered, 413 when the body is too long, 415 when it does not say it is JSON.
pub async fn posted(request: HttpRequest, state: State, body: Bytes) -> Result<HttpResponse, Problem> {
    ENDPOINT.query(&request)?;
    let Posted { pairs, mode, season: asked } = json_body(&request, &body)?;
    if pairs.is_empty() || pairs.len() > MOST_PAIRS {
        let detail = format!("`pairs` takes 1 to {MOST_PAIRS} pairs");
        return Err(Problem::parameter("list-too-long", "pairs", &pairs.len().to_string(), detail));
    }
    let mode = match mode.as_deref() {
        None => Mode::Car,
        Some(text) => Mode::from_name(text).ok_or_else(|| choices::mode_problem(text))?,
    };
    let season = season(asked.as_deref())?;
    let place = |rank: usize, lon: f64, lat: f64| -> Result<Position, Problem> {
        in_france(&format!("pairs[{rank}]"), &format!("{lon},{lat}"), Degrees { lon, lat })
    };
    let pair = |(rank, [a, b, c, d]): (usize, &[f64; 4])| Ok((place(rank, *a, *b)?, place(rank, *c, *d)?));
    let ways: Vec<(Position, Position)> = pairs.iter().enumerate().map(pair).collect::<Result<_, Problem>>()?;
    let answer = crate::tables::apart(&state, move |state| Ok(answer(state, mode, season, &ways))).await?;
    let body = answer.to_string();
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, JSON)).insert_header((CACHE_CONTROL, "no-store")).body(body))
}

fn end(query: &Query, name: &str) -> Result<Position, Problem> {
    query.position(name)?.ok_or_else(|| {
        let detail = format!("say `from` and `to`; `{name}` is missing");
        Problem::parameter("missing-parameter", name, "", detail).allowing(["LON,LAT"])
    })
}

/// All the year unless summer is asked for.
fn season(text: Option<&str>) -> Result<Season, Problem> {
    match text {
        None | Some("year") => Ok(Season::AllYear),
        Some("summer") => Ok(Season::Summer),
        Some(other) => {
            let detail = "a pass is open all the year, or counted in summer only";
            Err(Problem::parameter("unknown-value", "season", other, detail).allowing(["year", "summer"]))
        }
    }
}

fn answer(state: &State, mode: Mode, season: Season, ways: &[(Position, Position)]) -> Value {
    let journeys = state.atlas.journeys(mode, season, ways);
    let season = match season {
        Season::AllYear => "year",
        Season::Summer => "summer",
    };
    json!({
        "edition": state.atlas.edition().id,
        "mode": mode.name(),
        "season": season,
        "travel": state.atlas.analysis().access.label(),
        "times": ways.iter().zip(&journeys).map(|(way, journey)| row(way, journey.as_ref())).collect::<Vec<_>>(),
    })
}

/// One journey; what nobody knows is null.
fn row((from, to): &(Position, Position), journey: Option<&Journey>) -> Value {
    let tenths = |minutes: f64| (minutes * 10.0).round() / 10.0;
    let bound = |rank: usize| journey.and_then(|journey| journey.range).map(|range| tenths(range[rank].minutes()));
    json!({
        "from": [from.lon(), from.lat()],
        "to": [to.lon(), to.lat()],
        "minutes": journey.map(|journey| tenths(journey.time.minutes())),
        "minutes_low": bound(0),
        "minutes_high": bound(1),
        "basis": journey.map_or("none", |journey| journey.basis.name()),
        "distance_m": journey.and_then(|journey| journey.metres).map(|metres| metres.value().round()),
        "minutes_on_foot_after": journey.map(|journey| tenths(journey.afoot.minutes())),
        "crossings": journey.map(|journey| journey.crossings.as_slice()).unwrap_or_default(),
    })
}
