//! Opening hours on the pages, at an instant of our choice.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;
use mediane::domain::Hours;
use mediane::domain::hours::{HolidayCalendar, OpeningHours};
use mediane::http::State;
use reqwest::blocking::Client;

use super::real_edition::france;
use super::support::{day, serve_on_free_port};

/// 11:00 UTC on 25 December 2025: the same day in every territory, from Papeete (1 in the morning) to Wallis.
fn christmas() -> NaiveDateTime {
    day(2025, 12, 25).and_hms_opt(11, 0, 0).unwrap()
}

/// The Thursday before.
fn ordinary() -> NaiveDateTime {
    day(2025, 12, 18).and_hms_opt(11, 0, 0).unwrap()
}

const TOWNS: [&str; 15] = [
    "Paris",
    "Marseille",
    "Lyon",
    "Lille",
    "Strasbourg",
    "Guéret",
    "Limoges",
    "Bondy",
    "Alès",
    "Ajaccio",
    "Metz",
    "Saint-Denis, Réunion",
    "Cayenne",
    "Nouméa",
    "Fort-de-France",
];

/// How often the pages of an instant say « Ouvert jusqu’à … » or « Ouvert 24 heures sur 24 »; the addresses that do.
fn said_open(now: fn() -> NaiveDateTime) -> Option<(usize, Vec<String>)> {
    let france = france()?;
    let address = serve_on_free_port(State::new(Arc::clone(&france.atlas), now));
    let mut paths: Vec<String> = TOWNS.iter().map(|town| format!("/?lieu={}", town.replace(' ', "+"))).collect();
    let with_hours = france.atlas.venues().iter().filter(|venue| matches!(venue.hours, Hours::Osm(_)));
    paths.extend(with_hours.step_by(200).map(|venue| format!("/lieux/{}", venue.id.replace(':', "%3A"))));
    paths.push("/carte?lieu=Gu%C3%A9ret".into());
    paths.push("/?lieu=Lille&ouvert=maintenant".into());
    // The first page of an edition waits until it is prepared; a connection that was kept meanwhile may just be closing.
    let client = Client::builder().timeout(Duration::from_mins(5)).pool_max_idle_per_host(0).build().unwrap();
    let (mut said, mut pages) = (0, Vec::new());
    for path in paths {
        let response = client.get(format!("http://{address}{path}")).send().unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.status());
        let text = response.text().unwrap();
        let here = text.matches("Ouvert jusqu").count() + text.matches("Ouvert 24").count();
        if here > 0 {
            said += here;
            pages.push(path);
        }
    }
    Some((said, pages))
}

#[test]
fn no_page_says_open_on_christmas_day() {
    let Some((before, pages)) = said_open(ordinary) else { return };
    eprintln!("the Thursday before: « Ouvert » {before} times on {} pages", pages.len());
    assert!(before > 50, "the same pages say so on an ordinary Thursday: {before}");
    let (said, pages) = said_open(christmas).unwrap();
    assert_eq!(said, 0, "{pages:?}");
}

#[test]
fn no_venue_of_france_is_open_on_christmas_day() {
    let Some(france) = france() else { return };
    let mut asked = 0;
    for venue in france.atlas.venues() {
        let Hours::Osm(osm) = &venue.hours else { continue };
        let ordinal = venue.commune.and_then(|code| france.atlas.places().by_code(code));
        let departement = ordinal.map_or("", |ordinal| &france.atlas.communes()[ordinal].departement);
        let hours = OpeningHours::parse(osm, HolidayCalendar::of_departement(departement)).unwrap();
        for year in [2024, 2025, 2026, 2027] {
            for hour in [0, 8, 10, 11, 14, 16, 18, 22] {
                let at = day(year, 12, 25).and_hms_opt(hour, 30, 0).unwrap();
                assert_ne!(hours.open_at(at), Some(true), "{} {osm} at {at}", venue.id);
                asked += 1;
            }
        }
    }
    eprintln!("{asked} questions");
    assert!(asked > 100_000);
}
