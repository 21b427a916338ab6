//! The French public holidays of a département, computed by rule for 2000–2100.
//!
//! Sources: Code du travail L3133-1 (the eleven days), L3134-13 (Alsace-Moselle, taken for every commune) and L3422-2
//! (abolition of slavery, overseas), as in force in 2024; the holiday lists of Nouvelle-Calédonie, Polynésie française
//! (29 June moved to 20 November in 2025) and Wallis-et-Futuna. Customs without legal force (Good Friday in the
//! Antilles) are left out.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, TimeDelta};
use opening_hours::ContextHolidays;

/// Years for which the calendar given to the evaluation is filled.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Which public holidays hold in a place. Cheap to copy; the days themselves are computed once per process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HolidayCalendar(Regime);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Regime {
    National,
    AlsaceMoselle,
    Guadeloupe,
    Martinique,
    Guyane,
    Reunion,
    Mayotte,
    SaintBarthelemy,
    SaintMartin,
    Wallis,
    Polynesie,
    NouvelleCaledonie,
}

const REGIMES: usize = Regime::NouvelleCaledonie as usize + 1;

/// One filled calendar per regime, made the first time a venue of that regime is read.
static FILLED: [OnceLock<ContextHolidays>; REGIMES] = [const { OnceLock::new() }; REGIMES];

impl HolidayCalendar {
    /// The eleven days that hold everywhere in France.
    pub const NATIONAL: Self = Self(Regime::National);

    /// The calendar of a département or overseas collectivity, by its code (`57`, `2A`, `973`).
    ///
    /// A code that adds no day of its own, or is unknown, gets [`Self::NATIONAL`]: those days are certain everywhere.
    #[must_use]
    pub fn of_departement(code: &str) -> Self {
        Self(match code {
            "57" | "67" | "68" => Regime::AlsaceMoselle,
            "971" => Regime::Guadeloupe,
            "972" => Regime::Martinique,
            "973" => Regime::Guyane,
            "974" => Regime::Reunion,
            "976" => Regime::Mayotte,
            "977" => Regime::SaintBarthelemy,
            "978" => Regime::SaintMartin,
            "986" => Regime::Wallis,
            "987" => Regime::Polynesie,
            "988" => Regime::NouvelleCaledonie,
            _ => Regime::National,
        })
    }

    /// Whether the date is a public holiday here.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        self.context().get_public().contains(date)
    }

    /// The public holidays of a year, in order.
    #[must_use]
    pub fn days_of(self, year: i32) -> Vec<NaiveDate> {
        let mut days = national_days(year);
        days.extend(local_days(self.0, year));
        days.retain(|day| day.year() == year);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The same days, and every day a school holiday: what differs from [`Self::context`] depends on the zone.
    pub(super) fn context_of_school_holidays(self) -> &'static ContextHolidays {
        static FILLED: [OnceLock<ContextHolidays>; REGIMES] = [const { OnceLock::new() }; REGIMES];
        FILLED[self.0 as usize].get_or_init(|| {
            let mut school = ContextHolidays::default().get_school().clone();
            let first = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or_default();
            for day in first.iter_days().take_while(|day| day.year() <= *YEARS.end()) {
                school.insert(day);
            }
            ContextHolidays::new(self.context().get_public().clone().into(), school.into())
        })
    }

    /// The same days in the form the evaluation reads.
    pub(super) fn context(self) -> &'static ContextHolidays {
        FILLED[self.0 as usize].get_or_init(|| holidays(YEARS.flat_map(|year| self.days_of(year))))
    }
}

/// Wraps a set of public holidays for the evaluation; school holidays are left empty.
pub(super) fn holidays(days: impl Iterator<Item = NaiveDate>) -> ContextHolidays {
    let empty = ContextHolidays::default();
    let mut public = empty.get_public().clone();
    for day in days {
        public.insert(day);
    }
    ContextHolidays::new(public.into(), empty.get_school().clone().into())
}

/// Easter Sunday of a Gregorian year: the anonymous algorithm of *Nature* (1876), as given by
/// Meeus, *Astronomical Algorithms*, 1991, chapter 8.
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * correction + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

fn from_easter(year: i32, days: i64) -> Option<NaiveDate> {
    easter(year)?.checked_add_signed(TimeDelta::days(days))
}

fn national_days(year: i32) -> Vec<NaiveDate> {
    let fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
        .map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    // Easter Monday, Ascension, Whit Monday.
    let moving = [1, 39, 50].map(|days| from_easter(year, days));
    fixed.into_iter().chain(moving).flatten().collect()
}

fn local_days(regime: Regime, year: i32) -> Vec<NaiveDate> {
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let good_friday = from_easter(year, -2);
    let days = match regime {
        Regime::National => vec![],
        Regime::AlsaceMoselle => vec![good_friday, on(12, 26)],
        Regime::Guadeloupe => vec![on(5, 27)],
        Regime::Martinique => vec![on(5, 22)],
        Regime::Guyane => vec![on(6, 10)],
        Regime::Reunion => vec![on(12, 20)],
        Regime::Mayotte => vec![on(4, 27)],
        Regime::SaintBarthelemy => vec![on(10, 9)],
        Regime::SaintMartin => vec![on(5, 28)],
        Regime::Wallis => vec![on(4, 28), on(7, 29)],
        Regime::Polynesie => vec![on(3, 5), good_friday, if year < 2025 { on(6, 29) } else { on(11, 20) }],
        Regime::NouvelleCaledonie => vec![on(9, 24)],
    };
    days.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gauss's rule, in the form that holds from 1900 to 2199: the dumb twin of the algorithm above.
    fn easter_of_gauss(year: i32) -> NaiveDate {
        let (golden, leap, week) = (year % 19, year % 4, year % 7);
        let moon = (19 * golden + 24) % 30;
        let sunday = (2 * leap + 4 * week + 6 * moon + if year < 2100 { 5 } else { 6 }) % 7;
        let mut days = 22 + moon + sunday;
        // Gauss's two exceptions.
        if sunday == 6 && (moon == 29 || (moon == 28 && golden > 10)) {
            days -= 7;
        }
        NaiveDate::from_ymd_opt(year, 3, 1).unwrap() + TimeDelta::days(i64::from(days) - 1)
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn easter_agrees_with_gauss_and_with_known_years() {
        for year in YEARS {
            assert_eq!(easter(year), Some(easter_of_gauss(year)), "{year}");
        }
        for known in [day(2000, 4, 23), day(2008, 3, 23), day(2024, 3, 31), day(2025, 4, 20), day(2038, 4, 25)] {
            assert_eq!(easter(known.year()), Some(known));
        }
    }

    #[test]
    fn the_national_days_of_2024_are_the_eleven_of_the_code_du_travail() {
        let expected = [
            day(2024, 1, 1),
            day(2024, 4, 1),
            day(2024, 5, 1),
            day(2024, 5, 8),
            day(2024, 5, 9),
            day(2024, 5, 20),
            day(2024, 7, 14),
            day(2024, 8, 15),
            day(2024, 11, 1),
            day(2024, 11, 11),
            day(2024, 12, 25),
        ];
        assert_eq!(HolidayCalendar::of_departement("75").days_of(2024), expected);
    }

    #[test]
    fn the_national_days_are_those_of_the_nager_database() {
        // The evaluation crate carries the list of date.nager.at: an independent source.
        let nager = opening_hours::localization::Country::FR.holidays();
        for year in 2015..=2035 {
            let listed: Vec<NaiveDate> = nager.get_public().iter().filter(|day| day.year() == year).collect();
            assert!(!listed.is_empty());
            assert_eq!(HolidayCalendar::NATIONAL.days_of(year), listed, "{year}");
        }
    }

    #[test]
    fn two_holidays_on_one_date_count_once() {
        // Ascension fell on 1 May in 2008.
        assert_eq!(HolidayCalendar::NATIONAL.days_of(2008).len(), 10);
    }

    #[test]
    fn each_overseas_territory_has_its_own_day_and_no_other() {
        let own = [
            ("971", 5, 27),
            ("972", 5, 22),
            ("973", 6, 10),
            ("974", 12, 20),
            ("976", 4, 27),
            ("977", 10, 9),
            ("978", 5, 28),
            ("988", 9, 24),
        ];
        for (code, month, number) in own {
            for (other, ..) in own {
                let contains = HolidayCalendar::of_departement(other).contains(day(2026, month, number));
                assert_eq!(contains, code == other, "{number}/{month} in {other}");
            }
        }
    }

    #[test]
    fn good_friday_and_saint_stephen_are_holidays_of_alsace_moselle_among_all_departements() {
        let metropole = (1..=95).map(|number| format!("{number:02}")).chain(["2A".into(), "2B".into()]);
        for code in metropole.chain((971..=978).map(|number| number.to_string())) {
            let calendar = HolidayCalendar::of_departement(&code);
            let expected = ["57", "67", "68"].contains(&code.as_str());
            assert_eq!(calendar.contains(day(2024, 12, 26)), expected, "{code}");
            assert_eq!(calendar.contains(day(2024, 3, 29)), expected, "{code}");
        }
    }

    #[test]
    fn polynesie_moved_its_june_holiday_to_november_in_2025() {
        let calendar = HolidayCalendar::of_departement("987");
        assert!(calendar.contains(day(2024, 6, 29)) && !calendar.contains(day(2024, 11, 20)));
        assert!(!calendar.contains(day(2025, 6, 29)) && calendar.contains(day(2025, 11, 20)));
    }
}
