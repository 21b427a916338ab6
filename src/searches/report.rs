//! A plan as tables: its sites, the whole in one row, who is left out, what the next post is worth, other ways to spend
//! the same.

use geo::{Contains, Point};
use serde_json::Map;

use super::sites::{self, measured, perhaps};
use super::solve::Solved;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};
use crate::features::Value;
use crate::planning::{Answer, Area, Measure};
use crate::tables::report::{PLACEMENT, Report};
use crate::tables::scope::Place;
use crate::tables::table::{Row, Spot, Table, column, text};

/// The tables of a plan.
#[must_use]
pub fn report(atlas: &Atlas, solved: &Solved) -> Report {
    let answer = &solved.answer;
    let mut tables =
        vec![sites::table(atlas, answer), summary(answer), left_out(atlas, answer), curve(answer), others(answer)];
    if solved.asked.sensitivity {
        tables.push(sensitivity(solved));
    }
    if solved.asked.alternatives > 0 {
        tables.push(alternatives(solved));
    }
    Report {
        subject: PLACEMENT,
        place: place(atlas, &solved.asked.request.territory),
        choices: solved.asked.pairs(),
        basis: Map::new(),
        tables,
        shown: 0,
    }
}

/// The territory of a question; one that was drawn has no code.
#[must_use]
pub fn place(atlas: &Atlas, area: &Area) -> Place {
    match area {
        Area::Nation => Place::nation(atlas),
        Area::Territory { level, code } => {
            Place::find(atlas, *level, code).unwrap_or_else(|| Place { communes: Vec::new(), ..Place::nation(atlas) })
        }
        Area::Polygon(polygon) => {
            let inside = |i: &CommuneIx| {
                let at = atlas.communes()[*i].point;
                at.is_some_and(|at| polygon.contains(&Point::new(at.lon(), at.lat())))
            };
            let communes = (atlas.communes().keys()).filter(inside).collect();
            let (code, name) = ("polygon".into(), "Zone dessinée".into());
            Place { level: None, code, name, communes, whole: false, replaced: None }
        }
    }
}

fn summary(answer: &Answer) -> Table {
    let names = [
        "persons_counted",
        "communes_not_counted",
        "persons_joined",
        "covered_before",
        "covered_after",
        "measure",
        "value",
        "bound",
        "gap_percent",
        "new_posts",
        "existing_posts",
        "cost_eur",
        "minutes_before",
        "minutes_after",
    ];
    let whole = &answer.summary;
    let values = vec![
        Value::Integer(whole.persons),
        Value::Integer(whole.communes_unknown.into()),
        Value::Integer(whole.joined),
        Value::Integer(whole.covered_before),
        Value::Integer(whole.covered_after),
        text(measure_name(whole.measure)),
        measured(whole.value),
        measured(whole.bound),
        perhaps(whole.gap_percent),
        Value::Integer(whole.posts),
        Value::Integer(whole.existing_posts),
        Value::Integer(whole.cost_eur),
        perhaps(whole.minutes_before),
        perhaps(whole.minutes_after),
    ];
    table("summary", "Ensemble", &names, vec![values])
}

fn left_out(atlas: &Atlas, answer: &Answer) -> Table {
    let row = |left: &crate::planning::LeftOut| {
        let commune = &atlas.communes()[left.commune];
        let values = vec![
            text(commune.code.to_string()),
            text(commune.name.as_str()),
            Value::Integer(left.persons),
            perhaps(left.minutes),
        ];
        Row { place: Some(Spot::Territory(Level::Commune, commune.code.to_string())), values }
    };
    Table {
        name: "left_out",
        title: "Communes hors de portée",
        columns: ["code", "name", "persons_left_out", "minutes"].map(column).into(),
        rows: answer.left_out.iter().map(row).collect(),
    }
}

fn curve(answer: &Answer) -> Table {
    let rows = answer.curve.iter().map(|step| vec![Value::Integer(step.means), measured(step.value)]);
    table("curve", "Un poste de plus", &["means", "value"], rows.collect())
}

fn others(answer: &Answer) -> Table {
    let names = [
        "allocation",
        "new_posts",
        "value",
        "covered_after",
        "our_value",
        "our_covered_after",
        "ours_is_better_percent",
    ];
    let rows = answer.baselines.iter().map(|other| {
        vec![
            text(other.name),
            Value::Integer(other.posts),
            measured(other.value),
            Value::Integer(other.covered),
            measured(other.our_value),
            Value::Integer(other.our_covered),
            perhaps(other.ours_is_better_percent),
        ]
    });
    table("comparison", "Autres répartitions", &names, rows.collect())
}

fn sensitivity(solved: &Solved) -> Table {
    let names = ["assumption", "overlap", "new_posts", "covered_after"];
    let rows = solved.variants.iter().map(|variant| {
        vec![
            text(format!("{}={}", variant.field, variant.value)),
            measured(variant.overlap),
            Value::Integer(variant.posts),
            Value::Integer(variant.covered),
        ]
    });
    table("sensitivity", "Autres hypothèses", &names, rows.collect())
}

fn alternatives(solved: &Solved) -> Table {
    let names = [
        "plan_rank",
        "new_posts",
        "cost_eur",
        "covered_after",
        "value",
        "bound_gap_percent",
        "difference",
        "sites_gone",
        "sites_instead",
    ];
    let ids = |sites: &[(String, String)]| Value::List(sites.iter().map(|(id, _)| id.clone().into()).collect());
    let rows = (2_u64..).zip(&solved.alternatives.plans).map(|(rank, plan)| {
        vec![
            Value::Integer(rank),
            Value::Integer(plan.posts),
            Value::Integer(plan.cost_eur),
            Value::Integer(plan.covered),
            measured(plan.value),
            perhaps(plan.gap_percent),
            measured(plan.difference),
            ids(&plan.gone),
            ids(&plan.come),
        ]
    });
    table("alternatives", "Autres plans presque aussi bons", &names, rows.collect())
}

/// A table whose rows are no places.
fn table(name: &'static str, title: &'static str, columns: &[&'static str], rows: Vec<Vec<Value<'static>>>) -> Table {
    let rows = rows.into_iter().map(|values| Row { place: None, values }).collect();
    Table { name, title, columns: columns.iter().map(|id| column(id)).collect(), rows }
}

/// What a value counts, in answers.
#[must_use]
pub fn measure_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Persons => "persons",
        Measure::PersonEquivalents => "person_equivalents",
        Measure::MeanWay => "mean_way",
        Measure::LongestWay => "longest_way",
        Measure::Posts => "posts",
        Measure::Euros => "euros",
        Measure::Share => "share",
    }
}
