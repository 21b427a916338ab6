//! Labels with their validity, hubs, networks and operators of a territory.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::fact::{Fact, Ground, Group};
use super::supply::denominator;
use crate::atlas::Atlas;
use crate::domain::vocabulary::Programme;
use crate::editions::Snapshot;
use crate::monitoring::connectivity::{Case, NETWORK, Split};
use crate::monitoring::freshness::venues_in;
use crate::monitoring::hubs::by_departement;

/// Venues of each national programme today, and labels that have expired. A programme that no list at hand names anywhere is
/// unknown, not absent.
pub(super) fn labels(atlas: &Atlas, ground: Ground<'_>, today: NaiveDate) -> Vec<Fact> {
    let fact = |id: String, title: String| {
        let fact = Fact::new(Group::Labels, id, title, "lieux").on(atlas.edition().as_of);
        fact.sourced("listes qui ont autorité sur le label, sinon toutes")
    };
    let mut facts: Vec<Fact> = Programme::ALL
        .iter()
        .map(|programme| {
            let is_named = atlas.venues().iter().any(|venue| {
                venue.programmes.contains(programme) || venue.labels.iter().any(|l| l.label == programme.official())
            });
            let inside = venues_in(atlas, ground.inside()).filter(|(_, venue)| venue.programmes.contains(programme));
            let known = is_named.then(|| inside.count() as u64);
            let id = format!("label_{}", programme.slug().replace('-', "_"));
            let fact = fact(id, programme.official().to_owned()).counting(known);
            if is_named { fact } else { fact.noting("Aucune liste de cette édition ne nomme ce label.") }
        })
        .collect();
    let labels = || venues_in(atlas, ground.inside()).flat_map(|(_, venue)| &venue.labels);
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
    let split: &Option<Split> = snapshot.kept(Split::new);
    let cases = split.as_ref().map(|split| split.of(ground.communes));
    let indicator = snapshot.atlas.indicator(NETWORK);
    let day = indicator.map(|indicator| (indicator.source.clone(), indicator.vintage.clone()));
    let nowhere = || ("aucune source dans cette édition".to_owned(), String::new());
    let note = split.as_ref().map(|split| {
        format!(
            "Réseau : part des locaux éligibles au très haut débit, médiane des communes {} %. Besoin : part des habitants \
             éloignés du numérique, médiane {} %. La 4G n’est dans aucune source de cette édition.",
            french(split.network),
            french(100.0 * split.need)
        )
    });
    let told = Case::ALL.iter().map(|(case, name, words)| {
        let persons = cases.map(|cases| cases.persons[*case as usize]);
        let communes = cases.map_or(0, |cases| cases.communes[*case as usize]);
        let title = format!("Personnes des communes « {words} »");
        let fact = Fact::new(Group::Connectivity, format!("connectivity_{name}"), title, "personnes").counting(persons);
        let (source, vintage) = day.clone().unwrap_or_else(nowhere);
        let fact =
            fact.sourced(source).on(vintage.parse().ok()).of(denominator(&snapshot.atlas, "personnes éloignées"));
        fact.noting(format!("{communes} communes. {}", note.clone().unwrap_or_default()))
    });
    told.collect()
}

fn french(value: f64) -> String {
    format!("{value:.1}").replace('.', ",")
}

/// Kinds of operators: name in answers, title, short codes of the standard, and words that a name holds.
const OPERATORS: [(&str, &str, &[&str], &[&str]); 5] = [
    ("operator_la_poste", "La Poste", &["LA_POSTE"], &["la poste", "bureau de poste"]),
    ("operator_france_travail", "France Travail", &["FT", "PE"], &["pole emploi", "france travail"]),
    ("operator_caf", "Caisses d’allocations familiales", &["CAF"], &["allocations familiales"]),
    ("operator_cpam", "Assurance maladie", &["CPAM"], &["assurance maladie", "cpam"]),
    ("operator_library", "Bibliothèques", &["BIB"], &["bibliotheque", "mediatheque"]),
];

/// Venues of operators: known by their kind or by their name, so at least so many.
pub(super) fn operators(atlas: &Atlas, ground: Ground<'_>) -> Vec<Fact> {
    let mut counts = [0_u64; OPERATORS.len()];
    for (_, venue) in venues_in(atlas, ground.inside()).filter(|(_, venue)| venue.receives_public()) {
        let name = crate::domain::text::fold(&venue.name);
        for (count, (_, _, kinds, words)) in counts.iter_mut().zip(OPERATORS) {
            let is_of = venue.typologies.iter().any(|kind| kinds.contains(&kind.as_str()))
                || words.iter().any(|words| name.contains(words));
            *count += u64::from(is_of);
        }
    }
    let told = OPERATORS.iter().zip(counts).map(|((id, title, ..), count)| {
        let fact = Fact::new(Group::Operators, *id, *title, "lieux").counting(Some(count)).on(atlas.edition().as_of);
        let fact = fact.sourced("listes de lieux, d’après le type ou le nom");
        fact.noting("Au moins : aucune liste nationale des opérateurs n’est dans cette édition.")
    });
    told.collect()
}
