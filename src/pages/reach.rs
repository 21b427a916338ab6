//! How far a visitor can go: minutes on foot or by car, estimated as everywhere on the pages.

use crate::access::Assumptions;
use crate::domain::Metres;

use super::choices::{Choice, Select};
use super::params::{Params, Refused};

/// Name in the address.
pub const NAME: &str = "trajet";
/// A reach that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach(&'static (&'static str, &'static str, Way, f64));

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Foot,
    Car,
}

/// As in addresses, in words, how, and minutes.
const REACHES: [(&str, &str, Way, f64); 5] = [
    ("pied-15", "À 15 minutes à pied", Way::Foot, 15.0),
    ("pied-30", "À 30 minutes à pied", Way::Foot, 30.0),
    ("voiture-15", "À 15 minutes en voiture", Way::Car, 15.0),
    ("voiture-30", "À 30 minutes en voiture", Way::Car, 30.0),
    ("voiture-60", "À 1 heure en voiture", Way::Car, 60.0),
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

    /// How far that is as the crow flies.
    #[must_use]
    pub fn within(self) -> Metres {
        let assumptions = Assumptions::default();
        let kmh = match self.0.2 {
            Way::Foot => WALK_KMH,
            Way::Car => assumptions.car_kmh,
        };
        Metres::new(self.0.3 * kmh * 1_000.0 / 60.0 / assumptions.detour).expect("a positive number")
    }

    /// The question of the form.
    #[must_use]
    pub fn select(chosen: Option<Self>) -> Select {
        let choice = |(slug, words, ..): &(&'static str, &'static str, Way, f64)| Choice {
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
