//! What a citizen reads beside the name of a place: « Ouvert jusqu'à 17 h 30 », « Fermé, ouvre demain à 9 h ».

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use opening_hours::RuleKind;

use super::clock::{NBSP, date_words, note_words, time_words, weekday_words};
use super::doubt::{PUBLIC_HOLIDAY, SCHOOL_HOLIDAYS};
use super::opening::OpeningHours;
use super::rule::RuleParts;
use super::said::APPOINTMENT;
use super::state::{HORIZON_DAYS, OpenState};
use super::timeline::stretches;

impl OpeningHours {
    /// The state at an instant in one French sentence without a full stop, on the clock of the venue's wall.
    ///
    /// On a public holiday that the hours do not mention, it says that they are to be checked; when one comes before the
    /// next certain opening, it ends with « (jours fériés : à vérifier) ».
    #[must_use]
    pub fn sentence(&self, at: NaiveDateTime) -> String {
        let today = at.date();
        let (said, note, opens) = match self.open_state(at) {
            OpenState::Open { until: None, note } => (format!("Ouvert 24{NBSP}heures sur{NBSP}24"), note, None),
            OpenState::Open { until: Some(until), note } => {
                (format!("Ouvert jusqu'à {}", closing_words(today, until)), note, None)
            }
            // Closed today; whether it opens on another day, its list does not say for certain.
            OpenState::Closed { opens: None, note } if self.may_open(at) => {
                ("Horaires à vérifier".to_owned(), note, None)
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
            OpenState::Unknown { note: Some(note) } if note_words(&note) == APPOINTMENT => {
                (self.by_appointment(at), None, None)
            }
            OpenState::Unknown { note: Some(note) } if *note == *PUBLIC_HOLIDAY => {
                (format!("Aujourd'hui est férié{NBSP}: sans doute fermé"), None, None)
            }
            OpenState::Unknown { note } => ("Horaires à vérifier".to_owned(), note, None),
        };
        if let Some(last) = self.last_day().filter(|last| *last < today) {
            let words = format!("{} {}", date_words(last.month(), last.day()), last.year());
            return format!("Terminé{NBSP}: plus d'ouverture prévue depuis le {words}");
        }
        let mut remarks: Vec<String> = note.iter().map(|note| note_words(note).to_owned()).collect();
        for doubt in [PUBLIC_HOLIDAY, SCHOOL_HOLIDAYS] {
            if self.is_doubtful_until(at, opens, doubt) {
                let plural = if doubt == PUBLIC_HOLIDAY { "jours fériés" } else { doubt };
                remarks.push(format!("{plural}{NBSP}: à vérifier"));
            }
        }
        if remarks.is_empty() { said } else { format!("{said} ({})", remarks.join("\u{a0}; ")) }
    }

    fn is_closed_for_a_holiday(&self, day: NaiveDate) -> bool {
        let is_said = self.mentions_public_holidays || self.on_holidays.iter().any(|rule| rule.holds_on(day));
        is_said && self.calendar.contains(day) && self.spans_on(day).is_empty()
    }

    /// « Sur rendez-vous », and when the door opens without one.
    fn by_appointment(&self, at: NaiveDateTime) -> String {
        let line = stretches(|date| self.spans_on(date), at.date(), 7);
        let opens = line.iter().find(|next| next.kind == RuleKind::Open && next.note.is_empty() && next.from > at);
        match opens {
            Some(opens) if !self.fallbacks.is_empty() => {
                format!("Sur rendez-vous, ou sans rendez-vous {}", opening_words(at.date(), opens.from))
            }
            _ => "Sur rendez-vous".to_owned(),
        }
    }

    /// Whether the place may open, for all we know, between an instant and its next certain opening.
    fn is_doubtful_until(&self, at: NaiveDateTime, opens: Option<NaiveDateTime>, doubt: &str) -> bool {
        let Some(opens) = opens else { return false };
        let days = (opens.date() - at.date()).num_days().unsigned_abs() + 1;
        let line = stretches(|date| self.spans_on(date), at.date(), days);
        line.iter().any(|stretch| *stretch.note == *doubt && stretch.until > at && stretch.from < opens)
    }

    /// The last day on which it can open; `None` when there is no end to it.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        let last = self.opening_rules().iter().map(RuleParts::last_day).collect::<Option<Vec<_>>>();
        last.and_then(|days| days.into_iter().max())
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
