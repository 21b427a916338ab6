//! What venues can be chosen by, each thing declared once: a row here is a parameter of the API, a question of the search
//! form, a line of the description and a test of every search.

use super::Atlas;
use crate::domain::VenueIx;
use crate::domain::errand::ERRANDS;
use crate::domain::hours::WEEKDAYS;
use crate::domain::vocabulary::{AccessMode, Audience, Fee, Programme, Service, Support, SupportMode};

/// One value that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As in addresses.
    pub slug: String,
    /// What a visitor reads.
    pub words: &'static str,
}

/// How its values are written in the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// One value or several, separated by commas; any of them will do.
    List,
    /// The same, and the first words of a value stand for all that begin so (defect D5).
    Beginnings,
    /// `true` (the first choice) or `false` (the second).
    Flag,
}

/// How the search form asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// A list of all the choices.
    Select {
        /// Name in the address of pages.
        name: &'static str,
        /// The question.
        label: &'static str,
        /// The line that asks nothing.
        anything: &'static str,
    },
    /// A box to tick, which asks for one choice.
    Tick {
        /// Name in the address of pages.
        name: &'static str,
        /// Value in that address.
        value: &'static str,
        /// What the visitor reads.
        label: &'static str,
        /// The choice it asks for.
        choice: usize,
    },
}

/// Something venues can be chosen by.
pub struct Filter {
    /// Name of the parameter of the API.
    pub name: &'static str,
    /// What it means, in French, for who writes programs.
    pub description: &'static str,
    /// How values are written.
    pub takes: Takes,
    /// The values, in order; a choice is a rank in this list.
    pub choices: fn() -> Vec<Choice>,
    /// How the search form asks; `None` where it does not.
    pub question: Option<Question>,
    /// Whether a venue, by its ordinal, is known to fit a choice.
    pub(super) holds: fn(&Atlas, VenueIx, usize) -> bool,
    /// Whether nobody said anything of it for a venue, so that it may fit for all we know.
    pub(super) silent: fn(&Atlas, VenueIx) -> bool,
}

impl Question {
    /// Its name in the address of pages.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Select { name, .. } | Self::Tick { name, .. } => name,
        }
    }
}

impl Filter {
    /// Whether a venue, by its ordinal, is known to fit a choice.
    #[must_use]
    pub fn fits(&self, atlas: &Atlas, venue: VenueIx, choice: usize) -> bool {
        (self.holds)(atlas, venue, choice)
    }
}

/// Every filter, in the order in which the form asks.
pub const FILTERS: [Filter; 10] = [
    Filter {
        name: "errand",
        description: "Ce que la personne vient faire : l'un des services qui y aident",
        takes: Takes::List,
        choices: || ERRANDS.iter().map(|each| Choice { slug: each.slug.to_owned(), words: each.words }).collect(),
        question: Some(Question::Select { name: "besoin", label: "Pour quoi faire ?", anything: "Tout type d'aide" }),
        holds: |atlas, venue, choice| {
            let services = &atlas.venues[venue].services;
            ERRANDS[choice].services.iter().any(|service| services.contains(service))
        },
        silent: |atlas, venue| atlas.venues[venue].services.is_empty(),
    },
    Filter {
        name: "service",
        description: "Service rendu : l'un de ceux-ci",
        takes: Takes::List,
        choices: || listed(Service::ALL, Service::slug, Service::plain),
        question: Some(Question::Select { name: "service", label: "Quel type d'aide ?", anything: "Tout type d'aide" }),
        holds: |atlas, venue, choice| atlas.venues[venue].services.contains(&Service::ALL[choice]),
        silent: |atlas, venue| atlas.venues[venue].services.is_empty(),
    },
    Filter {
        name: "label",
        description: "Dispositif national : l'un de ceux-ci",
        takes: Takes::List,
        choices: || listed(Programme::ALL, Programme::slug, Programme::plain),
        question: Some(Question::Select { name: "label", label: "Dans quel réseau ?", anything: "Tous les lieux" }),
        holds: |atlas, venue, choice| atlas.venues[venue].programmes.contains(&Programme::ALL[choice]),
        silent: |_, _| false,
    },
    Filter {
        name: "audience",
        description: "Public accueilli ; un lieu qui n'en nomme pas accueille tout le monde",
        takes: Takes::List,
        choices: || listed(Audience::ALL, Audience::slug, Audience::plain),
        question: Some(Question::Select { name: "public", label: "Pour qui ?", anything: "Tout le monde" }),
        holds: |atlas, venue, choice| {
            let audiences = &atlas.venues[venue].audiences;
            audiences.is_empty() || audiences.contains(&Audience::ALL[choice])
        },
        silent: |_, _| false,
    },
    Filter {
        name: "support",
        description: "Prise en charge spécifique",
        takes: Takes::Beginnings,
        choices: || listed(Support::ALL, Support::slug, Support::plain),
        question: Some(Question::Select {
            name: "accueil",
            label: "Surdité, handicap, lecture, langue ?",
            anything: "Pas de besoin particulier",
        }),
        holds: |atlas, venue, choice| atlas.venues[venue].supports.contains(&Support::ALL[choice]),
        silent: |atlas, venue| atlas.venues[venue].supports.is_empty(),
    },
    Filter {
        name: "fee",
        description: "Frais à charge",
        takes: Takes::List,
        choices: || listed(Fee::ALL, Fee::slug, Fee::plain),
        question: Some(Question::Select { name: "prix", label: "À quel prix ?", anything: "Tous les prix" }),
        holds: |atlas, venue, choice| atlas.venues[venue].fees.contains(&Fee::ALL[choice]),
        silent: |atlas, venue| atlas.venues[venue].fees.is_empty(),
    },
    Filter {
        name: "access_mode",
        description: "Modalité d'accès",
        takes: Takes::List,
        choices: || listed(AccessMode::ALL, AccessMode::slug, AccessMode::plain),
        question: Some(Question::Tick {
            name: "rdv",
            value: "sans",
            label: "Sans rendez-vous",
            choice: AccessMode::WalkIn as usize,
        }),
        holds: |atlas, venue, choice| {
            let (venue, mode) = (&atlas.venues[venue], AccessMode::ALL[choice]);
            // Its own comment is heard before what a neighbour behind the same door says.
            venue.access_modes.contains(&mode) && (mode != AccessMode::WalkIn || !venue.by_appointment_only())
        },
        silent: |atlas, venue| {
            atlas.venues[venue].access_modes.is_empty() && !atlas.venues[venue].by_appointment_only()
        },
    },
    Filter {
        name: "support_mode",
        description: "Modalité d'accompagnement",
        takes: Takes::List,
        choices: || listed(SupportMode::ALL, SupportMode::slug, SupportMode::plain),
        question: Some(Question::Select { name: "forme", label: "Aide sous quelle forme ?", anything: "Peu importe" }),
        holds: |atlas, venue, choice| atlas.venues[venue].support_modes.contains(&SupportMode::ALL[choice]),
        silent: |atlas, venue| atlas.venues[venue].support_modes.is_empty(),
    },
    Filter {
        name: "pass_numerique",
        description: "true : on sait que le lieu accepte le pass numérique ; false : on sait qu'il le refuse",
        takes: Takes::Flag,
        choices: || {
            let said = [("true", "Accepte le pass numérique"), ("false", "Refuse le pass numérique")];
            said.map(|(slug, words)| Choice { slug: slug.to_owned(), words }).into()
        },
        question: Some(Question::Tick {
            name: "pass",
            value: "oui",
            label: "J'ai un « pass numérique » (un chèque pour suivre des ateliers)",
            choice: 0,
        }),
        holds: |atlas, venue, choice| atlas.venues[venue].pass_numerique == Some(choice == 0),
        silent: |atlas, venue| atlas.venues[venue].pass_numerique.is_none(),
    },
    Filter {
        name: "open_on",
        description: "Ouvert ce jour-là une semaine ordinaire ; un lieu aux horaires inconnus n'est pas retenu",
        takes: Takes::List,
        choices: || {
            WEEKDAYS.iter().zip(OPEN_ON).map(|(day, words)| Choice { slug: (*day).to_owned(), words }).collect()
        },
        question: Some(Question::Select { name: "jour", label: "Quel jour ?", anything: "N'importe quel jour" }),
        holds: |atlas, venue, choice| atlas.opens_on(venue, choice) == Some(true),
        silent: |atlas, venue| atlas.opens_on(venue, 0).is_none(),
    },
];

/// The days as a visitor reads them, Monday first.
const OPEN_ON: [&str; 7] = [
    "Ouvert le lundi",
    "Ouvert le mardi",
    "Ouvert le mercredi",
    "Ouvert le jeudi",
    "Ouvert le vendredi",
    "Ouvert le samedi",
    "Ouvert le dimanche",
];

/// Names of [`FILTERS`], in their order.
pub const FILTER_NAMES: [&str; FILTERS.len()] = {
    let mut names = [""; FILTERS.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = FILTERS[i].name;
        i += 1;
    }
    names
};

fn listed<T: Copy>(all: &[T], slug: fn(T) -> String, words: fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|&value| Choice { slug: slug(value), words: words(value) }).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_and_slugs_are_told_apart() {
        assert_eq!(FILTER_NAMES.iter().collect::<BTreeSet<_>>().len(), FILTERS.len());
        for filter in &FILTERS {
            let choices = (filter.choices)();
            let slugs: BTreeSet<&str> = choices.iter().map(|choice| choice.slug.as_str()).collect();
            assert_eq!(slugs.len(), choices.len(), "{}", filter.name);
            if let Some(Question::Tick { choice, .. }) = filter.question {
                assert!(choice < choices.len(), "{}", filter.name);
            }
        }
    }
}
