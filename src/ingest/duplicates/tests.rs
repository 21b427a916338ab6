mod contradicting;
mod late;

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
    for set in ["first", "second", "third", ""] {
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
fn a_letter_or_a_number_tells_two_doors_of_one_house_apart() {
    for (one, other) in [
        ("Maison des services bâtiment A", "Maison des services bâtiment B"),
        ("Bâtiment A - Maison des services", "Bâtiment B - Maison des services"),
        ("Salle A", "Salle B"),
        ("Résidence Henri II", "Résidence Henri IV"),
        ("Résidence Jean XXIII", "Résidence Jean XXII"),
        ("Relais un", "Relais deux"),
        ("Relais 1", "Relais deux"),
        ("Relais n°1", "Relais n° 2"),
        ("Relais un Guéret", "Relais deux Guéret"),
    ] {
        let first = record(0, "1", one, "13 rue Pasteur", "05 55 00 00 01", None);
        let second = record(1, "1", other, "13 rue Pasteur", "05 55 00 00 02", None);
        assert_eq!(places(&[first.clone(), second]), 2, "{one} / {other}");
        let silent = record(1, "1", other, "13 rue Pasteur", "", here());
        assert_eq!(places(&[first.clone(), silent]), 2, "{one} / {other}, without telephone");
        let again = record(1, "1", one, "13 rue Pasteur", "05 55 00 00 02", None);
        assert_eq!(places(&[first, again]), 1, "{one}");
    }
    let first = record(0, "1", "Résidence Louis XIV", "13 rue Pasteur", "05 55 00 00 01", None);
    let second = record(1, "1", "Résidence Louis 14", "13 rue Pasteur", "05 55 00 00 01", None);
    assert_eq!(places(&[first, second]), 1, "one number in two notations");
    for name in ["Salle l'Étoile", "Salle d'accueil", "C.C.A.S.", "Médiathèque", "Espace 2000"] {
        assert_eq!(super::words::designation(name, "Guéret"), None, "{name}");
    }
}

#[test]
fn a_street_and_an_avenue_of_one_name_are_two_ways_unless_they_meet() {
    let name = "Espace public numérique";
    let street = |place| record(0, "1", name, "21 rue Pasteur", "05 55 00 00 01", place);
    let avenue = |place, phone: &str| record(1, "1", name, "21 avenue Pasteur", phone, place);
    assert_eq!(places(&[street(None), avenue(None, "05 55 00 00 02")]), 2);
    assert_eq!(places(&[street(here()), avenue(north(400.0), "05 55 00 00 02")]), 2);
    assert_eq!(places(&[street(None), avenue(None, "05 55 00 00 01")]), 1);
    assert_eq!(places(&[street(None), avenue(None, "")]), 1, "a slip of the pen");
    assert_eq!(places(&[street(here()), avenue(north(10.0), "05 55 00 00 02")]), 1);
}

#[test]
fn the_mobile_of_a_conseiller_joins_no_two_houses() {
    let mut venues = [("MJC le lieu", "10 place du Docteur Lhomme"), ("Médiathèque Les Maximes", "1 rue des Tanneurs")]
        .map(|(name, address)| record(0, name, name, address, "06 58 00 00 01", here()));
    venues[1].position = north(364.0);
    for venue in &mut venues {
        venue.traits.france_services = true;
        venue.traits.emails = vec!["contact@exemple.fr".into()];
    }
    assert_eq!(places(&venues), 2);
}

#[test]
fn one_place_on_the_border_of_two_communes_is_one_and_two_town_halls_are_not() {
    let across = |mut other: Likeness| {
        other.commune = Some(CommuneIx::new(23097));
        other
    };
    let address = "16 boulevard du Président Bertrand";
    let chamber = record(0, "1", "Chambre d'agriculture de la Creuse", address, "05 55 00 00 01", here());
    let again = across(record(1, "1", "Chambre d'Agriculture de la Creuse", address, "05 55 00 00 01", north(38.0)));
    assert_eq!(places(&[chamber, again]), 1);
    let hall = record(0, "1", "Mairie", "1655 route du Village", "06 26 00 00 01", here());
    let next = across(record(1, "1", "Mairie", "1 place Jean Moulin", "06 26 00 00 01", north(1.0)));
    assert_eq!(places(&[hall, next]), 2, "one mobile, two communes");
}

#[test]
fn one_name_on_one_spot_is_one_place_whatever_street_or_telephone_is_given() {
    let hall = record(0, "1", "Mairie de Guéret", "25 rue de la Saône", "06 15 00 00 01", here());
    let square = record(1, "1", "Mairie de Guéret", "Place de la Mairie", "", north(52.0));
    assert_eq!(places(&[hall, square]), 1);
    let mut both = [("10 avenue Albert Roux", "04 89 00 00 01"), ("Place du 11 novembre", "04 94 00 00 01")]
        .map(|(address, phone)| record(0, phone, "France services", address, phone, here()));
    both[1].list = 1;
    assert_eq!(places(&both), 2, "nothing but the spot");
    both.iter_mut().for_each(|venue| venue.traits.emails = vec!["fs@exemple.fr".into()]);
    assert_eq!(places(&both), 1);
}

#[test]
fn the_number_of_the_programme_joins_in_one_commune_only_and_what_it_brings_in_speaks_against_nobody() {
    let numbered = |list: usize, id: &str, address: &str, phone: &str| {
        let mut venue = record(list, id, "France services", address, phone, north(400.0 * list as f64));
        venue.programme = Some("578".into());
        venue
    };
    let moved = numbered(0, "a", "7 rue de la Tuilerie", "04 92 00 00 01");
    let before = numbered(1, "b", "42 avenue Jean Jaurès", "04 92 00 00 02");
    let house = record(2, "c", "France services La Mérétière", "7 rue de la Tuilerie", "04 92 00 00 03", here());
    assert_eq!(group(&[moved.clone(), before.clone(), house]).members, [vec![0, 1, 2]]);
    let elsewhere = Likeness { commune: Some(CommuneIx::new(1)), ..before };
    assert_eq!(places(&[moved, elsewhere]), 2);
    let named = |id: &str| {
        let mut venue = blank("France services");
        venue.id = id.into();
        Likeness::new(0, false, &venue, None, None, "1").programme
    };
    assert_eq!(named("paca-mediation-numerique-france-services-2667").as_deref(), Some("2667"));
    assert_eq!(named("france-services-2667").as_deref(), Some("2667"));
    assert_eq!(named("france-services-2667-b"), None);
}

#[test]
fn a_place_without_a_name_is_compared_by_its_address() {
    let unnamed = record(0, "1", "Lieu sans nom, 4 place Bonnyaud", "4 place Bonnyaud", "", here());
    let hall = record(1, "1", "Mairie de Guéret", "4 place Bonnyaud", "", north(5.0));
    let other = record(1, "2", "Lieu sans nom, Guéret", "", "", None);
    assert_eq!(group(&[unnamed, hall, other]).members, [vec![0, 1], vec![2]]);
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
    let records = &crowds::marked(records)[..];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut bridges = std::collections::BTreeSet::new();
    for (i, record) in records.iter().enumerate() {
        let found = groups.iter().enumerate().filter_map(|(g, members)| Some((g, joins(record, members, records)?)));
        let found: Vec<(usize, Match)> = found.collect();
        let best = found.iter().max_by(|(a, x), (b, y)| x.strength.total_cmp(&y.strength).then(b.cmp(a)));
        let best = best.map(|(g, _)| *g);
        let others = found.iter().map(|(g, _)| *g).filter(|g| Some(*g) != best);
        bridges.extend(others.filter_map(|g| Some((g.min(best?), g.max(best?)))));
        match best {
            Some(g) => groups[g].push(i),
            None => groups.push(vec![i]),
        }
    }
    for (first, second) in bridges {
        let Some(&leader) = groups[second].first() else { continue };
        let speaks = |&member: &usize| !rules::contradict(&records[member], &records[groups[first][0]]);
        if !groups[first].is_empty()
            && joins(&records[leader], &groups[first], records).is_some()
            && groups[second].iter().all(speaks)
        {
            let moved = std::mem::take(&mut groups[second]);
            groups[first].extend(moved);
        }
    }
    groups.iter().filter(|members| !members.is_empty()).count()
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
