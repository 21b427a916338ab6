//! The records behind each venue, back from the table of an edition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::PolarsResult;

use super::columns::ReadColumns;
use super::rows::{day, items, next, walk};
use crate::domain::venue::Provenance;

/// By the id of the venue.
pub fn provenance(table: &ReadColumns) -> PolarsResult<BTreeMap<String, Vec<Provenance>>> {
    let (mut source, mut record) = (walk(table.full_text("source")?), walk(table.full_text("record")?));
    let (mut line, mut fields) = (walk(table.whole("line")?), walk(table.text("fields")?));
    let (mut name, mut seen) = (walk(table.full_text("nom")?), walk(table.text("seen")?));
    let mut updated = walk(table.text("date_maj")?);
    let mut names = BTreeSet::new();
    let mut of_venues: BTreeMap<String, Vec<Provenance>> = BTreeMap::new();
    for venue in table.full_text("venue")? {
        let entry = Provenance {
            source: next!(source),
            record: next!(record),
            line: next!(line).unwrap_or_default(),
            name: next!(name),
            seen: day(next!(seen)),
            updated: day(next!(updated)),
            fields: items(next!(fields)).into_iter().map(|name| held(&mut names, name)).collect(),
        };
        of_venues.entry(venue).or_default().push(entry);
    }
    Ok(of_venues)
}

/// A name as it is held already, or from now on.
fn held(names: &mut BTreeSet<Arc<str>>, name: String) -> Arc<str> {
    if let Some(known) = names.get(name.as_str()) {
        return known.clone();
    }
    let name: Arc<str> = name.into();
    names.insert(name.clone());
    name
}
