//! Hundreds of ways between towns, most of them hard ones, against the minutes by car that somebody who knows the roads gives them.

use super::france;
use mediane::access::{Mode, Season};
use mediane::domain::{CommuneCode, Position};

/// From, to, minutes by car without traffic and all the year (a pass that is closed in winter is closed), names. Written from general
/// knowledge, not by a router: each may be a third off, so that only what is off by twice is counted, and only in the mean.
const KNOWN: &str = include_str!("../../fixtures/known_ways.csv");
/// Less than this many minutes too long or too short is no fault of a kind.
const SLACK: f64 = 5.0;
/// Shares of all pairs that may be less than half, or more than twice, of what is known: half as many as before mountains slowed
/// anybody and the Rhône, the Garonne, the Dordogne and the Loire were no fords (26 % and 0.3 %), and a little.
const SHORT: f64 = 0.14;
const LONG: f64 = 0.01;

#[test]
fn few_known_ways_are_off_by_twice() {
    let Some(france) = france() else { return };
    let point = |code: &str| -> Position {
        let commune = france.atlas.places().by_code(CommuneCode::parse(code).unwrap()).unwrap();
        france.atlas.communes()[commune].point.unwrap()
    };
    let rows: Vec<Vec<&str>> = KNOWN.lines().skip(1).map(|line| line.splitn(4, ',').collect()).collect();
    let ways: Vec<(Position, Position)> = rows.iter().map(|row| (point(row[0]), point(row[1]))).collect();
    let journeys = france.atlas.journeys(Mode::Car, Season::AllYear, &ways);
    let (mut short, mut long, mut without) = (0, 0, Vec::new());
    for (row, journey) in rows.iter().zip(journeys) {
        let known: f64 = row[2].parse().unwrap();
        let Some(journey) = journey else {
            without.push(row[3]);
            continue;
        };
        let told = journey.time.minutes();
        if told < known / 2.0 && known - told > SLACK {
            short += 1;
            println!("short: {}: {told:.1} for {known}", row[3]);
        }
        if told > known * 2.0 && told - known > SLACK {
            long += 1;
            println!("long: {}: {told:.1} for {known}", row[3]);
        }
    }
    println!("{} known ways: {short} less than half, {long} more than twice", rows.len());
    assert!(without.is_empty(), "no way is known, and there is a road: {without:?}");
    let share = |count: u32| f64::from(count) / rows.len() as f64;
    assert!(share(short) < SHORT && share(long) < LONG, "{short} short and {long} long of {}", rows.len());
}

#[test]
fn a_road_that_is_straight_is_not_called_long() {
    let Some(france) = france() else { return };
    // Cayenne – Macouria: eleven kilometres of dual carriageway, the bridge of the Larivot, and as many again.
    for (from, to, most) in [("97302", "97305", 38.0), ("97302", "97304", 80.0)] {
        let [a, b] = [from, to].map(|code| {
            let commune = france.atlas.places().by_code(CommuneCode::parse(code).unwrap()).unwrap();
            france.atlas.communes()[commune].point.unwrap()
        });
        let told = france.atlas.journeys(Mode::Car, Season::AllYear, &[(a, b)]).pop().flatten().unwrap();
        assert!(told.time.minutes() < most, "{from} {to}: {:.1}", told.time.minutes());
    }
}

/// Where nobody asked about need, nobody is near and nobody is far: the pages said that a place is within fifteen minutes of everybody in
/// Polynésie, where there is none.
#[test]
fn outside_of_the_survey_nobody_is_said_to_be_near() {
    let Some(france) = france() else { return };
    let address = crate::support::serve_on_free_port(mediane::http::State::new(
        std::sync::Arc::clone(&france.atlas),
        crate::support::noon,
    ));
    for code in ["976", "987"] {
        let page = reqwest::blocking::get(format!("http://{address}/territoires/departements/{code}"))
            .unwrap()
            .text()
            .unwrap();
        assert!(!page.contains("Aucune commune"), "{code} says that nobody is far");
        assert!(!page.contains("Personnes selon le temps"), "{code} counts nobody by minutes");
        assert!(page.contains("hors du champ"), "{code} says why");
    }
}
