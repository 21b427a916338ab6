//! Labels with their validity, hubs, networks and operators of a territory.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::fact::{Fact, Ground, Group, grouped};
use super::supply::denominator;
use crate::atlas::Atlas;
use crate::domain::label::CONSEILLER_LABEL;
use crate::domain::vocabulary::Programme;
use crate::domain::{Venue, VenueIx};
use crate::editions::Snapshot;
use crate::monitoring::connectivity::{Case, NETWORK, Split};
use crate::monitoring::hubs::by_departement;
use crate::monitoring::operators::OPERATORS;
use crate::monitoring::overview::Overview;

/// Venues of each national programme today, and labels that have expired. A programme that no list at hand names anywhere is
/// unknown, not absent.
pub(super) fn labels(overview: &Overview, atlas: &Atlas, venues: &[(VenueIx, &Venue)], today: NaiveDate) -> Vec<Fact> {
    let fact = |id: String, title: String| {
        let fact = Fact::new(Group::Labels, id, title, "lieux").on(atlas.edition().as_of);
        fact.sourced("listes qui ont autorité sur le label, sinon toutes")
    };
    let mut facts: Vec<Fact> = Programme::ALL
        .iter()
        .map(|programme| {
            let is_named = overview.is_named(*programme);
            let inside = venues.iter().filter(|(_, venue)| venue.programmes.contains(programme));
            let known = is_named.then(|| inside.count() as u64);
            let id = format!("label_{}", programme.slug().replace('-', "_"));
            let fact = fact(id, programme.official().to_owned()).counting(known);
            if is_named { fact } else { fact.noting("Aucune liste de cette édition ne nomme ce label.") }
        })
        .collect();
    let labels = || venues.iter().flat_map(|(_, venue)| &venue.labels);
    facts.push(self_attested(overview, atlas, venues, today));
    let dated = labels().any(|label| label.until.is_some());
    let expired = labels().filter(|label| label.until.is_some_and(|until| until < today)).count() as u64;
    let title = "Labels dont la validité est passée".to_owned();
    let fact = fact("labels_expired".into(), title).counting(dated.then_some(expired)).on(Some(today));
    facts.push(if dated {
        fact
    } else {
        fact.noting("Aucune liste d’ici ne dit jusqu’à quand ses labels valent.")
    });
    facts
}

/// Venues whose label *conseiller numérique* still holds today: whoever bears it attests it alone, for a year.
fn self_attested(overview: &Overview, atlas: &Atlas, venues: &[(VenueIx, &Venue)], today: NaiveDate) -> Fact {
    let label = &CONSEILLER_LABEL;
    let title = format!("{}, en cours de validité", label.name);
    let fact = Fact::new(Group::Labels, "label_conseiller_self_attested", title, "lieux").on(Some(today));
    let fact = fact.sourced("listes de lieux ; le label est auto-attesté et vaut un an");
    if !overview.names_self_attested() {
        return fact.on(atlas.edition().as_of).noting("Aucune liste de cette édition ne nomme ce label.");
    }
    let holds = |venue: &Venue| {
        let mut own = venue.labels.iter().filter(|known| label.is_named(&known.label));
        own.any(|known| known.until.is_none_or(|until| today <= until))
    };
    let undated =
        |venue: &Venue| venue.labels.iter().any(|known| label.is_named(&known.label) && known.until.is_none());
    let unknown = venues.iter().filter(|(_, venue)| undated(venue)).count();
    let fact = fact.counting(Some(venues.iter().filter(|(_, venue)| holds(venue)).count() as u64));
    if unknown == 0 { fact } else { fact.noting(format!("Dont {unknown} sans aucune date : leur fin est inconnue.")) }
}

/// The hubs of a territory, and its départements without one.
pub(super) fn hubs(atlas: &Atlas, ground: Ground<'_>) -> Vec<Fact> {
    let source = atlas.hubs().first().map(|hub| hub.source.as_str());
    let fact = |id: &str, title: &str, unit| {
        let fact = Fact::new(Group::Hubs, id, title, unit);
        source
            .map_or_else(|| fact.clone().sourced("aucune liste dans cette édition"), |id| fact.clone().from(atlas, id))
    };
    let mut here: BTreeSet<&str> = BTreeSet::new();
    for &i in ground.communes {
        here.insert(&atlas.communes()[i].departement);
    }
    let all = by_departement(atlas);
    let inside = || all.iter().filter(|(territory, _)| here.contains(territory.code.as_str()));
    let mut names: Vec<&str> = inside().flat_map(|(_, hubs)| hubs.iter().map(|hub| hub.name.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    let listed = |keep: fn(usize) -> bool| {
        let kept = inside().filter(|(_, hubs)| keep(hubs.len()));
        kept.map(|(territory, _)| format!("{} ({})", territory.name, territory.code)).collect::<Vec<_>>()
    };
    let (without, several) = (listed(|hubs| hubs == 0), listed(|hubs| hubs > 1));
    let known = source.is_some();
    let said = |names: Vec<String>| if names.is_empty() { "aucun".to_owned() } else { names.join(", ") };
    vec![
        fact("hubs", "Hubs", "").saying(known.then(|| said(names.into_iter().map(ToOwned::to_owned).collect()))),
        fact("departements_without_hub", "Départements et collectivités sans hub", "")
            .saying(known.then(|| said(without))),
        fact("departements_with_several_hubs", "Départements avec plusieurs hubs", "")
            .saying(known.then(|| said(several))),
    ]
}

/// Network first or mediation first: communes and persons of each case.
pub(super) fn connectivity(snapshot: &Snapshot, ground: Ground<'_>) -> Vec<Fact> {
    let split = Split::kept(snapshot);
    let cases = split.map(|split| split.of(ground.communes));
    let indicator = snapshot.atlas.indicator(NETWORK);
    let day = indicator.map(|indicator| (indicator.source.clone(), indicator.vintage.clone()));
    let nowhere = || ("aucune source dans cette édition".to_owned(), String::new());
    let note = split.map(|split| {
        format!(
            "Réseau : part des locaux éligibles au très haut débit, médiane des communes {} %. Besoin : part des habitants \
             éloignés du numérique, médiane {} %. La 4G n’est dans aucune source de cette édition.",
            french(split.network),
            french(100.0 * split.need)
        )
    });
    let told = Case::ALL.iter().map(|(case, name, words)| {
        let persons = cases.and_then(|cases| cases.persons[*case as usize]);
        let communes = cases.map_or(0, |cases| cases.communes[*case as usize]);
        let title = format!("Personnes des communes « {words} »");
        let fact = Fact::new(Group::Connectivity, format!("connectivity_{name}"), title, "personnes").counting(persons);
        let (source, vintage) = day.clone().unwrap_or_else(nowhere);
        let fact =
            fact.sourced(source).on(vintage.parse().ok()).of(denominator(&snapshot.atlas, "personnes éloignées"));
        fact.noting(format!("{} communes. {}", grouped(communes.into()), note.clone().unwrap_or_default()))
    });
    told.collect()
}

fn french(value: f64) -> String {
    format!("{value:.1}").replace('.', ",")
}

/// Venues of operators.
pub(super) fn operators(overview: &Overview, atlas: &Atlas, venues: &[(VenueIx, &Venue)]) -> Vec<Fact> {
    let mut counts = [0_u64; OPERATORS.len()];
    for (ordinal, _) in venues.iter().filter(|(_, venue)| venue.receives_public()) {
        counts.iter_mut().zip(overview.operators(*ordinal)).for_each(|(count, is_of)| *count += u64::from(is_of));
    }
    let told = OPERATORS.iter().zip(counts).map(|(operator, count)| {
        let fact = Fact::new(Group::Operators, operator.id, operator.title, "lieux").counting(Some(count));
        let fact = fact.on(atlas.edition().as_of).sourced("listes de lieux, d’après le type ou le nom");
        fact.noting("Au moins : aucune liste nationale des opérateurs n’est dans cette édition.")
    });
    told.collect()
}
