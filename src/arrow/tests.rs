use std::sync::Arc;

use polars_arrow::array::{Array, DictionaryArray, NullArray, PrimitiveArray, Utf8Array, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, Field, Metadata};

use super::reader::Reader;
use super::testing::{stream, stream_of_texts, texts_of};
use super::{Annotation, CellTexts, StreamError, Widening, widen};

/// Counts rows, for the tally.
#[derive(Debug, Default, PartialEq)]
struct Rows(usize);

impl std::ops::AddAssign for Rows {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// Answers each row with what its first and third column say.
fn echoed(input: &[u8], threads: usize) -> (Result<Rows, StreamError>, Vec<u8>) {
    let mut output = Vec::new();
    let choose = |names: &[&str]| Ok([Some(0), None, (names.len() > 1).then_some(1), None]);
    let answer = |texts: CellTexts<'_>, rows: &mut Rows| {
        rows.0 += 1;
        let said = texts.map(|text| String::from_utf8_lossy(text).into_owned());
        Annotation { distance_m: Some(7), basis: said.join("|").into(), ..Annotation::default() }
    };
    let added = ["id", "name", "distance", "basis"];
    let widened = widen(input, &mut output, Widening { added, choose, answer, progress: |_| true, threads });
    (widened, output)
}

fn one_column(name: &str, array: Box<dyn Array>) -> Vec<u8> {
    let rows = array.len();
    stream(vec![(Field::new(name.into(), array.dtype().clone(), true), array)], &[rows])
}

/// What a column of some type says, cell by cell.
fn said(array: Box<dyn Array>) -> Vec<String> {
    let (widened, output) = echoed(&one_column("lon", array), 1);
    widened.unwrap();
    texts_of(&output).0.into_iter().map(|row| row[4].split('|').next().unwrap().to_owned()).collect()
}

#[test]
fn every_kind_of_text_and_number_says_what_a_csv_would() {
    assert_eq!(said(PrimitiveArray::from([Some(2.35_f64), None, Some(-0.1)]).boxed()), ["2.35", "", "-0.1"]);
    assert_eq!(said(PrimitiveArray::from([Some(2.35_f32), Some(f32::NAN)]).boxed()), ["2.35", "NaN"]);
    assert_eq!(said(PrimitiveArray::from([Some(1001_i16), None]).boxed()), ["1001", ""]);
    assert_eq!(said(PrimitiveArray::from([Some(u64::MAX)]).boxed()), ["18446744073709551615"]);
    assert_eq!(said(Utf8Array::<i64>::from([Some("2A004"), None, Some("")]).boxed()), ["2A004", "", ""]);
    assert_eq!(said(Utf8ViewArray::from_slice([Some(" 01001 "), None]).boxed()), ["01001", ""]);
    assert_eq!(said(NullArray::new(ArrowDataType::Null, 2).boxed()), ["", ""]);
    let decimals = PrimitiveArray::from([Some(-235_i128), Some(5), None, Some(4_885_660)]);
    let decimals = decimals.to(ArrowDataType::Decimal(10, 2)).boxed();
    assert_eq!(said(decimals), ["-2.35", "0.05", "", "48856.60"]);
    let keys = PrimitiveArray::from([Some(1_i8), None, Some(0), Some(1)]);
    let values = Utf8Array::<i32>::from([Some("75056"), Some("13055")]).boxed();
    assert_eq!(
        said(DictionaryArray::try_from_keys(keys, values, false).unwrap().boxed()),
        ["13055", "", "75056", "13055"]
    );
}

#[test]
fn what_is_neither_text_nor_number_is_refused_by_its_column() {
    let days = PrimitiveArray::from([Some(1_i32)]).to(ArrowDataType::Date32).boxed();
    let refused = echoed(&one_column("lon", days), 1).0.unwrap_err();
    assert_eq!(refused.to_string(), "column lon holds Date32, expected text or numbers");
}

#[test]
fn rows_keep_their_order_and_their_batches_whatever_the_threads() {
    let numbers: Vec<String> = (0..50_000).map(|i| i.to_string()).collect();
    let rows: Vec<Vec<&str>> = numbers.iter().map(|number| vec![number.as_str(), "x"]).collect();
    let sizes = [1, 0, 40_000, 1, 9_998];
    let input = stream_of_texts(&["lon", "other"], &rows, &sizes);
    let (counted, alone) = echoed(&input, 1);
    assert_eq!(counted.unwrap(), Rows(50_000));
    let (texts, batches) = texts_of(&alone);
    assert_eq!(batches, sizes);
    assert!(texts.iter().zip(&numbers).all(|(row, number)| row[0] == *number && row[5] == format!("{number}||x|")));
    assert!(echoed(&input, 7).1 == alone, "seven threads write the same bytes");
}

#[test]
fn a_stream_without_rows_gives_its_schema_back_with_four_columns() {
    for sizes in [&[][..], &[0, 0]] {
        let (counted, output) = echoed(&stream_of_texts(&["lon"], &[], sizes), 2);
        assert_eq!(counted.unwrap(), Rows(0));
        let reader = Reader::open(&output[..]).unwrap();
        let names: Vec<&str> = reader.metadata.schema.iter_values().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["lon", "id", "name", "distance", "basis"]);
        assert_eq!(texts_of(&output).1, sizes);
    }
}

#[test]
fn fields_come_back_with_their_type_and_what_was_noted_beside_them() {
    let mut field = Field::new("lon".into(), ArrowDataType::Float64, false);
    field.metadata = Some(Arc::new(Metadata::from([("unit".into(), "degrees".into())])));
    let input = stream(vec![(field.clone(), PrimitiveArray::from([Some(2.35_f64)]).boxed())], &[1]);
    let output = echoed(&input, 1).1;
    let reader = Reader::open(&output[..]).unwrap();
    let fields: Vec<Field> = reader.metadata.schema.iter_values().cloned().collect();
    let added = |name: &str, dtype| Field::new(name.into(), dtype, true);
    assert_eq!(
        fields,
        [
            field,
            added("id", ArrowDataType::Utf8),
            added("name", ArrowDataType::Utf8),
            added("distance", ArrowDataType::Int32),
            added("basis", ArrowDataType::Utf8),
        ]
    );
}

#[test]
fn a_stream_cut_anywhere_is_refused_and_its_answer_has_no_end() {
    let whole = stream_of_texts(&["lon"], &[vec!["1"], vec!["2"], vec!["3"]], &[2, 1]);
    for length in 0..whole.len() {
        let (widened, output) = echoed(&whole[..length], 1);
        assert!(widened.is_err(), "{length} of {} bytes were taken for a whole stream", whole.len());
        if !output.is_empty() {
            let mut reader = Reader::open(&output[..]).unwrap();
            let ended = loop {
                match reader.next() {
                    Ok(Some(_)) => {}
                    ended => break ended,
                }
            };
            assert!(matches!(ended, Err(StreamError::Cut { .. })), "{length} bytes have an answer with an end");
        }
    }
    let cut = echoed(&whole[..whole.len() - 8], 1).0.unwrap_err();
    assert!(matches!(cut, StreamError::Cut { batches: 2 }), "{cut}");
}

#[test]
fn what_is_no_stream_is_named() {
    let refused = |bytes: &[u8]| echoed(bytes, 1).0.unwrap_err().to_string();
    assert!(refused(b"").starts_with("not one byte came"));
    assert!(refused(b"ARROW1\0\0").starts_with("an Arrow or Feather file, expected"));
    assert!(refused(b"PAR1....").starts_with("a Parquet file, expected"));
    assert!(refused(b"lon,lat\n2.35,48.85\n").starts_with("text, expected"));
    assert!(refused(&[0xff; 64]).contains("a header of 4294967295 bytes"), "a length is not believed");
}
