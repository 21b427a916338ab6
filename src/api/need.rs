//! `GET /api/need`: how many people are far from digital tools, territory by territory, and where it is greatest.

use std::borrow::Cow;
use std::collections::BTreeSet;

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value as Json, json};

use crate::access::Mode;
use crate::atlas::figures::{Basis, Shown, figures_of};
use crate::atlas::{Atlas, Need};
use crate::domain::need::{Frame, Preset, RankIndex, Rung, rank_index};
use crate::domain::{Commune, CommuneIx, Level};
use crate::features::Value;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::shares::limits::EXPORT_TIME;
use crate::tables::answer::answer;
use crate::tables::choices;
use crate::tables::format::Format;
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{self, Column, column, column_of, of_district, of_parts, of_whole, text};
use crate::tables::weights::Weights;

/// `GET /api/need`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/api/need",
    &[Operation::get("need", "Personnes éloignées du numérique et indice de rang, par territoire", || {
        web::to(need)
    })
    .of_an_edition()
    .taking(&[&["territory", "by", "denominator", "weights", "frame", "format"]])
    .answering(&[Answer::ok(&Format::contents("report")), Answer::UNCHANGED])
    .refusing(&[400, 404, 406])],
)
.waiting(EXPORT_TIME);

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
    denominator: Option<&'static Preset>,
    weights: Option<Weights>,
    compared: Compared,
}

/// Answers with a table in one of four formats.
///
/// # Errors
/// 400 or 404 naming the parameter that cannot be answered, 406 on an impossible `Accept`.
pub async fn need(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let query = ENDPOINT.query(&request)?;
    let question = Question::parse(&query, &state.atlas)?;
    answer(&request, &state, Format::parse(&query, &request)?, |state| question.report(&state.atlas)).await
}

impl Question {
    fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        let place = Place::part_of_query(atlas, query)?;
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
        let basis = Basis { rank: &rank.index, hours: Cow::default(), ..Basis::new(atlas, need, Mode::Car) };
        let figures = figures_of(Some(Shown::Need), &[]);
        let columns = |own: &[&'static str]| -> Vec<Column> {
            figures.iter().map(column_of).chain(own.iter().map(|id| column(id))).collect()
        };
        let several = |communes: &[CommuneIx]| -> Vec<Value<'static>> {
            let summary = basis.summary(communes);
            let told = figures.iter().map(|figure| table::figure(figure, &summary));
            told.chain(std::iter::once(vintage(atlas, communes))).collect()
        };
        let one = |communes: &[CommuneIx]| {
            several(communes).into_iter().chain(of_commune(need, &rank, communes[0])).collect()
        };
        let rows = || match self.by {
            Level::Commune => of_parts(TITLE, &parts, columns(SINGLE), one),
            _ => of_parts(TITLE, &parts, columns(&[VINTAGE]), several),
        };
        let tables = match self.place.district {
            Some(_) => of_district(TITLE, &self.place, &figures, &self.place.summary(&basis), Vec::new()),
            None => vec![rows(), of_whole(&self.place, columns(&[VINTAGE]), several)],
        };
        let frame = if self.compared == Compared::Own { "own" } else { "nation" };
        let choices = vec![
            ("territory", self.place.path()),
            ("by", self.by.plural().to_owned()),
            ("denominator", preset.id.to_owned()),
            ("weights", weights.to_string()),
            ("frame", frame.to_owned()),
        ];
        let basis = rests_on(preset, need, &weights);
        Ok(Report { subject: "need", place: self.place, choices, basis, tables, shown: 0 })
    }

    /// The index that was worked out when the edition was opened, unless something else is asked.
    fn rank<'a>(&self, atlas: &'a Atlas, weights: &Weights) -> Cow<'a, RankIndex> {
        let frame = match self.compared {
            Compared::Nation if self.weights.is_none() => return Cow::Borrowed(&atlas.analysis().rank),
            Compared::Nation => Frame::Nation,
            Compared::Own => Frame::Own(&self.place.communes),
        };
        Cow::Owned(rank_index(&atlas.communes().raw, &weights.criteria(atlas), frame))
    }
}

/// Title of the table of the parts.
const TITLE: &str = "Besoin";

/// What is said of a commune only.
const SINGLE: &[&str] = &[VINTAGE, "rank_criteria", "filled_from"];

/// What is said beside the figures of every line.
const VINTAGE: &str = "population_vintage";

/// The years that the inhabitants of some communes are counted in: `2023`, `2017|2023`, `unknown`.
fn vintage(atlas: &Atlas, communes: &[CommuneIx]) -> Value<'static> {
    let peopled = communes.iter().map(|&i| &atlas.communes()[i]).filter(|c| c.population.is_some());
    let years: BTreeSet<Option<u16>> = peopled.map(Commune::population_year).collect();
    if years.is_empty() {
        return Value::Unknown;
    }
    let said = years.into_iter().map(|year| year.map_or_else(|| "unknown".to_owned(), |year| year.to_string()));
    Value::Text(said.collect::<Vec<_>>().join("|").into())
}

fn of_commune(need: &Need, rank: &RankIndex, commune: CommuneIx) -> [Value<'static>; 2] {
    let fallback = need.estimate.bases[commune].fallback();
    let known = need.estimate.persons[commune].is_some();
    let from = if known { text(Rung::name(fallback)) } else { Value::Unknown };
    [Value::Integer(rank.available[commune].into()), from]
}

fn rests_on(preset: &Preset, need: &Need, weights: &Weights) -> Map<String, Json> {
    let mut basis = choices::need_basis(preset, need);
    basis.insert("weights".into(), json!(weights.by_id()));
    basis
}
