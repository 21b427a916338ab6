//! What tables of the programme say of a territory: states of posts, distributors, roadmaps, charter, initiatives. Whatever
//! no table says is unknown.

use super::fact::{Fact, Ground, Group};
use crate::atlas::Atlas;
use crate::domain::vocabulary::{Programme, Service};
use crate::domain::{Declaration, Measure, Venue, VenueIx};

/// The lines of tables about this very territory, the newest first.
#[must_use]
pub fn declared_in<'a>(atlas: &'a Atlas, ground: Ground<'_>, measure: Measure) -> Vec<&'a Declaration> {
    let about = |line: &&Declaration| line.measure == measure && line.level == ground.level && line.code == ground.code;
    let mut lines: Vec<&Declaration> = atlas.declarations().iter().filter(about).collect();
    lines.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.text.cmp(&b.text)));
    lines
}

/// A number that a table says of the territory: the newest; unknown when none does.
fn number(atlas: &Atlas, ground: Ground<'_>, group: Group, measure: Measure) -> Fact {
    let fact = Fact::new(group, measure.id(), measure.title(), measure.unit());
    match declared_in(atlas, ground, measure).first() {
        None => fact.sourced("aucune table dans cette édition"),
        Some(line) => {
            let decimals = u8::from(measure == Measure::Mobile4g);
            let note = line.until.map(|until| format!("jusqu’au {}", until.format("%d/%m/%Y"))).unwrap_or_default();
            let day = line.since;
            let fact = fact.measuring(line.value, decimals).from(atlas, &line.source).noting(note);
            if day.is_some() { fact.on(day) } else { fact }
        }
    }
}

/// States of posts.
pub(super) fn posts(atlas: &Atlas, ground: Ground<'_>) -> Vec<Fact> {
    const STATES: [Measure; 10] = [
        Measure::PostsPlanned,
        Measure::PostsRecruited,
        Measure::PostsTraining,
        Measure::PostsOccupied,
        Measure::PostsVacant,
        Measure::PostsReturned,
        Measure::PostsEnded,
        Measure::PostsEnding,
        Measure::Coordinators,
        Measure::Trained,
    ];
    STATES.into_iter().map(|measure| number(atlas, ground, Group::Posts, measure)).collect()
}

/// Distributors of the pass, and passes given.
pub(super) fn pass(atlas: &Atlas, ground: Ground<'_>) -> Vec<Fact> {
    [Measure::PassDistributors, Measure::PassGiven].map(|measure| number(atlas, ground, Group::Pass, measure)).into()
}

/// Mobile coverage.
pub(super) fn connectivity(atlas: &Atlas, ground: Ground<'_>) -> Vec<Fact> {
    vec![number(atlas, ground, Group::Connectivity, Measure::Mobile4g)]
}

/// The charter: who signed, when, and how far the four commitments are, by what venues say.
pub(super) fn charter(atlas: &Atlas, ground: Ground<'_>, venues: &[(VenueIx, &Venue)]) -> Vec<Fact> {
    let Some(line) = declared_in(atlas, ground, Measure::Charter).first().copied() else {
        let fact = Fact::new(Group::Charter, "charter", Measure::Charter.title(), "");
        return vec![fact.sourced("aucune table ne dit que ce territoire l’a signée")];
    };
    let signed = Fact::new(Group::Charter, "charter", Measure::Charter.title(), "");
    let signed = signed.saying(Some(line.text.clone().unwrap_or_else(|| "signée".into())));
    let signed = signed.from(atlas, &line.source).on(line.since);
    let open = || venues.iter().filter(|(_, venue)| venue.receives_public());
    let count = |holds: &dyn Fn(&Venue) -> bool| Some(open().filter(|(_, v)| holds(v)).count() as u64);
    let commitment = |id: &str, title: &str, number: Option<u64>| {
        let fact = Fact::new(Group::Charter, id, title, "lieux").counting(number).on(atlas.edition().as_of);
        fact.sourced("listes de lieux").of(format!("{} lieux ouverts au public", open().count()))
    };
    vec![
        signed,
        commitment(
            "charter_tools",
            "Outils pour les usagers : lieux avec accès internet ou matériel",
            count(&|venue| venue.services.contains(&Service::Access)),
        ),
        commitment(
            "charter_aidants",
            "Formation des aidants : lieux Aidants Connect",
            count(&|venue| venue.programmes.contains(&Programme::AidantsConnect)),
        ),
        commitment(
            "charter_pix",
            "PIX : lieux de certification",
            count(&|v| v.programmes.contains(&Programme::PixCertification)),
        ),
        commitment(
            "charter_pass",
            "Pass numérique : lieux qui l’acceptent",
            count(&|v| v.pass_numerique == Some(true)),
        ),
    ]
}

/// Initiatives, roadmaps and envelopes of a territory, and the initiatives of those that are like it, given as level and code: its own first.
#[must_use]
pub fn similar_initiatives<'a>(
    atlas: &'a Atlas,
    own: Ground<'_>,
    similar: &[(crate::domain::Level, String)],
) -> Vec<(&'a Declaration, bool)> {
    let mut found: Vec<(&Declaration, bool)> = Vec::new();
    for measure in [Measure::Initiative, Measure::Roadmap, Measure::Envelope] {
        found.extend(declared_in(atlas, own, measure).into_iter().map(|line| (line, true)));
    }
    for (level, code) in similar {
        let ground = Ground { level: Some(*level), code, communes: &[] };
        found.extend(declared_in(atlas, ground, Measure::Initiative).into_iter().map(|line| (line, false)));
    }
    found
}
