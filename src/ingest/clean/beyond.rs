//! Days and hours that a comment names and the columns leave out: « Ouvert deux samedis par mois de 8h à 12h », « Uniquement sur
//! rendez-vous le vendredi ». By the columns alone the place is closed then; and by them it is open when the comment denies it:
//! « pas d'accueil le mardi ». Read on the 830 comments of the list of France services of August 2024.

use super::clause::{Word, words};
use super::comment::{Named, clauses, named};
use super::weekly::Weekly;
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::hours::WEEKDAYS;
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Words of other places, of other people and of the telephone, folded: what is said beside them holds there.
const ELSEWHERE: [&str; 20] = [
    "permanence",
    "itineran",
    "antenne",
    "annexe",
    "mairie",
    "mediatheque",
    "bus ",
    "camion",
    "delocalis",
    "deplace",
    "commune",
    "domicile",
    "telephonique",
    "conciliateur",
    "greffier",
    "avocat",
    "notaire",
    "exceptionnel",
    "a partir d",
    "a compter d",
];
/// Words of a reception that is not held, folded, without apostrophes.
const DENIALS: [&str; 9] = [
    "pas d accueil",
    "aucun accueil",
    "sans accueil",
    "pas ouvert",
    "n accueille pas",
    "ne recoit pas",
    "accueil telephonique uniquement",
    "accueil telephonique seulement",
    "uniquement par telephone",
];

/// The hours with what their comment says beside them, and what there is to say; `None` when it says nothing more.
#[must_use]
pub fn widened(comment: &str, hours: &Hours) -> Option<(Hours, Vec<Remark>)> {
    let Hours::Osm(osm) = hours else { return None };
    let mut week = Weekly::read(osm)?;
    let clauses = clauses(comment);
    let told = clauses.iter().filter(|clause| {
        let folded = fold(clause).replace('\'', " ");
        let words = words(clause);
        denied(clause, &folded, &words, &mut week) || added(clause, &folded, &words, clauses.len() == 1, &mut week)
    });
    let told: Vec<&&str> = told.collect();
    let reason = "the comment says more of the days than the columns do; shown beside them";
    let remark = |clause: &&&str| Remark::new(**clause, Action::ValueKept, Doubt::new(Code::InvalidHours, reason));
    let remarks: Vec<Remark> = told.iter().map(remark).collect();
    (!remarks.is_empty()).then(|| Some((week.hours()?, remarks))).flatten()
}

/// « Pas d'accueil le mardi »: the hours of that day are to be checked.
fn denied(clause: &str, folded: &str, words: &[Word], week: &mut Weekly) -> bool {
    let appointments = ["rendez", "rdv", "sauf"].iter().any(|word| folded.contains(word));
    if appointments || !DENIALS.iter().any(|denial| folded.contains(denial)) {
        return false;
    }
    let mut told = false;
    for named in named(words) {
        if week.is_open(named.day, named.window) {
            week.doubt(named.day, named.window, clause);
            told = true;
        }
    }
    told
}

/// Days that the columns leave closed, and hours beside theirs.
fn added(clause: &str, folded: &str, words: &[Word], alone: bool, week: &mut Weekly) -> bool {
    let has = |word: Word| words.contains(&word);
    let some = words.iter().any(|word| matches!(word, Word::Some | Word::Rank(_)));
    let by_appointment = ["sur rendez", "sur rdv", "su rendez"].iter().any(|words| folded.contains(words));
    let seasonal = words.iter().any(|word| matches!(word, Word::Month(_) | Word::Date(..) | Word::Summer));
    let says = has(Word::Opens) || by_appointment || alone && some && !has(Word::Unknown);
    if !says || has(Word::Closes) || seasonal || ELSEWHERE.iter().any(|word| folded.contains(word)) {
        return false;
    }
    let times: Vec<u32> =
        words.iter().filter_map(|word| if let Word::Time(at) = word { Some(*at) } else { None }).collect();
    let span = if let [from, until] = times[..] { Some((from, until)).filter(|_| from < until) } else { None };
    let mut told = false;
    for day in days(folded, words) {
        if !week.is_open(day.day, span.or(day.window)) && week.also(day.day, span, clause) {
            told = true;
        }
    }
    told
}

/// The days of a clause, with those in between (« du lundi au vendredi »); a half after several days is that of each.
fn days(folded: &str, words: &[Word]) -> Vec<Named> {
    let mut days = named(words);
    for at in (1..days.len()).rev() {
        days[at - 1].window = days[at - 1].window.or(days[at].window);
    }
    for (first, last) in
        (0..WEEKDAYS.len()).flat_map(|first| (first + 2..WEEKDAYS.len()).map(move |last| (first, last)))
    {
        if folded.contains(&format!("{} au {}", WEEKDAYS[first], WEEKDAYS[last])) {
            let window = days.iter().find(|day| day.day == last).and_then(|day| day.window);
            days.extend((first + 1..last).map(|day| Named { day, window, ..Named::default() }));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str, osm: &str) -> String {
        match widened(comment, &Hours::Osm(osm.to_owned())) {
            Some((Hours::Osm(osm), _)) => osm,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_day_that_only_the_comment_names_is_not_closed() {
        let mornings = "Mo-Fr 09:00-12:00";
        for (comment, added) in [
            (
                "Ouvert deux samedi par mois de 8h à 12h",
                "; Sa 08:00-12:00 unknown \"Ouvert deux samedi par mois de 8h à 12h\"",
            ),
            ("un samedi matin par mois", "; Sa unknown \"un samedi matin par mois\""),
            (
                "Nous sommes également ouvert de 9h30 à 12h30 le premier samedi du mois.",
                "; Sa 09:30-12:30 unknown \"Nous sommes également ouvert de 9h30 à 12h30 le premier samedi du mois\"",
            ),
            ("samedi : uniquement sur rendez-vous", "; Sa unknown \"samedi : uniquement sur rendez-vous\""),
        ] {
            assert_eq!(read(comment, mornings), format!("{mornings}{added}"), "{comment}");
        }
        assert_eq!(
            read("Sur rendez vous uniquement le jeudi de 14h à 17h", "Th 09:30-13:00"),
            "Th 09:30-13:00, Th 14:00-17:00 unknown \"Sur rendez vous uniquement le jeudi de 14h à 17h\""
        );
        assert_eq!(
            read("Sur rdv du lundi au mercredi de 14h à 16h", "Mo-We 09:00-12:00"),
            "Mo-We 09:00-12:00, Mo-We 14:00-16:00 unknown \"Sur rdv du lundi au mercredi de 14h à 16h\""
        );
    }

    #[test]
    fn a_day_that_the_comment_denies_is_to_be_checked() {
        assert_eq!(
            read("Pas d'accueil le mardi", "Mo,Tu 09:00-12:00"),
            "Mo 09:00-12:00; Tu 09:00-12:00 unknown \"Pas d'accueil le mardi\""
        );
        assert!(
            read("Accueil téléphonique uniquement le vendredi", "Mo-Fr 09:00-12:00").contains("Fr 09:00-12:00 unknown")
        );
    }

    #[test]
    fn what_is_known_or_held_elsewhere_adds_nothing() {
        for comment in [
            "Ouvert le lundi matin de 9h à 12h",
            "Sur rendez-vous le mardi matin",
            "Permanence le samedi à la mairie de Bourg",
            "Antenne ouverte le samedi de 9h à 12h",
            "Sur rendez-vous dans les communes le samedi",
            "Accueil téléphonique le samedi matin",
            "Fermé le samedi",
            "Ouvert le samedi en juillet",
            "Pas d'accueil sans rendez-vous le mardi",
            "Accessible PMR",
        ] {
            assert_eq!(read(comment, "Mo-Fr 09:00-12:00"), "None", "{comment}");
        }
    }
}
