//! Streams for tests: written from texts, read back as texts.

use polars_arrow::array::{Array, MutableArray, MutableUtf8Array, TryPush};
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field};
use polars_arrow::io::ipc::write::{StreamWriter, WriteOptions};
use polars_arrow::record_batch::RecordBatchT;

use super::cells::cells;
use super::reader::Reader;

/// A stream of these columns, in batches of so many rows.
pub fn stream(columns: Vec<(Field, Box<dyn Array>)>, rows_of_batches: &[usize]) -> Vec<u8> {
    let (fields, arrays): (Vec<Field>, Vec<Box<dyn Array>>) = columns.into_iter().unzip();
    let schema: ArrowSchema = fields.into_iter().collect();
    let mut writer = StreamWriter::new(Vec::new(), WriteOptions { compression: None });
    writer.start(&schema, None).unwrap();
    let mut from = 0;
    for &rows in rows_of_batches {
        let slices = arrays.iter().map(|array| array.sliced(from, rows)).collect();
        writer.write(&RecordBatchT::new(rows, schema.clone().into(), slices), None).unwrap();
        from += rows;
    }
    writer.finish().unwrap();
    writer.into_inner()
}

/// A stream of texts, the empty ones as nulls.
pub fn stream_of_texts(names: &[&str], rows: &[Vec<&str>], rows_of_batches: &[usize]) -> Vec<u8> {
    let column = |rank: usize| {
        let mut array = MutableUtf8Array::<i32>::new();
        for row in rows {
            array.try_push(Some(row[rank]).filter(|text| !text.is_empty())).unwrap();
        }
        array.as_box()
    };
    let field = |name: &str| Field::new(name.into(), ArrowDataType::Utf8, true);
    let columns = names.iter().enumerate().map(|(rank, name)| (field(name), column(rank)));
    stream(columns.collect(), rows_of_batches)
}

/// The rows of a stream as texts, a null as an empty one, and the rows of each batch.
pub fn texts_of(stream: &[u8]) -> (Vec<Vec<String>>, Vec<usize>) {
    let mut reader = Reader::open(stream).unwrap();
    let (mut rows, mut batches) = (Vec::new(), Vec::new());
    while let Some(batch) = reader.next().unwrap() {
        batches.push(batch.len());
        let columns: Vec<_> = batch.arrays().iter().map(|array| cells(array.as_ref()).unwrap()).collect();
        for row in 0..batch.len() {
            let text = |column: &super::cells::Cells<'_>| {
                let mut text = Vec::new();
                column(row, &mut text);
                String::from_utf8(text).unwrap()
            };
            rows.push(columns.iter().map(text).collect());
        }
    }
    (rows, batches)
}
