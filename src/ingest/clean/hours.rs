//! Opening hours of a cell: OpenStreetMap syntax, French words, or the JSON of service-public; else the text itself.

use serde_json::Value;

use super::cell::is_nothing;
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::hours::{HolidayCalendar, OpeningHours, WEEKDAYS, from_french_days_one_by_one, from_french_text};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Reads one text about the whole week. Hours that no rule reads with certainty are kept as text, with a remark.
#[must_use]
pub fn hours(text: &str) -> (Hours, Vec<Remark>) {
    let refused = match OpeningHours::parse(text, HolidayCalendar::NATIONAL) {
        Ok(hours) => return checked(hours.osm(), &hours),
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

/// The hours of several columns, each with its name: by day when every name holds a day of the week (`lundi_am`,
/// `h_mardi`, « Jeudi après-midi »); `None` when they are not, and the texts belong together as one sentence.
#[must_use]
pub fn by_columns(columns: &[(&str, Option<&str>)]) -> Option<(Hours, Vec<Remark>)> {
    let days: Vec<usize> = columns.iter().map(|(name, _)| day_of(name)).collect::<Option<_>>()?;
    let mut texts: [Vec<&str>; 7] = std::array::from_fn(|_| Vec::new());
    for (day, (_, text)) in days.iter().zip(columns) {
        texts[*day].extend(text.filter(|text| !is_nothing(text)));
    }
    let joined = texts.each_ref().map(|texts| texts.join(" / "));
    if joined.iter().all(String::is_empty) {
        return Some((Hours::Unknown, Vec::new()));
    }
    let (week, unread) = from_french_days_one_by_one(joined.each_ref().map(|text| Some(text.as_str())));
    // An endless note would make the whole week unreadable.
    let week = week.and_then(|osm| OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).ok().map(|read| (osm, read)));
    Some(match (week, unread.first()) {
        (Some((osm, read)), _) => {
            let (hours, mut remarks) = checked(&osm, &read);
            remarks.extend(unread.iter().map(|unread| {
                Remark::new(&*unread.text, Action::ValueKept, Doubt::new(Code::InvalidHours, unread.to_string()))
            }));
            (hours, remarks)
        }
        (None, Some(unread)) => kept(&by_day(&texts), unread.to_string()),
        (None, None) => (Hours::Unknown, Vec::new()),
    })
}

/// Hours in OpenStreetMap syntax that were made of other words; an opening before 06:00 is remarked.
#[must_use]
pub fn of_osm(osm: &str) -> (Hours, Vec<Remark>) {
    let read = OpeningHours::parse(osm, HolidayCalendar::NATIONAL);
    read.map_or_else(|_| (Hours::Osm(osm.to_owned()), Vec::new()), |read| checked(osm, &read))
}

/// The same of hours that were read: reading them is most of what a list costs.
fn checked(osm: &str, read: &OpeningHours) -> (Hours, Vec<Remark>) {
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
pub fn kept(text: &str, reason: String) -> (Hours, Vec<Remark>) {
    let remark = Remark::new(text, Action::ValueKept, Doubt::new(Code::InvalidHours, reason));
    (Hours::Text(text.to_owned()), vec![remark])
}

fn is_french_day(word: &str) -> bool {
    WEEKDAYS.contains(&word.strip_suffix('s').unwrap_or(word))
}

fn day_of(column: &str) -> Option<usize> {
    let folded = fold(column);
    let mut found = WEEKDAYS.iter().enumerate().filter(|(_, day)| folded.contains(*day)).map(|(at, _)| at);
    let first = found.next();
    let short = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];
    let word = || folded.split(|c: char| !c.is_alphabetic()).find_map(|word| short.iter().position(|day| *day == word));
    if found.next().is_some() { None } else { first.or_else(word) }
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
        for text in ["Lundi au vendredi 9h-12h", "voir l'affiche", "Mo 02:00-12:00", "non communiqué"] {
            assert!(!hours(text).1.is_empty(), "{text} is said in the report");
        }
    }

    #[test]
    fn hours_over_columns_are_read_by_the_days_their_columns_name() {
        let read = |columns: &[(&str, Option<&str>)]| by_columns(columns).map(|(hours, _)| hours);
        let both = [("lundi_am", Some("09:00 - 12:00")), ("lundi_pm", Some("14:00 - 17:00")), ("Mardi matin", None)];
        assert_eq!(read(&both), Some(Hours::Osm("Mo 09:00-12:00,14:00-17:00".into())));
        let bounds = [("mer_ouverture", Some("09:00")), ("mer_fermeture", Some("17:00"))];
        assert_eq!(read(&bounds), Some(Hours::Osm("We 09:00-17:00".into())));
        let unread = [("h_lundi", Some("1er du mois")), ("h_mardi", Some("9h-12h")), ("h_jeudi", Some("#N/A"))];
        assert_eq!(read(&unread), Some(Hours::Osm("Tu 09:00-12:00; Mo unknown \"1er du mois\"".into())));
        let words = [("lundi", Some("1er du mois")), ("mardi", None)];
        assert_eq!(read(&words), Some(Hours::Text("lundi : 1er du mois".into())));
        assert_eq!(read(&[("jour", Some("mardi")), ("heures", Some("14h-17h"))]), None, "one sentence");
        assert_eq!(read(&[("lundi", None), ("mardi", Some("NULL"))]), Some(Hours::Unknown));
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
