//! When a visitor can go: now, today, on a day, at an hour.

use chrono::{NaiveDateTime, NaiveTime};

use crate::atlas::OpenWhen;
use crate::domain::hours::WEEKDAYS;

use super::choices::{Choice, Select};
use super::params::{Params, Refused};
use super::remaining::Remaining;

/// The time asked for beside « Quel jour ? », which is a filter like the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct When {
    /// Open now, or today.
    pub soon: Option<Soon>,
    /// At this hour of the day, 0 to 23.
    pub hour: Option<u8>,
    /// The day chosen in « Quel jour ? », 0 for Monday: the hour is then on the next such day.
    pub weekday: Option<u8>,
}

/// Without looking at a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soon {
    /// At this moment.
    Now,
    /// At some time of today.
    Today,
}

/// As in addresses, and in words.
const SOON: [(Soon, &str, &str); 2] =
    [(Soon::Now, "maintenant", "Ouvert maintenant"), (Soon::Today, "aujourdhui", "Ouvert aujourd'hui")];
/// Names in the address; `jour`, the day, is a filter of its own.
pub const NAMES: [&str; 2] = ["ouvert", "heure"];
/// Hours that can be asked for.
const HOURS: std::ops::RangeInclusive<u8> = 8..=20;

impl When {
    /// Reads the query.
    ///
    /// # Errors
    /// Names the parameter whose value is not in its list.
    pub fn read(params: &Params) -> Result<Self, Refused> {
        let soon = params.choice("ouvert", |text| SOON.iter().find(|(_, slug, _)| *slug == text).map(|each| each.0))?;
        let hour = params.choice("heure", |text| text.parse().ok().filter(|hour| HOURS.contains(hour)))?;
        let day = params.one("jour").and_then(|text| WEEKDAYS.iter().position(|day| *day == text));
        Ok(Self { soon, hour, weekday: day.map(|day| day as u8) })
    }

    /// The time, for the atlas.
    #[must_use]
    pub fn open(self, now: NaiveDateTime) -> Option<OpenWhen> {
        match (self.soon, self.hour) {
            (Some(Soon::Now), _) => Some(OpenWhen::Now(now)),
            (_, Some(hour)) => {
                let time = NaiveTime::from_hms_opt(u32::from(hour), 0, 0)?;
                Some(OpenWhen::Next { after: now, weekday: self.weekday, time })
            }
            (Some(Soon::Today), None) => Some(OpenWhen::Today(now)),
            (None, None) => None,
        }
    }

    /// As in the address.
    pub fn pairs(self) -> impl Iterator<Item = (&'static str, String)> {
        let soon = self.soon.and_then(|soon| SOON.iter().find(|(each, ..)| *each == soon));
        let soon = soon.map(|(_, slug, _)| ("ouvert", (*slug).to_owned()));
        soon.into_iter().chain(self.hour.map(|hour| ("heure", hour.to_string())))
    }

    /// In words; `None` when any time will do.
    #[must_use]
    pub fn words(self) -> Option<String> {
        let soon = self.soon.and_then(|soon| SOON.iter().find(|(each, ..)| *each == soon)).map(|each| each.2);
        match (soon, self.hour) {
            (Some(soon), None) => Some(soon.to_owned()),
            (Some(soon), Some(hour)) => Some(format!("{soon} à {hour}\u{a0}h")),
            (None, Some(hour)) => Some(format!("Ouvert à {hour}\u{a0}h")),
            (None, None) => None,
        }
    }

    /// The two questions of the form.
    #[must_use]
    pub fn selects(self, remaining: Option<&Remaining>) -> Vec<Select> {
        let soon = SOON.iter().enumerate().filter_map(|(i, (each, slug, words))| {
            let selected = self.soon == Some(*each);
            let left = remaining.map(|remaining| remaining.soon[i]);
            let label = left.map_or_else(|| (*words).to_owned(), |left| format!("{words} ({left})"));
            (selected || left != Some(0)).then(|| Choice { value: (*slug).to_owned(), label, selected })
        });
        let hours = HOURS.map(|hour| {
            let selected = self.hour == Some(hour);
            Choice { value: hour.to_string(), label: format!("À {hour}\u{a0}h"), selected }
        });
        let soon = Select {
            name: "ouvert",
            label: "Quand voulez-vous y aller ?",
            anything: "N'importe quand",
            choices: soon.collect(),
        };
        let hours = Select {
            name: "heure",
            label: "À quelle heure ?",
            anything: "N'importe quelle heure",
            choices: hours.collect(),
        };
        vec![soon, hours]
    }
}
