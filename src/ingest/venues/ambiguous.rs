//! Communes that a row alone could not tell: its SIRET, or its address, may be known from another row of any list.

use std::collections::{BTreeMap, BTreeSet};

use super::Record;
use crate::domain::{CommuneIx, Flag, Location};
use crate::ingest::duplicates::Street;
use crate::ingest::reference::Reference;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// Communes by what leads to them; a clue of several communes is none.
type Clues<K> = BTreeMap<K, BTreeSet<CommuneIx>>;

/// Finds the commune of records whose postal code has several. `sirets` are establishments known from other lists.
pub fn settle(lists: &mut [(Vec<Record>, &mut SourceReport)], sirets: &Clues<String>, reference: &Reference) {
    let mut by_siret = sirets.clone();
    let mut by_address: Clues<(String, Street)> = Clues::new();
    for record in lists.iter().flat_map(|(records, _)| records) {
        let doubtful = [Flag::AmbiguousCommune, Flag::ContradictoryCommune];
        let Some(commune) = record.commune else { continue };
        if record.venue.flags.iter().any(|flag| doubtful.contains(flag)) {
            continue;
        }
        if let Some(siret) = &record.venue.pivot {
            by_siret.entry(siret.clone()).or_default().insert(commune);
        }
        if let Some(address) = address(record) {
            by_address.entry(address).or_default().insert(commune);
        }
    }
    let only = |communes: Option<&BTreeSet<CommuneIx>>, postcode: &str| -> Option<CommuneIx> {
        let served = reference.places.by_postcode(postcode);
        let fitting: Vec<CommuneIx> = communes?.iter().copied().filter(|commune| served.contains(commune)).collect();
        if let [one] = fitting[..] { Some(one) } else { None }
    };
    for (records, report) in lists {
        for record in records.iter_mut().filter(|r| r.venue.flags.contains(&Flag::AmbiguousCommune)) {
            let Some(postcode) = record.venue.postcode.clone() else { continue };
            let siret = record.venue.pivot.as_ref().and_then(|siret| only(by_siret.get(siret), &postcode));
            let same_address = || only(by_address.get(&address(record)?), &postcode);
            let Some((commune, clue)) =
                siret.map(|c| (c, "SIRET")).or_else(|| same_address().map(|commune| (commune, "address")))
            else {
                continue;
            };
            let found = &reference.communes[commune];
            let reason = format!("another row with this {clue} is in {} ({})", found.name, found.code);
            let entry = Entry::new(Code::CommuneAlias, Action::ValueRepaired, reason);
            report.note(entry.at_line(record.line).in_field("commune").with_value(&postcode));
            record.commune = Some(commune);
            record.venue.commune = Some(found.code);
            record.venue.locality.clone_from(&found.name);
            record.venue.flags.retain(|flag| *flag != Flag::AmbiguousCommune);
            if let (Location::Commune(_), Some(point)) = (record.venue.location, found.point) {
                record.venue.location = Location::Commune(point);
            }
        }
    }
}

/// Postal code and street with its number, where both are known.
fn address(record: &Record) -> Option<(String, Street)> {
    let street = Street::read(record.venue.address.as_deref()?, "");
    let postcode = record.venue.postcode.clone()?;
    (!street.numbers.is_empty() && !street.words.is_empty()).then_some((postcode, street))
}
