//! Two plans, a plan and today, or two editions, counted with one measure: what the page and the API both tell.

use std::sync::Arc;

use serde_json::Map;

use super::sites::perhaps;
use crate::atlas::Atlas;
use crate::domain::Level;
use crate::features::Value;
use crate::planning::{Compared, ComparedTerritory, NewSite, Request, RequestError, Side, area_text, compare};
use crate::tables::french;
use crate::tables::report::Report;
use crate::tables::scope::Place;
use crate::tables::table::{Row, Spot, Table, column, number, text};

/// The tables of a comparison, the usual one first.
pub const TABLES: [&str; 4] = ["territories", "summary", "communes", "sites"];

/// One of two to compare, ready.
#[derive(Debug)]
pub struct Operand {
    /// What it was looked for with, or is asked to be counted with.
    pub measure: Option<Request>,
    /// Whether it is a plan: its measure goes before any other.
    pub is_plan: bool,
    /// What is new, and what closes.
    pub side: Side,
    /// The edition it belongs to, where that is not the one whose people count.
    pub elsewhere: Option<Arc<Atlas>>,
}

/// Two compared.
#[derive(Debug)]
pub struct Comparison {
    /// The question whose people, ways and existing places both are counted with.
    pub request: Request,
    /// Both, in the communes of the edition whose people count.
    pub sides: [Side; 2],
    /// What each has of its own edition.
    pub editions: [Option<String>; 2],
    /// The figures.
    pub compared: Compared,
    /// Which of the two says that.
    pub measured_by: usize,
    /// Whether this is the measure of whichever of the two says one.
    pub same_measure: bool,
}

/// Compares two, by the measure of the first plan, else of the first that says one.
///
/// # Errors
/// Two that are both no plan and name two territories: what is there today is compared with itself. The field of the measure that leaves the two without a comparison; `None` when neither says a measure.
pub fn compared(atlas: &Atlas, operands: [Operand; 2]) -> Result<Comparison, Option<RequestError>> {
    let of_plan = operands.iter().position(|one| one.is_plan);
    let measured_by = of_plan.or_else(|| operands.iter().position(|one| one.measure.is_some())).ok_or(None)?;
    let request = operands[measured_by].measure.clone().ok_or(None)?;
    let elsewhere =
        operands.iter().filter_map(|one| one.measure.as_ref()).find(|own| own.territory != request.territory);
    if let Some(other) = elsewhere.filter(|_| of_plan.is_none()) {
        let first = area_text(&request.territory);
        let message = format!("the other is of {first}; expected the same territory of both, or a plan");
        return Err(Some(RequestError::new("territory", area_text(&other.territory), message)));
    }
    let same_measure = operands.iter().filter_map(|one| one.measure.as_ref()).all(|own| own.counts_like(&request));
    let editions = operands.each_ref().map(|one| one.elsewhere.as_ref().map(|other| other.edition().id.clone()));
    let sides = operands.map(|one| match one.elsewhere {
        Some(other) => one.side.of_edition(&other, atlas, &request),
        None => one.side,
    });
    let compared = compare(atlas, &request, [&sides[0], &sides[1]]).map_err(Some)?;
    Ok(Comparison { request, sides, editions, compared, measured_by, same_measure })
}

/// « B a 1 200 personnes à portée de plus que A, avec 2 postes de moins. 4 sites sont dans les deux. »
#[must_use]
pub fn sentence_of(compared: &Compared, sides: [&Side; 2]) -> String {
    let [_, first, second] = compared.covered;
    let covers = match second.cmp(&first) {
        std::cmp::Ordering::Equal => "A et B ont autant de personnes à portée".to_owned(),
        std::cmp::Ordering::Greater => {
            format!("B a {} à portée de plus que A", french::count(second - first, "personne", "personnes"))
        }
        std::cmp::Ordering::Less => {
            format!("B a {} à portée de moins que A", french::count(first - second, "personne", "personnes"))
        }
    };
    let [one, other] = sides.map(Side::posts);
    let with = match other.cmp(&one) {
        _ if one + other == 0 => String::new(),
        std::cmp::Ordering::Equal => format!(", avec autant de postes nouveaux ({})", french::integer(one)),
        std::cmp::Ordering::Greater => format!(", avec {} de plus", french::count(other - one, "poste", "postes")),
        std::cmp::Ordering::Less => format!(", avec {} de moins", french::count(one - other, "poste", "postes")),
    };
    let both = match (compared.shared.len(), one, other) {
        (_, 0, _) | (_, _, 0) => String::new(),
        (0, ..) => " Aucun site n'est dans les deux.".to_owned(),
        (1, ..) => " Un seul site est dans les deux.".to_owned(),
        (many, ..) => format!(" {many} sites sont dans les deux."),
    };
    format!("{covers}{with}.{both}")
}

/// The comparison as tables; the one of this name is shown. `choices` are those of the address.
#[must_use]
pub fn report(atlas: &Atlas, found: &Comparison, choices: Vec<(&'static str, String)>, shown: &str) -> Report {
    let Comparison { request, sides, editions, compared, same_measure, .. } = found;
    let mut basis = Map::new();
    basis.insert("sentence".into(), sentence_of(compared, [&sides[0], &sides[1]]).into());
    basis.insert("measure".into(), request.to_json());
    basis.insert("same_measure".into(), (*same_measure).into());
    basis.insert("idle_closures".into(), compared.idle_closures.into());
    let of_editions = editions.iter().map(|id| id.clone().map_or(serde_json::Value::Null, Into::into));
    basis.insert("editions".into(), of_editions.collect());
    Report {
        subject: "comparison",
        place: super::report::place(atlas, &request.territory),
        choices,
        basis,
        tables: vec![territories(atlas, compared), summary(found), communes(atlas, compared), sites(atlas, found)],
        shown: TABLES.iter().position(|name| *name == shown).unwrap_or(0),
    }
}

const OF_TERRITORY: [&str; 10] = [
    "level",
    "code",
    "name",
    "new_posts_a",
    "new_posts_b",
    "persons_counted",
    "covered_today",
    "covered_a",
    "covered_b",
    "covered_difference",
];

fn territories(atlas: &Atlas, compared: &Compared) -> Table {
    let row = |of: &ComparedTerritory| {
        let place = of.code.as_ref().and_then(|code| Place::find(atlas, of.level, code));
        let mut values = vec![
            text(of.level.plural()),
            of.code.as_ref().map_or(Value::Unknown, |code| text(code.as_str())),
            text(place.map_or_else(|| "Inconnu : hors de tout territoire de ce niveau".to_owned(), |place| place.name)),
            Value::Integer(of.posts[0]),
            Value::Integer(of.posts[1]),
        ];
        values.extend(persons(of.persons, of.covered));
        Row { place: of.code.clone().map(|code| Spot::Territory(of.level, code)), values }
    };
    Table {
        name: TABLES[0],
        title: "Par territoire",
        columns: OF_TERRITORY.map(column).into(),
        rows: compared.territories.iter().map(row).collect(),
    }
}

/// Communes where the two differ: the map of the difference.
fn communes(atlas: &Atlas, compared: &Compared) -> Table {
    let names = ["code", "name", "persons_counted", "covered_today", "covered_a", "covered_b", "covered_difference"];
    let differing = compared.communes.iter().filter(|(_, _, covered)| covered[1] != covered[2]);
    let rows = differing.map(|&(commune, all, covered)| {
        let commune = &atlas.communes()[commune];
        let mut values = vec![text(commune.code.to_string()), text(commune.name.as_str())];
        values.extend(persons(all, covered));
        Row { place: Some(Spot::Territory(Level::Commune, commune.code.to_string())), values }
    });
    Table { name: TABLES[2], title: "Communes qui diffèrent", columns: names.map(column).into(), rows: rows.collect() }
}

/// Persons who count, those within reach today and under each, and how many more the second has.
fn persons(all: u64, covered: [u64; 3]) -> Vec<Value<'static>> {
    let [today, first, second] = covered;
    let more = number(Some(second as f64 - first as f64), 0);
    vec![Value::Integer(all), Value::Integer(today), Value::Integer(first), Value::Integer(second), more]
}

fn summary(found: &Comparison) -> Table {
    let Comparison { sides, compared, .. } = found;
    let names = [
        "persons_counted",
        "communes_not_counted",
        "covered_today",
        "covered_a",
        "covered_b",
        "covered_difference",
        "minutes_today",
        "minutes_a",
        "minutes_b",
        "new_posts_a",
        "new_posts_b",
        "cost_eur_a",
        "cost_eur_b",
        "sites_shared",
    ];
    let mut values = persons(compared.persons, compared.covered);
    values.insert(1, Value::Integer(compared.unknown.into()));
    values.extend(compared.minutes.map(perhaps));
    values.extend(sides.each_ref().map(|side| Value::Integer(side.posts())));
    values.extend(sides.each_ref().map(|side| side.cost_eur().map_or(Value::Unknown, Value::Integer)));
    values.push(Value::Integer(compared.shared.len() as u64));
    let row = Row { place: None, values };
    Table { name: TABLES[1], title: "Ensemble", columns: names.map(column).into(), rows: vec![row] }
}

fn sites(atlas: &Atlas, found: &Comparison) -> Table {
    let Comparison { sides, compared, .. } = found;
    let names = ["side", "id", "name", "commune", "longitude", "latitude", "new_posts"];
    let row = |side: &'static str, site: &NewSite| {
        let first = site.stops.first();
        let commune = first.and_then(|(_, commune)| *commune);
        let values = vec![
            text(side),
            text(site.id.as_str()),
            text(site.name.as_str()),
            commune.map_or(Value::Unknown, |commune| text(atlas.communes()[commune].code.to_string())),
            number(first.map(|(at, _)| at.lon()), 6),
            number(first.map(|(at, _)| at.lat()), 6),
            Value::Integer(site.posts),
        ];
        Row { place: first.map(|(at, _)| Spot::Point(*at, format!("{side}-{}", site.id))), values }
    };
    let in_both = |which: usize, rank: usize| compared.shared.iter().any(|pair| [pair.0, pair.1][which] == rank);
    let first = sides[0].sites.iter().enumerate();
    let first = first.map(|(rank, site)| row(if in_both(0, rank) { "both" } else { "a" }, site));
    let second = sides[1].sites.iter().enumerate().filter(|(rank, _)| !in_both(1, *rank));
    Table {
        name: TABLES[3],
        title: "Sites",
        columns: names.map(column).into(),
        rows: first.chain(second.map(|(_, site)| row("b", site))).collect(),
    }
}
