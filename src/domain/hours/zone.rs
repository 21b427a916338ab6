//! The clock on the wall of a département, from Coordinated Universal Time, by rule.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};

/// Local time in a département or overseas collectivity, from UTC. An unknown code gets the time of Paris.
///
/// Sources: IANA Time Zone Database, 2024a. Summer time of Europe: directive 2000/84/CE (last Sundays of March and
/// October, 01:00 UTC). Saint-Pierre-et-Miquelon follows North America (second Sunday of March, first of November,
/// 02:00 on the wall; the rule in force since 2007). The Marquises (UTC−9:30) and Gambier (UTC−9) are given the time of
/// Tahiti, and the Terres australes (984) and Clipperton (989), which have no residents, that of Paris.
#[must_use]
pub fn local_time(departement: &str, utc: NaiveDateTime) -> NaiveDateTime {
    let hours = match departement {
        "971" | "972" | "977" | "978" => -4,
        "973" => -3,
        "974" => 4,
        "975" => -3 + i64::from(is_north_american_summer(utc)),
        "976" => 3,
        "986" => 12,
        "987" => -10,
        "988" => 11,
        _ => 1 + i64::from(is_european_summer(utc)),
    };
    // Only the first and last hours of the calendar, a quarter of a million years away, cannot be shifted.
    utc.checked_add_signed(TimeDelta::hours(hours)).unwrap_or(utc)
}

fn is_european_summer(utc: NaiveDateTime) -> bool {
    let last_sunday = |month| {
        let last = NaiveDate::from_ymd_opt(utc.year(), month, 31)?;
        let back = u64::from(last.weekday().num_days_from_sunday());
        last.checked_sub_days(chrono::Days::new(back))?.and_hms_opt(1, 0, 0)
    };
    within(utc, last_sunday(3), last_sunday(10))
}

fn is_north_american_summer(utc: NaiveDateTime) -> bool {
    let sunday = |month, nth, hour| {
        NaiveDate::from_weekday_of_month_opt(utc.year(), month, Weekday::Sun, nth)?.and_hms_opt(hour, 0, 0)
    };
    // 02:00 on the wall is 05:00 UTC on standard time (UTC−3) and 04:00 UTC on summer time (UTC−2).
    within(utc, sunday(3, 2, 5), sunday(11, 1, 4))
}

fn within(at: NaiveDateTime, from: Option<NaiveDateTime>, until: Option<NaiveDateTime>) -> bool {
    from.is_some_and(|from| from <= at) && until.is_some_and(|until| at < until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn paris_changes_its_clock_at_one_in_the_morning_utc_on_the_last_sundays() {
        for (utc, wall) in [
            ("2024-03-31 00:59", "2024-03-31 01:59"),
            ("2024-03-31 01:00", "2024-03-31 03:00"),
            ("2024-10-27 00:59", "2024-10-27 02:59"),
            ("2024-10-27 01:00", "2024-10-27 02:00"),
            ("2025-03-30 01:00", "2025-03-30 03:00"),
            ("2026-10-25 01:00", "2026-10-25 02:00"),
            ("2026-12-31 23:30", "2027-01-01 00:30"),
        ] {
            assert_eq!(local_time("75", at(utc)), at(wall), "{utc}");
            assert_eq!(local_time("2A", at(utc)), at(wall), "{utc}");
        }
    }

    #[test]
    fn overseas_clocks_keep_their_distance_all_year() {
        let all = [("971", 8), ("972", 8), ("973", 9), ("974", 16), ("976", 15), ("977", 8), ("978", 8), ("988", 23)];
        for month in ["01", "07"] {
            for (code, hour) in all {
                let wall = local_time(code, at(&format!("2024-{month}-15 12:00")));
                assert_eq!(wall, at(&format!("2024-{month}-15 {hour:02}:00")), "{code}");
            }
        }
        assert_eq!(local_time("986", at("2024-01-15 12:00")), at("2024-01-16 00:00"));
        assert_eq!(local_time("987", at("2024-01-15 09:00")), at("2024-01-14 23:00"));
    }

    #[test]
    fn saint_pierre_et_miquelon_changes_with_north_america() {
        for (utc, wall) in [
            ("2024-03-10 04:59", "2024-03-10 01:59"),
            ("2024-03-10 05:00", "2024-03-10 03:00"),
            ("2024-11-03 03:59", "2024-11-03 01:59"),
            ("2024-11-03 04:00", "2024-11-03 01:00"),
            ("2024-07-01 12:00", "2024-07-01 10:00"),
        ] {
            assert_eq!(local_time("975", at(utc)), at(wall), "{utc}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for utc in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            for code in ["75", "975", "986", "987"] {
                let _ = local_time(code, utc);
            }
        }
    }
}
