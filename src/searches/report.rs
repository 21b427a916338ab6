//! A plan as tables: its sites, the whole in one row, who is left out, what the next post is worth, other ways to spend
//! the same.

use geo::{Contains, Point};
use serde_json::Map;

use super::shares;
use super::sites::{self, measured, perhaps};
use super::solve::Solved;
use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Level};
use crate::features::Value;
use crate::http::problem::Problem;
use crate::planning::{Answer, Area, Host};
use crate::tables::definitions::definition;
use crate::tables::report::{PLACEMENT, Report};
use crate::tables::scope::Place;
use crate::tables::table::{Column, Row, Spot, Table, column, text};

/// Tables that formats of one table can hold, the usual one first; the last three where they were asked for.
pub const TABLES: [&str; 10] = [
    SITES,
    SERVED,
    "summary",
    "left_out",
    "curve",
    "comparison",
    "territories",
    "rounds",
    "sensitivity",
    "alternatives",
];
/// The sites of a plan.
const SITES: &str = "sites";
/// The points that they serve: too many for an answer that holds every table.
const SERVED: &str = "served";

/// The tables of a plan, with the one that was asked for shown.
///
/// # Errors
/// 400 when this plan has no table of this name.
pub fn showing(atlas: &Atlas, solved: &Solved, wanted: &str) -> Result<Report, Problem> {
    let mut report = report(atlas, solved);
    if wanted == SERVED {
        report.tables.push(shares::served(atlas, &solved.answer));
    }
    let found = report.tables.iter().position(|table| table.name == wanted);
    report.shown = found.ok_or_else(|| {
        let has = |name: &&str| *name == SERVED || report.tables.iter().any(|table| table.name == *name);
        let problem = Problem::parameter("unknown-value", "table", wanted, "this plan has no such table");
        problem.allowing(TABLES.into_iter().filter(has))
    })?;
    Ok(report)
}

/// The tables of a plan.
#[must_use]
pub fn report(atlas: &Atlas, solved: &Solved) -> Report {
    let answer = &solved.answer;
    let mut tables =
        vec![sites::table(atlas, answer), summary(answer), left_out(atlas, answer), curve(answer), others(answer)];
    tables.push(shares::territories(atlas, answer));
    if solved.asked.request.itinerant.is_some() {
        tables.push(shares::rounds(atlas, answer));
    }
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
            Place { level: None, code, name, communes, whole: false, replaced: None, district: None }
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
        "sites_without_host",
        "sites_without_phone",
    ];
    let without = |known: fn(&Host) -> bool| {
        Value::Integer(answer.sites.iter().filter(|site| !site.host().is_some_and(known)).count() as u64)
    };
    let whole = &answer.summary;
    let values = vec![
        Value::Integer(whole.persons),
        Value::Integer(whole.communes_unknown.into()),
        Value::Integer(whole.joined),
        Value::Integer(whole.covered_before),
        Value::Integer(whole.covered_after),
        text(whole.measure.name()),
        measured(whole.value),
        measured(whole.bound),
        perhaps(whole.gap_percent),
        Value::Integer(whole.posts),
        Value::Integer(whole.existing_posts),
        Value::Integer(whole.cost_eur),
        perhaps(whole.minutes_before),
        perhaps(whole.minutes_after),
        without(|_| true),
        without(|host| host.phone.is_some()),
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
        // To a post, not to any venue.
        columns: ["code", "name"]
            .map(column)
            .into_iter()
            .chain([
                Column { name: "persons_left_out".into(), definition: definition("persons_out_of_reach") },
                Column { name: "minutes".into(), definition: definition("minutes_to_post") },
            ])
            .collect(),
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
        "measure",
        "value",
        "covered_after",
        "our_objective",
        "our_value",
        "our_covered_after",
        "ours_is_better_percent",
    ];
    let rows = answer.baselines.iter().map(|other| {
        vec![
            text(other.name),
            Value::Integer(other.posts),
            text(other.measure.name()),
            measured(other.value),
            Value::Integer(other.covered),
            text(other.goal.kind.name),
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
