//! Hours in OpenStreetMap notation that could not be evaluated, spelled word by word, so that nobody has to read a code.

use super::clock::{NBSP, WEEKDAYS, month_words, time_words};
use super::notation::{DAYS, MONTHS};

/// The text in French when it is OpenStreetMap notation; any other text as it came.
#[must_use]
pub fn spelled(text: &str) -> String {
    let codes = text.split('"').step_by(2);
    let mut words = codes.flat_map(|part| part.split(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
    let is_code = words.clone().next().is_some() && words.all(|word| word_of(word).is_some());
    if !is_code {
        return text.to_owned();
    }
    let mut out = String::new();
    for (at, part) in text.split('"').enumerate() {
        if at % 2 == 1 {
            out.extend(["(", part.trim(), ")"]);
        } else {
            spell(part, &mut out);
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ;", "\u{a0};").trim().to_owned()
}

fn spell(part: &str, out: &mut String) {
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphabetic() {
            let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            out.push_str(&word_of(&rest[..length]).unwrap_or_else(|| rest[..length].to_owned()));
            length
        } else if first.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(rest.len());
            out.push_str(&time(&rest[..length]).unwrap_or_else(|| rest[..length].to_owned()));
            length
        } else {
            match first {
                '-' => out.push_str(" à "),
                ';' => out.push_str(" ; "),
                ',' => out.push_str(", "),
                '|' => out.push_str(if rest.starts_with("||") { " ; sinon " } else { "" }),
                '[' => out.push_str(" n° "),
                '+' => out.push_str(" et après"),
                ']' | ':' => {}
                c => out.push(c),
            }
            if rest.starts_with("||") { 2 } else { first.len_utf8() }
        };
        rest = &rest[length..];
    }
}

/// `09:30` → « 9 h 30 »; a number without a colon stays.
fn time(text: &str) -> Option<String> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 48 && minutes < 60).then(|| match (hours, minutes) {
        (24, 0) => "minuit".to_owned(),
        (hours, minutes) if hours < 24 => time_words(hours * 60 + minutes),
        (hours, minutes) => format!("{hours}{NBSP}h{NBSP}{minutes:02}"),
    })
}

/// A word of the notation in French.
fn word_of(word: &str) -> Option<String> {
    let known = match word {
        "PH" => "jours fériés",
        "SH" => "vacances scolaires",
        "off" | "OFF" | "closed" | "Closed" => "fermé",
        "open" => "ouvert",
        "unknown" => "à vérifier",
        "week" => "semaines",
        "easter" => "Pâques",
        "day" => "jour",
        "days" => "jours",
        "sunrise" => "le lever du soleil",
        "sunset" => "le coucher du soleil",
        "dawn" => "l'aube",
        "dusk" => "la tombée du jour",
        _ => "",
    };
    if !known.is_empty() {
        return Some(known.to_owned());
    }
    if let Some(day) = DAYS.iter().position(|name| *name == word) {
        return Some(WEEKDAYS[day].to_owned());
    }
    MONTHS.iter().position(|name| *name == word).map(|at| month_words(at as u32 + 1).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notation_nobody_could_evaluate_is_still_french() {
        for (code, french) in [
            (
                "Mo-Fr 09:00-17:00; SH Mo-Fr 10:00-12:00",
                "lundi à vendredi 9 h à 17 h ; vacances scolaires lundi à vendredi 10 h à 12 h",
            ),
            ("Mo 10:00+", "lundi 10 h et après"),
            ("Mo-Fr sunrise-sunset", "lundi à vendredi le lever du soleil à le coucher du soleil"),
            ("PH off; Mo-Fr 09:30-12:00", "jours fériés fermé ; lundi à vendredi 9 h 30 à 12 h"),
            ("Mo 09:00-12:00 \"sur rendez-vous\"", "lundi 9 h à 12 h (sur rendez-vous)"),
        ] {
            assert_eq!(spelled(code).replace('\u{a0}', " "), french);
        }
    }

    #[test]
    fn a_french_text_stays_as_it_came() {
        for text in ["lundi et mardi matin", "Sur rendez-vous", "Mo, le midi", "24h/24", ""] {
            assert_eq!(spelled(text), text);
        }
    }
}
