//! The state against a dumb twin that walks a week minute by minute.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use super::super::{HolidayCalendar, OpenState, OpeningHours};
use super::{Random, Spans, clock, random_week};

const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// What the dumb twin knows of public holidays.
enum OnHolidays {
    NotSaid,
    Spans(Vec<(u32, u32)>),
}

fn osm_of(week: &Spans, holidays: &OnHolidays) -> String {
    let rule = |name: &str, spans: &[(u32, u32)]| {
        let spans: Vec<String> =
            spans.iter().map(|(from, until)| format!("{}-{}", clock(*from), clock(*until))).collect();
        format!("{name} {}", if spans.is_empty() { "off".to_owned() } else { spans.join(",") })
    };
    let mut rules: Vec<String> = NAMES.iter().zip(week).map(|(name, spans)| rule(name, spans)).collect();
    if let OnHolidays::Spans(spans) = holidays {
        rules.push(rule("PH", spans));
    }
    rules.join("; ")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Twin {
    Open,
    Closed,
    Unknown,
}

/// An opening on a holiday that the hours do not mention is unknown, and so is any on 25 December.
fn state(week: &Spans, holidays: &OnHolidays, calendar: HolidayCalendar, at: NaiveDateTime) -> Twin {
    let minute = at.hour() * 60 + at.minute();
    let is_holiday = calendar.contains(at.date());
    let spans = match holidays {
        OnHolidays::Spans(spans) if is_holiday => spans,
        _ => &week[at.weekday().num_days_from_monday() as usize],
    };
    let is_doubtful = is_holiday && (matches!(holidays, OnHolidays::NotSaid) || (at.month(), at.day()) == (12, 25));
    match spans.iter().any(|(from, until)| (*from..*until).contains(&minute)) {
        true if is_doubtful => Twin::Unknown,
        true => Twin::Open,
        false => Twin::Closed,
    }
}

#[test]
fn the_state_agrees_with_a_walk_minute_by_minute() {
    let mut random = Random(2024);
    for turn in 0..120 {
        let week = random_week(&mut random);
        let holidays = match turn % 3 {
            0 => OnHolidays::NotSaid,
            1 => OnHolidays::Spans(vec![]),
            _ => OnHolidays::Spans(vec![(10 * 60, 12 * 60)]),
        };
        let calendar = HolidayCalendar::of_departement(["75", "68", "973"][random.below(3)]);
        let osm = osm_of(&week, &holidays);
        let hours = OpeningHours::parse(&osm, calendar).unwrap();
        let minutes: u32 = week.iter().flatten().map(|(from, until)| until - from).sum();
        assert_eq!(hours.weekly_minutes(), Some(minutes), "{osm}");

        for _ in 0..40 {
            let minutes = random.below(4 * 365 * 1_440) as u32;
            let at = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap()
                + TimeDelta::minutes(i64::from(minutes));
            let twin = |at| state(&week, &holidays, calendar, at);
            let first = |wanted: &dyn Fn(Twin) -> bool| {
                (1..=14 * 1_440).map(|minute| at + TimeDelta::minutes(minute)).find(|later| wanted(twin(*later)))
            };
            let expected = match twin(at) {
                Twin::Open => OpenState::Open { until: first(&|later| later != Twin::Open), note: None },
                Twin::Closed => OpenState::Closed { opens: first(&|later| later == Twin::Open), note: None },
                Twin::Unknown => OpenState::Unknown { note: Some("jour férié".into()) },
            };
            assert_eq!(hours.open_state(at), expected, "{osm} at {at}");
        }
    }
}

#[test]
fn nights_agree_with_a_walk_minute_by_minute() {
    let mut random = Random(7);
    for _ in 0..100 {
        let evening = random.below(7);
        let from = 18 * 60 + random.below(72) as u32 * 5;
        let until = 5 + random.below(70) as u32 * 5;
        let osm = format!("{} {}-{}", NAMES[evening], clock(from), clock(until));
        let hours = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
        assert_eq!(hours.weekly_minutes(), Some(1_440 - from + until), "{osm}");
        let monday = NaiveDate::from_ymd_opt(2025, 3, 10).unwrap().and_hms_opt(0, 0, 0).unwrap();
        for minute in (0..7 * 1_440_u32).step_by(5) {
            let start = evening as u32 * 1_440 + from;
            let since = (minute + 7 * 1_440 - start) % (7 * 1_440);
            let expected = since < 1_440 - from + until;
            let state = hours.open_state(monday + TimeDelta::minutes(i64::from(minute)));
            assert_eq!(matches!(state, OpenState::Open { .. }), expected, "{osm} at minute {minute}");
        }
    }
}

#[test]
fn normalised_hours_read_back_the_same() {
    let mut random = Random(99);
    for _ in 0..300 {
        let osm = osm_of(&random_week(&mut random), &OnHolidays::Spans(vec![]));
        let once = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL).unwrap();
        let twice = OpeningHours::parse(once.osm(), HolidayCalendar::NATIONAL).unwrap();
        assert_eq!((once.osm(), once.week_words()), (twice.osm(), twice.week_words()));
    }
}
