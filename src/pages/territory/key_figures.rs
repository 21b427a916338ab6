//! The five figures at the top of a territory page, each in words, with the parent's value and its definition.

use chrono::{Days, NaiveDate};

use crate::access::doubt_of_shares;
use crate::atlas::figures::Summary;
use crate::domain::{Venue, VenueIx};
use crate::pages::figures::{UNKNOWN, words};
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::Lens;

/// Days after which a venue is no longer up to date.
const FRESH_DAYS: u64 = 365;

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFigure {
    /// What it is.
    pub title: String,
    /// The number.
    pub value: String,
    /// Sentences around it.
    pub details: Vec<String>,
    /// The parent's value: « Nouvelle-Aquitaine : 20,1 % ».
    pub parent: Option<String>,
    /// Its place in the page of definitions.
    pub anchor: &'static str,
}

/// How old the news of the venues of a territory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Freshness {
    /// Updated in the year before the edition.
    pub fresh: u64,
    /// Without a date.
    pub undated: u64,
}

/// A territory and what the atlas knows of it.
pub struct Known<'a> {
    /// The territory.
    pub place: &'a Place,
    /// Its figures.
    pub summary: &'a Summary,
}

impl Known<'_> {
    /// A figure in words, at the threshold of the page where it has one.
    fn words(&self, lens: &Lens<'_>, id: &str) -> String {
        words(&lens.figure(id), self.summary)
    }
}

/// The five figures.
#[must_use]
pub fn key_figures(lens: &Lens<'_>, own: &Known<'_>, parent: Option<&Known<'_>>) -> Vec<KeyFigure> {
    let beside = |value: &dyn Fn(&Known<'_>) -> String| {
        parent.map(|parent| format!("{}\u{a0}: {}", parent.place.name, value(parent)))
    };
    let (mode, minutes) = (lens.view.mode.words(), lens.view.minutes());
    vec![
        KeyFigure {
            title: "Personnes éloignées du numérique (estimation)".into(),
            value: if own.summary.is_outside_the_survey() {
                "hors champ".into()
            } else {
                own.words(lens, "persons_in_need")
            },
            details: if own.summary.is_outside_the_survey() {
                vec![OUTSIDE.into()]
            } else {
                vec![interval(lens, own), shares(lens, own)]
            },
            parent: beside(&|known| match known.words(lens, "share_in_need") {
                unknown if unknown == UNKNOWN => unknown,
                share => format!("{share} des habitants"),
            }),
            anchor: "besoin",
        },
        KeyFigure {
            title: format!("à moins de {minutes}\u{a0}minutes {mode} d'un lieu d'aide (estimation)"),
            value: own.words(lens, "share_within"),
            details: std::iter::once(beyond(lens, own)).chain(doubt(lens)).collect(),
            parent: beside(&|known| known.words(lens, "share_within")),
            anchor: "couverture",
        },
        KeyFigure {
            title: "par personne éloignée du numérique et par an (estimation)".into(),
            value: own.words(lens, "hours_per_person_year"),
            details: vec![format!(
                "Heures d'ouverture que se partagent les personnes à moins de 30\u{a0}minutes {mode}. C'est un maximum : \
                 un lieu ouvert n'aide pas toujours."
            )],
            parent: beside(&|known| known.words(lens, "hours_per_person_year")),
            anchor: "heures",
        },
        venues(lens, own, beside(&|known| per_ten_thousand(lens, known, "venues_per_10000_persons"))),
        KeyFigure {
            title: "Postes de conseillers numériques".into(),
            value: own.words(lens, "posts"),
            details: vec![format!("{}.", per_ten_thousand(lens, own, "posts_per_10000_persons"))],
            parent: beside(&|known| per_ten_thousand(lens, known, "posts_per_10000_persons")),
            anchor: "postes",
        },
    ]
}

/// How far the share may be off, at thresholds where the estimate of minutes matters.
fn doubt(lens: &Lens<'_>) -> Option<String> {
    let doubt = doubt_of_shares(lens.view.threshold)?;
    Some(format!("Cette part vaut {doubt} : les minutes sont estimées."))
}

/// Of how many persons the share is, and how many live farther.
fn beyond(lens: &Lens<'_>, own: &Known<'_>) -> String {
    let summary = own.summary;
    if summary.known(summary.coverage.persons).is_none_or(|located| located == 0) {
        return match summary.population {
            _ if own.summary.is_outside_the_survey() => {
                "Le besoin est hors champ : il n'y a pas de part à calculer.".into()
            }
            Some(0) => "Personne n'habite ici.".into(),
            Some(_) => "Le besoin n'est pas connu : il n'y a pas de part à calculer.".into(),
            None => "La population n'est pas connue.".into(),
        };
    }
    let farther = match lens.figure("persons_beyond").of(summary).value() {
        Some(some) if some > 0.0 => french::count(some as u64, "personne vit", "personnes vivent"),
        _ => "Personne ne vit".into(),
    };
    format!("des {} personnes éloignées du numérique. {farther} plus loin.", own.words(lens, "persons_located"))
}

fn per_ten_thousand(lens: &Lens<'_>, known: &Known<'_>, id: &str) -> String {
    format!("{} pour 10\u{202f}000 personnes éloignées du numérique", known.words(lens, id))
}

fn venues(lens: &Lens<'_>, own: &Known<'_>, parent: Option<String>) -> KeyFigure {
    let Freshness { fresh, undated } = freshness(lens, own.place);
    let undated = if undated == 0 { String::new() } else { format!(", {} sans date", french::integer(undated)) };
    KeyFigure {
        title: "Lieux d'aide ouverts au public".into(),
        value: own.words(lens, "venues"),
        details: vec![
            format!(
                "dont {} moins d'un an avant la date de l'édition{undated}.",
                french::count(fresh, "cité", "cités")
            ),
            format!("{}.", per_ten_thousand(lens, own, "venues_per_10000_persons")),
        ],
        parent,
        anchor: "lieux",
    }
}

/// What is said where the survey did not go.
const OUTSIDE: &str = "L'enquête d'où viennent les taux n'est pas allée ici : aucun nombre ne serait honnête. Les habitants \
                       et les lieux sont comptés ; le besoin, et tout ce qui en dépend, est inconnu.";

/// The two doubts of the estimate, apart; for the nation, whose number is chosen, the range of published numbers.
fn interval(lens: &Lens<'_>, own: &Known<'_>) -> String {
    if own.place.level.is_none() {
        return "Chiffre national choisi plus haut ; les chiffres publiés vont de 8 à 13\u{a0}millions de personnes."
            .into();
    }
    let shape = format!(
        "Partage entre territoires : de {} à {}, si la France compte {}.",
        own.words(lens, "persons_in_need_low"),
        own.words(lens, "persons_in_need_high"),
        lens.preset.label
    );
    match own.summary.interval.and_then(|interval| interval.level) {
        None => shape,
        Some(_) => format!(
            "{shape} Chiffre national : de {} à {}, selon qu'elle compte 8 ou 13\u{a0}millions de personnes.",
            own.words(lens, "persons_in_need_level_low"),
            own.words(lens, "persons_in_need_level_high"),
        ),
    }
}

fn shares(lens: &Lens<'_>, own: &Known<'_>) -> String {
    let Some(offline) = lens.preset.offline else {
        return format!(
            "{} des habitants. Combien ne vont jamais sur internet : aucun texte ne le dit pour ce chiffre national. {} \
             viendraient se faire aider.",
            own.words(lens, "share_in_need"),
            own.words(lens, "persons_expected")
        );
    };
    format!(
        "{} des habitants. {} {}, {} y sont en difficulté ; {} viendraient se faire aider.",
        own.words(lens, "share_in_need"),
        own.words(lens, "persons_offline"),
        offline.who,
        own.words(lens, "persons_weak_skills"),
        own.words(lens, "persons_expected")
    )
}

/// Counts the venues of a territory by the age of the newest list that names them.
#[must_use]
pub fn freshness(lens: &Lens<'_>, place: &Place) -> Freshness {
    let limit: Option<NaiveDate> =
        lens.atlas.edition().as_of.and_then(|day| day.checked_sub_days(Days::new(FRESH_DAYS)));
    let mut freshness = Freshness::default();
    for venue in venues_in(lens, place) {
        match venue.attested() {
            None => freshness.undated += 1,
            Some(day) => freshness.fresh += u64::from(limit.is_some_and(|limit| day >= limit)),
        }
    }
    freshness
}

/// The venues of a territory that receive the public.
pub fn venues_in<'a>(lens: &Lens<'a>, place: &'a Place) -> impl Iterator<Item = &'a Venue> {
    let atlas = lens.atlas;
    let inside = move |i: VenueIx| match place.district {
        Some(district) => atlas.venue_district(i) == Some(district),
        None => atlas.venue_commune(i).is_some_and(|c| place.communes.binary_search(&c).is_ok()),
    };
    atlas
        .venues()
        .iter_enumerated()
        .filter(move |(i, venue)| venue.receives_public() && inside(*i))
        .map(|(_, venue)| venue)
}
