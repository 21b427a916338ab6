//! `mediane build` on small lists: what is published, what is put aside and why, and that nothing is ever lost.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use mediane::atlas::Atlas;
use mediane::domain::{CommuneCode, Flag, Hours, Location, Phone, Repair};
use mediane::ingest::edition::{folder_of, open};
use mediane::ingest::{BuildError, BuildOptions, Built, build};

use crate::part_of_france;

/// A data folder with the real territories and one list of venues in standard v1, and an output folder.
struct Cellar {
    folder: tempfile::TempDir,
}

const HEADER: &str =
    "id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,telephone,site_web,horaires,date_maj";

/// A row that nothing is wrong with: the town hall of Guéret.
const GUERET: &str = "g1,Mairie de Guéret,Guéret,23000,23096,Esplanade François Mitterrand,46.1696,1.8715,05 55 51 47 00,https://www.ville-gueret.fr,Mo-Fr 09:00-17:00,2024-01-15";

impl Cellar {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir_all(data.join("sources")).unwrap();
        fs::create_dir_all(data.join("indicators")).unwrap();
        fs::create_dir_all(folder.path().join("cache")).unwrap();
        part_of_france::write(&data.join("territories"));
        let source = "id = 'liste-2024-01'\ntitle = 'Liste'\npublisher = 'Essai'\nlicence = 'Licence Ouverte 2.0'\n\
            vintage = '2024-01-31'\nurl = ''\nfile = 'liste.csv'\nrole = 'venues'\nformat = 'csv'\nseparator = ','\n\
            profile = 'standard-v1'\n";
        fs::write(data.join("sources/liste.toml"), source).unwrap();
        Self { folder }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn build_forced(&self, bytes: &[u8], force: Option<&str>) -> Result<Built, BuildError> {
        let path = |name: &str| self.folder.path().join(name);
        fs::write(path("cache/liste.csv"), bytes).unwrap();
        let options = BuildOptions {
            as_of: None,
            roads: None,
            undivided: true,
            data: &path("data"),
            cache: &path("cache"),
            out: &self.out(),
            today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
            force,
            keep: 12,
            stop: &AtomicBool::new(false),
        };
        build(&options, &|_, _, _| {})
    }

    fn build(&self, bytes: &[u8]) -> Result<Built, BuildError> {
        self.build_forced(bytes, None)
    }

    fn atlas(&self) -> Atlas {
        open(&self.out()).unwrap()
    }
}

/// A list of rows under the header.
fn list(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes()
}

/// One row at a position given as text, said to be in Guéret.
fn at(lon: &str, lat: &str) -> String {
    format!("x1,Essai,Guéret,23000,23096,1 rue de la Paix,{lat},{lon},,,,2024-01-15")
}

/// The location and the flags of the venue of a list of one row.
fn located(row: &str) -> (Location, Vec<Flag>) {
    let cellar = Cellar::new();
    cellar.build(&list(&[row])).unwrap();
    let venue = cellar.atlas().venues().raw[0].clone();
    (venue.location, venue.flags)
}

fn is_near(location: Location, lon: f64, lat: f64) -> bool {
    location.position().is_some_and(|p| (p.lon() - lon).abs() < 1e-4 && (p.lat() - lat).abs() < 1e-4)
}

#[test]
fn a_plain_list_becomes_an_edition() {
    let cellar = Cellar::new();
    let built = cellar.build(&list(&[GUERET])).unwrap();
    assert_eq!((built.venues, built.located), (1, 1));
    let atlas = cellar.atlas();
    let venue = &atlas.venues().raw[0];
    assert_eq!(venue.id, "liste-g1");
    assert_eq!(venue.commune, CommuneCode::parse("23096"));
    assert_eq!(venue.hours, Hours::Osm("Mo-Fr 09:00-17:00".into()));
    assert_eq!(venue.phones.first().map(Phone::as_str), Some("+33555514700"));
    assert!(matches!(venue.location, Location::Published(_)));
    assert!(venue.flags.is_empty());
    assert!(cellar.out().join("report.json").exists(), "the report is found from the output folder");
    assert_eq!(atlas.edition().as_of, NaiveDate::from_ymd_opt(2024, 1, 31));
}

#[test]
fn files_that_are_no_list_are_refused_by_name_and_the_edition_in_force_stays() {
    let cellar = Cellar::new();
    cellar.build(&list(&[GUERET])).unwrap();
    let venues = cellar.atlas().venues().to_vec();
    let cut = format!("{HEADER}\n{GUERET}\ng2,Mairie,Guéret,23000,23096,1 rue,4");
    let cases: [(&str, &[u8], &str); 7] = [
        ("an empty file", b"", "empty"),
        ("a web page", b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "web page"),
        ("a ZIP archive", b"PK\x03\x04\x14\0\0\0\x08\0abcdef", "ZIP"),
        ("a row cut in the middle", cut.as_bytes(), "liste.csv:3"),
        ("two columns of one name", b"id,nom,nom\n1,a,b\n", "nom"),
        ("a missing column", b"id,nom\n1,a\n", "commune"),
        (
            "a quote never closed",
            b"id,nom,commune,code_postal,adresse,latitude,longitude\n1,\"a,b,c,d,e,f\n",
            "liste.csv:2:",
        ),
    ];
    for (what, bytes, named) in cases {
        let error = Cellar::new().build(bytes).expect_err(what).to_string();
        assert!(error.contains("liste.csv") && error.contains(named), "{what}: {error}");
        // Where there is an earlier file, it stays.
        let not_taken = cellar.build(bytes).unwrap().not_taken;
        assert_eq!(not_taken[0].refused.to_string(), error.lines().last().unwrap().trim(), "{what}");
        assert_eq!(cellar.atlas().venues(), venues, "{what}: the venues in force stay");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_put_aside_with_its_line() {
    let cellar = Cellar::new();
    let built = cellar
        .build(&list(&[GUERET, "g2,trop,court", "", ",Sans identifiant,Guéret,23000,23096,1 rue,,,,,,"]))
        .unwrap();
    let report = &built.report.sources[0];
    assert_eq!((report.rows_read, report.published, report.quarantined, report.merged, report.blank), (4, 1, 2, 0, 1));
    let lines: Vec<_> = report.entries.iter().map(|entry| (entry.line, entry.code.as_str())).collect();
    assert!(lines.contains(&(Some(3), "ligne_trop_courte")), "{lines:?}");
    assert!(lines.contains(&(Some(5), "id_absent")), "{lines:?}");
}

#[test]
fn latin_1_semicolons_and_decimal_commas_are_read_and_said() {
    let cellar = Cellar::new();
    let text = format!(
        "{}\n{}\n",
        HEADER.replace(',', ";"),
        "g1;Mairie de Guéret;Guéret;23000;23096;1 rue;46,1696;1,8715;;;;2024-01-15"
    );
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let built = cellar.build(&latin).unwrap();
    let warnings = &built.report.sources[0].warnings;
    let said: Vec<&str> = warnings.keys().map(|code| code.as_str()).collect();
    assert!(said.contains(&"encodage_deduit") && said.contains(&"separateur_deduit"), "{said:?}");
    let atlas = cellar.atlas();
    assert_eq!(atlas.venues().raw[0].name, "Mairie de Guéret");
    assert!(is_near(atlas.venues().raw[0].location, 1.8715, 46.1696));
}

#[test]
fn a_code_that_lost_its_zero_is_completed() {
    let cellar = Cellar::new();
    cellar.build(&list(&["a1,Mairie,L'Abergement-Clémenciat,1400,1001,Le Village,,,,,,"])).unwrap();
    let atlas = cellar.atlas();
    assert_eq!(atlas.venues().raw[0].commune, CommuneCode::parse("01001"));
    assert_eq!(atlas.venues().raw[0].postcode.as_deref(), Some("01400"));
}

#[test]
fn corsica_is_read_after_ten_thousand_rows_of_digits() {
    let cellar = Cellar::new();
    let mut rows: Vec<String> =
        (0..10_000).map(|i| format!("n{i},Lieu {i},Guéret,23000,23096,{i} rue du Lieu,,,,,,")).collect();
    rows.push("c1,Mairie,Ajaccio,20000,2A004,Avenue Antoine Serafini,,,,,,".into());
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let built = cellar.build(&list(&rows)).unwrap();
    assert_eq!(built.venues, 10_001);
    assert_eq!(cellar.atlas().venue("liste-c1").unwrap().commune, CommuneCode::parse("2A004"));
}

#[test]
fn coordinates_are_repaired_only_when_the_commune_confirms_it() {
    assert!(
        matches!(located(&at("46.1696", "1.8715")), (Location::Repaired(p, Repair::SwappedAxes), _) if (p.lon() - 1.8715).abs() < 1e-9)
    );
    // The town hall of Guéret in Lambert-93, by the IGN's own conversion.
    let (location, _) = located(&at("612908", "6564455"));
    assert!(matches!(location, Location::Repaired(_, Repair::Lambert93)), "{location:?}");
    let (location, _) = located(&at("18715", "461696"));
    assert!(
        matches!(location, Location::Repaired(p, Repair::DecimalMark) if (p.lat() - 46.1696).abs() < 1e-9),
        "{location:?}"
    );
}

#[test]
fn a_lost_sign_is_found_again() {
    let brest = "b1,Mairie,Brest,29200,29019,2 rue Frézier,48.3904,4.4861,,,,";
    let (location, _) = located(brest);
    assert!(
        matches!(location, Location::Repaired(p, Repair::LostSign) if (p.lon() + 4.4861).abs() < 1e-9),
        "{location:?}"
    );
}

#[test]
fn reims_in_aix_stays_in_reims_and_says_so() {
    let (location, flags) =
        located("structure-1,Anonymal,Reims,51100,51454,12 bis rue de Leclercq,43.52609,5.41423,,,,");
    assert!(matches!(location, Location::Commune(_)), "{location:?}");
    assert!(is_near(location, 4.03, 49.25) || location.position().unwrap().lat() > 49.0);
    assert!(matches!(flags[..], [Flag::OutsideCommune(metres)] if metres > 500_000), "{flags:?}");
}

#[test]
fn a_commune_without_a_contour_is_not_everywhere() {
    let mairie = |lat, lon| located(&format!("p1,Mairie,Poum,98826,98826,Village,{lat},{lon},,,,"));
    let (location, flags) = mairie("-22.2763", "166.4416");
    assert!(matches!(location, Location::Commune(point) if point.lat() > -20.6), "in Nouméa: {location:?}");
    assert!(matches!(flags[..], [Flag::OutsideCommune(metres)] if metres > 200_000), "{flags:?}");
    let (location, flags) = mairie("-20.2313", "164.0240");
    assert!(matches!(location, Location::Published(_)), "{location:?}");
    assert!(flags.is_empty(), "{flags:?}");
}

#[test]
fn unknown_coordinates_are_never_zero() {
    for (lon, lat) in [("", ""), ("0", "0"), ("NaN", "46.1"), ("1e400", "46.1"), ("48°51'", "2°21'"), ("1.87", "")] {
        let (location, flags) = located(&at(lon, lat));
        assert!(matches!(location, Location::Commune(_)), "{lon},{lat}: {location:?}");
        assert!(
            flags.iter().any(|flag| matches!(flag, Flag::NoCoordinates | Flag::UnusableCoordinates)),
            "{lon},{lat}"
        );
    }
}

#[test]
fn an_exact_double_is_merged_and_a_reused_id_is_put_aside() {
    let cellar = Cellar::new();
    let other = GUERET.replace("Mairie de Guéret", "Autre lieu");
    let built = cellar.build(&list(&[GUERET, GUERET, &other])).unwrap();
    let report = &built.report.sources[0];
    assert_eq!((report.published, report.merged, report.quarantined), (1, 1, 1));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let (one, two) = (Cellar::new(), Cellar::new());
    let rows = [GUERET, "g3,Médiathèque,Guéret,23000,23096,8 avenue Fayolle,46.17,1.87,,,,2023-05-05"];
    let ids = [one.build(&list(&rows)).unwrap().id, two.build(&list(&rows)).unwrap().id];
    assert_eq!(ids[0], ids[1]);
    for entry in fs::read_dir(folder_of(&one.out())).unwrap().flatten() {
        let twin = folder_of(&two.out()).join(entry.file_name());
        assert_eq!(fs::read(entry.path()).unwrap(), fs::read(twin).unwrap(), "{:?}", entry.file_name());
    }
}

#[test]
fn a_list_that_lost_most_of_its_rows_needs_a_reason() {
    let cellar = Cellar::new();
    let rows: Vec<String> =
        (0..20).map(|i| format!("n{i},Lieu {i},Guéret,23000,23096,{i} rue du Lieu,,,,,,")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    cellar.build(&list(&rows)).unwrap();
    let built = cellar.build(&list(&rows[..8])).unwrap();
    let why = built.not_taken[0].refused.to_string();
    assert!(why.contains("8 rows where the previous edition read 20"), "{why}");
    assert_eq!(built.venues, 20, "60 % of the rows are gone: the earlier file stays");
    let built = cellar.build_forced(&list(&rows[..8]), Some("the publisher split its list")).unwrap();
    assert_eq!(built.report.forced.as_deref(), Some("the publisher split its list"));
}

#[test]
fn a_damaged_edition_is_not_opened() {
    let cellar = Cellar::new();
    cellar.build(&list(&[GUERET])).unwrap();
    let path = folder_of(&cellar.out()).join("venues.parquet");
    let bytes = fs::read(&path).unwrap();
    for at in (0..bytes.len()).step_by(97) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(&path, damaged).unwrap();
        let error = open(&cellar.out()).expect_err("one bit has flipped").to_string();
        assert!(error.contains("venues.parquet") && error.contains("checksum"), "{error}");
    }
}

#[test]
fn a_build_that_is_stopped_leaves_the_edition_in_force() {
    let cellar = Cellar::new();
    let id = cellar.build(&list(&[GUERET])).unwrap().id;
    let path = |name: &str| cellar.folder.path().join(name);
    let options = BuildOptions {
        as_of: None,
        roads: None,
        undivided: true,
        data: &path("data"),
        cache: &path("cache"),
        out: &cellar.out(),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: None,
        keep: 12,
        stop: &AtomicBool::new(true),
    };
    assert!(matches!(build(&options, &|_, _, _| {}), Err(BuildError::Stopped)));
    assert_eq!(cellar.atlas().edition().id, id);
    let leftovers = fs::read_dir(cellar.out().join("editions")).unwrap().count();
    assert_eq!(leftovers, 1, "no half-written edition is left");
}

#[test]
fn two_builds_of_one_folder_do_not_meet() {
    let cellar = Cellar::new();
    let lock = mediane::ingest::edition::Lock::take(&cellar.out()).unwrap();
    let error = cellar.build(&list(&[GUERET])).expect_err("the folder is taken").to_string();
    assert!(error.contains(&std::process::id().to_string()), "{error}");
    drop(lock);
    cellar.build(&list(&[GUERET])).unwrap();
}
