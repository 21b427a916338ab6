//! The smallest pieces; whole questions are tested through the door, in `tests/suite`.

use super::*;

#[test]
fn a_number_is_digits_with_at_most_one_point_and_one_minus() {
    for (text, expected) in [("0", 0.0), ("-0", 0.0), ("48.8566", 48.8566), ("-61.5", -61.5), ("007", 7.0)] {
        assert_eq!(number(text), Some(expected), "{text}");
    }
    for bad in
        ["", "-", ".", "1.", ".1", "1.2.3", "+1", "1e3", "0x1", "1_0", " 1", "1 ", "−1", "１", "NaN", "inf", "1,5"]
    {
        assert_eq!(number(bad), None, "{bad:?}");
    }
}

#[test]
fn escapes_are_decoded_once() {
    assert_eq!(decode("a%20b+c").as_deref(), Some("a b c"));
    assert_eq!(decode("%252e").as_deref(), Some("%2e"));
    assert_eq!(decode("%C3%A9%F0%9F%98%80").as_deref(), Some("é😀"));
    for bad in ["%", "%1", "%zz", "%ff", "%c3", "%00", "%0a", "%7f", "%c2%85"] {
        assert_eq!(decode(bad), None, "{bad}");
    }
}

#[test]
fn every_byte_survives_the_round_trip_of_encoding_and_decoding() {
    let all: String = (' '..='~').chain("éœ😀\u{301}".chars()).collect();
    assert_eq!(decode(&crate::http::links::encoded(&all)), Some(all));
}

#[test]
fn the_closest_word_is_close() {
    assert_eq!(closest("limite", &["limit", "label"]), Some("limit"));
    assert_eq!(closest("xyz", &["limit", "label"]), None);
    assert_eq!(closest(&"l".repeat(10_000), &["limit"]), None);
}

#[test]
fn empty_parts_between_ampersands_are_nothing() {
    let query = Query::parse("&a=1&&b=2&", &["a", "b"]).unwrap();
    assert_eq!(query.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
}
