//! What nobody vouches for, changed at random: readers refuse or understand, never panic, and end in time. Always the same
//! changes, bounded by count; `MEDIANE_MUTATIONS` asks for more of them. Nothing here sees which code a change reaches: these
//! are loops over changed examples, not fuzzing that is led by coverage, which takes a compiler that is not the stable one.

use std::fs;
use std::panic::catch_unwind;
use std::process::Command;
use std::time::{Duration, Instant};

use mediane::domain::hours::{HolidayCalendar, OpeningHours, from_french_text};
use mediane::domain::{CommuneCode, Phone};
use mediane::ingest::edition;
use mediane::ingest::report::{Report, SourceReport};
use mediane::ingest::table::{ReadOptions, read_table};
use mediane::planning::{Document, Request};
use reqwest::blocking::Client;

use crate::support::{sample_leaves, url};

/// Changes made unless the environment asks for more.
fn count(usual: u64) -> u64 {
    std::env::var("MEDIANE_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Longest time for one reading, on a machine that does much else: a text of a hundred characters takes microseconds.
const LONGEST: Duration = Duration::from_secs(5);
/// Virtual memory of a process that reads changed texts, in KiB: what the program maps before it reads is a quarter of it.
const MOST_MEMORY_KIB: u32 = 3 << 20;

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

/// Bytes that readers take for something: ends, quotes, separators, signs of several bytes and halves of them.
const TELLING: [&[u8]; 24] = [
    b"\0",
    b"\n",
    b"\r\n",
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"{",
    b"]",
    b"\\u00",
    b"-",
    b"99999999999999999999",
    b"1e400",
    b"'",
    b"(",
    b" AND ",
    b"%2",
    b"%00",
    b"&",
    b"=",
    "\u{a0}".as_bytes(),
    "\u{feff}".as_bytes(),
    b"\xc3",
];

/// One of some texts, changed in a few places.
fn changed(of: &[&[u8]], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = of[chance.below(of.len())].to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + 1 + chance.below(12)).min(bytes.len());
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 => drop(bytes.splice(at..at, TELLING[chance.below(TELLING.len())].iter().copied())),
            2 if at < end => drop(bytes.drain(at..end)),
            3 if at < end => {
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
            4 => bytes.truncate(at),
            _ => {
                let other = of[chance.below(of.len())];
                let from = chance.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes
}

/// Does something with many changed texts; a panic, and one that takes too long, names the text.
fn try_all(usual: u64, seed: u64, of: &[&[u8]], what: impl Fn(&[u8]) + std::panic::RefUnwindSafe) {
    let mut chance = Chance(seed);
    for _ in 0..count(usual) {
        let bytes = changed(of, &mut chance);
        let begun = Instant::now();
        assert!(catch_unwind(|| what(&bytes)).is_ok(), "with {:?}", String::from_utf8_lossy(&bytes));
        assert!(begun.elapsed() < LONGEST, "{:?} with {:?}", begun.elapsed(), String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_changed_table_is_read_or_refused_and_every_row_is_accounted_for() {
    let csv: &[u8] = b"id,nom,commune,longitude,latitude\n1,\"Maison, France Services\",23096,1.87,46.17\n2,M\xc3\xa9diath\xc3\xa8que,23008,\"1,97\",46.15\n\n3,Atelier,87001,,\n";
    let other: &[u8] =
        "\u{feff}id;nom;code\r\n01001;L'Abergement;01001\r\n2A004;\"Ajaccio \"\"centre\"\"\";2A004\r\n".as_bytes();
    let latin: &[u8] = b"id;nom\n1;M\xe9diath\xe8que\n2;Caf\xe9\n";
    for (format, seeds) in [
        (ReadOptions::csv("a.csv"), vec![csv, other, latin]),
        (ReadOptions { separator: ';', ..ReadOptions::csv("a.csv") }, vec![other, latin, csv]),
        (
            ReadOptions::json("a.json"),
            vec![
                br#"[{"id":"1","nom":"Maison","horaires":{"lundi":"9h"}},{"id":2,"nom":null,"labels":["a","b"]}]"#,
                br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"1"},"geometry":{"type":"Point","coordinates":[1.87,46.17]}},{"type":"Feature","properties":{"id":"2"},"geometry":{"type":"Polygon","coordinates":[[[1,46],[2,46],[2,47],[1,46]]]}}]}"#,
            ],
        ),
    ] {
        try_all(1500, 3, &seeds, |bytes| {
            let mut report = SourceReport::new("essai", "a");
            match read_table(bytes, &format, &mut report) {
                Ok(table) => {
                    let told = report.blank + report.quarantined + table.len() as u64;
                    assert_eq!(report.rows_read, told, "rows read are blank, quarantined or in the table");
                    assert!(table.rows().is_sorted_by(|one, next| one.line() <= next.line()), "in the order of the file");
                }
                Err(refused) => assert!(!refused.to_string().is_empty()),
            }
        });
    }
}

#[test]
fn changed_hours_are_refused_or_mean_the_same_when_read_again() {
    let osm: [&[u8]; 5] = [
        b"Mo-Fr 09:00-12:00,14:00-17:30; Sa 10:00-12:00; PH off",
        b"Mo[1] 09:00-12:00",
        b"2024 Jan 01-Mar 31: Tu 14:00-18:00",
        b"week 01-53/2 We 09:00-12:00",
        b"24/7",
    ];
    try_all(4000, 5, &osm, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(hours) = OpeningHours::parse(&text, HolidayCalendar::NATIONAL) {
            let again = OpeningHours::parse(hours.osm(), HolidayCalendar::NATIONAL).expect("what was written is read");
            assert_eq!(again.osm(), hours.osm());
        }
    });
    let french: [&[u8]; 3] = [
        "Du lundi au jeudi : 9h à 12h et 14h à 17h, vendredi : 9h à 12h".as_bytes(),
        "Semaines paires : lundi 9h-12h ; samedi sur rendez-vous".as_bytes(),
        "1er mardi du mois de 9h30 à 12h".as_bytes(),
    ];
    try_all(4000, 7, &french, |bytes| {
        if let Ok(Some(osm)) = from_french_text(&String::from_utf8_lossy(bytes)) {
            let read = OpeningHours::parse(&osm, HolidayCalendar::NATIONAL);
            assert!(read.is_ok(), "translated into {osm}, which is {:?}", read.err());
        }
    });
}

#[test]
fn changed_codes_and_numbers_are_refused_or_written_as_they_are_read() {
    let seeds: [&[u8]; 6] = [b"01001", b"2A004", b"97411", b"+33 5 55 00 00 01", b"05.55.00.00.01", b"+687 26 36 00"];
    try_all(20_000, 11, &seeds, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        if let Some(code) = CommuneCode::parse(&text) {
            assert_eq!(code.as_str(), text);
        }
        if let Some(phone) = Phone::parse(&text) {
            assert_eq!(Phone::parse(phone.as_str()).as_ref(), Some(&phone));
            assert!(!phone.shown().is_empty());
        }
    });
}

#[test]
fn changed_questions_and_filters_are_answered_or_refused_with_a_reason() {
    let client = Client::new();
    let filters: [&[u8]; 6] = [
        b"name LIKE 'Maison%' AND commune IN ('23096','23008')",
        b"NOT (CASEI(name) = CASEI('mairie')) OR updated > DATE('2024-01-01')",
        b"S_INTERSECTS(geometry, POLYGON((1 46,2 46,2 47,1 46)))",
        b"A_CONTAINS(labels, ('france-services'))",
        b"T_BEFORE(updated, TIMESTAMP('2024-01-01T00:00:00Z')) AND name IS NOT NULL",
        br#"{"op":"and","args":[{"op":"=","args":[{"property":"name"},"Mairie"]},{"op":"isNull","args":[{"property":"updated"}]}]}"#,
    ];
    let questions: [&[u8]; 4] = [
        b"position=1.87,46.17&label=france-services&limit=3",
        b"commune=23096&within_m=5000&open_on=sa&order=distance",
        b"postcode=23000&mode=car&layer=venues",
        b"edition=0123456789abcdef&position=1.87%2C46.17",
    ];
    let mut chance = Chance(13);
    for _ in 0..count(400) {
        let filter: String = changed(&filters, &mut chance).iter().map(|byte| format!("%{byte:02X}")).collect();
        let language = ["cql2-text", "cql2-json"][chance.below(2)];
        // As it is in an address, or escaped where an address could not hold it.
        let question: String = changed(&questions, &mut chance)
            .iter()
            .map(|byte| {
                if byte.is_ascii_graphic() && *byte != b'#' {
                    char::from(*byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
        for address in [
            format!("/ogc/collections/venues/items?f=json&filter-lang={language}&filter={filter}"),
            format!("/api/nearest?{question}"),
        ] {
            let begun = Instant::now();
            let response = client.get(url(&address)).send().unwrap();
            let status = response.status().as_u16();
            let text = response.text().unwrap();
            assert!(begun.elapsed() < LONGEST, "{address}: {:?}", begun.elapsed());
            let document: serde_json::Value =
                serde_json::from_str(&text).unwrap_or_else(|_| panic!("{address}: {text}"));
            match status {
                200 => assert_eq!(document["type"], "FeatureCollection", "{address}"),
                400 | 404 | 414 => assert!(document["detail"].is_string(), "{address}: {text}"),
                _ => panic!("{address}: {status} {text}"),
            }
        }
    }
}

#[test]
fn a_changed_edition_is_refused_or_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edition");
    fs::create_dir(&path).unwrap();
    edition::write(&path, &sample_leaves(), &mediane::atlas::Checks::default(), Vec::new(), &Report::default())
        .unwrap();
    let whole = edition::open(&path).unwrap();
    let mut chance = Chance(17);
    for name in ["manifest.json", "venues.parquet", "communes.parquet", "report.json"] {
        let file = path.join(name);
        let good = fs::read(&file).unwrap();
        for _ in 0..count(60) {
            let bad = changed(&[&good], &mut chance);
            fs::write(&file, &bad).unwrap();
            let opened = edition::open(&path);
            assert!(name == "manifest.json" || opened.is_err() || bad == good, "{name}: its checksum is another");
            if let Ok(atlas) = opened {
                assert_eq!(atlas.venues().len(), whole.venues().len(), "{name}");
                assert_eq!(atlas.communes().len(), whole.communes().len(), "{name}");
            }
        }
        fs::write(&file, &good).unwrap();
    }
}

/// The names and values of a question as an address has them, without its escapes.
fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    text.split('&').filter_map(pair).collect()
}

#[test]
fn a_changed_question_of_a_planner_is_refused_or_written_as_it_is_read() {
    let questions: [&[u8]; 5] = [
        b"territory=departements/23&posts=5&objective=coverage&minutes=10&mode=car&seed=1",
        b"territory=2,46;2.5,46;2.25,46.3;2.1,46.25&budget_eur=250000&price_public_eur=50000&radius_km=7.5",
        b"territory=france&demand=population&candidates=communes&existing=none&posts=12&forced=23096,23008&forbidden=87001",
        b"candidates=listed&sites=a,Mairie,1.87,46.17;b,Gare,1.88,46.18&posts=1&objective=fair&level=epci&share=0.5",
        b"posts=3&itinerant=4&stops=4&conventions=lapse&horizon=2027-01-01&months=24&seconds=2.5&rounds=3",
    ];
    try_all(10_000, 19, &questions, |bytes| {
        let asked = pairs(bytes);
        match Request::from_pairs(&asked) {
            Ok(request) => {
                let written: Vec<(String, String)> =
                    request.to_pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                assert_eq!(Request::from_pairs(&written).as_ref(), Ok(&request), "{written:?}");
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        // A document that proves a plan is brought back by whoever has the file.
        if let Err(fault) = Document::from_json(&String::from_utf8_lossy(bytes)) {
            assert!(!fault.to_string().is_empty());
        }
    });
}

#[test]
fn a_changed_what_if_is_answered_or_refused_with_a_reason() {
    let client = Client::new();
    let bodies: [&[u8]; 3] = [
        br#"{"close":["v-atelier"],"add":[{"position":[1.97,46.15]}],"territory":"departements/23","mode":"walk"}"#,
        br#"{"changes":[{"id":"v-centre","hours":"Mo-Fr 09:00-12:00"}],"threshold_min":20,"denominator":"20pc"}"#,
        br#"{"add":[{"position":[8.75,41.95],"name":"Mairie","hours":"Sa 10:00-12:00"}],"territory":"regions/94"}"#,
    ];
    let mut chance = Chance(23);
    for _ in 0..count(300) {
        let body = changed(&bodies, &mut chance);
        let text = String::from_utf8_lossy(&body).into_owned();
        let begun = Instant::now();
        let request = client.post(url("/api/access/what-if")).header("content-type", "application/json").body(body);
        let response = request.send().unwrap();
        let status = response.status().as_u16();
        let answer: serde_json::Value = serde_json::from_str(&response.text().unwrap()).expect(&text);
        match status {
            200 => assert!(answer["before"].is_object(), "{text}: {answer}"),
            400 | 404 | 413 => assert!(answer["detail"].is_string(), "{text}: {answer}"),
            _ => panic!("{text}: {status} {answer}"),
        }
        assert!(begun.elapsed() < LONGEST, "{text}: {:?}", begun.elapsed());
    }
}

#[test]
fn changed_texts_are_read_within_a_bound_of_memory() {
    // All of the above once more, fewer of each, in a process that is given so much and no more.
    let limited =
        format!("ulimit -v {MOST_MEMORY_KIB} && exec \"$0\" mutations:: --skip within_a_bound --test-threads 1");
    let mut command = Command::new("sh");
    command.args(["-c", &limited]).arg(std::env::current_exe().unwrap());
    command.env("MEDIANE_MUTATIONS", "100").env("MALLOC_ARENA_MAX", "2").env("POLARS_MAX_THREADS", "1");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains("running 0 tests"), "{said}");
}
