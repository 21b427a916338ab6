//! A first description of a list, from its header and its first rows: what is recognised as keys, the rest as comments for
//! whoever finishes it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::shape::{Look, look, plain, profile_of, synonyms};
use crate::ingest::clean::columns::{Which, days_of};
use crate::ingest::report::Code;
use crate::ingest::source::{FileFormat, Source, read_descriptions};
use crate::ingest::table::Row;

/// Rows whose values are looked at.
const LOOKED_AT: usize = 500;
/// Share of the rows that must differ in a column for it to identify them.
const DISTINCT: f64 = 0.999;
/// Words of columns whose numbers and addresses are those of a person, or of a machine, and not of the place.
const PRIVATE: [&str; 12] = [
    "perso",
    "personnel",
    "personnelle",
    "prive",
    "privee",
    "fax",
    "telecopie",
    "responsable",
    "directeur",
    "directrice",
    "referent",
    "maire",
];

/// Proposes a TOML for a file of this name. `data` may hold descriptions whose names of columns are learnt from.
///
/// # Errors
/// Why the file cannot be read, in one line.
pub fn propose(bytes: &[u8], file: &str, data: &Path) -> Result<String, String> {
    let known: Vec<Source> = read_descriptions(&data.join("sources")).unwrap_or_default();
    let look = look(bytes, file).map_err(|refused| refused.to_string())?;
    let columns = look.table.column_names();
    let profile = profile_of(columns);
    let found = found(&look, &synonyms(&known), profile.is_some());
    let mut out = String::new();
    let id = crate::domain::vocabulary::slug(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    line("# Proposé par `mediane new-source`. Les lignes commencées par # sont à compléter ou à effacer.");
    line(&format!("id = {}            # et le nom de ce fichier, sans .toml ; finir par la date", quoted(&id)));
    line("title = \"…\"");
    line("publisher = \"…\"");
    line("licence = \"Licence Ouverte 2.0\"   # à vérifier auprès du producteur");
    line("vintage = \"2000-01-01\"            # jour que le fichier décrit");
    line("url = \"\"                          # adresse officielle");
    line(&format!("file = {}", quoted(&format!("venues/{file}"))));
    line("role = \"venues\"");
    line(&format!("format = {}", quoted(look.format.name())));
    if look.format == FileFormat::Csv {
        line(&format!("separator = {}", separator(&look)));
    }
    for entry in &look.report.entries {
        if matches!(entry.code, Code::GuessedEncoding | Code::TitleLines | Code::MixedEncoding) {
            line(&format!("# {}", entry.reason));
        }
    }
    line(&format!("profile = {}", quoted(profile.map_or("survey", |profile| profile.name()))));
    line("priority = 100                    # le plus petit l'emporte quand deux listes disent autre chose d'un lieu");
    line(&identification(&look, &found.columns));
    if found.lambert {
        line("crs = \"EPSG:2154\"               # les coordonnées sont des mètres");
    }
    line("# authority = [\"france-services\"] # si cette liste décide qui appartient à un programme");
    line("# rows_are_places = true          # si deux lignes ne sont jamais le même lieu");
    line("# structures = true               # si les adresses sont des sièges");
    line("\n[columns]");
    for (field, column) in &found.columns {
        line(&format!("{field} = {}{}", quoted(column), example(&look, column)));
    }
    if !found.days.is_empty() {
        line("\n[joins]");
        line(&format!("horaires = [{}]", found.days.iter().map(|day| quoted(day)).collect::<Vec<_>>().join(", ")));
    }
    if !found.unknown.is_empty() {
        line("\n# Colonnes que rien ne reconnaît : donner un champ du standard, ou laisser de côté.");
        for column in &found.unknown {
            line(&format!("# … = {}{}", quoted(column), example(&look, column)));
        }
    }
    if profile.is_none() {
        line("\n# [[rules]]                       # un texte d'une colonne qui vaut une valeur du standard");
        line("# field = \"services\"\n# columns = [\"…\"]\n# terms = [\"…\"]");
        line("# value = \"Aide aux démarches administratives\"");
    }
    Ok(out)
}

/// What the header and the first rows tell.
struct Found {
    /// Field → column.
    columns: BTreeMap<&'static str, String>,
    /// Columns of hours, day by day.
    days: Vec<String>,
    /// Columns nobody recognises.
    unknown: Vec<String>,
    /// The coordinates are metres.
    lambert: bool,
}

fn found(look: &Look, synonyms: &BTreeMap<String, &'static str>, has_profile: bool) -> Found {
    let mut columns: BTreeMap<&'static str, String> = BTreeMap::new();
    let (mut days, mut unknown) = (Vec::new(), Vec::new());
    let names: Vec<&str> = look.table.column_names().iter().map(String::as_str).collect();
    let said = days_of(&names);
    for (at, name) in look.table.column_names().iter().enumerate() {
        let words = plain(name);
        // Hours that are not those of every week are left to whoever finishes the description.
        match &said[at] {
            Some((_, Which::All | Which::Closing | Which::Selected(_))) if !has_profile => {
                days.push(name.clone());
                continue;
            }
            Some((_, Which::Unclear)) if !has_profile => {
                unknown.push(name.clone());
                continue;
            }
            _ => {}
        }
        let by_name = synonyms.get(&words).copied();
        let is_private = PRIVATE.iter().any(|private| words.split(' ').any(|word| word == *private));
        let field = by_name.or_else(|| if is_private { None } else { by_values(look, name) });
        match field {
            // The profile reads a column of the field's own name without being told.
            Some(field) if has_profile && field == name => {}
            Some(field) if !columns.contains_key(field) => {
                columns.insert(field, name.clone());
            }
            _ if is_standard(name) => {}
            _ => unknown.push(name.clone()),
        }
    }
    let metres = |text: &str| text.replace(',', ".").parse::<f64>().is_ok_and(|number| number.abs() > 10_000.0);
    let lambert = columns.get("longitude").is_some_and(|column| most(look, column, metres));
    Found { columns, days, unknown, lambert }
}

fn is_standard(name: &str) -> bool {
    crate::ingest::standard_columns::standard_column(name).is_some()
}

/// Whether a value can be that of a field.
type Holds<'a> = &'a dyn Fn(&str) -> bool;

/// The field that the values of a column can only be.
fn by_values(look: &Look, column: &str) -> Option<&'static str> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let number = |text: &str| text.replace(',', ".").trim().parse::<f64>().ok();
    let checks: [(&'static str, Holds<'_>); 6] = [
        ("courriels", &|text| text.contains('@') && !text.contains(' ')),
        ("site_web", &|text| text.starts_with("http") || text.starts_with("www.")),
        ("pivot", &|text| digits(text) == 14 && text.chars().all(|c| c.is_ascii_digit() || c == ' ')),
        ("telephone", &|text| digits(text) == 10 && text.starts_with('0') && !text.contains('/')),
        ("latitude", &|text| text.contains(['.', ',']) && number(text).is_some_and(|n| (41.0..51.5).contains(&n))),
        ("longitude", &|text| text.contains(['.', ',']) && number(text).is_some_and(|n| (-5.5..9.7).contains(&n))),
    ];
    checks.into_iter().find(|(_, holds)| most(look, column, holds)).map(|(field, _)| field)
}

/// Whether nine in ten of the filled cells of a column, and three at least, are so.
fn most(look: &Look, column: &str, holds: impl Fn(&str) -> bool) -> bool {
    let filled: Vec<&str> = rows(look).filter_map(|row| row.text(column)).collect();
    let so = filled.iter().filter(|text| holds(text)).count();
    filled.len() >= 3 && so * 10 >= filled.len() * 9
}

fn rows(look: &Look) -> impl Iterator<Item = Row<'_>> {
    look.table.rows().take(LOOKED_AT)
}

/// What identifies a row: a column that differs in all of them, or a warning.
fn identification(look: &Look, columns: &BTreeMap<&'static str, String>) -> String {
    let id = columns.get("id").map_or("id", String::as_str);
    let filled: Vec<&str> = look.table.rows().filter_map(|row| row.text(id)).collect();
    let distinct: std::collections::BTreeSet<&str> = filled.iter().copied().collect();
    let all = look.table.len();
    if filled.len() == all && distinct.len() as f64 >= DISTINCT * all as f64 {
        return "key = [\"id\"]".to_owned();
    }
    if filled.is_empty() {
        return "# key : aucune colonne n'identifie les lignes ; une enquête s'en passe (nom, code postal et adresse)"
            .to_owned();
    }
    format!(
        "# key = [\"id\"] : {} lignes sur {all} remplissent « {id} », {} valeurs distinctes ; ajouter un champ ?",
        filled.len(),
        distinct.len()
    )
}

/// The separator that was found, as TOML writes it.
fn separator(look: &Look) -> &'static str {
    let guessed = look.report.entries.iter().find(|entry| entry.code == Code::GuessedSeparator);
    match guessed.and_then(|entry| entry.value.as_deref()) {
        Some("`;`") => "\";\"",
        Some("TAB") => "\"\\t\"",
        _ => "\",\"",
    }
}

/// The first value of a column, as a comment.
fn example(look: &Look, column: &str) -> String {
    let first = rows(look).find_map(|row| row.text(column)).unwrap_or("jamais remplie");
    let mut out = String::from("   # ");
    for c in first.chars().take(50) {
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
