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
fn a_holiday_that_the_hours_do_not_mention_is_unknown() {
    let place = hours("Mo-Fr 09:00-17:00");
    let note = Some("jour férié".into());
    assert_eq!(place.open_state(at("2025-07-14 10:00")), OpenState::Unknown { note });
    assert!(matches!(place.open_state(at("2025-07-14 18:00")), OpenState::Closed { .. }));
}

#[test]
fn on_christmas_day_nothing_is_said_to_be_open() {
    for osm in
        ["Mo-Su 09:00-17:00", "24/7", "Mo-Su,PH 09:00-17:00", "Mo-Fr 09:00-17:00; PH 10:00-12:00", "Dec 09:00-17:00"]
    {
        for year in 2024..=2030 {
            for hour in 0..24 {
                let instant = format!("{year}-12-25 {hour:02}:30");
                let sentence = hours(osm).sentence(at(&instant));
                assert!(
                    !is_open(&hours(osm), &instant) && !sentence.contains("Ouvert"),
                    "{osm} at {instant}: {sentence}"
                );
            }
        }
    }
    assert!(is_open(&hours("Mo-Fr 09:00-12:00; Dec 25 10:00-12:00"), "2025-12-25 10:30"), "a day that is named");
}

#[test]
fn public_holidays_on_weekdays_close_those_days_only() {
    // « PH Mo-Fr off » closes the holidays that fall from Monday to Friday, and no other day.
    for (osm, instant, open) in [
        ("Mo-Fr 09:00-17:00; PH Mo-Fr off", "2025-07-15 10:00", true),
        ("Mo-Fr 09:00-17:00; PH Mo-Fr off", "2025-07-14 10:00", false),
        ("Mo-Sa 09:00-12:00; PH Su off", "2025-07-15 10:00", true),
        ("Mo-Sa 09:00-12:00; PH Mo-Fr off", "2025-03-15 10:00", true),
        ("Mo-Su 09:00-17:00; PH Sa,Su 10:00-12:00", "2025-06-08 10:30", true),
        ("Mo-Su 09:00-17:00; PH Sa-Mo 10:00-12:00", "2025-07-14 10:30", true),
        ("Mo-Su 09:00-17:00; PH Sa-Mo 10:00-12:00", "2025-07-14 14:30", false),
    ] {
        assert_eq!(is_open(&hours(osm), instant), open, "{osm} at {instant}");
        let again = OpeningHours::parse(hours(osm).osm(), HolidayCalendar::NATIONAL).unwrap();
        assert_eq!(again.osm(), hours(osm).osm());
        assert_eq!(is_open(&again, instant), open, "{osm} read again");
    }
    // A holiday on a day the rule does not name stays unknown: 15 August 2026 is a Saturday.
    let place = hours("Mo-Sa 09:00-12:00; PH Mo-Fr off");
    assert!(matches!(place.open_state(at("2026-08-15 10:00")), OpenState::Unknown { .. }));
}

#[test]
fn school_holidays_of_an_unknown_zone_leave_the_state_unknown() {
    let place = hours("Mo-Fr 09:00-17:00; SH Mo-Fr off".replace("SH Mo-Fr", "SH").as_str());
    assert_eq!(
        place.open_state(at("2025-03-11 10:00")),
        OpenState::Unknown { note: Some("vacances scolaires".into()) }
    );
    assert!(matches!(place.open_state(at("2025-03-11 18:00")), OpenState::Closed { .. }), "closed either way");
    let place = hours("Mo-Fr 09:00-17:00; SH 09:00-12:00");
    assert!(is_open(&place, "2025-03-11 10:00"), "open either way");
    assert!(matches!(place.open_state(at("2025-03-11 14:00")), OpenState::Unknown { .. }));
    assert!(OpeningHours::parse("Mo-Fr 09:00-17:00; SH Mo-Fr 10:00-12:00", HolidayCalendar::NATIONAL).is_err());
}

#[test]
fn a_fallback_holds_at_every_moment_that_is_closed() {
    let place = hours("Mo 09:00-12:00 || unknown \"sur rendez-vous\"");
    let note = Some("sur rendez-vous".into());
    assert!(is_open(&place, "2025-03-10 10:00"));
    for instant in ["2025-03-10 15:00", "2025-03-11 10:00"] {
        assert_eq!(place.open_state(at(instant)), OpenState::Unknown { note: note.clone() }, "{instant}");
    }
    assert!(place.sentence(at("2025-03-09 10:00")).starts_with("Sur rendez-vous, ou sans rendez-vous demain à 9"));
    assert!(OpeningHours::parse("Mo 09:00-12:00; PH off || unknown", HolidayCalendar::NATIONAL).is_err(), "unclear");
}

#[test]
fn an_opening_before_six_is_to_be_checked() {
    for (osm, instant) in [
        ("Mo 02:00-18:00", "2025-03-10 10:00"),
        ("Mo 09:00-12:00,04:00-06:30", "2025-03-10 05:00"),
        ("Mo 00:00-12:00", "2025-03-10 10:00"),
    ] {
        assert!(matches!(hours(osm).open_state(at(instant)), OpenState::Unknown { .. }), "{osm}");
        assert!(hours(osm).begins_early(), "{osm}");
    }
    assert!(is_open(&hours("Mo 06:00-12:00"), "2025-03-10 06:30"));
    assert!(!hours("24/7").begins_early() && !hours("Fr 20:00-02:00").begins_early());
}

#[test]
fn an_exception_that_a_later_rule_takes_back_is_refused() {
    for osm in [
        "PH off; Mo-Fr 09:00-17:00",
        "easter -2 days off; Mo-Fr 09:00-12:00",
        "Jul-Aug off; Mo-Fr 09:00-12:00",
        "Sa[1] 10:00-12:00; Mo-Sa 09:00-17:00",
    ] {
        assert!(OpeningHours::parse(osm, HolidayCalendar::NATIONAL).is_err(), "{osm}");
    }
    for osm in
        ["PH off; Mo-Fr,PH 09:00-17:00", "Sa[1] 10:00-12:00; Mo-Fr 09:00-17:00", "Jul-Aug Su off; Mo-Fr 09:00-12:00"]
    {
        assert!(OpeningHours::parse(osm, HolidayCalendar::NATIONAL).is_ok(), "{osm}");
    }
}

#[test]
fn a_past_visit_is_over() {
    let place = hours("2024 Jan 01-2024 Jun 30 Mo 09:00-12:00");
    assert_eq!(
        place.open_state(at("2024-02-05 10:00")),
        OpenState::Open { until: Some(at("2024-02-05 12:00")), note: None }
    );
    let over = place.sentence(at("2024-09-02 10:00")).replace('\u{a0}', " ");
    assert_eq!(over, "Terminé : plus d'ouverture prévue depuis le 30 juin 2024");
    let visits = hours("2026 Mar 03,2026 Apr 07 14:00-16:00");
    assert!(is_open(&visits, "2026-04-07 15:00"));
    assert!(visits.sentence(at("2026-05-01 15:00")).starts_with("Terminé"));
    assert!(
        !hours("Jan 01-Jun 30 Mo 09:00-12:00").sentence(at("2024-09-02 10:00")).starts_with("Terminé"),
        "comes back"
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
