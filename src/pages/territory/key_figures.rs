//! The five figures at the top of a territory page, each in words, with the parent's value and its definition.

use chrono::{Days, NaiveDate};

use crate::access::Mode;
use crate::atlas::Figures;
use crate::domain::Venue;
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::{Lens, UNKNOWN, said, said_percent};
use super::view::mode_words;

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
    pub figures: &'a Figures,
}

impl Known<'_> {
    /// Persons in need, in per cent of the inhabitants.
    #[must_use]
    pub fn need_percent(&self) -> Option<f64> {
        let Figures { persons, population, .. } = *self.figures;
        (population > 0).then(|| 100.0 * persons as f64 / population as f64)
    }

    /// Per cent of the persons within the threshold.
    #[must_use]
    pub fn covered_percent(&self, lens: &Lens<'_>) -> Option<f64> {
        self.figures.coverage[lens.view.mode as usize].share(lens.view.threshold).map(|share| 100.0 * share)
    }

    /// Mean hours per person and year by the chosen mode.
    #[must_use]
    pub fn hours(&self, lens: &Lens<'_>) -> Option<f64> {
        match lens.view.mode {
            Mode::Car => self.figures.hours_per_person,
            Mode::Walk | Mode::Bicycle => lens.hours_of(&self.place.communes).mean(),
        }
    }

    /// A number of things for ten thousand persons in need.
    #[must_use]
    pub fn per_ten_thousand(&self, things: u32) -> Option<f64> {
        let persons = self.figures.persons;
        (persons > 0).then(|| 1e4 * f64::from(things) / persons as f64)
    }
}

/// The five figures.
#[must_use]
pub fn key_figures(lens: &Lens<'_>, own: &Known<'_>, parent: Option<&Known<'_>>) -> Vec<KeyFigure> {
    let beside = |value: &dyn Fn(&Known<'_>) -> String| {
        parent.map(|parent| format!("{}\u{a0}: {}", parent.place.name, value(parent)))
    };
    let figures = own.figures;
    let (mode, minutes) = (mode_words(lens.view.mode), lens.view.minutes());
    let coverage = figures.coverage[lens.view.mode as usize];
    let beyond = coverage.persons - coverage.covered[lens.view.threshold];
    vec![
        KeyFigure {
            title: "Personnes éloignées du numérique (estimation)".into(),
            value: if figures.population > 0 { french::integer(figures.persons) } else { UNKNOWN.into() },
            details: vec![interval(lens, own), shares(own)],
            parent: beside(&|known| format!("{} des habitants", said(known.need_percent(), 1, "%"))),
            anchor: "besoin",
        },
        KeyFigure {
            title: format!("à moins de {minutes}\u{a0}minutes {mode} d'un lieu d'aide (estimation)"),
            value: said_percent(own.covered_percent(lens)),
            details: vec![if coverage.persons == 0 {
                "La population n'est pas connue.".into()
            } else {
                format!(
                    "des {} personnes éloignées du numérique. {} plus loin.",
                    french::integer(coverage.persons),
                    match beyond {
                        0 => "Personne ne vit".into(),
                        some => french::count(some, "personne vit", "personnes vivent"),
                    },
                )
            }],
            parent: beside(&|known| said_percent(known.covered_percent(lens))),
            anchor: "couverture",
        },
        KeyFigure {
            title: "par personne éloignée du numérique et par an (estimation)".into(),
            value: said(own.hours(lens), 1, "heures"),
            details: vec![format!(
                "Heures d'ouverture que se partagent les personnes à moins de 30\u{a0}minutes {mode}. C'est un maximum : \
                 un lieu ouvert n'aide pas toujours."
            )],
            parent: beside(&|known| said(known.hours(lens), 1, "h")),
            anchor: "heures",
        },
        venues(lens, own, beside(&|known| per_ten_thousand(known, known.figures.venues))),
        KeyFigure {
            title: "Postes de conseillers numériques".into(),
            value: french::integer(figures.posts.into()),
            details: vec![format!("{}.", per_ten_thousand(own, figures.posts))],
            parent: beside(&|known| per_ten_thousand(known, known.figures.posts)),
            anchor: "postes",
        },
    ]
}

fn per_ten_thousand(known: &Known<'_>, things: u32) -> String {
    format!("{} pour 10\u{202f}000 personnes éloignées du numérique", said(known.per_ten_thousand(things), 1, ""))
}

fn venues(lens: &Lens<'_>, own: &Known<'_>, parent: Option<String>) -> KeyFigure {
    let Freshness { fresh, undated } = freshness(lens, own.place);
    let undated = if undated == 0 { String::new() } else { format!(", {} sans date", french::integer(undated)) };
    KeyFigure {
        title: "Lieux d'aide ouverts au public".into(),
        value: french::integer(own.figures.venues.into()),
        details: vec![
            format!(
                "dont {} moins d'un an avant la date de l'édition{undated}.",
                french::count(fresh, "cité", "cités")
            ),
            format!("{}.", per_ten_thousand(own, own.figures.venues)),
        ],
        parent,
        anchor: "lieux",
    }
}

/// The interval of the estimate; for the nation, whose number is chosen, the range of published numbers.
fn interval(lens: &Lens<'_>, own: &Known<'_>) -> String {
    let spread = own.figures.interval;
    if own.place.level.is_none() {
        return "Chiffre national choisi plus haut ; les chiffres publiés vont de 8 à 14\u{a0}millions de personnes."
            .into();
    }
    format!(
        "Entre {} et {} selon la méthode, si la France en compte {}.",
        french::integer(spread.low),
        french::integer(spread.high),
        lens.preset.label
    )
}

fn shares(own: &Known<'_>) -> String {
    let Figures { offline, weak_skills, expected, .. } = *own.figures;
    format!(
        "{} des habitants. {} ne vont jamais sur internet, {} y sont en difficulté ; {} viendraient se faire aider.",
        said(own.need_percent(), 1, "%"),
        french::integer(offline),
        french::integer(weak_skills),
        french::integer(expected)
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
    let inside = move |i: u32| atlas.venue_commune(i).is_some_and(|c| place.communes.binary_search(&c).is_ok());
    (0..).zip(atlas.venues()).filter(move |(i, venue)| venue.receives_public() && inside(*i)).map(|(_, venue)| venue)
}
