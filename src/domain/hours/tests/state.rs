//! Reading, holidays and the state at an instant.

use super::super::{HolidayCalendar, HoursError, OpenState, OpeningHours};
use super::{at, hours, hours_in};

fn is_open(hours: &OpeningHours, instant: &str) -> bool {
    matches!(hours.open_state(at(instant)), OpenState::Open { .. })
}

#[test]
fn a_place_closed_on_public_holidays_is_closed_on_the_french_ones() {
    // D1: evaluated with German holidays elsewhere.
    let paris = hours_in("75", "Mo-Fr 09:00-17:00; PH off");
    for holiday in ["2025-07-14", "2025-05-08", "2025-08-15", "2025-11-11"] {
        assert!(!is_open(&paris, &format!("{holiday} 10:00")), "{holiday}");
    }
    assert!(is_open(&paris, "2025-10-03 10:00"), "3 October is a holiday in Germany, not in France");
    assert!(is_open(&paris, "2025-07-15 10:00"));
}

#[test]
fn good_friday_and_26_december_close_alsace_moselle_only() {
    for code in ["57", "67", "68", "54", "75", "971", "972", "2A"] {
        let place = hours_in(code, "Mo-Fr 09:00-17:00; PH off");
        let expected = !["57", "67", "68"].contains(&code);
        assert_eq!(is_open(&place, "2025-12-26 10:00"), expected, "{code}");
        assert_eq!(is_open(&place, "2025-04-18 10:00"), expected, "{code}");
    }
}

#[test]
fn the_tenth_of_june_closes_guyane_only() {
    for (code, expected) in [("973", false), ("972", true), ("35", true)] {
        assert_eq!(is_open(&hours_in(code, "Mo-Fr 09:00-17:00; PH off"), "2025-06-10 10:00"), expected, "{code}");
    }
}

#[test]
fn a_holiday_that_the_hours_do_not_mention_follows_its_weekday() {
    let place = hours("Mo-Fr 09:00-17:00");
    assert_eq!(
        place.open_state(at("2025-07-14 10:00")),
        OpenState::Open { until: Some(at("2025-07-14 17:00")), note: None }
    );
}

#[test]
fn the_state_tells_when_it_will_change() {
    let place = hours("Mo-Fr 09:00-12:00,13:30-17:30; Sa 09:00-12:00");
    // Monday 10 March 2025.
    for (instant, expected) in [
        ("2025-03-10 09:00", OpenState::Open { until: Some(at("2025-03-10 12:00")), note: None }),
        ("2025-03-10 11:59", OpenState::Open { until: Some(at("2025-03-10 12:00")), note: None }),
        ("2025-03-10 12:00", OpenState::Closed { opens: Some(at("2025-03-10 13:30")), note: None }),
        ("2025-03-10 18:00", OpenState::Closed { opens: Some(at("2025-03-11 09:00")), note: None }),
        ("2025-03-15 12:30", OpenState::Closed { opens: Some(at("2025-03-17 09:00")), note: None }),
    ] {
        assert_eq!(place.open_state(at(instant)), expected, "{instant}");
    }
}

#[test]
fn an_opening_more_than_fourteen_days_away_is_not_known() {
    let place = hours("Mo-Fr 09:00-12:00; Aug off");
    assert_eq!(place.open_state(at("2025-08-01 10:00")), OpenState::Closed { opens: None, note: None });
    let opens = Some(at("2025-09-01 09:00"));
    assert_eq!(place.open_state(at("2025-08-18 10:00")), OpenState::Closed { opens, note: None });
    let far = Some(at("2025-09-01 09:00"));
    assert_eq!(place.open_state(at("2025-08-18 09:00")), OpenState::Closed { opens: far, note: None });
    assert_eq!(place.open_state(at("2025-08-18 08:59")), OpenState::Closed { opens: None, note: None });
}

#[test]
fn a_night_belongs_to_the_evening_it_began() {
    let place = hours("Fr 20:00-02:00");
    let until = Some(at("2025-03-15 02:00"));
    assert_eq!(place.open_state(at("2025-03-14 23:00")), OpenState::Open { until, note: None });
    assert_eq!(place.open_state(at("2025-03-15 01:00")), OpenState::Open { until, note: None });
    assert!(!is_open(&place, "2025-03-14 01:00"));
}

#[test]
fn a_night_that_would_be_cut_is_refused_rather_than_cut() {
    let error = OpeningHours::parse("Fr 20:00-02:00; Sa 10:00-12:00", HolidayCalendar::NATIONAL).unwrap_err();
    assert!(matches!(error, HoursError::Unsupported(..)), "{error}");
    assert!(is_open(&hours("Mo-Th 18:00-23:00; Fr 18:00-01:00"), "2025-03-15 00:30"));
}

#[test]
fn open_all_the_time_has_no_closing() {
    assert_eq!(hours("24/7").open_state(at("2025-03-10 03:00")), OpenState::Open { until: None, note: None });
}

#[test]
fn hours_by_appointment_keep_their_note() {
    let place =
        hours("Mo 09:00-12:00, Mo 14:00-17:00 open \"sur rendez-vous\"; Tu unknown \"sur rendez-vous\"; We \"à voir\"");
    let note = Some("sur rendez-vous".into());
    let until = Some(at("2025-03-10 17:00"));
    assert_eq!(place.open_state(at("2025-03-10 15:00")), OpenState::Open { until, note: note.clone() });
    assert_eq!(place.open_state(at("2025-03-11 15:00")), OpenState::Unknown { note });
    let note = Some("à voir".into());
    assert_eq!(place.open_state(at("2025-03-12 03:00")), OpenState::Unknown { note });
}

#[test]
fn malformed_hours_say_what_is_wrong() {
    for (text, at_fault) in [
        ("Mo 25:00-26:00", "Mo 25:00-26:00"),
        ("Mo-Fr 09:00-12:00; Tu 08:30", "Tu 08:30"),
        ("lundi 9h-12h", "lundi 9h-12h"),
        ("Mo-Fr 09:00-12:00-14:00", "Mo-Fr 09:00-12:00-14:00"),
        ("Mo 14:00-14:00", "Mo 14:00-14:00"),
        ("Mo-Th 09:00-17:00; Fr 17:00-12:00", "Fr 17:00-12:00"),
        ("Mo 00:00-00:00", "Mo 00:00-00:00"),
        ("Mo sunrise-sunset", "Mo sunrise-sunset"),
        ("Mo 10:00+", "Mo 10:00+"),
    ] {
        let error = OpeningHours::parse(text, HolidayCalendar::NATIONAL).expect_err(text).to_string();
        assert!(error.contains(&format!("\"{at_fault}\"")) && error.contains("expected"), "{text}: {error}");
    }
    assert_eq!(OpeningHours::parse(" ; ", HolidayCalendar::NATIONAL).unwrap_err(), HoursError::Empty);
    let long = "Mo 09:00-12:00; ".repeat(80);
    assert_eq!(OpeningHours::parse(&long, HolidayCalendar::NATIONAL).unwrap_err(), HoursError::TooLong(1_280));
}

#[test]
fn what_is_certain_is_repaired_and_normalised() {
    for (text, normal) in [
        ("Mo-Fr 9:00-12:00;", "Mo-Fr 09:00-12:00"),
        (" Mo – Fr 09:00 – 12:00,14:00–17:00 ", "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("Mo-Fr 9h-12h30,13h30-17h", "Mo-Fr 09:00-12:30,13:30-17:00"),
        ("Mo-Su 00:00-24:00", "Mo-Su"),
        ("mo-fr 09:00-12:00 OFF", "Mo-Fr 09:00-12:00 closed"),
    ] {
        let read = OpeningHours::parse(text, HolidayCalendar::NATIONAL);
        assert_eq!(read.as_ref().map_or("", OpeningHours::osm), normal, "{text}");
    }
}

#[test]
fn dates_at_the_ends_of_the_calendar_do_not_panic() {
    for text in ["24/7", "Mo-Fr 09:00-17:00; PH off", "Fr 20:00-02:00"] {
        for instant in [chrono::NaiveDateTime::MIN, chrono::NaiveDateTime::MAX] {
            let _ = hours(text).sentence(instant);
        }
    }
}
