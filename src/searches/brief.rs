//! A plan as a note that people go on writing: what it does, whom to call, who receives what, what stays out of reach, what
//! it rests on. The columns are those of the tables of the report; a note has fewer.

use std::cmp::Reverse;

use crate::atlas::Atlas;
use crate::domain::{CommuneCode, Level};
use crate::features::Value;
use crate::planning::{Answer, Area, Existing, Status};
use crate::tables::french;
use crate::tables::report::Report;
use crate::tables::table::{Row, Table, column, rounded, text};

use super::least;
use super::report::report;
use super::sentence::{percent, said, sentence, untold};
use super::sites;
use super::solve::Solved;
use super::there;

/// What the note says of each site.
const SITES: [&str; 9] = [
    "rank",
    "name",
    "commune_name",
    "new_posts",
    "cost_eur",
    "persons_assigned",
    "persons_gained",
    "minutes_before",
    "minutes_after",
];
/// Where a post that travels stops.
const STOPS: &str = "stops";
/// Whom to call.
const HOSTS: [&str; 8] =
    ["rank", "host", "commune_name", "host_address", "host_phone", "host_hours", "price_eur", "host_missing"];
/// Communes out of reach that are named.
const MOST_LEFT: usize = 20;

/// The note.
#[must_use]
pub fn brief(atlas: &Atlas, solved: &Solved) -> Report {
    let answer = &solved.answer;
    let whole = report(atlas, solved);
    let mut tables = vec![sentences(atlas, solved)];
    let of_sites = |name, title, ids: &[&'static str]| {
        let table = sites::table(atlas, answer);
        kept(Table { name, title, ..table }, ids)
    };
    let travels = solved.asked.request.itinerant.is_some();
    let columns: Vec<&'static str> = SITES.into_iter().chain(travels.then_some(STOPS)).collect();
    tables.push(in_names(atlas, of_sites("sites", "Les sites, du plus utile au moins utile", &columns)));
    tables.push(of_sites("hosts", "Qui accueille, qui appeler", &HOSTS));
    for table in whole.tables {
        match table.name {
            // A post that stays has no week to be told.
            "rounds" if answer.sites.iter().any(|site| site.round.len() > 1) => {
                tables.push(kept(table, &["rank", "stop", "name", "half_days", "minutes_from_stop_before"]));
            }
            "territories" => tables.push(shared_out(table, &solved.asked.request.territory)),
            "left_out" => {
                let left = kept(table, &["name", "persons_left_out", "minutes"]);
                let rows = left.rows.into_iter().take(MOST_LEFT).collect();
                tables.push(Table { title: "Personnes encore hors de portée, par commune", rows, ..left });
            }
            "sensitivity" | "alternatives" => tables.push(table),
            _ => (),
        }
    }
    Report { tables, ..whole }
}

/// Some columns of a table.
fn kept(table: Table, ids: &[&'static str]) -> Table {
    let ranks: Vec<usize> =
        ids.iter().filter_map(|id| table.columns.iter().position(|column| column.name == *id)).collect();
    let columns = ranks.iter().map(|&rank| table.columns[rank].clone()).collect();
    let row = |row: &Row| Row {
        place: row.place.clone(),
        values: ranks.iter().map(|&rank| short(&row.values[rank])).collect(),
    };
    Table { columns, rows: table.rows.iter().map(row).collect(), ..table }
}

/// The communes of the stops by their names: codes are for machines.
fn in_names(atlas: &Atlas, table: Table) -> Table {
    let name = |code: &str| {
        let commune = CommuneCode::parse(code).and_then(|code| atlas.places().by_code(code));
        commune.map_or_else(|| code.to_owned(), |commune| atlas.communes()[commune].name.clone())
    };
    let Some(rank) = table.columns.iter().position(|column| column.name == STOPS) else { return table };
    let named = |mut row: Row| {
        if let Value::List(codes) = &row.values[rank] {
            let names: Vec<String> = codes.iter().map(|code| name(code)).collect();
            row.values[rank] = text(names.join(", "));
        }
        row
    };
    Table { rows: table.rows.into_iter().map(named).collect(), ..table }
}

/// A value no finer than a reader needs.
fn short(value: &Value<'static>) -> Value<'static> {
    match value {
        Value::Number(number) => Value::Number(rounded(*number, 1)),
        other => other.clone(),
    }
}

/// The levels that share out the territory of the question.
fn shared_out(table: Table, area: &Area) -> Table {
    let levels: &[Level] = match area {
        Area::Nation => &[Level::Region, Level::Departement],
        Area::Territory { level: Level::Region, .. } => &[Level::Departement],
        _ => &[Level::Epci],
    };
    let told = |row: &Row| {
        let level = |level: &Level| row.values.first() == Some(&text(level.plural()));
        levels.iter().any(level)
    };
    let mut rows: Vec<Row> = table.rows.iter().filter(|row| told(row)).cloned().collect();
    // Within a level, who receives most comes first, as on the page.
    if let Some(posts) = table.columns.iter().position(|column| column.name == "new_posts") {
        let most = |row: &Row| match row.values[posts] {
            Value::Integer(posts) => posts,
            _ => 0,
        };
        let level = |row: &Row| levels.iter().position(|level| row.values.first() == Some(&text(level.plural())));
        rows.sort_by_key(|row| (level(row), Reverse(most(row))));
    }
    // Codes and the names of levels in addresses are for machines.
    let is_told = |name: &str| name != "code" && (levels.len() > 1 || name != "level");
    let told: Vec<bool> = table.columns.iter().map(|column| is_told(&column.name)).collect();
    let values = |row: Row| Row {
        values: row
            .values
            .into_iter()
            .zip(&told)
            .filter(|(_, told)| **told)
            .map(|(value, _)| in_words(value))
            .collect(),
        ..row
    };
    Table {
        title: "Qui reçoit quoi",
        rows: Vec::into_iter(rows).map(values).collect(),
        columns: table.columns.iter().zip(&told).filter(|(_, told)| **told).map(|(column, _)| column.clone()).collect(),
        ..table
    }
}

/// The level of a row of the nation as a reader says it.
fn in_words(value: Value<'static>) -> Value<'static> {
    let level = [(Level::Region, "région"), (Level::Departement, "département")];
    level.into_iter().find(|(level, _)| value == text(level.plural())).map_or(value, |(_, words)| text(words))
}

fn sentences(atlas: &Atlas, solved: &Solved) -> Table {
    let (answer, request) = (&solved.answer, &solved.asked.request);
    let Answer { summary, .. } = answer;
    let share = |part: u64| percent(100.0 * part as f64 / summary.persons.max(1) as f64);
    let mut said_of: Vec<String> = vec![
        sentence(summary, request),
        format!(
            "{} pour {}\u{a0}€ par an. À portée {}\u{a0}: {} des {} comptées, au lieu de {}.",
            french::count(summary.posts, "poste nouveau", "postes nouveaux"),
            french::integer(summary.cost_eur),
            there::of_one(request.existing),
            share(summary.covered_after),
            french::count(summary.persons, "personne", "personnes"),
            share(summary.covered_before),
        ),
        match summary.status {
            // Other stops might do better: what is proven is the choice among the rounds.
            Status::Optimal | Status::OptimalForTheLeast if request.itinerant.is_some() => {
                let stops = summary.any_rounds.map_or_else(
                    || "rien ne l'est des étapes de chacune".to_owned(),
                    |bound| {
                        format!("quelles que soient les étapes, la borne est {}", said(summary.measure, bound, request))
                    },
                );
                format!(
                    "Le choix des tournées est optimal parmi celles qui sont proposées\u{a0}: c'est démontré pour ces hypothèses\u{a0}; \
                     {stops}."
                )
            }
            Status::Optimal => "Le plan est optimal\u{a0}: c'est démontré pour ces hypothèses.".to_owned(),
            Status::OptimalForTheLeast => {
                "Pour le territoire le moins bien servi, le plan est optimal\u{a0}: c'est démontré pour ces hypothèses. Pour les suivants, \
                 rien n'est démontré."
                    .to_owned()
            }
            Status::WithinGap => format!(
                "Valeur {}, borne démontrée {}{}.",
                said(summary.measure, summary.value, request),
                said(summary.measure, summary.bound, request),
                if request.itinerant.is_some() { " parmi les tournées proposées" } else { "" }
            ),
            Status::FallsShort => "Ce qui est demandé n'est pas atteint.".to_owned(),
        },
    ];
    if request.itinerant.is_some() {
        said_of.push(
            "Qui est à portée d'une étape est compté comme à portée d'un poste, alors que le poste n'y est que quelques demi-journées \
             par semaine\u{a0}: voir les tournées."
                .to_owned(),
        );
    }
    if summary.stopped {
        said_of.push(
            "La montre a arrêté la recherche\u{a0}: la même question peut recevoir une autre réponse ailleurs."
                .to_owned(),
        );
    }
    said_of.extend(least::told(atlas, answer.least.as_ref(), request));
    said_of.extend(untold(answer, request));
    if let Area::Territory { level: Level::Departement, .. } = request.territory {
        said_of.push(format!(
            "Pour le schéma départemental d'accessibilité des services au public, un objectif chiffré de la dimension « temps et \
             facilité d'accès »\u{a0}: {} des personnes comptées à portée, au lieu de {}, pour {}\u{a0}€ par an. Les six autres \
             dimensions sont dans l'annexe du département (page « Suivi »).",
            share(summary.covered_after),
            share(summary.covered_before),
            french::integer(summary.cost_eur),
        ));
    }
    let of_posts = match request.existing {
        Existing::Posts => " Le poste existant est compté à la commune de son employeur.",
        _ => "",
    };
    said_of.push(format!(
        "Limites\u{a0}: personnes estimées, trajets estimés, lieux proposés sans avoir été consultés.{of_posts}"
    ));
    let row = |words: String| Row { place: None, values: vec![Value::Text(words.into())] };
    Table {
        name: "sentences",
        title: "Où placer les prochains postes",
        columns: vec![column("sentence")],
        rows: said_of.into_iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_note_is_one_of_the_table() {
        for id in SITES.into_iter().chain(HOSTS).chain([STOPS]) {
            assert!(sites::SITE_COLUMNS.iter().any(|column| column.id == id), "{id} would be left out without a word");
        }
    }
}
