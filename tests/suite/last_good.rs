//! One bad source never stops the others, and takes nothing away: its last good file stands in, and that is said.

use std::fs;

use mediane::domain::{AddressKind, CommuneCode, Location};
use mediane::ingest::edition::folder_of;
use mediane::ingest::report::Code;
use sha2::{Digest, Sha256};

use super::workshop::{HEADER, Workshop, findings, report, rows};

/// Two lists, the second of which goes bad in some way after the first build.
fn two_lists() -> Workshop {
    let workshop = Workshop::with_list();
    workshop.source("autre", "");
    let other = rows(20, 0.005)
        .replace("\nn", "\nm")
        .replace("Lieu ", "Salle ")
        .replace("rue du Lieu", "avenue Fayolle")
        .replace("05 55 51", "05 55 52");
    workshop.file("autre.csv", other);
    assert!(workshop.build().not_taken.is_empty());
    workshop
}

fn other(workshop: &Workshop) -> usize {
    workshop.atlas().venues().iter().filter(|venue| venue.id.starts_with("autre-")).count()
}

#[test]
fn a_source_that_goes_bad_keeps_its_last_good_file_and_the_others_go_on() {
    let good = rows(20, 0.005)
        .replace("\nn", "\nm")
        .replace("Lieu ", "Salle ")
        .replace("rue du Lieu", "avenue Fayolle")
        .replace("05 55 51", "05 55 52");
    let cut = format!("{good}m20,Salle 20,Gu");
    let shifted = rows(20, 0.015)
        .replace("\nn", "\nm")
        .replace("Lieu ", "Salle ")
        .replace("rue du Lieu", "avenue Fayolle")
        .replace("05 55 51", "05 55 52");
    let short: String = good.lines().take(9).map(|line| format!("{line}\n")).collect();
    let bad_rows = good.replace(",Guéret,23000", "");
    let without = good.replace("latitude", "lat");
    let nowhere: String = good.lines().map(|l| l.replace(",46.", ",").replace(",1.8", ",") + "\n").collect();
    let cases: [(&str, &[u8], Code); 9] = [
        ("empty", b"", Code::EmptyFile),
        ("a web page", b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", Code::HtmlContent),
        ("cut in a row", cut.as_bytes(), Code::TruncatedFile),
        ("a column renamed", without.as_bytes(), Code::MissingColumn),
        ("half of its rows gone", short.as_bytes(), Code::DropInRows),
        ("twice its rows", &rows(45, 0.005).into_bytes(), Code::RiseInRows),
        ("one kilometre north", shifted.as_bytes(), Code::DriftInPositions),
        ("most rows unreadable", bad_rows.as_bytes(), Code::DropInRows),
        ("coordinates gone", nowhere.as_bytes(), Code::DriftInPositions),
    ];
    for (what, bytes, code) in cases {
        let workshop = two_lists();
        workshop.file("autre.csv", bytes);
        workshop.file("liste.csv", rows(21, 0.0));
        let built = workshop.build();
        let [not_taken] = &built.not_taken[..] else { panic!("{what}: {:?}", built.not_taken) };
        assert_eq!((not_taken.id.as_str(), not_taken.kept, not_taken.refused.code), ("autre", true, code), "{what}");
        assert_eq!(other(&workshop), 20, "{what}: its last good rows stand");
        assert!(workshop.atlas().venue("liste-n20").is_some(), "{what}: the other list is of today");
        let source = workshop.atlas().edition().sources.iter().find(|s| s.id == "autre").unwrap().clone();
        assert_eq!((source.present, source.refused.as_deref()), (true, Some(code.as_str())), "{what}");
        assert!(!findings(report(&built, "autre"), code).is_empty(), "{what}: the report says why");
    }
}

#[test]
fn a_list_missing_from_the_cache_does_not_vanish() {
    let workshop = two_lists();
    workshop.remove("cache/autre.csv");
    let built = workshop.build();
    assert_eq!(built.not_taken[0].refused.code, Code::AbsentFile);
    assert_eq!(other(&workshop), 20);
    // It may be away for many builds, and come back.
    workshop.build();
    assert_eq!(other(&workshop), 20);
    let let_go = workshop.try_build(Some("the list has ended")).unwrap();
    assert_eq!((other(&workshop), let_go.report.forced.as_deref()), (0, Some("the list has ended")));
}

#[test]
fn a_build_that_keeps_a_file_gives_the_same_bytes_twice() {
    let workshop = two_lists();
    workshop.file("autre.csv", "");
    let first = workshop.build().id;
    assert_eq!(workshop.build().id, first);
    let kept = fs::read_dir(workshop.path("out/kept")).unwrap().count();
    assert_eq!(kept, 2, "one file a source; what no edition was read from is thrown away");
}

#[test]
fn a_first_edition_does_not_begin_with_a_hole_but_a_new_source_stops_nobody() {
    let workshop = Workshop::with_list();
    workshop.source("autre", "");
    workshop.file("autre.csv", "");
    let error = workshop.try_build(None).expect_err("nothing can stand in").to_string();
    assert!(error.contains("autre.csv"), "{error}");
    workshop.remove("data/sources/autre.toml");
    workshop.build();
    workshop.source("autre", "");
    let built = workshop.build();
    assert_eq!((built.not_taken[0].id.as_str(), built.not_taken[0].kept), ("autre", false));
    assert_eq!(built.venues, 20);
    let source = workshop.atlas().edition().sources.iter().find(|s| s.id == "autre").unwrap().clone();
    assert_eq!((source.present, source.refused.as_deref()), (false, Some("fichier_vide")));
}

#[test]
fn a_damaged_store_of_kept_files_stops_the_build_rather_than_lose_a_list() {
    let workshop = two_lists();
    for entry in fs::read_dir(workshop.path("out/kept")).unwrap().flatten() {
        fs::write(entry.path(), "damaged").unwrap();
    }
    workshop.file("autre.csv", "");
    let before = workshop.atlas().edition().id.clone();
    let error = workshop.try_build(None).expect_err("nothing can stand in").to_string();
    assert!(error.contains("autre.csv"), "{error}");
    assert_eq!(workshop.atlas().edition().id, before);
}

#[test]
fn columns_that_nobody_reads_and_columns_that_are_gone_are_told() {
    let workshop = Workshop::with_list();
    workshop.build();
    workshop.file("liste.csv", rows(20, 0.0).replace("telephone", "tel_accueil"));
    let built = workshop.build();
    let list = report(&built, "liste");
    assert_eq!(findings(list, Code::VanishedColumn)[0].0, "telephone");
    let unknown = findings(list, Code::UnknownColumn);
    assert!(unknown[0].0 == "tel_accueil" && unknown[0].1.contains("20 rows"), "{unknown:?}");
    // A column that is still there, and empty, is as good as gone.
    workshop.file("liste.csv", rows(20, 0.0));
    workshop.build();
    let emptied: String = rows(20, 0.0)
        .lines()
        .map(|l| l.split(",05 55").next().unwrap().to_owned() + if l.contains(",05 55") { ",\n" } else { "\n" })
        .collect();
    workshop.file("liste.csv", emptied);
    assert_eq!(findings(report(&workshop.build(), "liste"), Code::VanishedColumn)[0].0, "telephone");
    // A column of the description that the file lacks.
    workshop.source("liste", "[columns]\ncourriels = 'mel'\n");
    assert_eq!(findings(report(&workshop.build(), "liste"), Code::MissingColumn)[0].0, "mel");
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn bytes_that_are_not_those_announced_or_fetched_are_not_read() {
    let workshop = Workshop::with_list();
    let list = rows(20, 0.0);
    workshop.file("liste.csv.sha256", format!("{}  liste.csv\n", sha256(list.as_bytes())));
    assert!(workshop.build().not_taken.is_empty());
    // One digit of one coordinate.
    workshop.file("liste.csv", list.replacen("46.1650", "46.1656", 1));
    let refused = workshop.build().not_taken.remove(0).refused;
    assert_eq!(refused.code, Code::ChecksumMismatch);
    assert!(refused.to_string().contains("liste.csv.sha256"), "{refused}");
    workshop.file("liste.csv.sha256", "not a checksum\n");
    assert_eq!(workshop.build().not_taken[0].refused.code, Code::ChecksumMismatch);
    workshop.remove("cache/liste.csv.sha256");
    workshop.file("liste.csv", &list);
    for wrong in [
        format!("sha256 = '{}'\n", "0".repeat(64)),
        format!("sha1 = '{}'\n", "0".repeat(40)),
        format!("size = {}\n", list.len() + 1),
    ] {
        workshop.source("liste", &wrong);
        assert_eq!(workshop.build().not_taken.len(), 1, "{wrong}");
    }
    workshop.source("liste", &format!("sha256 = '{}'\nsize = {}\n", sha256(list.as_bytes()), list.len()));
    assert!(workshop.build().not_taken.is_empty());
}

#[test]
fn indicators_have_breakers_of_their_own() {
    let workshop = Workshop::with_list();
    workshop.indicator("taux", "");
    let column = |communes: usize, of: &dyn Fn(usize) -> f64| {
        let row = |i: usize| format!("01{:03};{}\n", i + 1, of(i));
        "CODGEO;V\n".to_owned() + &(0..communes).map(row).collect::<String>()
    };
    let rate = |i: usize| 2.0 + (i % 50) as f64;
    workshop.file("taux.csv", column(400, &rate));
    workshop.build();
    let known = || {
        let atlas = workshop.atlas();
        let indicator = atlas.indicator("taux").unwrap();
        indicator.readings.iter().filter(|reading| reading.value().is_some()).count()
    };
    let before = known();
    let cases: [(&str, String, Code); 5] = [
        ("two communes", column(2, &rate), Code::DropInRows),
        ("shares of 1", column(400, &|i| rate(i) / 100.0), Code::MixedUnits),
        ("half of them shares", column(400, &|i| if i % 2 == 0 { rate(i) } else { rate(i) / 100.0 }), Code::MixedUnits),
        ("keys of EPCI", column(400, &rate).replace("\n01", "\n2000541"), Code::UnknownKey),
        ("another column", column(400, &rate).replace(";V", ";W"), Code::MissingColumn),
    ];
    for (what, text, code) in cases {
        workshop.file("taux.csv", text);
        let built = workshop.build();
        assert_eq!(built.not_taken.iter().map(|n| n.refused.code).collect::<Vec<_>>(), [code], "{what}");
        assert_eq!(known(), before, "{what}");
    }
    workshop.file("taux.csv", column(390, &|i| rate(i) * 1.02));
    assert!(workshop.build().not_taken.is_empty(), "what changes a little is taken");
}

#[test]
fn what_may_not_be_published_is_compared_and_goes_no_further() {
    let workshop = Workshop::with_list();
    workshop.indicator("secretx", "licence = 'conditions non vues ; pour vérification seulement'\n");
    workshop.file("secretx.csv", "CODGEO;V\n23096;12\n23001;13\n");
    let built = workshop.build();
    assert_eq!(report(&built, "secretx").published, 2);
    let atlas = workshop.atlas();
    assert!(atlas.indicator("secretx").is_none() && atlas.indicators().iter().all(|i| i.id != "secretx"));
    assert_eq!(atlas.edition().checks.iter().map(|check| check.id.as_str()).collect::<Vec<_>>(), ["secretx"]);
    for entry in fs::read_dir(folder_of(&workshop.path("out"))).unwrap().flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "parquet") {
            let bytes = fs::read(entry.path()).unwrap();
            assert!(!bytes.windows(7).any(|window| window == b"secretx"), "{:?} names it", entry.file_name());
        }
    }
    workshop.source("interdit", "");
    let text = fs::read_to_string(workshop.path("data/sources/interdit.toml")).unwrap();
    workshop.write("data/sources/interdit.toml", text.replace("Licence Ouverte 2.0", "Tous droits réservés"));
    let error = workshop.try_build(None).expect_err("a list cannot be kept for checking").to_string();
    assert!(error.contains("interdit.toml") && error.contains("line 4"), "{error}");
}

#[test]
fn a_row_identified_by_nothing_is_not_a_repeat() {
    // Case S01: two places of one name and address, with other types and telephones.
    let workshop = Workshop::new();
    let columns = "profile = 'survey'\n[columns]\nnom = 'nom'\ncode_postal = 'cp'\ncommune = 'ville'\nadresse = 'adresse'\n\
        latitude = 'lat'\nlongitude = 'lon'\ntelephone = 'tel'\n";
    workshop.source("essai", columns);
    let header = "nom,cp,ville,adresse,lat,lon,tel\n";
    let one = "Collectivité,23000,Guéret,22 cours Grand,46.1706,1.8715,0555101010\n";
    let far = "Collectivité,23000,Guéret,\"22, cours Grand\",46.1850,1.8900,0555202020\n";
    let third = "Collectivité,23000,Guéret,22 cours Grand,46.1600,1.8500,0555303030\n";
    workshop.file("essai.csv", [header, one, far, third, one].concat());
    let built = workshop.build();
    let list = report(&built, "essai");
    assert_eq!(
        (list.published, list.merged, list.quarantined),
        (3, 1, 0),
        "the row that repeats another cell by cell joins it"
    );
    let ids: std::collections::BTreeSet<_> = workshop.atlas().venues().iter().map(|venue| venue.id.clone()).collect();
    assert_eq!(ids.len(), 3);
    // A key of two fields, one of which is empty, identifies nothing.
    workshop.source("essai", "key = ['source', 'id']\n");
    let standard = HEADER.replace("id,", "source,id,");
    workshop.file("essai.csv", format!("{standard}dora,,A,Guéret,23000,23096,1 rue A,,,\ndora,,B,Guéret,23000,23096,2 rue B,,,\ndora,7,C,Guéret,23000,23096,3 rue C,,,\n"));
    let built = workshop.try_build(Some("another shape")).unwrap();
    assert_eq!(report(&built, "essai").total(Code::MissingId), 2);
}

#[test]
fn a_wrong_code_does_not_beat_name_postal_code_and_coordinates() {
    let place = |row: &str| {
        let workshop = Workshop::new();
        workshop.source("essai", "");
        workshop.file("essai.csv", format!("{HEADER}{row}\n"));
        workshop.build();
        let venue = workshop.atlas().venues().raw[0].clone();
        (venue.commune.unwrap().to_string(), matches!(venue.location, Location::Published(_)))
    };
    // Châlons-en-Champagne's code for a venue of Reims, 41 km off.
    assert_eq!(place("1,A,Reims,51100,51108,1 rue A,49.2583,4.0317,"), ("51454".into(), true));
    assert_eq!(place("1,A,Guéret,23000,23008,1 rue A,46.1706,1.8715,"), ("23096".into(), true));
    assert_eq!(place("1,A,Paris 11,75011,75120,1 rue A,48.8589,2.3800,"), ("75056".into(), true));
    // Name and postal code to the letter against one code, and nothing stands by it.
    assert_eq!(place("1,A,Reims,51100,51108,1 rue A,,,").0, "51454");
    // A name of before under a code of today contradicts nothing.
    assert_eq!(place("1,A,Ancenis,44150,44003,1 rue A,47.3667,-1.1774,"), ("44003".into(), true));
    assert_eq!(place("1,A,Ancenis,44150,,1 rue A,,,").0, "44003");
    assert_eq!(place("1,A,Châlons-sur-Marne,51000,,1 rue A,,,").0, "51108");
    for (before, today) in [("97123", "97701"), ("97127", "97801"), ("98501", "97601")] {
        assert_eq!(place(&format!("1,A,,,{before},1 rue A,,,")).0, today);
    }
}

#[test]
fn our_own_tables_and_answers_are_lists_again() {
    let workshop = Workshop::with_list();
    let vague = "v,Sans coordonnées,Guéret,23000,23096,1 rue du Lieu,,,\n";
    workshop.file("liste.csv", rows(20, 0.0) + vague);
    workshop.build();
    let table = fs::read(folder_of(&workshop.path("out")).join("venues.parquet")).unwrap();
    let before = workshop.atlas();
    let again = Workshop::new();
    again.source("retour", "file = 'venues.parquet'\nformat = 'parquet'\n");
    again.file("venues.parquet", table);
    let built = again.build();
    assert_eq!((report(&built, "retour").published, report(&built, "retour").quarantined), (21, 0));
    for venue in before.venues() {
        let atlas = again.atlas();
        let back = atlas.venue(&format!("retour-{}", venue.id)).unwrap();
        assert_eq!((&back.name, back.location, &back.phones), (&venue.name, venue.location, &venue.phones));
    }
    let feature = |id: &str, precision: &str| {
        serde_json::json!({"type": "Feature", "id": id, "geometry": {"type": "Point", "coordinates": [1.8715, 46.1706]},
            "properties": {"name": "Médiathèque", "address": format!("{id} rue Courtille"), "postcode": "23000",
                "commune": "23096", "commune_name": "Guéret", "location_precision": precision,
                "labels": ["France Services", "Aidants Connect"], "hours_osm": "Mo 09:00-12:00"}})
    };
    let collection = serde_json::json!({"type": "FeatureCollection", "features": [feature("a", "published"), feature("b", "commune")]});
    again.source("reponse", "file = 'r.geojson'\nformat = 'geojson'\nprofile = 'mediane'\n");
    again.remove("data/sources/retour.toml");
    again.file("r.geojson", collection.to_string());
    again.build();
    let atlas = again.atlas();
    let read = atlas.venue("reponse-a").unwrap();
    assert_eq!((read.name.as_str(), read.programmes.len()), ("Médiathèque", 2));
    assert!(matches!(read.location, Location::Published(_)));
    let vague = atlas.venues().iter().find(|venue| venue.id == "reponse-b" || venue.id == "reponse-a").unwrap();
    assert!(vague.id == "reponse-a" || matches!(vague.location, Location::Commune(_)));
}

#[test]
fn a_venue_without_coordinates_is_placed_by_its_address() {
    let workshop = Workshop::new();
    workshop.source("essai", "");
    workshop.file("essai.csv", format!("{HEADER}1,A,Guéret,23000,23096,3 rue de Paris,,,\n2,B,Guéret,23000,23096,99 rue de Lyon,,,\n3,C,Guéret,23000,23096,3 rue de Paris,46.1706,1.8715,\n"));
    workshop.file(
        "addresses/adresses-23.csv",
        "id;numero;rep;nom_voie;code_postal;code_insee;lon;lat\n1;3;;Rue de Paris;23000;23096;1.8702;46.1702\n",
    );
    let built = workshop.build();
    let atlas = workshop.atlas();
    let Location::Address(position, found) = atlas.venue("essai-1").unwrap().location else { panic!("not placed") };
    assert_eq!((found.kind, found.score), (AddressKind::HouseNumber, 100));
    assert!((position.lon() - 1.8702).abs() < 1e-9 && (position.lat() - 46.1702).abs() < 1e-9);
    assert!(atlas.venue("essai-1").unwrap().flags.is_empty());
    assert!(matches!(atlas.venue("essai-2").unwrap().location, Location::Commune(_)));
    assert!(
        matches!(atlas.venue("essai-3").unwrap().location, Location::Published(_)),
        "coordinates come before addresses"
    );
    assert_eq!(report(&built, "essai").total(Code::PlacedByAddress), 1);
    assert_eq!(report(&built, "ban").rows_read, 1);
    assert_eq!(atlas.venue("essai-1").unwrap().commune, CommuneCode::parse("23096"));
}

#[test]
fn the_address_of_a_venue_outlives_the_numbering_of_its_list() {
    let workshop = Workshop::with_list();
    workshop.build();
    let named = |id: &str| workshop.atlas().venue(id).map(|venue| venue.name.clone());
    let first = named("liste-n3").unwrap();
    workshop.file("liste.csv", rows(20, 0.0).replace("\nn", "\nk"));
    let second = workshop.build().id;
    assert_eq!((named("liste-n3"), named("liste-k3")), (None, Some(first)));
    assert_eq!(workshop.atlas().venue_alias("liste-n3"), Some("liste-k3"));
    assert_eq!(workshop.build().id, second, "the same lists again give the same bytes");
    workshop.file("liste.csv", rows(20, 0.0).replace("\nn", "\nj"));
    workshop.build();
    assert_eq!(workshop.atlas().venue_alias("liste-n3"), Some("liste-j3"), "and once more");
    assert_eq!(workshop.atlas().venue_alias("liste-k3"), Some("liste-j3"));
}
