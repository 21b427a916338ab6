//! JSON and `GeoJSON`: texts as written in the source, lines of each record, rows set aside one by one.

use super::super::ReadOptions;
use super::{fixture, options_for, read, rows, table};
use crate::ingest::report::Code;

#[test]
fn numbers_keep_their_source_text_and_nested_values_are_flattened() {
    let name = "rows_of_all_kinds.json";
    let (table, report) = table(&fixture(name), &options_for(name));
    let row = table.row(0).expect("the first object");
    assert_eq!(row.line(), 2);
    let cells =
        ["id", "code_postal", "latitude", "services", "adresse.voie", "adresse.numero"].map(|name| row.get(name));
    assert_eq!(cells, [Some("1"), Some("64680"), Some("45.681367"), Some("a|b"), Some("rue"), None]);
    let last = table.row(1).expect("the last object");
    assert_eq!((last.line(), last.get("ouvert"), last.get("note")), (8, Some("true"), Some("1E400")));
    assert_eq!(table.len(), 2);
    assert_eq!((report.rows_read, report.blank), (7, 1));
}

#[test]
fn objects_that_cannot_be_rows_are_set_aside_with_their_lines() {
    let name = "rows_of_all_kinds.json";
    let (_, report) = table(&fixture(name), &options_for(name));
    let found: Vec<_> = report.entries.iter().map(|entry| (entry.line, entry.code)).collect();
    let expected = [(3, Code::DuplicateKey), (4, Code::NotAnObject), (5, Code::NulByte), (7, Code::TooDeep)]
        .map(|(line, code)| (Some(line), code));
    assert_eq!(found, expected);
}

#[test]
fn points_become_longitude_and_latitude_as_written() {
    let (table, report) = table(&fixture("points.geojson"), &options_for("points.geojson"));
    assert_eq!(table.column_names(), ["nom", "id", "longitude", "latitude"]);
    let expected =
        [(2, vec!["Mairie", "7", "2.350", "48.85"]), (3, vec!["Poste", "", "", ""]), (4, vec!["Parc", "", "", ""])];
    assert_eq!(rows(&table), expected);
    assert_eq!((report.entries[0].code, report.entries[0].line), (Code::UnexpectedGeometry, Some(4)));
}

#[test]
fn coordinates_of_the_properties_are_not_overwritten_by_the_geometry() {
    let name = "points_with_columns.geojson";
    let (table, _) = table(&fixture(name), &options_for(name));
    assert_eq!(table.column_names(), ["id", "latitude", "geometry_lon", "geometry_lat"]);
    assert_eq!(rows(&table), [(2, vec!["1", "48.8", "2.35", "48.85"])]);
}

#[test]
fn one_feature_that_says_where_it_is_takes_the_points_of_no_other() {
    let features = [
        r#"{"type":"Feature","id":7,"properties":{"nom":"A"},"geometry":{"type":"Point","coordinates":[1.5,46.5]}}"#,
        r#"{"type":"Feature","id":8,"properties":{"nom":"B","id":"b","latitude":46.1,"longitude":1.8},"geometry":{"type":"Point","coordinates":[1.6,46.6]}}"#,
        r#"{"type":"Feature","properties":{"nom":"C","latitude":null,"longitude":" "},"geometry":{"type":"Point","coordinates":[1.7,46.7]}}"#,
    ];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",\n"));
    let (table, _) = table(text.as_bytes(), &ReadOptions::json("a.geojson"));
    let of = |row: usize| {
        let row = table.row(row).unwrap();
        ["id", "feature_id", "longitude", "latitude", "geometry_lon", "geometry_lat"].map(|name| row.text(name))
    };
    assert_eq!(of(0), [Some("7"), None, Some("1.5"), Some("46.5"), None, None]);
    assert_eq!(of(1), [Some("b"), Some("8"), Some("1.8"), Some("46.1"), Some("1.6"), Some("46.6")]);
    assert_eq!(of(2), [None, None, Some("1.7"), Some("46.7"), None, None]);
}

#[test]
fn deep_nesting_is_refused_without_exhausting_the_stack() {
    let deep = format!("[{{\"a\":{}1{}}}]", "[".repeat(200_000), "]".repeat(200_000));
    let (_, report) = read(deep.as_bytes(), &ReadOptions::json("a.json"));
    assert!(report.rows_read <= 1);
    let deep = format!("[{}1{}]", "{\"a\":".repeat(200_000), "}".repeat(200_000));
    let (_, report) = read(deep.as_bytes(), &ReadOptions::json("a.json"));
    assert_eq!(report.total(Code::TooDeep), 1);
}

#[test]
fn a_key_met_late_is_empty_above_and_below() {
    let (table, _) = table(b"[{\"a\":1},\n{\"a\":2,\"b\":\"x\"},\n{\"a\":3}]", &ReadOptions::json("a.json"));
    assert_eq!(rows(&table), [(1, vec!["1", ""]), (2, vec!["2", "x"]), (3, vec!["3", ""])]);
}
