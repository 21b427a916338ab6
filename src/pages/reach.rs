//! How far a visitor can go: minutes on foot or by car, estimated as everywhere on the pages.

use crate::access::{Assumptions, Mode};
use crate::domain::Seconds;

use super::choices::{Choice, Select};
use super::params::{Params, Refused};

/// Name in the address.
pub const NAME: &str = "trajet";
/// A reach that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach(&'static (&'static str, &'static str, Mode, f64));

/// As in addresses, in words, how, and minutes.
const REACHES: [(&str, &str, Mode, f64); 5] = [
    ("pied-15", "À 15 minutes à pied", Mode::Walk, 15.0),
    ("pied-30", "À 30 minutes à pied", Mode::Walk, 30.0),
    ("voiture-15", "À 15 minutes en voiture", Mode::Car, 15.0),
    ("voiture-30", "À 30 minutes en voiture", Mode::Car, 30.0),
    ("voiture-60", "À 1 heure en voiture", Mode::Car, 60.0),
];
/// The pace of an older person, as on cards, in km/h.
const WALK_KMH: f64 = 4.0;

impl Reach {
    /// Reads the query.
    ///
    /// # Errors
    /// Names the parameter whose value is not in its list.
    pub fn read(params: &Params) -> Result<Option<Self>, Refused> {
        params.choice(NAME, |text| REACHES.iter().find(|(slug, ..)| *slug == text).map(Self))
    }

    /// As in addresses.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.0.0
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.0.1
    }

    /// How.
    #[must_use]
    pub fn mode(self) -> Mode {
        self.0.2
    }

    /// How long that is for the estimate, which walks faster.
    #[must_use]
    pub fn until(self) -> Seconds {
        let slower = if self.0.2 == Mode::Walk { WALK_KMH / Assumptions::default().walk_kmh } else { 1.0 };
        Seconds((self.0.3 * 60.0 * slower).round() as u32)
    }

    /// The question of the form.
    #[must_use]
    pub fn select(chosen: Option<Self>) -> Select {
        let choice = |(slug, words, ..): &(&'static str, &'static str, Mode, f64)| Choice {
            value: (*slug).to_owned(),
            label: (*words).to_owned(),
            selected: chosen.is_some_and(|chosen| chosen.slug() == *slug),
        };
        Select {
            name: "trajet",
            label: "Jusqu'où pouvez-vous aller ?",
            anything: "N'importe où",
            choices: REACHES.iter().map(choice).collect(),
        }
    }
}
