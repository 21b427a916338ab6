//! From the header as it came to the official names of the columns.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::frame::trimmed;
use super::options::{Format, ReadOptions};
use crate::ingest::report::{Action, Code, Entry, FileRefused, SourceReport, shown};

/// Below this likeness (Jaro-Winkler) a name is no suggestion.
const LIKENESS: f64 = 0.75;

/// Gives each column its official name, in file order. `line` is where the header stands (`None` for JSON and Parquet).
pub(super) fn resolve(
    raw: &[String],
    line: Option<u32>,
    options: &ReadOptions,
    report: &mut SourceReport,
) -> Result<Vec<String>, FileRefused> {
    let refused = |code, message: String| {
        let refused = FileRefused::new(&options.file, code, message);
        if let Some(line) = line { refused.at_line(line) } else { refused }
    };
    if raw.len() > options.limits.columns {
        let message = format!("the header has {} columns, expected at most {}", raw.len(), options.limits.columns);
        return Err(refused(Code::TooManyColumns, message).hint("the setting is limits.columns"));
    }
    let mut names = Vec::with_capacity(raw.len());
    let mut renamed = Vec::new();
    for (position, name) in (1_u32..).zip(raw) {
        let Some(clean) = trimmed(name) else {
            if options.allow_unnamed_index && position == 1 && options.format == Format::Csv {
                names.push(String::new());
                continue;
            }
            let refused = refused(Code::UnnamedColumn, format!("column {position} has no name"));
            let refused = refused.at_column(position);
            return Err(if position == 1 {
                refused.hint("an index column must be declared with allow_unnamed_index")
            } else {
                refused
            });
        };
        let official = official_name(name, clean, raw, options);
        if official != *name {
            renamed.push((position, name, official.clone()));
        }
        names.push(official);
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (position, name) in (1..).zip(&names) {
        if let Some(first) = seen.insert(name, position) {
            let message = format!("columns {first} and {position} are both named `{}`", shown(name));
            return Err(refused(Code::DuplicateColumn, message).at_column(position as u32));
        }
    }
    for wanted in &options.required {
        if !seen.contains_key(wanted.as_str()) {
            let message = format!("column `{wanted}` is missing; the columns are {}", listed(&names));
            let refused = refused(Code::MissingColumn, message);
            return Err(match closest(wanted, &names) {
                Some(name) => refused.hint(format!("the closest name is `{}`", shown(name))),
                None => refused,
            });
        }
    }
    let mut adapted = |code, position, name: &str, reason| {
        let entry =
            Entry::new(code, Action::FileAdapted, reason).at_column(position).in_field(shown(name)).with_value(name);
        report.note(if let Some(line) = line { entry.at_line(line) } else { entry });
    };
    for (position, name, official) in renamed {
        adapted(
            Code::RenamedColumn,
            position,
            name,
            format!("column `{}` is read as `{}`", shown(name), shown(&official)),
        );
    }
    if let Some(known) = &options.known {
        for (position, name) in (1_u32..).zip(&names) {
            if !name.is_empty() && !known.contains(name) && !options.required.contains(name) {
                adapted(Code::UnknownColumn, position, name, format!("column `{}` is not used", shown(name)));
            }
        }
    }
    Ok(names)
}

/// The official name of a column, by documented ways only: it is official already; it is an alias; it differs from an
/// official name or an alias by case, accents or spaces around.
fn official_name(name: &str, clean: &str, header: &[String], options: &ReadOptions) -> String {
    let officials = || options.required.iter().chain(options.known.iter().flatten());
    if officials().any(|official| official == name) {
        return name.to_owned();
    }
    let folded = fold(clean);
    let by_fold = officials().find(|official| fold(official) == folded);
    let by_alias = || options.aliases.iter().find(|(alias, _)| fold(alias) == folded).map(|(_, official)| official);
    match by_fold.or_else(by_alias) {
        // Never two columns of one name: the official one wins, the variant keeps its own.
        Some(official) if !header.contains(official) => official.clone(),
        _ if options.trim_column_names => clean.to_owned(),
        _ => name.to_owned(),
    }
}

/// A name without accents, capitals and spaces around.
pub(super) fn fold(name: &str) -> String {
    name.trim().nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect()
}

fn closest<'n>(wanted: &str, names: &'n [String]) -> Option<&'n str> {
    let likeness = |name: &String| strsim::jaro_winkler(&fold(wanted), &fold(name));
    let best = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) >= LIKENESS).then_some(best)
}

/// The columns seen, at most twenty of them.
fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(20).map(|name| format!("`{}`", shown(name))).collect();
    let more = names.len() - shown.len();
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
