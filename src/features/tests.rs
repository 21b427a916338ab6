//! The writer against its dumb twin: the `geojson` and `serde_json` crates.

use geo::polygon;
use serde_json::json;

use super::*;
use crate::domain::Degrees;

fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn decimals_are_rounded_and_never_longer_than_needed() {
    for (number, places, expected) in [
        (0.0, 6, "0"),
        (-0.000_000_4, 6, "0"),
        (2.352_2, 6, "2.3522"),
        (-61.5, 6, "-61.5"),
        (-0.25, 6, "-0.25"),
        (46.171_234_567, 6, "46.171235"),
        (10.0, 6, "10"),
        (100.000_001, 6, "100.000001"),
        (179.999_999_9, 6, "180"),
        (1234.56, 1, "1234.6"),
        (99.96, 1, "100"),
    ] {
        assert_eq!(written(|out| write_decimal(out, number, places)), expected);
    }
}

#[test]
fn decimals_are_those_of_the_dumb_twin() {
    let mut number = -180.0_f64;
    while number < 180.0 {
        let text = written(|out| write_decimal(out, number, 6));
        let twin = format!("{number:.6}").parse::<f64>().unwrap();
        assert!((text.parse::<f64>().unwrap() - twin).abs() < 1.5e-6, "{number}: {text}");
        number += 0.012_345_678_9;
    }
}

#[test]
fn texts_are_those_of_the_dumb_twin() {
    for text in ["", "Guéret", "a \"b\" \\ c", "ligne\nligne\t\u{0}\u{1f}", "</script>", "\u{2028}😀"] {
        assert_eq!(written(|out| write_text(out, text)), serde_json::to_string(text).unwrap());
    }
}

#[test]
fn values_keep_their_type_and_what_is_unknown_is_null() {
    let value = |value: Value<'_>, lists| written(|out| write_value(out, &value, lists));
    let list = |texts: &[&'static str]| Value::List(texts.iter().map(|text| Cow::Borrowed(*text)).collect());
    assert_eq!(value(Value::Unknown, Lists::Array), "null");
    assert_eq!(value(Value::Number(20.0), Lists::Array), "20.0");
    assert_eq!(value(Value::Integer(20), Lists::Array), "20");
    assert_eq!(value(list(&["a", "b"]), Lists::Array), r#"["a","b"]"#);
    assert_eq!(value(list(&["a", "b"]), Lists::ArrayOrNull), r#"["a","b"]"#);
    assert_eq!(value(list(&[]), Lists::Array), "[]");
    assert_eq!(value(list(&[]), Lists::ArrayOrNull), "null");
}

#[test]
fn geometries_are_those_of_the_dumb_twin() {
    let hole = LineString::from(vec![(0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.4), (0.2, 0.2)]);
    let outer = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 1.0)];
    let right = MultiPolygon::new(vec![geo::Polygon::new(outer.exterior().clone(), vec![reversed(&hole)])]);
    let wrong = MultiPolygon::new(vec![geo::Polygon::new(reversed(outer.exterior()), vec![hole])]);
    let twin = json!(geojson::Geometry::new(geojson::GeometryValue::from(&right)));
    for area in [&right, &wrong] {
        let text = written(|out| write_geometry(out, &Geometry::Area(area)));
        let back: geojson::Geometry = text.parse().unwrap();
        let twin_rings = twin["coordinates"][0].as_array().unwrap();
        let rings = json!(back)["coordinates"][0].clone();
        for (ring, twin) in rings.as_array().unwrap().iter().zip(twin_rings) {
            assert!(same_cycle(ring.as_array().unwrap(), twin.as_array().unwrap()), "{ring} is not {twin}");
        }
    }
    let position = Position::new(Degrees { lon: 2.5, lat: 48.0 }).unwrap();
    let point = written(|out| write_geometry(out, &Geometry::Point(position)));
    assert_eq!(point.parse::<geojson::Geometry>().unwrap().value, geojson::GeometryValue::new_point([2.5, 48.0]));
    assert_eq!(written(|out| write_geometry(out, &Geometry::Nowhere)), "null");
}

fn reversed(ring: &LineString) -> LineString {
    LineString::new(ring.coords().rev().copied().collect())
}

/// Whether two closed rings are the same, wherever they begin.
fn same_cycle(a: &[serde_json::Value], b: &[serde_json::Value]) -> bool {
    let (a, b) = (&a[1..], &b[1..]);
    a.len() == b.len() && (0..a.len()).any(|shift| (0..a.len()).all(|i| a[(i + shift) % a.len()] == b[i]))
}
