//! Which venues a visitor wants: the filter parameters that the API and the pages share.

use std::collections::BTreeSet;

use super::params::{Query, closest};
use super::problem::Problem;
use crate::atlas::{Atlas, VenueFilter};
use crate::domain::Level;
use crate::domain::vocabulary::{AccessMode, Audience, Fee, Programme, Service, Support, SupportMode, slug};

/// Every filter parameter. Each takes a list separated by commas, except `pass_numerique` (`true` or `false`).
pub const NAMES: &[&str] = &[
    "label",
    "service",
    "audience",
    "support",
    "fee",
    "access_mode",
    "support_mode",
    "pass_numerique",
    "departement",
    "epci",
    "region",
];

/// Reads the filter. Values of the closed lists may be written as slugs (`france-services`) or as the standard spells
/// them; `support` also takes the beginning of several values (`langues-etrangeres` is English and others, defect D5).
///
/// # Errors
/// 400 naming the parameter and what it takes: a value outside its list, or the code of no territory (defect D12).
pub fn venue_filter(query: &Query, atlas: &Atlas) -> Result<VenueFilter, Problem> {
    Ok(VenueFilter {
        programmes: closed(query, "label", Programme::ALL, Programme::official)?,
        services: closed(query, "service", Service::ALL, Service::official)?,
        audiences: closed(query, "audience", Audience::ALL, Audience::official)?,
        supports: closed(query, "support", Support::ALL, Support::official)?,
        fees: closed(query, "fee", Fee::ALL, Fee::official)?,
        access_modes: closed(query, "access_mode", AccessMode::ALL, AccessMode::official)?,
        support_modes: closed(query, "support_mode", SupportMode::ALL, SupportMode::official)?,
        pass_numerique: query.flag("pass_numerique")?,
        communes: communes(query, atlas)?,
        ..VenueFilter::default()
    })
}

/// Reads values of a closed list.
fn closed<T: Copy + PartialEq>(
    query: &Query,
    name: &str,
    all: &[T],
    official: fn(T) -> &'static str,
) -> Result<Vec<T>, Problem> {
    let mut wanted = Vec::new();
    let written = query.list(name)?;
    if written.is_empty() {
        return Ok(wanted);
    }
    let slugs: Vec<String> = all.iter().map(|value| slug(official(*value))).collect();
    for text in written {
        let typed = slug(text);
        // `gratuit` is a value and begins another: a whole spelling wins over beginnings.
        let whole = slugs.iter().position(|known| *known == typed);
        let begun = slugs.iter().enumerate().filter(|(_, known)| name == "support" && begins(known, &typed));
        let found: Vec<T> = whole.map_or_else(|| begun.map(|(i, _)| all[i]).collect(), |i| vec![all[i]]);
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
fn communes(query: &Query, atlas: &Atlas) -> Result<Option<BTreeSet<u32>>, Problem> {
    let mut inside: Option<BTreeSet<u32>> = None;
    for (name, level) in [("departement", Level::Departement), ("epci", Level::Epci), ("region", Level::Region)] {
        let codes = query.list(name)?;
        if codes.is_empty() {
            continue;
        }
        let mut members = BTreeSet::new();
        for code in codes {
            let found = atlas.communes_of(level, code).ok_or_else(|| unknown_code(name, code))?;
            members.extend(found);
        }
        inside = Some(inside.map_or_else(|| members.clone(), |before| &before & &members));
    }
    Ok(inside)
}

fn unknown_code(name: &str, code: &str) -> Problem {
    let detail = format!("no {name} of this edition has this code; codes are text, compared whole");
    Problem::parameter("unknown-code", name, code, detail)
}
