//! What had been published by a day: an edition as it could have been made then.
//!
//! Descriptions carry the day their content describes, not the day it came out, so the vintage stands in for the
//! publication: a year counts as published on its last day, a month on its last day. Territories and populations stay those
//! of today in every edition, so that a difference of two editions is one of lists, never one of boundaries.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::source::{IndicatorSource, Role, Source};

/// The sources that had been published by a day. Where today's list of a namespace was not yet there, the newest earlier one
/// is the list of that day: it takes the place of a list of venues, with the authority that its successor has now.
#[must_use]
pub fn sources_by(all: Vec<Source>, day: NaiveDate) -> Vec<Source> {
    let successors: Vec<Source> = all.iter().filter(|source| source.role == Role::Venues).cloned().collect();
    let mut then: Vec<Source> = all.into_iter().filter(|source| source.day().is_some_and(|of| of <= day)).collect();
    let promoted: Vec<usize> = (0..then.len()).filter(|&i| is_list_of_its_day(&then, i)).collect();
    for i in promoted {
        let successor = successors.iter().find(|source| source.namespace() == then[i].namespace());
        let Some(successor) = successor else { continue };
        then[i].role = Role::Venues;
        then[i].authority.clone_from(&successor.authority);
        then[i].rows_are_places = successor.rows_are_places;
        then[i].structures = successor.structures;
    }
    then
}

/// Whether a list of the past is the newest of its namespace, which has no list of today.
fn is_list_of_its_day(then: &[Source], i: usize) -> bool {
    let same = || then.iter().filter(|source| source.namespace() == then[i].namespace());
    then[i].role == Role::PastVenues
        && same().all(|source| source.role == Role::PastVenues)
        && same().all(|source| source.vintage <= then[i].vintage)
}

/// The indicators that had been published by a day.
#[must_use]
pub fn indicators_by(all: Vec<IndicatorSource>, day: NaiveDate) -> Vec<IndicatorSource> {
    all.into_iter().filter(|indicator| last_day(&indicator.vintage).is_some_and(|of| of <= day)).collect()
}

/// The last day of a vintage: a day, a month or a year.
fn last_day(vintage: &str) -> Option<NaiveDate> {
    if let Ok(day) = vintage.parse() {
        return Some(day);
    }
    if let Ok(first) = format!("{vintage}-01").parse::<NaiveDate>() {
        return (first + Months::new(1)).checked_sub_days(Days::new(1));
    }
    let year: i32 = vintage.parse().ok()?;
    NaiveDate::from_ymd_opt(year, 12, 31).filter(|day| day.year() == year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: &str, role: &str, authority: &str) -> Source {
        let vintage = &id[id.len() - 7..];
        let text = format!(
            "id = \"{id}\"\ntitle = \"t\"\npublisher = \"p\"\nlicence = \"CC0-1.0\"\nvintage = \"{vintage}-01\"\nurl = \"u\"\n\
             file = \"f.csv\"\nrole = \"{role}\"\nformat = \"csv\"\nprofile = \"standard-v1\"\n{authority}"
        );
        toml::from_str(&text).unwrap()
    }

    fn all() -> Vec<Source> {
        vec![
            source("france-services-2021-04", "past-venues", ""),
            source("france-services-2022-12", "past-venues", ""),
            source("france-services-2024-08", "venues", "authority = [\"france-services\"]\nrows_are_places = true\n"),
            source("autre-2023-01", "venues", ""),
        ]
    }

    fn roles(year: i32, month: u32) -> Vec<(String, Role)> {
        let day = NaiveDate::from_ymd_opt(year, month, 15).unwrap();
        sources_by(all(), day).into_iter().map(|source| (source.id, source.role)).collect()
    }

    #[test]
    fn the_newest_list_of_a_day_is_the_list_of_that_day() {
        let named = |id: &str, role| (id.to_owned(), role);
        let (first, second) = ("france-services-2021-04", "france-services-2022-12");
        assert_eq!(roles(2021, 3), []);
        assert_eq!(roles(2021, 6), [named(first, Role::Venues)]);
        let then = [named(first, Role::PastVenues), named(second, Role::Venues)];
        assert_eq!(roles(2022, 12), then);
        assert_eq!(roles(2024, 8).len(), 4);
        assert_eq!(roles(2024, 8)[1], named(second, Role::PastVenues), "today's list is there");
    }

    #[test]
    fn an_earlier_list_has_the_authority_of_its_successor() {
        let then = sources_by(all(), NaiveDate::from_ymd_opt(2021, 6, 30).unwrap());
        assert_eq!((then[0].authority.len(), then[0].rows_are_places), (1, true));
    }

    #[test]
    fn a_year_is_over_on_its_last_day() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(last_day("2021"), day(2021, 12, 31));
        assert_eq!(last_day("2024-02"), day(2024, 2, 29));
        assert_eq!(last_day("2019-09-30"), day(2019, 9, 30));
        assert_eq!(last_day("un jour"), None);
    }
}
