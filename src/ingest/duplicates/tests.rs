use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rules::{Match, same};
use super::*;
use crate::domain::phone::read_cell;
use crate::domain::vocabulary::Itinerance;
use crate::domain::{CommuneIx, Degrees, Position, Venue};
use crate::ingest::report::SourceReport;
use crate::ingest::venues::{RawVenue, draft};

fn blank(name: &str) -> Venue {
    let mut raw = RawVenue::new(1);
    raw.set("nom", name);
    let today = NaiveDate::from_ymd_opt(2024, 9, 1).unwrap();
    draft(raw, "1".into(), today, &mut SourceReport::new("essai", "essai.csv")).venue
}

fn at(lon: f64, lat: f64) -> Option<Position> {
    Position::new(Degrees { lon, lat }).ok()
}

/// A record of Guéret: name, address, telephone.
fn record(list: usize, id: &str, name: &str, address: &str, phone: &str, position: Option<Position>) -> Likeness {
    let mut venue = blank(name);
    venue.id = format!("liste{list}-{id}");
    venue.locality = "Guéret".into();
    venue.address = Some(address.to_owned()).filter(|text| !text.is_empty());
    venue.phones = read_cell(phone, Some("23")).numbers;
    Likeness::new(list, false, &venue, Some(CommuneIx::new(23096)), position, id)
}

const HERE: (f64, f64) = (1.8715, 46.1706);

fn here() -> Option<Position> {
    at(HERE.0, HERE.1)
}

/// So many metres north.
fn north(metres: f64) -> Option<Position> {
    at(HERE.0, HERE.1 + metres / 111_195.0)
}

fn places(records: &[Likeness]) -> usize {
    group(records).members.len()
}

/// One judged pair of real records; telephones, mailboxes and SIRET replaced, each by the same one throughout.
struct Judged {
    pair: String,
    one: bool,
    set: String,
    records: [Likeness; 2],
}

fn judged() -> Vec<Judged> {
    let text = include_str!("../../../tests/fixtures/judged_pairs.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let mut lists: BTreeMap<String, usize> = BTreeMap::new();
    let mut communes: BTreeMap<String, CommuneIx> = BTreeMap::new();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let judged = rows.iter().map(|row| {
        let get = |name: &str| row.get(headers.iter().position(|header| header == name).unwrap()).unwrap();
        let mut side = |side: char| {
            let get = |name: &str| Some(get(&format!("{side}_{name}"))).filter(|text| !text.is_empty());
            let mut venue = blank(get("nom").unwrap());
            let list = get("list").unwrap().to_owned();
            venue.id = format!("{list}-{side}");
            venue.locality = get("commune").unwrap_or_default().to_owned();
            venue.address = get("adresse").map(ToOwned::to_owned);
            venue.phones = get("telephone").map_or_else(Vec::new, |text| read_cell(text, Some("75")).numbers);
            venue.emails = get("courriel").map(ToOwned::to_owned).into_iter().collect();
            venue.pivot = get("siret").map(ToOwned::to_owned);
            if get("mobile").is_some() {
                venue.itinerance = vec![Itinerance::Itinerant];
            }
            if list == "france-services" {
                venue.typologies = vec!["RFS".into()];
            }
            let (next, number) = (CommuneIx::from(communes.len()), lists.len());
            let commune = get("code_insee").map(|code| *communes.entry(code.to_owned()).or_insert(next));
            let position = get("longitude").zip(get("latitude"));
            let position = position.and_then(|(lon, lat)| at(lon.parse().unwrap(), lat.parse().unwrap()));
            let places = list == "france-services";
            let list = *lists.entry(list).or_insert(number);
            Likeness::new(list, places, &venue, commune, position, &side.to_string())
        };
        Judged {
            pair: get("pair").to_owned(),
            one: get("verdict") == "one",
            set: get("set").to_owned(),
            records: [side('a'), side('b')],
        }
    });
    judged.collect()
}

#[test]
fn of_judged_pairs_99_in_100_merged_are_one_place_and_95_in_100_of_one_place_are_merged() {
    let pairs = judged();
    assert!(pairs.len() >= 300, "{}", pairs.len());
    for set in ["first", "second", ""] {
        let (mut right, mut wrong, mut missed) = (0_u32, Vec::new(), Vec::new());
        for judged in pairs.iter().filter(|judged| set.is_empty() || judged.set == set) {
            let [a, b] = &judged.records;
            let found = same(a, b);
            let mirrored = same(b, a).is_some();
            assert_eq!(found.is_some(), mirrored, "pair {}: it matters who comes first", judged.pair);
            match (judged.one, found) {
                (true, Some(_)) => right += 1,
                (true, None) => missed.push(&judged.pair),
                (false, Some(Match { rule, .. })) => wrong.push((&judged.pair, rule)),
                (false, None) => {}
            }
        }
        let precision = f64::from(right) / (f64::from(right) + wrong.len() as f64);
        let recall = f64::from(right) / (f64::from(right) + missed.len() as f64);
        eprintln!("{set:>6}: precision {precision:.4}, recall {recall:.4}; wrong {wrong:?}; missed {missed:?}");
        assert!(precision >= 0.99, "{set}: precision {precision}; wrong {wrong:?}");
        assert!(recall >= 0.95, "{set}: recall {recall}; missed {missed:?}");
    }
}

#[test]
fn another_street_and_another_telephone_are_two_places() {
    let hall = record(0, "1", "Mairie de Guéret", "1 esplanade François Mitterrand", "05 55 51 47 00", here());
    let annex = record(1, "1", "Mairie annexe", "12 rue Grancher", "05 55 51 47 99", north(124.0));
    assert_eq!(places(&[hall.clone(), annex.clone()]), 2);
    // A third record that tells neither street nor number must not lead from one to the other.
    let silent = record(2, "1", "Mairie", "", "", north(20.0));
    assert_eq!(places(&[hall, silent, annex]), 2);
}

#[test]
fn whatever_the_institution_two_houses_of_it_are_two_places() {
    for (name, annex) in [
        ("Médiathèque de Guéret", "Médiathèque annexe de Guéret"),
        ("CCAS de Guéret", "CCAS"),
        ("Mission locale", "Mission locale de Guéret"),
    ] {
        let house = record(0, "1", name, "1 esplanade François Mitterrand", "05 55 51 47 00", here());
        let other = record(1, "1", annex, "12 rue Grancher", "05 55 51 47 99", north(110.0));
        assert_eq!(places(&[house, other]), 2, "{name} / {annex}");
    }
}

#[test]
fn two_institutions_of_one_house_are_two_places() {
    for (one, other) in [
        ("Centre social Les Coteaux", "Centre social Jean Moulin"),
        ("Association Horizons", "Association Passerelle"),
        ("Résidence Les Tilleuls", "Résidence Voltaire"),
    ] {
        let first = record(0, "1", one, "5 rue des Écoles", "05 55 10 10 10", here());
        let second = record(1, "1", other, "5 rue des Écoles", "05 55 20 20 20", north(4.0));
        assert_eq!(places(&[first, second]), 2, "{one} / {other}");
    }
}

#[test]
fn several_spellings_of_one_place_are_one() {
    for (one, other) in [
        (("COMMUNE DE GUERET", "1 PL BONNYAUD"), ("Mairie de Guéret", "1 place Bonnyaud")),
        (("CCAS", "3 av. du Gal Leclerc"), ("Centre communal d'action sociale", "3 avenue du Général Leclerc")),
        (("Médiathèque", "10 rue Grancher"), ("Bibliothèque municipale", "10 rue Grancher, 23000 Guéret")),
        (("CC Vienne et Gartempe", "6 rue Daniel Cormier"), ("CCVG", "6 rue Daniel Cormier")),
        (("Mairie prim", "11 rue Michelet"), ("Mairie prime", "11 Rue Michelet")),
    ] {
        let first = record(0, "1", one.0, one.1, "", here());
        let second = record(1, "1", other.0, other.1, "05 55 20 20 20", north(67.0));
        assert_eq!(places(&[first, second]), 1, "{one:?} / {other:?}");
    }
}

#[test]
fn france_services_inside_a_town_hall_is_one_door_and_its_bus_is_not() {
    let hall = record(0, "1", "Commune de Guéret", "2 rue de la Poste", "05 55 00 00 01", north(3.0));
    let services = record(1, "1", "France services Guéret", "2 rue de la Poste", "", here());
    let bus = record(2, "1", "Bus France services Guéret", "2 rue de la Poste", "", here());
    let groups = group(&[services, hall, bus]);
    assert_eq!(groups.members, [vec![0, 1], vec![2]]);
    assert!(groups.joined[&1].door, "{:?}", groups.joined[&1]);
}

#[test]
fn rows_of_a_list_of_places_never_join_each_other() {
    let mut venue = blank("France services");
    venue.locality = "Guéret".into();
    let row = |id: &str| Likeness::new(0, true, &venue, Some(CommuneIx::new(1)), here(), id);
    let mut rows = [row("1"), row("2")];
    for (i, row) in rows.iter_mut().enumerate() {
        row.keys = vec![format!("fs-{i}")];
    }
    let other = Likeness { keys: vec!["autre".into()], list: 1, rows_are_places: false, ..rows[0].clone() };
    assert_eq!(group(&[rows[0].clone(), rows[1].clone(), other]).members, [vec![0, 2], vec![1]]);
}

#[test]
fn a_missing_coordinate_is_no_distance_of_zero() {
    let one = record(0, "1", "Maison des associations", "3 rue A", "", None);
    let other = record(1, "1", "Médiathèque", "", "", None);
    assert_eq!(places(&[one, other]), 2);
}

/// Every pair compared, nobody left out by the index.
fn by_brute_force(records: &[Likeness]) -> usize {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, record) in records.iter().enumerate() {
        let found = groups.iter().enumerate().filter_map(|(g, members)| Some((g, joins(record, members, records)?)));
        let best = found.max_by(|(a, x), (b, y)| x.strength.total_cmp(&y.strength).then(b.cmp(a)));
        match best {
            Some((g, _)) => groups[g].push(i),
            None => groups.push(vec![i]),
        }
    }
    groups.len()
}

#[test]
fn the_index_loses_no_pair_that_comparing_all_with_all_finds() {
    let records: Vec<Likeness> = judged().into_iter().flat_map(|judged| judged.records).collect();
    // Ids of the sample repeat: each record gets its own, so that nothing but likeness joins them.
    let records: Vec<Likeness> =
        records.into_iter().enumerate().map(|(i, record)| Likeness { keys: vec![i.to_string()], ..record }).collect();
    let (quick, slow) = (places(&records), by_brute_force(&records));
    assert_eq!(quick, slow);
}

#[test]
fn sixteen_thousand_rows_on_one_point_take_no_time() {
    // What all share is no clue; what few share is compared; equal rows are one. Quadratic, each took 150 s.
    let crowd = |name: &dyn Fn(usize) -> String, address: &dyn Fn(usize) -> String| -> Vec<Likeness> {
        (0..16_000).map(|i| record(0, &i.to_string(), &name(i), &address(i), "", here())).collect()
    };
    let letters = |i: usize| i.to_string().bytes().map(|b| char::from(b - b'0' + b'a')).collect::<String>();
    let one_address = |_: usize| "1 rue Alpha".to_owned();
    let kinds: [(&str, Vec<Likeness>, std::ops::RangeInclusive<usize>); 3] = [
        ("other names", crowd(&|i| format!("Lieu {}", letters(i)), &one_address), 10_000..=16_000),
        ("one name, one address", crowd(&|_| "Médiathèque".into(), &one_address), 1..=1),
        ("200 names", crowd(&|i| format!("Lieu {}", letters(i % 200)), &one_address), 100..=200),
    ];
    for (kind, records, expected) in kinds {
        let started = std::time::Instant::now();
        let counted = places(&records);
        let elapsed = started.elapsed();
        eprintln!("{kind}: {counted} places in {elapsed:?}");
        assert!(expected.contains(&counted), "{kind}: {counted}");
        assert!(elapsed.as_secs() < 60, "{kind}: {elapsed:?}");
    }
}
