//! The address of a venue outlives the numbering of its list: an id that the edition in force knows, and the new one does not,
//! leads on to the venue that took its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::text::fold_place;
use crate::domain::units::MOVED_M;
use crate::domain::{CommuneCode, Venue};

/// The venues of the edition in force, as far as addresses go.
#[derive(Debug, Default)]
pub struct Before {
    /// Its venues.
    pub venues: Vec<Venue>,
    /// Ids that lead to them.
    pub aliases: BTreeMap<String, String>,
}

/// Completes the aliases of a new edition with what ids of the one in force lead to: the venue that speaks for the same record
/// of the same list, or that has the same name at the same door. What took nobody's place stays unknown.
pub fn carry_on(before: &Before, venues: &[Venue], aliases: &mut BTreeMap<String, String>) {
    let ids: BTreeSet<&str> = venues.iter().map(|venue| venue.id.as_str()).collect();
    let mut records: BTreeMap<(&str, &str), &Venue> = BTreeMap::new();
    let mut doors: BTreeMap<(String, Option<CommuneCode>), Vec<&Venue>> = BTreeMap::new();
    for venue in venues {
        for account in &venue.provenance {
            records.entry((account.source.as_str(), account.record.as_str())).or_insert(venue);
        }
        doors.entry((fold_place(&venue.name), venue.commune)).or_default().push(venue);
    }
    let successor = |gone: &Venue| -> Option<String> {
        let same_record = gone.provenance.iter().find_map(|account| {
            let there = records.get(&(account.source.as_str(), account.record.as_str()))?;
            // A number that another place bears now proves nothing.
            (there.commune == gone.commune).then_some(*there)
        });
        let same_door = || {
            let at = |venue: &Venue| venue.location.own();
            let metres = |venue: &Venue| match (at(gone), at(venue)) {
                (Some(a), Some(b)) => a.geodesic_to(b).value(),
                _ => 0.0,
            };
            let there = doors.get(&(fold_place(&gone.name), gone.commune))?;
            let nearest = there.iter().min_by(|a, b| metres(a).total_cmp(&metres(b)))?;
            (metres(nearest) < MOVED_M).then_some(*nearest)
        };
        same_record.or_else(same_door).map(|venue| venue.id.clone())
    };
    let mut carried: BTreeMap<&str, String> = BTreeMap::new();
    for gone in before.venues.iter().filter(|v| !ids.contains(v.id.as_str()) && !aliases.contains_key(&v.id)) {
        if let Some(now) = successor(gone) {
            carried.insert(&gone.id, now);
        }
    }
    for (earlier, led) in &before.aliases {
        if ids.contains(earlier.as_str()) || aliases.contains_key(earlier) {
            continue;
        }
        let there = ids.contains(led.as_str()).then(|| led.clone());
        if let Some(now) = there.or_else(|| aliases.get(led).cloned()).or_else(|| carried.get(led.as_str()).cloned()) {
            carried.insert(earlier, now);
        }
    }
    aliases.extend(carried.into_iter().map(|(id, now)| (id.to_owned(), now)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Degrees, Location, Position, Provenance};

    fn at(id: &str, name: &str, lat: f64) -> Venue {
        let (seen, updated) = (None, None);
        let account = |source: &str, name: &str| Provenance {
            source: source.into(),
            record: id.into(),
            line: 2,
            name: name.into(),
            seen,
            updated,
            fields: Vec::new(),
        };
        Venue {
            commune: CommuneCode::parse("23096"),
            location: Location::Published(Position::new(Degrees { lon: 1.87, lat }).unwrap()),
            provenance: vec![account("liste", name)],
            ..Venue::new(id.into(), name.into())
        }
    }

    fn aliases(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(id, now)| ((*id).to_owned(), (*now).to_owned())).collect()
    }

    #[test]
    fn an_id_leads_to_the_same_name_at_the_same_door_however_often_its_list_is_numbered_anew() {
        let first = Before {
            venues: vec![
                at("v-1", "Mairie de Guéret", 46.17),
                at("v-2", "Mairie de Guéret", 46.18),
                at("v-3", "CCAS", 46.17),
            ],
            aliases: aliases(&[("v-0", "v-1"), ("v-9", "v-3")]),
        };
        let second =
            [at("w-1", "MAIRIE DE GUÉRET", 46.1801), at("w-2", "Mairie de Guéret", 46.1701), at("w-3", "CCAS", 46.3)];
        let mut found = BTreeMap::new();
        carry_on(&first, &second, &mut found);
        assert_eq!(found, aliases(&[("v-0", "w-2"), ("v-1", "w-2"), ("v-2", "w-1")]), "14 km are another door");
        let mut later = BTreeMap::new();
        carry_on(
            &Before { venues: second.to_vec(), aliases: found },
            &[at("x-7", "Mairie de Guéret", 46.17)],
            &mut later,
        );
        assert_eq!(
            later,
            aliases(&[("v-0", "x-7"), ("v-1", "x-7"), ("w-2", "x-7")]),
            "v-2's door has no name of today"
        );
    }

    #[test]
    fn a_record_goes_on_under_another_name_and_a_number_given_to_another_town_does_not() {
        let mut renamed = at("w-1", "Maison du numérique", 46.17);
        renamed.provenance[0].record = "v-1".into();
        let mut elsewhere = at("w-2", "Annexe", 46.17);
        elsewhere.provenance[0].record = "v-2".into();
        elsewhere.commune = CommuneCode::parse("87085");
        let before =
            Before { venues: vec![at("v-1", "CCAS", 46.17), at("v-2", "Mairie", 46.17)], aliases: BTreeMap::new() };
        let mut found = BTreeMap::new();
        carry_on(&before, &[renamed, elsewhere], &mut found);
        assert_eq!(found, aliases(&[("v-1", "w-1")]));
    }

    #[test]
    fn what_the_new_edition_knows_is_left_as_it_is() {
        let before = Before { venues: vec![at("v-1", "CCAS", 46.17)], aliases: aliases(&[("v-0", "v-1")]) };
        let same = before.venues.clone();
        let mut found = aliases(&[("v-0", "v-1")]);
        carry_on(&before, &same, &mut found);
        assert_eq!(found, aliases(&[("v-0", "v-1")]), "a build of the same lists gives the same edition");
    }
}
