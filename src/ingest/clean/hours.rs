//! Opening hours of a cell: OpenStreetMap syntax, French words, or the JSON of service-public; else the text itself.

use std::cell::RefCell;

use serde_json::Value;

use super::once::{Known, once};
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::hours::{HolidayCalendar, OpeningHours, WEEKDAYS, from_french_text};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Hours, and what there is to say of them.
pub type Read = (Hours, Vec<Remark>);

thread_local! {
    /// Texts of lists.
    static TEXTS: Known<Read> = RefCell::default();
    /// Notations that were made of other words.
    static MADE: Known<Option<Read>> = RefCell::default();
}

/// Reads one text about the whole week. Hours that no rule reads with certainty are kept as text, with a remark.
#[must_use]
pub fn hours(text: &str) -> Read {
    once(&TEXTS, text, || read(text))
}

fn read(text: &str) -> Read {
    match french_tuesdays(text) {
        Some(Ok(tuesdays)) => {
            let (read, mut remarks) = self::read(&tuesdays);
            let doubt = Doubt::new(Code::RepairedHours, format!("« Mar » with hours is « mardi »; read as {tuesdays}"));
            remarks.push(Remark::new(text, Action::ValueRepaired, doubt));
            return (read, remarks);
        }
        Some(Err(())) => return kept(text, "« Mar » is a month beside English days, or « mardi »".to_owned()),
        None => {}
    }
    let refused = match OpeningHours::parse(text, HolidayCalendar::NATIONAL) {
        Ok(_) if is_narrowed(text) => {
            return kept(text, "a note that takes back some of the days".to_owned());
        }
        Ok(_) if is_of_no_day(text) => {
            return kept(text, "hours of which nobody says the days; expected such as Mo-Fr 09:00-12:00".to_owned());
        }
        Ok(hours) => return of_every_hour(text, &hours).unwrap_or_else(|| checked(&with_days(hours.osm()), &hours)),
        Err(error) => error.to_string(),
    };
    let plain = of_service_public(text);
    let is_french = plain.is_some() || fold(text).split(|c: char| !c.is_alphabetic()).any(is_french_day);
    match from_french_text(plain.as_deref().unwrap_or(text)) {
        Ok(Some(osm)) => {
            let (hours, mut remarks) = of_osm(&osm);
            let doubt = Doubt::new(Code::RepairedHours, format!("French words; read as {osm}"));
            remarks.push(Remark::new(text, Action::ValueRepaired, doubt));
            (hours, remarks)
        }
        Ok(None) => {
            let doubt = Doubt::new(Code::InvalidHours, "no hours in this text");
            (Hours::Unknown, vec![Remark::new(text, Action::FieldCleared, doubt)])
        }
        Err(unread) => {
            let reason = if is_french { unread.to_string() } else { refused };
            kept(plain.as_deref().unwrap_or(text), reason)
        }
    }
}

/// `Mar 14:00-17:00`: French for `Tu 14:00-17:00`, not every day of March, when each rule says « Mar » and times, without
/// the number of a day. `Some(Err)` when English days stand beside it; `None` when there is no such rule.
fn french_tuesdays(text: &str) -> Option<Result<String, ()>> {
    let is_time = |text: &str| {
        let hour = text.trim_start_matches(|c: char| c.is_ascii_digit());
        (1..=2).contains(&(text.len() - hour.len())) && hour.starts_with([':', 'h', 'H'])
    };
    let tuesday = |rule: &str| {
        let (day, times) = rule.trim().split_at_checked(3)?;
        (day.eq_ignore_ascii_case("mar") && times.starts_with([' ', ':']))
            .then(|| times.trim_start_matches([' ', ':']))
            .filter(|times| is_time(times))
            .map(|times| format!("Tu {times}"))
    };
    let rules: Vec<&str> = text.split(';').filter(|rule| !rule.trim().is_empty()).collect();
    let tuesdays: Vec<String> = rules.iter().filter_map(|rule| tuesday(rule)).collect();
    if tuesdays.is_empty() || OpeningHours::parse(text, HolidayCalendar::NATIONAL).is_err() {
        return None;
    }
    Some(if tuesdays.len() == rules.len() { Ok(tuesdays.join("; ")) } else { Err(()) })
}

/// `08:00-17:00`: hours without days, which the notation takes for every day, Sundays and all. Nobody who wrote a list
/// meant that; `Mo-Su 08:00-17:00` says it.
fn is_of_no_day(text: &str) -> bool {
    text.split([';', '|']).any(begins_with_a_time)
}

fn begins_with_a_time(rule: &str) -> bool {
    let rule = rule.trim_start();
    let rest = rule.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=2).contains(&(rule.len() - rest.len())) && rest.starts_with(':') && !rule.contains("24:00")
}

/// The notation as written again leaves out `Mo-Su`: with it, so that it reads back as what it is.
fn with_days(osm: &str) -> String {
    if osm.contains('"') {
        return osm.to_owned();
    }
    let named = |rule: &str| {
        if begins_with_a_time(rule) {
            format!("Mo-Su {rule}")
        } else if is_hourless(rule) {
            format!("{rule} 00:00-24:00")
        } else {
            rule.to_owned()
        }
    };
    osm.split("; ").map(named).collect::<Vec<_>>().join("; ")
}

/// Whether a rule names days and no hours.
fn is_hourless(rule: &str) -> bool {
    let says = |word: &str| rule.split(' ').any(|piece| piece == word);
    !rule.contains(['"', ':'])
        && !rule.is_empty()
        && rule != "24/7"
        && !["off", "closed", "unknown"].into_iter().any(says)
}

/// Words of a note beside hours that take back some of the days, folded: « un lundi sur deux ».
const NARROWS: [&str; 14] = [
    "sur deux",
    "sur 2",
    "quinz",
    "15 jours",
    "alternance",
    "paires",
    "vacances",
    "scolaire",
    "par mois",
    "du mois",
    "sauf",
    "uniquement le",
    "seulement le",
    "dates",
];

/// `Mo 09:00-12:00 "un lundi sur deux"`: the notation opens every Monday, and the note does not. Behind `unknown` or `off` a note
/// takes nothing back: nobody is said to be there.
fn is_narrowed(text: &str) -> bool {
    let pieces: Vec<&str> = text.split('"').collect();
    let notes = pieces.chunks_exact(2).map(|pair| (pair[0].trim_end(), fold(pair[1])));
    let claims = |before: &str| !["unknown", "off", "closed"].into_iter().any(|word| before.ends_with(word));
    notes.filter(|(before, _)| claims(before)).any(|(_, note)| NARROWS.iter().any(|word| note.contains(word)))
}

/// Hours some of whose rules name days and no hours (`Mo-Fr`), which the notation takes for the whole day: the days are
/// known, the hours are not.
fn of_every_hour(text: &str, read: &OpeningHours) -> Option<Read> {
    let osm = read.osm();
    // The notation as written again leaves out what is the whole day: `Mo-Fr 00:00-24:00`.
    if osm.contains("||") || text.contains("24:00") || !osm.split("; ").any(is_hourless) {
        return None;
    }
    let told = osm.split("; ").map(|rule| {
        if is_hourless(rule) { format!("{rule} unknown \"heures non précisées\"") } else { rule.to_owned() }
    });
    let told = told.collect::<Vec<_>>().join("; ");
    let doubt = Doubt::new(Code::InvalidHours, "days without hours; expected such as Mo-Fr 09:00-12:00");
    Some((Hours::Osm(told), vec![Remark::new(osm, Action::ValueKept, doubt)]))
}

/// Hours in OpenStreetMap syntax that were made of other words; an opening before 06:00 is remarked.
#[must_use]
pub fn of_osm(osm: &str) -> Read {
    made(osm).unwrap_or_else(|| (Hours::Osm(osm.to_owned()), Vec::new()))
}

/// The same; `None` when they cannot be read again.
#[must_use]
pub fn made(osm: &str) -> Option<Read> {
    once(&MADE, osm, || OpeningHours::parse(osm, HolidayCalendar::NATIONAL).ok().map(|read| checked(osm, &read)))
}

/// Hours that were read.
fn checked(osm: &str, read: &OpeningHours) -> Read {
    let doubt = || Doubt::new(Code::InvalidHours, "an opening before 06:00; shown as to be checked");
    let early = read.begins_early().then(|| Remark::new(osm, Action::ValueKept, doubt()));
    (Hours::Osm(osm.to_owned()), early.into_iter().collect())
}

/// « lundi : 9h-12h ; mardi : … », for hours no rule could read.
#[must_use]
pub fn by_day(texts: &[Vec<&str>; 7]) -> String {
    let said = WEEKDAYS.iter().zip(texts).filter(|(_, texts)| !texts.is_empty());
    said.map(|(day, texts)| format!("{day} : {}", texts.join(", "))).collect::<Vec<_>>().join(" ; ")
}

/// Hours that nobody could read, and why.
#[must_use]
pub fn kept(text: &str, reason: String) -> Read {
    let remark = Remark::new(text, Action::ValueKept, Doubt::new(Code::InvalidHours, reason));
    (Hours::Text(text.to_owned()), vec![remark])
}

fn is_french_day(word: &str) -> bool {
    WEEKDAYS.contains(&word.strip_suffix('s').unwrap_or(word))
}

/// The `plage_ouverture` of service-public (DILA), a list of ranges of days, as one French sentence; `None` for any other
/// text.
fn of_service_public(text: &str) -> Option<String> {
    if !text.contains("nom_jour_debut") {
        return None;
    }
    let Value::Array(ranges) = serde_json::from_str(text).ok()? else { return None };
    let clauses = ranges.iter().map(|range| {
        let said = |key: &str| range.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let time = |key: &str| said(key).map(|time| time.get(..5).unwrap_or(time));
        let (first, last) = (said("nom_jour_debut")?, said("nom_jour_fin").unwrap_or_default());
        let days = if last.is_empty() || last == first { first.to_owned() } else { format!("{first} au {last}") };
        let spans = ["1", "2"].iter().filter_map(|n| {
            let from = time(&format!("valeur_heure_debut_{n}"))?;
            Some(format!("{from} - {}", time(&format!("valeur_heure_fin_{n}")).unwrap_or_default()))
        });
        let comment = said("commentaire").map(|comment| format!(" {comment}")).unwrap_or_default();
        Some(format!("{days} : {}{comment}", spans.collect::<Vec<_>>().join(" et ")))
    });
    Some(clauses.collect::<Option<Vec<_>>>()?.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn osm(text: &str) -> Result<String, String> {
        match hours(text).0 {
            Hours::Osm(osm) => Ok(osm),
            Hours::Text(text) => Err(text),
            Hours::Unknown => Err(String::new()),
        }
    }

    #[test]
    fn both_languages_of_hours_are_read() {
        assert_eq!(osm("Mo-Fr 09:00-12:00").as_deref(), Ok("Mo-Fr 09:00-12:00"));
        assert_eq!(osm("Lundi au vendredi 9h-12h").as_deref(), Ok("Mo-Fr 09:00-12:00"));
        assert_eq!(osm("Horaires non communiqués"), Err(String::new()));
        assert_eq!(osm("voir l'affiche"), Err("voir l'affiche".to_owned()));
        for text in ["08:00-17:00", "08:30-11:30; Th 14:00-16:30", "9:00-12:00,14:00-17:00"] {
            assert_eq!(osm(text), Err(text.to_owned()), "nobody says on which days");
        }
        assert_eq!(osm("Mo-Su 08:00-17:00").as_deref(), Ok("Mo-Su 08:00-17:00"), "every day, as it says");
        assert_eq!(osm("24/7").as_deref(), Ok("24/7"));
        for text in ["Lundi au vendredi 9h-12h", "voir l'affiche", "Mo 02:00-12:00", "non communiqué"] {
            assert!(!hours(text).1.is_empty(), "{text} is said in the report");
        }
    }

    #[test]
    fn the_hours_of_service_public_are_read() {
        let text = r#"[{"nom_jour_debut":"Lundi","nom_jour_fin":"Jeudi","valeur_heure_debut_1":"08:30:00",
            "valeur_heure_fin_1":"12:00:00","valeur_heure_debut_2":"13:30:00","valeur_heure_fin_2":"17:00:00",
            "commentaire":""},{"nom_jour_debut":"Vendredi","nom_jour_fin":"Vendredi","valeur_heure_debut_1":"08:30:00",
            "valeur_heure_fin_1":"12:00:00","valeur_heure_debut_2":"","valeur_heure_fin_2":"","commentaire":""}]"#;
        assert_eq!(osm(text).as_deref(), Ok("Mo-Th 08:30-12:00,13:30-17:00; Fr 08:30-12:00"));
        let text = text.replace("\"commentaire\":\"\"}]", "\"commentaire\":\"semaine du marché\"}]");
        assert!(osm(&text).is_err_and(|text| text.contains("semaine du marché") && !text.contains("nom_jour")));
    }
}
