//! What a citizen reads beside the name of a place: « Ouvert jusqu'à 17 h 30 », « Fermé, ouvre demain à 9 h ».

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::clock::{NBSP, date_words, note_words, time_words, weekday_words};
use super::opening::OpeningHours;
use super::state::{HORIZON_DAYS, OpenState};
use super::timeline::day_spans;

impl OpeningHours {
    /// The state at an instant in one French sentence without a full stop, on the clock of the venue's wall.
    ///
    /// On a public holiday that the hours do not mention, the sentence ends with « (jours fériés : à vérifier) ».
    #[must_use]
    pub fn sentence(&self, at: NaiveDateTime) -> String {
        let today = at.date();
        let (said, note, opens) = match self.open_state(at) {
            OpenState::Open { until: None, note } => (format!("Ouvert 24{NBSP}heures sur{NBSP}24"), note, None),
            OpenState::Open { until: Some(until), note } => {
                (format!("Ouvert jusqu'à {}", closing_words(today, until)), note, None)
            }
            OpenState::Closed { opens, note } => {
                let next = opens.map_or_else(
                    || format!("pas d'ouverture connue dans les {HORIZON_DAYS}{NBSP}jours"),
                    |opens| format!("ouvre {}", opening_words(today, opens)),
                );
                let now =
                    if self.is_closed_for_a_holiday(today) { "Fermé aujourd'hui (jour férié)" } else { "Fermé" };
                (format!("{now}, {next}"), note, opens)
            }
            OpenState::Unknown { note: Some(note) } if note_words(&note) == "sur rendez-vous" => {
                ("Sur rendez-vous".to_owned(), None, None)
            }
            OpenState::Unknown { note } => ("Horaires à vérifier".to_owned(), note, None),
        };
        // « 24 heures sur 24 » leaves no day out.
        let says_every_day = self.osm() == "24/7";
        let mut remarks: Vec<String> = note.iter().map(|note| note_words(note).to_owned()).collect();
        let concerned = [Some(today), opens.map(|opens| opens.date())];
        let on_a_holiday = concerned.into_iter().flatten().any(|day| self.calendar.contains(day));
        if on_a_holiday && !self.mentions_public_holidays && !says_every_day {
            remarks.push(format!("jours fériés{NBSP}: à vérifier"));
        }
        if self.mentions_school_holidays {
            remarks.push(format!("vacances scolaires{NBSP}: à vérifier"));
        }
        if remarks.is_empty() { said } else { format!("{said} ({})", remarks.join("\u{a0}; ")) }
    }

    fn is_closed_for_a_holiday(&self, day: NaiveDate) -> bool {
        self.mentions_public_holidays && self.calendar.contains(day) && day_spans(&self.rules, day).is_empty()
    }
}

fn minutes_of(at: NaiveDateTime) -> u32 {
    at.hour() * 60 + at.minute()
}

/// « 17 h 30 », « minuit », « demain 2 h », « lundi 18 h », « lundi 12 août, 18 h ».
fn closing_words(today: NaiveDate, until: NaiveDateTime) -> String {
    let time = time_words(minutes_of(until));
    match (until.date() - today).num_days() {
        0 => time,
        1 if minutes_of(until) == 0 => time,
        1 => format!("demain {time}"),
        2..=6 => format!("{} {time}", weekday_words(until.date())),
        _ => format!("{} {}, {time}", weekday_words(until.date()), date_words(until.month(), until.day())),
    }
}

/// « à 13 h 30 », « demain à 9 h », « lundi à 9 h », « lundi 12 août à 9 h ».
fn opening_words(today: NaiveDate, opens: NaiveDateTime) -> String {
    let time = time_words(minutes_of(opens));
    match (opens.date() - today).num_days() {
        0 => format!("à {time}"),
        1 => format!("demain à {time}"),
        2..=6 => format!("{} à {time}", weekday_words(opens.date())),
        _ => format!("{} {} à {time}", weekday_words(opens.date()), date_words(opens.month(), opens.day())),
    }
}
