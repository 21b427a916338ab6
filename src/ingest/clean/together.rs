//! The hours of a place of which one list has several rows: two permanences at one door, each with the days on which it is
//! held. Somebody is there when one of the rows says so.

use super::weekly::{Weekly, quoted};
use crate::domain::Hours;
use crate::domain::hours::notation::pieces;
use crate::domain::hours::{HolidayCalendar, OpeningHours, spelled};
use crate::domain::text::fold;

/// Longest words of other hours that stand beside hours.
const WORDS: usize = 240;

/// What another row of the list adds to the hours of the leading one; `None` when it adds nothing. `older` says that the other
/// row is the older of the two: where openings of one day cross, they are two accounts of one opening, and the newer holds.
#[must_use]
pub fn added(leading: &Hours, other: &Hours, older: bool) -> Option<Hours> {
    let joined = match (leading, other) {
        (_, Hours::Unknown) => return None,
        (Hours::Unknown, other) => other.clone(),
        (Hours::Osm(ours), Hours::Osm(theirs)) => {
            // Words that stand beside hours stay there: another row adds to the hours.
            let (plain, words) =
                ours.split_once(" || ").map_or((ours.as_str(), None), |(plain, words)| (plain, Some(words)));
            match (weeks(plain, theirs, older).or_else(|| rules(plain, theirs)), words) {
                (Some(Hours::Osm(joined)), Some(words)) => Hours::Osm(format!("{joined} || {words}")),
                (Some(joined), _) => joined,
                (None, _) => beside(ours, &in_words(theirs)),
            }
        }
        (Hours::Osm(ours), Hours::Text(words)) | (Hours::Text(words), Hours::Osm(ours)) => beside(ours, words),
        (Hours::Text(ours), Hours::Text(theirs)) if fold(ours).contains(&fold(theirs)) => return None,
        (Hours::Text(ours), Hours::Text(theirs)) => Hours::Text(format!("{ours} ; {theirs}")),
    };
    (joined != *leading).then_some(joined)
}

/// Hours as people read them: what stands in a note is shown as it is.
fn in_words(osm: &str) -> String {
    OpeningHours::parse(osm, HolidayCalendar::NATIONAL)
        .map_or_else(|_| osm.to_owned(), |hours| hours.week_words().join(" ; "))
}

/// Two weeks, day by day; `None` when one of them is no plain week.
fn weeks(ours: &str, theirs: &str, older: bool) -> Option<Hours> {
    let mut week = Weekly::read(ours)?;
    let before = week.clone();
    week.unite(&Weekly::read(theirs)?, older);
    if week == before { Some(Hours::Osm(ours.to_owned())) } else { week.hours() }
}

/// Rules of no plain week (dates, ranks in the month, every second week) hold beside those of the other row.
fn rules(ours: &str, theirs: &str) -> Option<Hours> {
    let is_holiday = |rule: &&str| rule.starts_with("PH ") || rule.starts_with("SH ");
    let is_closed = |rule: &str| rule.ends_with(" off") || rule.ends_with(" closed");
    // The rules of every week come first: those after them are read as exceptions.
    let (first, second) =
        if Weekly::read(ours).is_none() && Weekly::read(theirs).is_some() { (theirs, ours) } else { (ours, theirs) };
    if first.contains("||") || second.contains("||") {
        return None;
    }
    let (holidays, days): (Vec<&str>, Vec<&str>) = pieces(first, "; ").into_iter().partition(is_holiday);
    let known: Vec<&str> = days.iter().flat_map(|rule| pieces(rule, ", ")).collect();
    let others = pieces(second, "; ").into_iter().filter(|rule| !is_holiday(rule));
    let others = others.flat_map(|rule| pieces(rule, ", ")).filter(|rule| !known.contains(rule));
    let mut osm = days.join("; ");
    // A closure of the one row closes nothing of the other.
    others.filter(|rule| !is_closed(rule)).for_each(|rule| osm = format!("{osm}, {rule}"));
    holidays.iter().for_each(|rule| osm = format!("{osm}; {rule}"));
    OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).is_ok().then_some(Hours::Osm(osm))
}

/// Hours that cannot be joined: where those that were read say closed, the words of the other row say that only the place can
/// tell.
fn beside(osm: &str, words: &str) -> Hours {
    // A notation that nobody could read is no words: people read this.
    let words = &spelled(words);
    let note: String = quoted(words).chars().take(WORDS).collect();
    if osm.contains(&note) {
        return Hours::Osm(osm.to_owned());
    }
    let fallback = format!("{osm} || unknown \"{note}\"");
    if OpeningHours::parse(&fallback, HolidayCalendar::NATIONAL).is_ok() {
        return Hours::Osm(fallback);
    }
    let by_day = Weekly::read(osm).and_then(|mut week| {
        let open = week.open_days();
        (0..7).filter(|day| !open.contains(day)).for_each(|day| week.doubt(day, None, words));
        week.hours()
    });
    by_day.unwrap_or_else(|| Hours::Text(format!("{osm} ; {words}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn osm(leading: &str, other: &str, older: bool) -> String {
        match added(&Hours::Osm(leading.into()), &Hours::Osm(other.into()), older) {
            Some(Hours::Osm(osm)) => osm,
            None => "nothing".to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_beside_hours_stay_beside_what_is_added() {
        let ours = "Mo-Fr 09:30-12:30 || 24/7 unknown \"Mo 09:00\"";
        assert_eq!(osm(ours, "Mo-Fr 09:30-12:30", false), "nothing", "said already");
        assert_eq!(
            osm(ours, "Sa 10:00-12:00", false),
            "Mo-Fr 09:30-12:30; Sa 10:00-12:00 || 24/7 unknown \"Mo 09:00\""
        );
    }

    #[test]
    fn what_stands_beside_hours_is_french() {
        let text = Hours::Text("Mo 09:00".into());
        assert_eq!(
            added(&Hours::Osm("Mo-Fr 09:30-12:30".into()), &text, false),
            Some(Hours::Osm("Mo-Fr 09:30-12:30 || unknown \"lundi 9 h\"".into()))
        );
    }

    #[test]
    fn the_weeks_of_two_rows_add_up() {
        for (leading, other, expected) in [
            // Commune de Lorient.
            (
                "Mo 09:00-12:00,14:00-17:00; Fr 09:00-12:00",
                "We,Th 09:30-12:30,14:30-18:30",
                "Mo 09:00-12:00,14:00-17:00; We,Th 09:30-12:30,14:30-18:30; Fr 09:00-12:00",
            ),
            // Mairie du XIIIe, Paris: the afternoon of Thursday lies in the hours of the other row.
            ("Th 14:00-17:00", "Mo-Fr 09:00-13:00,14:00-17:00", "Mo-Fr 09:00-13:00,14:00-17:00"),
            // La Poste Mandela, Cayenne.
            ("Mo 08:00-13:00,13:00-15:00", "Mo-Fr 08:00-13:00,13:00-15:00", "Mo-Fr 08:00-13:00,13:00-15:00"),
            // Bibliothèque de Mouzon: mornings here, afternoons there.
            (
                "Tu,We 09:00-12:00",
                "Tu-Th 14:00-17:00; Fr 09:00-11:30",
                "Tu,We 09:00-12:00,14:00-17:00; Th 14:00-17:00; Fr 09:00-11:30",
            ),
            // La Mine, Arcueil: what the one row closes, the other opens.
            ("We-Sa 10:00-13:00,13:00-18:00; Fr closed", "Fr 10:00-13:00,13:00-18:00", "We-Sa 10:00-13:00,13:00-18:00"),
            // Gap, Saint-Mens.
            ("Mo 09:00-12:00", "Fr 09:00-12:00", "Mo,Fr 09:00-12:00"),
            ("Mo 09:00-12:00; PH off", "Tu 09:00-12:00", "Mo,Tu 09:00-12:00; PH off"),
            ("Tu-Fr 09:00-12:00", "We 10:00-11:00", "nothing"),
            (
                "Mo,We 09:00-12:00 open \"sur rendez-vous\"",
                "Tu 09:00-12:00",
                "Mo,We 09:00-12:00 open \"sur rendez-vous\"; Tu 09:00-12:00",
            ),
        ] {
            for older in [true, false] {
                assert_eq!(osm(leading, other, older), expected, "{leading} + {other}");
                let read = OpeningHours::parse(leading, HolidayCalendar::NATIONAL).and_then(|_| {
                    OpeningHours::parse(
                        if expected == "nothing" { leading } else { expected },
                        HolidayCalendar::NATIONAL,
                    )
                });
                assert!(read.is_ok(), "{expected}");
            }
        }
    }

    #[test]
    fn openings_that_cross_are_two_accounts_of_one_and_the_newer_holds() {
        assert_eq!(osm("Mo 13:00-15:00", "Mo 12:00-14:00", true), "nothing");
        assert_eq!(osm("Mo 13:00-15:00", "Mo 12:00-14:00", false), "Mo 12:00-15:00");
        assert_eq!(osm("Mo 13:00-15:00", "Mo 12:00-14:00; Tu 12:00-14:00", true), "Mo 13:00-15:00; Tu 12:00-14:00");
    }

    #[test]
    fn rules_of_no_week_hold_beside_those_of_the_other_row() {
        for (leading, other, expected) in [
            ("Mo 09:00-12:00", "Th[1] 14:00-16:00", "Mo 09:00-12:00, Th[1] 14:00-16:00"),
            ("Th[1] 14:00-16:00", "Mo 09:00-12:00; PH off", "Mo 09:00-12:00, Th[1] 14:00-16:00; PH off"),
            (
                "2022 Dec 5 Mo 09:00-12:00",
                "2022 Dec 6 Tu 09:00-12:00",
                "2022 Dec 5 Mo 09:00-12:00, 2022 Dec 6 Tu 09:00-12:00",
            ),
            ("week 2-52/2 Tu 09:00-12:00", "week 2-52/2 Tu 09:00-12:00", "nothing"),
        ] {
            assert_eq!(osm(leading, other, false), expected, "{leading} + {other}");
        }
        let at = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let both = OpeningHours::parse("Mo 09:00-12:00, Mo[1] 14:00-16:00; PH off", HolidayCalendar::NATIONAL).unwrap();
        // 2 September 2024 is the first Monday of its month.
        let open = ["2024-09-02 10:00", "2024-09-02 15:00", "2024-09-09 10:00", "2024-09-09 15:00"];
        assert_eq!(open.map(|text| both.open_at(at(text))), [Some(true), Some(true), Some(true), Some(false)]);
    }

    #[test]
    fn where_words_stand_beside_hours_no_day_is_said_to_be_closed() {
        let at = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        for leading in ["Mo 09:00-12:00", "Mo 09:00-12:00; We off; PH off"] {
            let words = Hours::Text("jeudi : une semaine sur deux".into());
            let Some(Hours::Osm(osm)) = added(&Hours::Osm(leading.into()), &words, false) else { panic!("{leading}") };
            let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
            // A Monday and a Thursday.
            assert_eq!(hours.open_at(at("2024-09-02 10:00")), Some(true), "{osm}");
            assert_eq!(hours.open_at(at("2024-09-05 10:00")), None, "{osm}");
            assert_eq!(added(&Hours::Osm(osm), &words, false), None, "said once");
        }
        let text = |text: &str| Hours::Text(text.to_owned());
        assert_eq!(added(&text("le lundi"), &text("Le lundi"), false), None);
        assert_eq!(added(&text("le lundi"), &text("le mardi"), false), Some(text("le lundi ; le mardi")));
        assert_eq!(added(&text("le lundi"), &Hours::Unknown, false), None);
        assert_eq!(added(&Hours::Unknown, &text("le lundi"), false), Some(text("le lundi")));
    }
}
