//! Persons in need and how near they are; posts, France services, pass numérique.

use super::fact::{Fact, Ground, Group, grouped};
use crate::access::{Coverage, THRESHOLDS, Threshold};
use crate::atlas::Atlas;
use crate::atlas::figures::{Figure, FigureAt, Summary};
use crate::domain::{CommuneIx, Venue, VenueIx};
use crate::editions::Snapshot;
use crate::monitoring::lists::{self, DatedLists};
use crate::monitoring::overview::Overview;
use crate::monitoring::posts::{Posts, latest_list};

/// Figures of need and access, with the rank of their threshold.
const FIGURES: [(&str, usize); 15] = [
    ("communes", 0),
    ("population", 0),
    ("persons_in_need", 0),
    ("share_in_need", 0),
    ("share_within", 0),
    ("share_within", 1),
    ("share_within", 2),
    ("share_within", 3),
    ("persons_beyond", 2),
    ("minutes_median", 0),
    ("venues", 0),
    ("venues_per_10000_persons", 0),
    ("hours_per_person_year", 0),
    ("persons_served", 0),
    ("served_share", 0),
];

/// Persons in need, and how near they are to any venue.
pub(super) fn need(atlas: &Atlas, communes: &[CommuneIx], summary: Option<&Summary>) -> Vec<Fact> {
    let denominator = atlas.analysis().default_need(atlas).ok();
    let label = denominator.map_or("", |(preset, _)| preset.label);
    let figures =
        FIGURES.iter().filter_map(|(id, rank)| Some(FigureAt::new(Figure::named(id)?, Threshold::ALL[*rank])));
    let told = figures.map(|figure| {
        let mut fact = Fact::figure(Group::Need, &figure, summary, (atlas, communes));
        if figure.figure.id == "persons_in_need" {
            let interval = summary.and_then(|s| s.interval);
            fact.range = interval.map(|interval| (interval.shape.low as f64, interval.shape.high as f64));
            fact.note = "La fourchette est celle de la répartition, si le nombre national est juste.".into();
            if let Some(level) = interval.and_then(|interval| interval.level) {
                let words =
                    format!(" Selon le nombre national retenu : de {} à {}.", grouped(level.low), grouped(level.high));
                fact.note.push_str(&words);
            }
        }
        if figure.figure.unit.name() == "part" {
            let whole =
                if figure.figure.id == "share_in_need" { "population" } else { "personnes éloignées localisées" };
            fact.of = whole.into();
        }
        if !matches!(figure.figure.id, "communes" | "population" | "venues") {
            let of = if fact.of.is_empty() { String::new() } else { format!("{}, ", fact.of) };
            fact.of = format!("{of}{label}");
        }
        if figure.minutes().is_some_and(|minutes| minutes < 20) {
            fact.note = "À 10 minutes, de 3 à 6 points d’incertitude ; solide à partir de 20 minutes.".into();
        }
        fact
    });
    told.collect()
}

/// Posts of the latest list: who employs them, what the State pays.
pub(super) fn posts(atlas: &Atlas, ground: Ground<'_>, summary: Option<&Summary>) -> Vec<Fact> {
    let posts = Posts::of(atlas, ground.inside());
    let source = latest_list(atlas).map(|(id, _)| id);
    let fact = |id: &str, title: &str, unit| {
        let fact = Fact::new(Group::Posts, id, title, unit);
        match source {
            Some(id) => fact.from(atlas, id),
            None => fact.sourced("aucune liste dans cette édition"),
        }
    };
    let count = |read: fn(&Posts) -> u32| posts.as_ref().map(|posts| u64::from(read(posts)));
    let euros = |read: fn(&Posts) -> f64| posts.as_ref().map(read);
    let mean = |read: fn(&Posts) -> Option<f64>| posts.as_ref().and_then(read);
    let per_thousand = posts
        .as_ref()
        .zip(summary.and_then(|summary| summary.persons))
        .and_then(|(posts, persons)| (persons > 0).then(|| 1e3 * f64::from(posts.all.posts) / persons as f64));
    let mut facts = vec![
        fact("posts", "Postes validés", "postes").counting(count(|p| p.all.posts)).noting(
            "Un poste validé n’est pas un poste occupé ; il est compté dans le département que dit la liste, à la commune de \
             l’employeur.",
        ),
        fact("posts_structures", "Structures employeuses", "structures").counting(count(|p| p.all.structures)),
        fact("posts_communes", "Communes avec un poste", "communes").counting(count(|p| p.communes)),
        fact("posts_public", "Postes d’employeurs publics", "postes").counting(count(|p| p.public.posts)),
        fact("posts_private", "Postes d’employeurs privés", "postes").counting(count(|p| p.private.posts)),
        fact("posts_state_eur", "Argent de l’État", "€")
            .measuring(euros(|p| p.all.state_eur), 0)
            .noting("Montant estimatif de la liste, sur la durée des conventions."),
        fact("posts_public_mean_eur", "Argent de l’État par poste public", "€").measuring(mean(|p| p.public.mean_eur()), 0),
        fact("posts_private_mean_eur", "Argent de l’État par poste privé", "€").measuring(mean(|p| p.private.mean_eur()), 0),
        fact("posts_per_1000_persons", "Postes pour 1\u{202f}000 personnes éloignées", "pour 1\u{202f}000")
            .measuring(per_thousand, 3)
            .of(denominator(atlas, "personnes éloignées")),
    ];
    if let Some(Posts { unsaid, .. }) = posts.as_ref().filter(|posts| posts.unsaid.posts > 0) {
        let title = "Postes dont l’employeur n’est dit ni public ni privé";
        facts.push(fact("posts_unsaid", title, "postes").counting(Some(unsaid.posts.into())));
    }
    facts
}

/// France services: how many by the current list, and how far from everyone.
pub(super) fn france_services(snapshot: &Snapshot, ground: Ground<'_>, summary: Option<&Summary>) -> Vec<Fact> {
    let atlas = &snapshot.atlas;
    let dated = DatedLists::kept(snapshot).of(ground.inside());
    let source = atlas
        .edition()
        .sources
        .iter()
        .find(|source| source.present && source.role == "venues" && source.id.starts_with(lists::FRANCE_SERVICES));
    let fact = |id: String, title: String, unit| {
        let fact = Fact::new(Group::FranceServices, id, title, unit);
        source.map_or_else(
            || fact.clone().sourced("aucune liste dans cette édition"),
            |s| fact.clone().from(atlas, &s.id),
        )
    };
    let latest = source.and(dated.last()).map(|(_, rows)| u64::from(*rows));
    let venues = source.and(summary).map(|summary| u64::from(summary.counts.venues_france_services));
    let coverage = source.and(Overview::near_france_services(atlas, ground.communes));
    let mut facts = vec![
        fact("france_services_listed".into(), "Structures de la liste".into(), "structures").counting(latest),
        fact("venues_france_services".into(), "Lieux publiés qui en font partie".into(), "lieux")
            .counting(venues)
            .noting("Moins que la liste quand une même porte réunit deux structures, ou que l’une est dite fermée."),
    ];
    for rank in [2, 3] {
        let minutes = THRESHOLDS[rank].0 / 60;
        let title = format!("Part des personnes à moins de {minutes}\u{a0}minutes");
        let part = coverage.and_then(|coverage| share(&coverage, rank));
        let told = fact(format!("france_services_within_{minutes}_min"), title, "part").measuring(part, 6);
        facts.push(told.of(denominator(atlas, "personnes éloignées localisées, en voiture")));
    }
    let far = coverage.map(|coverage| coverage.persons - coverage.covered[3]);
    let title = "Personnes à plus de 30\u{a0}minutes".to_owned();
    facts.push(fact("france_services_beyond_30_min".into(), title, "personnes").counting(far));
    facts
}

/// Venues by what they say of the pass, and persons without one near.
pub(super) fn pass(atlas: &Atlas, ground: Ground<'_>, venues: &[(VenueIx, &Venue)]) -> Vec<Fact> {
    // Those that the figure « lieux » counts: a venue of no known commune belongs to no territory.
    let open = || venues.iter().filter(|(i, venue)| venue.receives_public() && atlas.venue_commune(*i).is_some());
    let count = |answer: Option<bool>| Some(open().filter(|(_, v)| v.pass_numerique == answer).count() as u64);
    let fact = |id: &str, title: &str, unit| {
        let fact = Fact::new(Group::Pass, id, title, unit).sourced("listes de lieux qui en parlent");
        fact.on(atlas.edition().as_of)
    };
    let (yes, unknown) = (count(Some(true)), count(None));
    let any = yes.is_some_and(|yes| yes > 0);
    let coverage = Overview::near_pass(atlas, ground.communes);
    let beyond = coverage.map(|coverage| coverage.persons - coverage.covered[2]);
    let all = open().count();
    let note = format!(
        "{} lieux sur {} ne disent rien du pass : ce désert peut n’être qu’un silence.",
        grouped(unknown.unwrap_or_default()),
        grouped(all as u64)
    );
    vec![
        fact("pass_accepting", "Lieux qui acceptent le pass", "lieux").counting(yes),
        fact("pass_refusing", "Lieux qui ne l’acceptent pas", "lieux").counting(count(Some(false))),
        fact("pass_unknown", "Lieux dont on ne sait pas", "lieux").counting(unknown),
        fact("pass_desert", "Personnes à plus de 20\u{a0}minutes d’un lieu dont on sait qu’il l’accepte", "personnes")
            .counting(beyond)
            .of(denominator(atlas, "personnes éloignées localisées, en voiture"))
            .noting(if any { note } else { format!("Aucun lieu d’ici ne dit l’accepter. {note}") }),
    ]
}

/// What a number is a part of, with the national number that it rests on.
pub(super) fn denominator(atlas: &Atlas, of: &str) -> String {
    let label = atlas.analysis().default_need(atlas).ok().map(|(preset, _)| preset.label);
    label.map_or_else(|| of.to_owned(), |label| format!("{of} ({label} en France)"))
}

fn share(coverage: &Coverage<4>, rank: usize) -> Option<f64> {
    (coverage.persons > 0).then(|| coverage.covered[rank] as f64 / coverage.persons as f64)
}
