//! `GET /api/need`: how many people are far from digital tools, territory by territory, and where it is greatest.

use std::borrow::Cow;

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value as Json, json};

use crate::atlas::{Atlas, Need};
use crate::domain::Level;
use crate::domain::need::{Denominator, Frame, RankIndex, Rung, rank_index};
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::features::Value;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::tables::answer::answer;
use crate::tables::choices;
use crate::tables::figures::{filled, share};
use crate::tables::format::Format;
use crate::tables::key::{population, weighted_index};
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{Column, column, integer, number, of_parts, of_whole, text};
use crate::tables::weights::Weights;

/// `GET /api/need`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/need",
    &[Operation::get("need", "Personnes éloignées du numérique et indice de rang, par territoire", || {
        web::to(need)
    })
    .taking(&[&["territory", "by", "denominator", "weights", "frame", "format"]])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
);

/// The communes that deciles are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    /// All of them.
    Nation,
    /// Those of the territory asked about.
    Own,
}

/// One question, checked.
#[derive(Debug)]
struct Question {
    place: Place,
    by: Level,
    denominator: Option<usize>,
    weights: Option<Weights>,
    compared: Compared,
}

/// Answers with a table in one of four formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn need(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let question = Question::parse(&query, &state.atlas)?;
    answer(&request, &state, Format::parse(&query, &request)?, |state| question.report(&state.atlas)).await
}

impl Question {
    fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        let place = Place::of_query(atlas, query)?;
        let compared = match query.text("frame") {
            None | Some("nation") => Compared::Nation,
            Some("own") => Compared::Own,
            Some(other) => {
                let detail = "deciles are taken over the nation, or over the territory's own communes";
                return Err(Problem::parameter("unknown-value", "frame", other, detail).allowing(["nation", "own"]));
            }
        };
        Ok(Self {
            by: place.parts_level(query, "by")?.unwrap_or(Level::Commune),
            denominator: choices::denominator(query)?,
            weights: Weights::parse(query, atlas)?,
            compared,
            place,
        })
    }

    fn report(self, atlas: &Atlas) -> Result<Report, Problem> {
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let weights = self.weights.clone().unwrap_or_else(|| Weights::default_of(atlas));
        let rank = self.rank(atlas, &weights);
        let parts = self.place.parts(atlas, self.by);
        let columns =
            |own: &[&'static str]| -> Vec<Column> { COLUMNS.iter().chain(own).map(|id| column(id)).collect() };
        let common = |communes: &[u32]| {
            let mut values = persons(atlas, need, communes);
            values.push(number(weighted_index(atlas, &rank.index, communes), 3));
            values
        };
        let several = |communes: &[u32]| {
            let mut values = common(communes);
            values.push(Value::Integer(filled(need, communes).into()));
            values
        };
        let one = |communes: &[u32]| {
            let mut values = common(communes);
            values.extend(of_commune(need, &rank, communes[0]));
            values
        };
        let rows = match self.by {
            Level::Commune => of_parts("Besoin", &parts, columns(SINGLE), one),
            _ => of_parts("Besoin", &parts, columns(ABOVE), several),
        };
        let tables = vec![rows, of_whole(&self.place, columns(ABOVE), several)];
        let frame = if self.compared == Compared::Own { "own" } else { "nation" };
        let choices = vec![
            ("territory", self.place.path()),
            ("by", self.by.plural().to_owned()),
            ("denominator", Denominator::PRESETS[preset].id.to_owned()),
            ("weights", weights.to_string()),
            ("frame", frame.to_owned()),
        ];
        let basis = basis(preset, need, &weights);
        Ok(Report { subject: "need", place: self.place, choices, basis, tables, shown: 0 })
    }

    /// The index that was worked out when the edition was opened, unless something else is asked.
    fn rank<'a>(&self, atlas: &'a Atlas, weights: &Weights) -> Cow<'a, RankIndex> {
        let frame = match self.compared {
            Compared::Nation if self.weights.is_none() => return Cow::Borrowed(&atlas.analysis().rank),
            Compared::Nation => Frame::Nation,
            Compared::Own => Frame::Own(&self.place.communes),
        };
        Cow::Owned(rank_index(atlas.communes(), &weights.criteria(atlas), frame))
    }
}

const COLUMNS: &[&str] = &[
    "communes",
    "communes_unknown",
    "population",
    "persons_in_need",
    "persons_in_need_low",
    "persons_in_need_high",
    "share_in_need",
    "persons_offline",
    "persons_weak_skills",
    "persons_expected",
    "rank_index",
];
/// What is said of a commune only, and of what is made of several.
const SINGLE: &[&str] = &["rank_criteria", "filled_from"];
const ABOVE: &[&str] = &["communes_filled"];

fn persons(atlas: &Atlas, need: &Need, communes: &[u32]) -> Vec<Value<'static>> {
    let persons = &need.estimate.persons;
    let unknown = communes.iter().filter(|&&i| persons[i as usize].is_none()).count();
    let sum = |values: &[Option<u32>]| -> Option<u64> {
        communes.iter().filter_map(|&i| values[i as usize]).map(u64::from).reduce(|sum, more| sum + more)
    };
    let (people, total) = (population(atlas, communes), sum(persons));
    let interval = total.map(|_| need.estimate.interval(communes));
    vec![
        Value::Integer(communes.len() as u64),
        Value::Integer(unknown as u64),
        integer(people),
        integer(total),
        integer(interval.map(|spread| spread.low)),
        integer(interval.map(|spread| spread.high)),
        number(total.zip(people).and_then(|(part, whole)| share(part, whole)), 6),
        integer(sum(&need.profiles.offline)),
        integer(sum(&need.profiles.weak_skills)),
        integer(sum(&need.expected)),
    ]
}

fn of_commune(need: &Need, rank: &RankIndex, commune: u32) -> [Value<'static>; 2] {
    let fallback = need.estimate.bases[commune as usize].fallback();
    let known = need.estimate.persons[commune as usize].is_some();
    let from = if known { text(Rung::name(fallback)) } else { Value::Unknown };
    [Value::Integer(rank.available[commune as usize].into()), from]
}

fn basis(preset: usize, need: &Need, weights: &Weights) -> Map<String, Json> {
    let mut basis = choices::need_basis(preset, need);
    basis.insert("weights".into(), json!(weights.by_id()));
    basis
}
