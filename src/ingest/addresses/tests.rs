//! Addresses found, and those that are better not found.

use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

use super::*;
use crate::domain::CommuneIx;
use crate::ingest::reference;

fn territories() -> &'static Reference {
    static REFERENCE: OnceLock<Reference> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories");
    REFERENCE.get_or_init(|| reference::read(&folder).unwrap())
}

fn ordinal(code: &str) -> CommuneIx {
    territories().places.by_code(CommuneCode::parse(code).unwrap()).unwrap()
}

const HEADER: &str = "id;numero;rep;nom_voie;code_postal;code_insee;code_insee_ancienne_commune;lon;lat\n";

/// Guéret, with a street of the same name in each half of it, far apart.
const GUERET: &str = "1;1;;Rue de Paris;23000;23096;;1.8700;46.1700\n\
    2;3;;Rue de Paris;23000;23096;;1.8702;46.1702\n\
    3;12;bis;Rue de Paris;23000;23096;;1.8712;46.1712\n\
    4;5;;Avenue de la Gare;23000;23096;;1.8600;46.1800\n\
    5;1;;Rue de l'Église;23000;23096;;1.8800;46.1600\n\
    6;1;;Rue de l'Église;23001;23096;23097;1.8900;46.2000\n\
    7;99999;;Le Bourg;23000;23096;;1.8500;46.1500\n\
    8;7;;Rue de Paris;87000;87085;;1.2600;45.8300\n";

fn find_in(text: &[u8], wishes: &[(&str, Option<&str>)]) -> Vec<Option<Found>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("adresses-23.csv");
    std::fs::write(&path, text).unwrap();
    let wish = |(address, postcode): &(&str, Option<&str>)| Wish {
        address: (*address).into(),
        postcode: postcode.map(Into::into),
        commune: ordinal("23096"),
    };
    let mut finder = Finder::new(wishes.iter().map(wish).collect(), territories());
    let mut report = SourceReport::new("ban", "adresses-23.csv");
    read(&path, "adresses-23.csv", &mut finder, &mut StreetTable::new(territories()), &mut report).unwrap();
    report.check().unwrap();
    finder.finish()
}

fn found(address: &str, postcode: Option<&str>) -> Option<(AddressKind, f64, f64)> {
    let text = format!("{HEADER}{GUERET}");
    let found = find_in(text.as_bytes(), &[(address, postcode)])[0]?;
    Some((found.found.kind, found.position.lon(), found.position.lat()))
}

#[test]
fn a_house_a_street_and_a_place_are_found_and_named() {
    use AddressKind::{HouseNumber, Place, Street};
    assert_eq!(found("3 rue de Paris", None), Some((HouseNumber, 1.8702, 46.1702)));
    assert_eq!(found("MAIRIE, 3 RUE DE PARIS 23000 GUERET", None), Some((HouseNumber, 1.8702, 46.1702)));
    assert_eq!(found("12 bis, rue de Paris", None), Some((HouseNumber, 1.8712, 46.1712)));
    assert_eq!(found("5 av. de la Gare", None), Some((HouseNumber, 1.86, 46.18)));
    assert_eq!(found("11 rue de Paris", None).unwrap().0, Street);
    assert_eq!(found("rue de Paris", None).unwrap().0, Street);
    assert_eq!(found("Le Bourg", None), Some((Place, 1.85, 46.15)));
}

#[test]
fn what_is_not_sure_is_not_found() {
    for address in ["3 avenue de Paris", "3 rue de Lyon", "rue", "", "Mairie", "3", "7 chemin des Dames"] {
        assert_eq!(found(address, None), None, "{address}");
    }
    assert_eq!(found("1 rue de l'Église", None), None, "there are two, far apart");
    assert_eq!(found("1 rue de l'Église", Some("23001")), Some((AddressKind::HouseNumber, 1.89, 46.2)));
    assert_eq!(found("7 rue de Paris", None).unwrap().0, AddressKind::Street, "the 7 is in another town");
}

#[test]
fn a_house_is_not_another_house_of_the_same_number() {
    let text =
        format!("{HEADER}1;12;a;Rue de Paris;23000;23096;;1.87;46.17\n2;14;;Rue de Paris;23000;23096;;1.88;46.18\n");
    let found = find_in(text.as_bytes(), &[("12 bis rue de Paris", None), ("14 rue de Paris", None)]);
    assert_eq!(found[0].unwrap().found.kind, AddressKind::Street);
    assert_eq!(found[1].unwrap().found.kind, AddressKind::HouseNumber);
}

#[test]
fn every_way_the_base_is_published_gives_the_same() {
    let plain = format!("{HEADER}{GUERET}");
    let expected = find_in(plain.as_bytes(), &[("3 rue de Paris", None)]);
    assert!(expected[0].is_some());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(plain.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(find_in(&packed, &[("3 rue de Paris", None)]), expected);
    let crlf = plain.replace('\n', "\r\n");
    assert_eq!(find_in(crlf.as_bytes(), &[("3 rue de Paris", None)]), expected);
    let quoted: String = plain
        .lines()
        .map(|line| line.split(';').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n")
        .collect();
    assert_eq!(find_in(quoted.as_bytes(), &[("3 rue de Paris", None)]), expected);
}

#[test]
fn a_bad_row_is_put_aside_and_a_bad_file_refused() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = |bytes: &[u8]| {
        let path = folder.path().join("adresses.csv");
        std::fs::write(&path, bytes).unwrap();
        let wish = Wish { address: "3 rue de Paris".into(), postcode: None, commune: ordinal("23096") };
        let mut finder = Finder::new(vec![wish], territories());
        let mut report = SourceReport::new("ban", "adresses.csv");
        let read = read(&path, "adresses.csv", &mut finder, &mut StreetTable::new(territories()), &mut report)
            .map_err(|refused| refused.to_string());
        (read, report)
    };
    let text = format!(
        "{HEADER}1;3;;Rue de Paris;23000;23096;;x;46.17\n2;3;;Rue de Paris;23000;ZZZZZ;;1.87;46.17\n\n3;3;;Rue de Paris;23000;23096;;1.87;46.17\n"
    );
    let (read, report) = outcome(text.as_bytes());
    assert!(read.is_ok());
    assert_eq!((report.rows_read, report.published, report.quarantined, report.blank), (4, 1, 2, 1));
    let cut: Vec<u8> = {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(format!("{HEADER}{}", GUERET.repeat(500)).as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        packed[..packed.len() / 2].to_vec()
    };
    let endless = format!("{HEADER}1;3;;{};23000;23096;;1.87;46.17\n", "x".repeat(100_000));
    let cases: [(&[u8], &str); 5] = [
        (b"", "empty"),
        (b"a;b\n1;2\n", "code_insee"),
        (HEADER.as_bytes(), "no row"),
        (&cut, "unpacked"),
        (endless.as_bytes(), "adresses.csv:2"),
    ];
    for (bytes, named) in cases {
        let refused = outcome(bytes).0.unwrap_err();
        assert!(refused.contains("adresses.csv") && refused.contains(named), "{named}: {refused}");
    }
}

#[test]
fn files_of_addresses_are_known_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in
        ["addresses/anything.csv", "adresses-93.csv.gz", "sub/BAN-France.csv", "venues/list.csv", "ban-notes.txt"]
    {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
    }
    let names: Vec<String> = find(folder.path()).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["addresses/anything.csv", "adresses-93.csv.gz", "sub/BAN-France.csv"]);
}

/// The houses of a street of the real file of Bondy by brute force: number, longitude, latitude.
fn houses_of_bondy(path: &Path, street: &str) -> Vec<(String, f64, f64)> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (number, name, lon, lat) = (at("numero"), at("nom_voie"), at("lon"), at("lat"));
    let records = reader.records().map(Result::unwrap);
    let of_street = records.filter(|record| record[name].ends_with(street));
    of_street
        .map(|record| (record[number].to_owned(), record[lon].parse().unwrap(), record[lat].parse().unwrap()))
        .collect()
}

#[test]
fn the_real_venues_of_bondy_are_placed_within_fifty_metres_of_their_houses() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/addresses/ban-bondy-93010.csv");
    if !path.exists() {
        eprintln!("SKIPPED: no addresses of Bondy beside the project");
        return;
    }
    // The addresses of the venues of Bondy that come without coordinates, as their lists write them.
    let published = [
        ("18 Avenue Léon Blum 18 bis", "18", "n Blum"),
        ("162-164 route de villemomble", "162", "Route de Villemomble"),
        ("23 Rue Roger Salengro", "23", "Rue Roger Salengro"),
        ("19 Avenue Henri Barbusse", "19", "Avenue Henri Barbusse"),
    ];
    let wish = |(address, ..): &(&str, &str, &str)| Wish {
        address: (*address).into(),
        postcode: Some("93140".into()),
        commune: ordinal("93010"),
    };
    let mut finder = Finder::new(published.iter().map(wish).collect(), territories());
    let mut report = SourceReport::new("ban", "ban-bondy-93010.csv");
    read(&path, "ban-bondy-93010.csv", &mut finder, &mut StreetTable::new(territories()), &mut report).unwrap();
    report.check().unwrap();
    assert_eq!((report.rows_read, report.published), (8_413, 8_413));
    for ((address, number, street), found) in published.iter().zip(finder.finish()) {
        let found = found.unwrap_or_else(|| panic!("{address} is not found"));
        let houses = houses_of_bondy(&path, street);
        let truth = houses.iter().find(|(known, ..)| known == number);
        let (_, lon, lat) = truth.unwrap_or_else(|| panic!("{street} has no {number}: {houses:?}"));
        let house = Position::new(Degrees { lon: *lon, lat: *lat }).unwrap();
        let metres = house.geodesic_to(found.position).value();
        assert!(metres <= 50.0 && found.found.kind == AddressKind::HouseNumber, "{address}: {metres} m, {found:?}");
    }
}
