//! Opening hours over several columns, by the days that the names of the columns hold: `lundi_am`, « Jeudi après-midi »,
//! « 1er samedi », « Mardi (semaines paires) ».
//!
//! A name that says more than a day (« mercredi hors vacances », `lundi_tel`) is no column of every week: its text is kept
//! under its name, to be checked.

use std::cell::RefCell;

use super::cell::is_nothing;
use super::clause::{Word, words};
use super::hours::{Read, by_day, kept, made};
use super::once::{Known, once};
use super::weekly::{quoted, some_of};
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::hours::notation::DAYS;
use crate::domain::hours::{WEEKDAYS, from_french_days_one_by_one};
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Words of columns of hours that narrow nothing, folded.
const NEUTRAL: &str = "h hr heure heures horaire horaires hor ouverture ouvertures ouvert open opening hours plage plages \
    creneau creneaux jour jours journee am pm m ap apm mat debut fin start end from to de du le les d l \
    s accueil public physique soir midi avant the";
/// Words that narrow, though every column of a list may hold them, folded.
const NARROWING: [&str; 16] = [
    "tel",
    "telephone",
    "telephonique",
    "telephoniques",
    "rdv",
    "rendez",
    "vous",
    "hors",
    "sauf",
    "scolaire",
    "scolaires",
    "permanence",
    "permanences",
    "exceptionnel",
    "feries",
    "conges",
];

/// Days in columns of forms made in English.
const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Which of its days a column is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every one.
    All,
    /// The time at which the place closes, or hours during which it is closed.
    Closing,
    /// Some, as a selector with `{}` for the day.
    Selected(String),
    /// Some, in a way no rule reads.
    Unclear,
}

/// What each name says: the day, 0 for Monday, and which of them; `None` for a name without one day.
#[must_use]
pub fn days_of(names: &[&str]) -> Vec<Option<(usize, Which)>> {
    let read: Vec<Option<(usize, Vec<String>)>> = names.iter().map(|name| day_and_rest(name)).collect();
    let days: Vec<&(usize, Vec<String>)> = read.iter().flatten().collect();
    // « Horaires EPN lundi », « Horaires EPN mardi »: what the columns of all days share is their title.
    let many = days.iter().any(|(day, _)| *day != days[0].0);
    let title =
        |word: &String| many && !NARROWING.contains(&word.as_str()) && days.iter().all(|(_, rest)| rest.contains(word));
    let which = |rest: &[String]| {
        let own: Vec<&str> = rest
            .iter()
            .filter(|word| {
                !(NEUTRAL.split(' ').any(|neutral| neutral == *word) || title(word) && words(word) == [Word::Unknown])
            })
            .map(String::as_str)
            .collect();
        which_of(&own)
    };
    read.iter().map(|read| read.as_ref().map(|(day, rest)| (*day, which(rest)))).collect()
}

fn which_of(own: &[&str]) -> Which {
    if own.iter().any(|word| NARROWING.contains(word)) {
        return Which::Unclear;
    }
    let (mut ranks, mut weeks, mut closes) = (Vec::new(), None, false);
    for word in words(&own.join(" ")) {
        match word {
            Word::Rank(rank) => ranks.push(rank),
            Word::Weeks(kind) if weeks.is_none_or(|known| known == kind) => weeks = Some(kind),
            Word::Closes => closes = true,
            Word::Half(_) | Word::Opens | Word::Filler | Word::OfMonth | Word::Number(_) | Word::Time(_) => {}
            _ => return Which::Unclear,
        }
    }
    match (ranks.is_empty() && weeks.is_none(), closes) {
        (true, true) => Which::Closing,
        (true, false) => Which::All,
        (false, true) => Which::Unclear,
        (false, false) => some_of(&ranks, weeks).map_or(Which::Unclear, Which::Selected),
    }
}

/// The day in a name, and its other words.
fn day_and_rest(column: &str) -> Option<(usize, Vec<String>)> {
    let folded = fold(column);
    let named = WEEKDAYS.iter().enumerate().chain(ENGLISH.iter().enumerate());
    let found: Vec<(usize, &&str)> = named.filter(|(_, day)| folded.contains(**day)).collect();
    if found.iter().any(|(day, _)| *day != found[0].0) {
        return None;
    }
    let cut = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        // `lundi_apres_midi`: one word of two, which is not noon.
        let whole = format!(" {} ", words.join(" ")).replace(" apres midi ", " apresmidi ");
        whole.split_whitespace().map(ToOwned::to_owned).collect()
    };
    if let Some((day, _)) = found.first() {
        let rest = found.iter().fold(folded.clone(), |rest, (_, name)| rest.replacen(**name, " ", 1));
        return Some((*day, cut(&rest)));
    }
    let mut words = cut(&folded);
    for short in [["lun", "mar", "mer", "jeu", "ven", "sam", "dim"], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]]
    {
        if let Some(day) = words.iter().find_map(|word| short.iter().position(|day| day == word)) {
            words.retain(|word| word != short[day]);
            return Some((day, words));
        }
    }
    None
}

thread_local! {
    /// Weeks of lists, with the names of their columns.
    static WEEKS: Known<Option<Read>> = RefCell::default();
    /// What the names of columns say: those of a list are the same in every row.
    static NAMES: Known<Vec<Option<(usize, Which)>>> = RefCell::default();
}

/// The hours of several columns, each with its name: by day when names hold days of the week; `None` when none does, and
/// the texts belong together as one sentence.
#[must_use]
pub fn by_columns(columns: &[(&str, Option<&str>)]) -> Option<Read> {
    let cell = |(name, text): &(&str, Option<&str>)| match text {
        Some(text) => format!("{name}\u{1f}{text}\u{1e}"),
        None => format!("{name}\u{1e}"),
    };
    once(&WEEKS, &columns.iter().map(cell).collect::<String>(), || read(columns))
}

fn read(columns: &[(&str, Option<&str>)]) -> Option<Read> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let days = once(&NAMES, &names.join("\u{1f}"), || days_of(&names));
    if days.iter().all(Option::is_none) {
        return None;
    }
    let mut said = Said::default();
    for (day, (name, text)) in days.iter().zip(columns) {
        let Some(text) = text.filter(|text| !is_nothing(text)) else { continue };
        match day {
            Some((day, which)) => said.add(*day, which, name, text),
            None if fold(name).contains("ferie") => said.holidays.push((name, text)),
            None => said.beside.push(format!("{name} : {text}")),
        }
    }
    Some(said.hours())
}

/// What the columns of one row say.
#[derive(Default)]
struct Said<'a> {
    /// Every week.
    plain: [Vec<&'a str>; 7],
    /// Some days: day, selector, name and text of each column.
    selected: Vec<(usize, String, &'a str, Vec<&'a str>)>,
    /// Under its name.
    unclear: [Vec<String>; 7],
    /// Public holidays.
    holidays: Vec<(&'a str, &'a str)>,
    /// Of no day.
    beside: Vec<String>,
}

impl<'a> Said<'a> {
    fn add(&mut self, day: usize, which: &Which, name: &'a str, text: &'a str) {
        match which {
            Which::All => self.plain[day].push(text),
            // `mer_fermeture` is the end of what `mer_ouverture` begins; whole hours are those of a closure.
            Which::Closing if one_day(day, text).is_none() => self.plain[day].push(text),
            Which::Selected(selector) => {
                match self.selected.iter_mut().find(|(known, of, ..)| *known == day && of == selector) {
                    Some((.., texts)) => texts.push(text),
                    None => self.selected.push((day, selector.clone(), name, vec![text])),
                }
            }
            Which::Closing | Which::Unclear => self.unclear[day].push(format!("{name} : {text}")),
        }
    }

    fn hours(mut self) -> Read {
        let mut rules: Vec<String> = Vec::new();
        for (day, selector, name, texts) in std::mem::take(&mut self.selected) {
            let (text, kind) = (texts.join(" / "), selector.starts_with("week"));
            // Beside hours of every week, or of ranks and weeks at once, nobody can tell which of them hold.
            let alone = self.plain[day].is_empty()
                && !rules.iter().any(|rule| rule.contains(DAYS[day]) && rule.starts_with("week") != kind);
            match one_day(day, &text).filter(|_| alone) {
                Some(osm) => rules
                    .push(osm.replace(&format!("{} ", DAYS[day]), &format!("{} ", selector.replace("{}", DAYS[day])))),
                None => self.unclear[day].push(format!("{name} : {text}")),
            }
        }
        for (name, text) in std::mem::take(&mut self.holidays) {
            match one_day(0, text) {
                Some(osm) => rules.push(osm.replace("Mo ", "PH ")),
                None => self.beside.push(format!("{name} : {text}")),
            }
        }
        // A cross among hours is a closure; where there are crosses alone, they may be the days that are open.
        let mut said = self.plain.iter().flatten().peekable();
        if rules.is_empty() && said.peek().is_some() && said.all(|text| fold(text) == "x") {
            return kept(&self.text(), "crosses without hours; open or closed, nobody can tell".to_owned());
        }
        let joined = self.plain.each_ref().map(|texts| texts.join(" / "));
        let (week, unread) = from_french_days_one_by_one(joined.each_ref().map(|text| Some(text.as_str())));
        let mut remarks: Vec<Remark> = rules
            .iter()
            .map(|rule| {
                let doubt = Doubt::new(Code::RepairedHours, "the column says on which days; read as such");
                Remark::new(rule, Action::ValueRepaired, doubt)
            })
            .collect();
        remarks.extend(unread.iter().map(|unread| {
            Remark::new(&*unread.text, Action::ValueKept, Doubt::new(Code::InvalidHours, unread.to_string()))
        }));
        let reason = "the name of the column says more than a day; kept under its name";
        remarks.extend(
            self.unclear
                .iter()
                .flatten()
                .chain(&self.beside)
                .map(|text| Remark::new(&**text, Action::ValueKept, Doubt::new(Code::InvalidHours, reason))),
        );
        let is_empty = week.is_none() && rules.is_empty();
        if is_empty && remarks.is_empty() {
            return (Hours::Unknown, Vec::new());
        }
        let whole = self.text();
        let osm = if is_empty || !self.beside.is_empty() { None } else { Some(self.osm(week, rules)) };
        // An endless note would make the whole week unreadable.
        match osm.and_then(|osm| made(&osm)) {
            Some((hours, early)) => {
                remarks.splice(0..0, early);
                (hours, remarks)
            }
            None if remarks.is_empty() => kept(&whole, "hours of columns that cannot be read together".to_owned()),
            None => (Hours::Text(whole), remarks),
        }
    }

    /// The week, the rules beside it, and what is to be checked: of a day without hours, or when the others say closed.
    fn osm(&self, week: Option<String>, mut rules: Vec<String>) -> String {
        rules.splice(0..0, week);
        let mut fallbacks = Vec::new();
        for (day, texts) in self.unclear.iter().enumerate().filter(|(_, texts)| !texts.is_empty()) {
            let rule = format!("{} unknown \"{}\"", DAYS[day], quoted(&texts.join(", ")));
            let selected =
                rules.iter().any(|rule| rule.contains(&format!("{}[", DAYS[day])) || rule.starts_with("week"));
            if self.plain[day].is_empty() && !selected { rules.push(rule) } else { fallbacks.push(rule) }
        }
        let main = rules.join("; ");
        if fallbacks.is_empty() { main } else { format!("{main} || {}", fallbacks.join("; ")) }
    }

    /// « lundi : 9h-12h ; mercredi hors vacances : 14h-17h ».
    fn text(&self) -> String {
        let plain = Some(by_day(&self.plain)).filter(|text| !text.is_empty());
        let named = self.unclear.iter().flatten().chain(&self.beside).cloned();
        plain.into_iter().chain(named).collect::<Vec<_>>().join(" ; ")
    }
}

/// The text of one day as rules of that day; `None` when it cannot be read for certain, or says nothing.
fn one_day(day: usize, text: &str) -> Option<String> {
    let mut texts = [None; 7];
    texts[day] = Some(text);
    let (osm, unread) = from_french_days_one_by_one(texts);
    osm.filter(|_| unread.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(columns: &[(&str, &str)]) -> String {
        let columns: Vec<(&str, Option<&str>)> = columns.iter().map(|(name, text)| (*name, Some(*text))).collect();
        match by_columns(&columns) {
            Some((Hours::Osm(osm), _)) => osm,
            Some((Hours::Text(text), remarks)) => {
                assert!(!remarks.is_empty(), "{text} without a remark");
                format!("texte {text}")
            }
            other => format!("{other:?}"),
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
        let english = [("Monday", Some("09:00-12:00")), ("Tuesday", Some("closed")), ("sat_am", Some("10:00-12:00"))];
        assert_eq!(read(&english), Some(Hours::Osm("Mo 09:00-12:00; Sa 10:00-12:00".into())));
        let crosses = [("lundi matin", Some("x")), ("lundi après-midi", None), ("mardi matin", Some("X"))];
        assert_eq!(read(&crosses), Some(Hours::Text("lundi : x ; mardi : X".into())));
        let closed = [("lundi", Some("9h-12h")), ("mardi", Some("x"))];
        assert_eq!(read(&closed), Some(Hours::Osm("Mo 09:00-12:00".into())));
    }

    #[test]
    fn a_name_that_says_which_days_is_heard() {
        for (columns, expected) in [
            (&[("1er samedi", "9h-12h")][..], "Sa[1] 09:00-12:00"),
            (&[("lundi", "9h-12h"), ("1er et 3e samedi", "9h-12h")], "Mo 09:00-12:00; Sa[1,3] 09:00-12:00"),
            (
                &[("Horaires lundi (semaines paires)", "9h-12h"), ("Horaires lundi (semaines impaires)", "14h-17h")],
                "week 2-52/2 Mo 09:00-12:00; week 1-53/2 Mo 14:00-17:00",
            ),
            (&[("samedi", "9h-12h"), ("jours_feries", "fermé")], "Sa 09:00-12:00; PH off"),
            (&[("Horaires EPN lundi", "9h-12h"), ("Horaires EPN mardi", "9h-12h")], "Mo,Tu 09:00-12:00"),
            (&[("lundi 1", "9h-12h"), ("lundi 2", "14h-17h")], "Mo 09:00-12:00,14:00-17:00"),
            (&[("lundi_matin", "9h-12h"), ("lundi_apres_midi", "14h-17h")], "Mo 09:00-12:00,14:00-17:00"),
            (&[("Lundi matin", "9h-12h"), ("Lundi après-midi", "14h-17h")], "Mo 09:00-12:00,14:00-17:00"),
            (&[("lundi_matin", "9h-12h"), ("lundi_aprem", "14h-17h")], "Mo 09:00-12:00,14:00-17:00"),
            (&[("Après-midi du lundi", "14h-17h"), ("Jeudi apres midi", "14h-17h")], "Mo,Th 14:00-17:00"),
            (
                &[
                    ("lundi ouverture matin", "09:00"),
                    ("lundi fermeture matin", "12:00"),
                    ("lundi ouverture après-midi", "14:00"),
                    ("lundi fermeture après-midi", "17:00"),
                ],
                "Mo 09:00-12:00,14:00-17:00",
            ),
        ] {
            assert_eq!(read(columns), expected, "{columns:?}");
        }
    }

    #[test]
    fn a_name_that_says_more_than_a_day_keeps_its_text() {
        for (columns, expected) in [
            (&[("Mardi 1 semaine sur 2", "9h-12h")][..], "texte Mardi 1 semaine sur 2 : 9h-12h"),
            (
                &[("lundi_vacances", "9h-12h"), ("lundi_scolaire", "14h-17h")],
                "texte lundi_vacances : 9h-12h ; lundi_scolaire : 14h-17h",
            ),
            (
                &[("mardi_ete", "9h-12h"), ("mardi_hiver", "14h-17h")],
                "texte mardi_ete : 9h-12h ; mardi_hiver : 14h-17h",
            ),
            (
                &[("lundi_tel", "9h-12h"), ("lundi_accueil", "14h-17h")],
                "Mo 14:00-17:00 || Mo unknown \"lundi_tel : 9h-12h\"",
            ),
            (
                &[("mercredi hors vacances", "9h-12h"), ("lundi", "9h-12h")],
                "Mo 09:00-12:00; We unknown \"mercredi hors vacances : 9h-12h\"",
            ),
            (&[("samedi_juillet", "9h-12h")], "texte samedi_juillet : 9h-12h"),
            (&[("mercredi sur rdv", "9h-12h")], "texte mercredi sur rdv : 9h-12h"),
            (&[("lundi_permanence_telephonique", "9h-12h")], "texte lundi_permanence_telephonique : 9h-12h"),
            (&[("Mardi (fermeture)", "14h-17h")], "texte Mardi (fermeture) : 14h-17h"),
            (
                &[("samedi", "9h-12h"), ("1er samedi", "14h-17h")],
                "Sa 09:00-12:00 || Sa unknown \"1er samedi : 14h-17h\"",
            ),
            (&[("lundi", "9h-12h"), ("mardi", "Ouvert")], "Mo 09:00-12:00; Tu unknown \"Ouvert\""),
            (&[("mardi", "Ouvert")], "texte mardi : Ouvert"),
            (&[("lundi", "9h-12h"), ("commentaire_horaires", "")], "Mo 09:00-12:00"),
            (
                &[("lundi", "9h-12h"), ("commentaire_horaires", "sauf août")],
                "texte lundi : 9h-12h ; commentaire_horaires : sauf août",
            ),
        ] {
            assert_eq!(read(columns), expected, "{columns:?}");
        }
    }
}
