//! What trips a breaker, and what does not.

use super::*;
use crate::domain::{Degrees, Worse};

fn report(rows: u64, quarantined: u64) -> SourceReport {
    let mut report = SourceReport::new("liste", "liste.csv");
    report.count_read(rows);
    for line in 0..quarantined {
        report.quarantine(Entry::new(Code::ShortRow, Action::RowQuarantined, "short").at_line(line as u32));
    }
    report
}

/// So many places around Guéret, `metres` north of where they were.
fn places(number: usize, metres: f64) -> Shape {
    let positions = (0..number).map(|i| {
        let degrees = Degrees { lon: 1.87 + i as f64 * 0.01, lat: 46.17 + metres / 111_195.0 };
        (format!("lieu-{i}"), Position::new(degrees).unwrap())
    });
    Shape { positions: positions.collect(), columns: Vec::new() }
}

fn tripped(now: (u64, u64), before: (u64, u64)) -> Option<Code> {
    let (now, before, shape) = (report(now.0, now.1), report(before.0, before.1), Shape::default());
    suspicious_list((&now, &shape), Some((&before, &shape)), None).map(|refused| refused.code)
}

#[test]
fn rows_may_come_and_go_but_not_by_half() {
    assert_eq!(tripped((1_000, 0), (1_000, 0)), None);
    assert_eq!(tripped((801, 0), (1_000, 0)), None);
    assert_eq!(tripped((799, 0), (1_000, 0)), Some(Code::DropInRows));
    assert_eq!(tripped((4, 0), (6, 0)), Some(Code::DropInRows), "a short list too");
    assert_eq!(tripped((1_999, 0), (1_000, 0)), None);
    assert_eq!(tripped((2_000, 0), (1_000, 0)), Some(Code::RiseInRows));
    assert_eq!(tripped((6, 0), (3, 0)), None, "a list that begins may double");
}

#[test]
fn rows_put_aside_are_counted_even_when_the_file_keeps_its_length() {
    assert_eq!(tripped((1_000, 51), (1_000, 0)), Some(Code::TooManyQuarantined));
    assert_eq!(tripped((1_000, 300), (1_000, 0)), Some(Code::DropInRows), "usable rows count");
    assert_eq!(tripped((40, 2), (40, 0)), None, "two bad rows of a short list are no sign of anything");
    assert_eq!(tripped((8, 5), (3, 0)), Some(Code::TooManyQuarantined), "most of a short list is");
}

#[test]
fn a_list_that_moved_as_a_whole_is_suspicious() {
    let report = report(20, 0);
    let trip = |now: &Shape, before: &Shape| {
        suspicious_list((&report, now), Some((&report, before)), None).map(|refused| refused.code)
    };
    assert_eq!(trip(&places(20, 50.0), &places(20, 0.0)), None, "better coordinates");
    assert_eq!(trip(&places(20, 1_000.0), &places(20, 0.0)), Some(Code::DriftInPositions));
    assert_eq!(trip(&places(4, 1_000.0), &places(4, 0.0)), Some(Code::DriftInPositions), "a short list too");
    let mut one = places(20, 0.0);
    one.positions.insert("lieu-3".into(), Position::new(Degrees { lon: 2.0, lat: 46.0 }).unwrap());
    assert_eq!(trip(&one, &places(20, 0.0)), None, "one place of twenty may move");
    assert_eq!(trip(&places(5, 0.0), &places(20, 0.0)), Some(Code::DriftInPositions), "coordinates may not go");
}

#[test]
fn without_the_file_before_its_number_of_rows_is_what_remains() {
    let (now, shape) = (report(8, 0), Shape::default());
    let refused = suspicious_list((&now, &shape), None, Some(20)).unwrap();
    assert!(refused.to_string().contains("8 rows where the previous edition read 20"), "{refused}");
    assert!(suspicious_list((&now, &shape), None, None).is_none());
}

#[test]
fn a_column_that_is_gone_or_emptied_is_told() {
    let shape = |columns: &[(&str, u64)]| Shape {
        columns: columns.iter().map(|(name, filled)| ((*name).to_owned(), *filled)).collect(),
        ..Shape::default()
    };
    let mut told = report(100, 0);
    let before = shape(&[("telephone", 90), ("courriels", 80), ("nom", 100), ("vide", 0)]);
    tell_columns(&shape(&[("tel", 90), ("courriels", 3), ("nom", 98)]), &before, &mut told);
    let fields: Vec<_> = told.entries.iter().filter_map(|entry| entry.field.as_deref()).collect();
    assert_eq!(fields, ["telephone", "courriels"]);
}

fn indicator(values: &[f64]) -> Indicator {
    Indicator {
        id: "i".into(),
        title: String::new(),
        definition: String::new(),
        unit: "%".into(),
        decimals: 1,
        worse: Worse::Higher,
        source: String::new(),
        vintage: "2021".into(),
        readings: values.iter().map(|value| Reading::Known(*value)).collect(),
        districts: std::collections::BTreeMap::new(),
    }
}

fn trips(now: &[f64], before: Option<&[f64]>) -> Option<Code> {
    let before = before.map(indicator);
    suspicious_indicator((&report(1, 0), &indicator(now)), before.as_ref()).map(|refused| refused.code)
}

/// Rates of many communes, from 2 to 60 %.
fn rates(number: usize) -> Vec<f64> {
    (0..number).map(|i| 2.0 + 58.0 * (i as f64 / number as f64)).collect()
}

#[test]
fn shares_and_percentages_in_one_column_are_told_apart_from_small_rates() {
    let mut mixed = rates(1_000);
    mixed.iter_mut().step_by(2).for_each(|rate| *rate /= 100.0);
    assert_eq!(trips(&mixed, None), Some(Code::MixedUnits));
    assert_eq!(trips(&[0.42, 0.38, 42.0, 37.0], None), Some(Code::MixedUnits));
    let mut few = rates(1_000);
    few.iter_mut().step_by(20).for_each(|rate| *rate /= 100.0);
    assert_eq!(trips(&few, None), Some(Code::MixedUnits));
    let small: Vec<f64> = (1..1_000).map(|i| f64::from(i) * 0.03).collect();
    assert_eq!(trips(&small, None), None, "social housing runs from 0.03 % to 30 % without a gap");
    assert_eq!(trips(&rates(1_000), None), None);
    // As premises with superfast access are: many at 100, and all the way down to 0.
    let all_the_way: Vec<f64> = (1..2_000).map(|i| (f64::from(i) * 0.1).min(100.0)).collect();
    assert_eq!(trips(&all_the_way, None), None);
}

#[test]
fn an_indicator_that_lost_its_communes_or_its_unit_is_suspicious() {
    let before = rates(34_969);
    assert_eq!(trips(&before[..2], Some(&before)), Some(Code::DropInRows));
    assert_eq!(trips(&rates(13_000), Some(&before)), Some(Code::DropInRows));
    assert_eq!(trips(&before, Some(&rates(5_000))), Some(Code::RiseInRows));
    let shares: Vec<f64> = before.iter().map(|rate| rate / 100.0).collect();
    assert_eq!(trips(&shares, Some(&before)), Some(Code::MixedUnits));
    assert_eq!(trips(&before, Some(&shares)), Some(Code::MixedUnits));
    assert_eq!(trips(&before, Some(&before)), None);
}
