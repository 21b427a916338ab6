//! What the national plan set out to do: dated, sourced parameters, never constants. They contradict one another, so each
//! says where it comes from, and a range stands where the texts give one.

use chrono::{Datelike, NaiveDate};

/// A target or a parameter of the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Name in answers.
    pub id: &'static str,
    /// What a visitor reads.
    pub title: &'static str,
    /// Least and most that the texts say; equal when they say one number.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// What is counted.
    pub unit: &'static str,
    /// Day it is due; `None` when it is no promise, or a yearly one.
    pub due: Option<(i32, u32, u32)>,
    /// Where the number comes from, with its year.
    pub source: &'static str,
    /// What to know before using it.
    pub note: &'static str,
    /// Whether a part of it falls to each territory; otherwise it is the same everywhere.
    pub is_shared: bool,
}

/// Every target and parameter, in the order in which they are shown.
pub const TARGETS: [Target; 8] = [
    Target {
        id: "posts",
        title: "Conseillers numériques",
        low: 4_000.0,
        high: 4_000.0,
        unit: "postes",
        due: Some((2022, 12, 31)),
        source: "plan national, 2021 : 1 600 postes créés et 2 400 à venir",
        note: "Un poste validé n’est pas un poste occupé : la liste publiée ne dit pas qui est en poste.",
        is_shared: true,
    },
    Target {
        id: "trained_per_year",
        title: "Personnes formées par an",
        low: 1_500_000.0,
        high: 1_500_000.0,
        unit: "personnes par an",
        due: None,
        source: "plan national, 2018",
        note: "À ce rythme, 13 millions de personnes demandent 8,7 ans.",
        is_shared: true,
    },
    Target {
        id: "persons",
        title: "Personnes éloignées du numérique",
        low: 8_000_000.0,
        high: 13_000_000.0,
        unit: "personnes",
        due: None,
        source: "plan national : 13 millions (2018), 8 à 13 millions (2021) ; Insee : 15,4 % des 15 ans et plus (2021)",
        note: "Le dénominateur de toutes les parts de cette page est 13 millions, sauf mention contraire.",
        is_shared: false,
    },
    Target {
        id: "budget",
        title: "Budget du plan",
        low: 75_000_000.0,
        high: 100_000_000.0,
        unit: "€",
        due: None,
        source: "plan national, 2018",
        note: "« Pluriannuel » dans un texte, « par an » dans un autre : les deux lectures sont possibles.",
        is_shared: true,
    },
    Target {
        id: "posts_eur",
        title: "Argent de l’État pour 4 000 postes",
        low: 200_000_000.0,
        high: 200_000_000.0,
        unit: "€",
        due: None,
        source: "plan de relance, 2021",
        note: "50 000 € pour une collectivité, 40 000 € pour une structure privée.",
        is_shared: true,
    },
    Target {
        id: "training_hours",
        title: "Formation d’un conseiller",
        low: 350.0,
        high: 350.0,
        unit: "heures",
        due: None,
        source: "plan national, 2021",
        note: "Un conseiller en formation ne reçoit pas encore le public.",
        is_shared: false,
    },
    Target {
        id: "pass_envelope",
        title: "Première enveloppe du pass numérique",
        low: 10_000_000.0,
        high: 10_000_000.0,
        unit: "€",
        due: None,
        source: "plan national, 2018",
        note: "De 100 000 à 200 000 pass de 50 à 100 €.",
        is_shared: true,
    },
    Target {
        id: "hubs_eur",
        title: "Appel à projets des hubs territoriaux",
        low: 5_000_000.0,
        high: 5_000_000.0,
        unit: "€",
        due: None,
        source: "plan national, 2018",
        note: "Un hub pour 2 à 5 départements.",
        is_shared: true,
    },
];

impl Target {
    /// The target with this id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.id == id)
    }

    /// The day it is due.
    #[must_use]
    pub fn due_day(&self) -> Option<NaiveDate> {
        self.due.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day))
    }

    /// The part of the target that falls to a territory with a part of the persons in need, from 0 to 1.
    #[must_use]
    pub fn part(&self, share: f64) -> f64 {
        self.low * share
    }
}

/// How far a target is, on the day of what was observed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// What was observed.
    pub observed: f64,
    /// On that day.
    pub day: NaiveDate,
    /// What is still missing; 0 when nothing is.
    pub missing: f64,
    /// What has to come each month until the day it is due; `None` when that day is over, or there is none.
    pub per_month: Option<f64>,
    /// Whether the day it is due was over when this was observed.
    pub is_late: bool,
}

impl Gap {
    /// The gap between what was observed on a day and a target.
    #[must_use]
    pub fn of(target: &Target, observed: f64, day: NaiveDate) -> Self {
        let missing = (target.low - observed).max(0.0);
        let due = target.due_day();
        let months = due.map(|due| (due.year() - day.year()) * 12 + due.month() as i32 - day.month() as i32);
        let per_month = months.filter(|months| *months > 0).map(|months| missing / f64::from(months));
        Self { observed, day, missing, per_month, is_late: missing > 0.0 && due.is_some_and(|due| due < day) }
    }
}

/// Years that a yearly number of persons takes to reach all of some.
#[must_use]
pub fn years(persons: f64, per_year: f64) -> f64 {
    persons / per_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirteen_million_take_eight_years_and_seven_tenths() {
        let per_year = Target::named("trained_per_year").unwrap().low;
        assert!((years(13e6, per_year) - 8.7).abs() < 0.05);
    }

    #[test]
    fn the_gap_of_april_2023_is_75_posts_and_late() {
        let gap = Gap::of(Target::named("posts").unwrap(), 3_925.0, NaiveDate::from_ymd_opt(2023, 4, 5).unwrap());
        assert_eq!((gap.missing, gap.is_late, gap.per_month), (75.0, true, None));
    }

    #[test]
    fn a_pace_is_what_is_missing_over_the_months_that_are_left() {
        let gap = Gap::of(Target::named("posts").unwrap(), 1_600.0, NaiveDate::from_ymd_opt(2021, 6, 1).unwrap());
        assert_eq!((gap.missing, gap.is_late), (2_400.0, false));
        assert!((gap.per_month.unwrap() - 2_400.0 / 18.0).abs() < 1e-9);
    }
}
