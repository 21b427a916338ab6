//! Which venues a visitor wants: the filter parameters that the API and the pages share.

use std::collections::BTreeSet;

use super::params::{Query, closest};
use super::problem::Problem;
use crate::atlas::filters::{FILTERS, Filter, Takes};
use crate::atlas::{Atlas, VenueFilter};
use crate::domain::vocabulary::slug;
use crate::domain::{CommuneIx, Level};

/// The levels a search can be kept to.
const WITHIN: [(&str, Level); 3] =
    [("departement", Level::Departement), ("epci", Level::Epci), ("region", Level::Region)];

/// Every filter parameter: those of [`FILTERS`], then the territories.
pub const NAMES: &[&str] = &{
    let mut names = [""; FILTERS.len() + WITHIN.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = if i < FILTERS.len() { FILTERS[i].name } else { WITHIN[i - FILTERS.len()].0 };
        i += 1;
    }
    names
};

/// Reads the filter. Values of the closed lists may be written as slugs (`france-services`) or as the standard spells
/// them; `support` also takes the beginning of several values (`langues-etrangeres` is English and others, defect D5).
///
/// # Errors
/// 400 naming the parameter and what it takes: a value outside its list, or the code of no territory (defect D12).
pub fn venue_filter(query: &Query, atlas: &Atlas) -> Result<VenueFilter, Problem> {
    let mut wanted = VenueFilter::default();
    wanted.communes = communes(query, atlas)?;
    for (rank, filter) in FILTERS.iter().enumerate() {
        for choice in choices(query, filter)? {
            wanted.ask(rank, choice);
        }
    }
    Ok(wanted)
}

/// The choices of a filter that are asked for.
fn choices(query: &Query, filter: &Filter) -> Result<Vec<usize>, Problem> {
    let name = filter.name;
    if filter.takes == Takes::Flag {
        return Ok(query.flag(name)?.map(|yes| usize::from(!yes)).into_iter().collect());
    }
    let mut wanted = Vec::new();
    let written = query.list(name)?;
    if written.is_empty() {
        return Ok(wanted);
    }
    let slugs: Vec<String> = (filter.choices)().into_iter().map(|choice| choice.slug).collect();
    for text in written {
        let typed = slug(text);
        // `gratuit` is a value and begins another: a whole spelling wins over beginnings.
        let whole = slugs.iter().position(|known| *known == typed);
        let beginnings = filter.takes == Takes::Beginnings;
        let begun = (0..slugs.len()).filter(|&i| beginnings && begins(&slugs[i], &typed));
        let found: Vec<usize> = whole.map_or_else(|| begun.collect(), |i| vec![i]);
        if found.is_empty() {
            let known: Vec<&str> = slugs.iter().map(String::as_str).collect();
            let hint = closest(&typed, &known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let detail = format!("`{name}` does not know this value{hint}");
            return Err(Problem::parameter("unknown-value", name, text, detail).allowing(slugs));
        }
        wanted.extend(found);
    }
    Ok(wanted)
}

/// Whether a slug begins with these words.
fn begins(known: &str, words: &str) -> bool {
    !words.is_empty() && known.strip_prefix(words).is_some_and(|rest| rest.starts_with('-'))
}

/// The communes of the wanted territories: any of the codes of one level, and all of the levels named.
fn communes(query: &Query, atlas: &Atlas) -> Result<Option<BTreeSet<CommuneIx>>, Problem> {
    let mut inside: Option<BTreeSet<CommuneIx>> = None;
    for (name, level) in WITHIN {
        let codes = query.list(name)?;
        if codes.is_empty() {
            continue;
        }
        let mut members = BTreeSet::new();
        for code in codes {
            let found = atlas.communes_of(level, code).ok_or_else(|| unknown_code(atlas, level, name, code))?;
            members.extend(found);
        }
        inside = Some(inside.map_or_else(|| members.clone(), |before| &before & &members));
    }
    Ok(inside)
}

fn unknown_code(atlas: &Atlas, level: Level, name: &str, code: &str) -> Problem {
    let hint = atlas.code_meant(level, code).map_or(String::new(), |code| format!("; did you mean {code}?"));
    let detail = format!("no {name} of this edition has this code; codes are text, compared whole{hint}");
    Problem::parameter("unknown-code", name, code, detail)
}
