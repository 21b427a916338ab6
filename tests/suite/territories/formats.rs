//! CSV, XLSX and `GeoJSON`: the same figures, with everything they rest on.

use std::io::Read;

use flate2::read::DeflateDecoder;
use geojson::FeatureCollection;
use serde_json::Value;

use super::country::{CODES, ask, ask_with};
use super::{header, json, problem, row};

const NEED: &str = "/api/need?by=communes";

#[test]
fn csv_reads_back_equal_to_json() {
    let response = ask(&format!("{NEED}&format=csv"));
    assert_eq!(header(&response, "content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(header(&response, "content-disposition"), "attachment; filename=\"mediane-need-nation-france.csv\"");
    assert_eq!(header(&response, "mediane-edition"), "0123456789abcdef");
    let parameters = header(&response, "mediane-parameters");
    assert_eq!(
        parameters,
        "territory=nation/france&by=communes&denominator=15pc&weights=poverty-rate:1,share-65-plus:1&frame=nation"
    );
    assert!(header(&response, "link").contains("format=json>; rel=\"describedby\""));
    let text = response.text().unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "RFC 4180: CRLF");
    let answer = json(NEED);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.iter().map(|record| &record[1]).collect::<Vec<_>>(), CODES, "codes are text, zeros and letters");
    for record in &records {
        let told = row(&answer, Some(&record[1]));
        for (name, field) in names.iter().zip(record) {
            match (name, &told[name]) {
                ("edition", _) => assert_eq!(field, "0123456789abcdef"),
                ("parameters", _) => assert_eq!(field, parameters),
                (_, Value::Null) => assert_eq!(field, "", "{name}: unknown is nothing"),
                (_, Value::String(text)) => assert_eq!(field, text, "{name}"),
                (_, Value::Bool(flag)) => assert_eq!(field, flag.to_string(), "{name}"),
                (_, number) => assert_eq!(field.parse::<f64>().ok(), number.as_f64(), "{name}"),
            }
        }
    }
    assert_eq!(&records[2][2], "Guéret, \"préfecture\"", "commas and quotes survive");
}

#[test]
fn geojson_has_contours_and_everything_the_figures_rest_on() {
    let response = ask(&format!("{NEED}&format=geojson"));
    assert_eq!(header(&response, "content-type"), "application/geo+json");
    let collection: FeatureCollection = response.text().unwrap().parse().unwrap();
    let members = collection.foreign_members.unwrap();
    for name in ["parameters", "edition", "sources", "definitions", "unknown"] {
        assert!(members.contains_key(name), "{name}");
    }
    let feature =
        |code: &str| collection.features.iter().find(|f| f.properties.as_ref().unwrap()["code"] == code).unwrap();
    assert!(feature("02001").geometry.is_some());
    assert!(feature("2A004").geometry.is_none(), "no contour: null, not a point at 0,0");
    assert_eq!(feature("23100").properties.as_ref().unwrap()["persons_in_need"], Value::Null);
}

/// The files of a ZIP archive whose entries are deflated or stored, by its central directory.
pub fn unzip(bytes: &[u8]) -> Vec<(String, String)> {
    let number = |at: usize, size: usize| (0..size).fold(0, |n, i| n | usize::from(bytes[at + i]) << (8 * i));
    let end = (0..bytes.len() - 3).rev().find(|&at| bytes[at..].starts_with(b"PK\x05\x06")).unwrap();
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut files = Vec::new();
    for _ in 0..count {
        let (method, packed, local) = (number(at + 10, 2), number(at + 20, 4), number(at + 42, 4));
        let name = String::from_utf8(bytes[at + 46..at + 46 + number(at + 28, 2)].to_vec()).unwrap();
        let start = local + 30 + number(local + 26, 2) + number(local + 28, 2);
        let data = &bytes[start..start + packed];
        let mut text = String::new();
        match method {
            0 => text.push_str(std::str::from_utf8(data).unwrap()),
            _ => drop(DeflateDecoder::new(data).read_to_string(&mut text).unwrap()),
        }
        files.push((name, text));
        at += 46 + number(at + 28, 2) + number(at + 30, 2) + number(at + 32, 2);
    }
    files
}

#[test]
fn a_workbook_keeps_codes_as_text_and_says_what_it_rests_on() {
    let path = format!("{NEED}&format=xlsx");
    let response = ask(&path);
    assert_eq!(header(&response, "content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let bytes = response.bytes().unwrap();
    assert_eq!(bytes, ask(&path).bytes().unwrap(), "the same question, the same bytes");
    let files = unzip(&bytes);
    let file = |name: &str| &files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}")).1;
    for sheet in ["name=\"Besoin\"", "name=\"Ensemble\"", "name=\"Paramètres\""] {
        assert!(file("xl/workbook.xml").contains(sheet), "{sheet}");
    }
    let strings: Vec<&str> = file("xl/sharedStrings.xml").split("<t").collect();
    let index = |text: &str| strings.iter().position(|part| part.contains(&format!(">{text}</t>"))).unwrap() - 1;
    let rows = file("xl/worksheets/sheet1.xml");
    assert!(rows.contains(&format!("<c r=\"B2\" t=\"s\"><v>{}</v></c>", index("02001"))), "{rows}");
    assert!(files.iter().all(|(_, text)| !text.contains("<f>")), "no formula");
    // Titles that a reader knows, filters, and numbers by their unit.
    for title in ["Code", "Nom", "Personnes éloignées du numérique"] {
        assert!(rows.contains(&format!("<v>{}</v></c>", index(title))), "{title}");
    }
    assert!(rows.contains("<autoFilter ref=\"A1:"), "{rows}");
    let styles = file("xl/styles.xml");
    assert!(styles.contains("formatCode=\"0.0%\""), "{styles}");
    let parameters = file("xl/sharedStrings.xml");
    for told in ["0123456789abcdef", "denominator=15pc", "Personnes éloignées du numérique"] {
        assert!(parameters.contains(told), "{told}");
    }
}

#[test]
fn the_accept_header_chooses_when_the_address_does_not() {
    let kind = |accept: &str| header(&ask_with(NEED, &[("accept", accept)]), "content-type");
    assert_eq!(kind("*/*"), "application/json");
    assert_eq!(kind("text/csv"), "text/csv; charset=utf-8; header=present");
    assert_eq!(kind("text/html, application/geo+json;q=0.9, */*;q=0.1"), "application/geo+json");
    assert_eq!(kind("application/json;q=0, */*;q=0.5"), "text/csv; charset=utf-8; header=present");
    assert_eq!(kind("text/csv;q=0.2, application/json;q=0.8"), "application/json");
    problem(ask_with(NEED, &[("accept", "application/xml")]), NEED, 406, "");
    let chosen = ask_with(&format!("{NEED}&format=csv"), &[("accept", "application/json")]);
    assert_eq!(header(&chosen, "content-type"), "text/csv; charset=utf-8; header=present", "the address wins");
    super::refused(&format!("{NEED}&format=ods"), 400, "format");
}

#[test]
fn each_format_has_a_tag_of_its_own_that_is_honoured() {
    let tags: Vec<String> = ["json", "csv", "xlsx", "geojson"]
        .iter()
        .map(|format| {
            let path = format!("{NEED}&format={format}");
            let tag = header(&ask(&path), "etag");
            assert_eq!(ask_with(&path, &[("if-none-match", &tag)]).status(), 304, "{format}");
            tag
        })
        .collect();
    let by_header = header(&ask_with(NEED, &[("accept", "text/csv")]), "etag");
    assert_eq!(tags.iter().chain([&by_header]).collect::<std::collections::BTreeSet<_>>().len(), 5);
    assert_ne!(by_header, header(&ask(NEED), "etag"), "one address, two representations");
}
