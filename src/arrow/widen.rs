//! A stream copied with four more columns.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::ops::AddAssign;
use std::sync::Arc;
use std::thread;

use polars_arrow::array::{Array, MutableArray, MutableUtf8Array, PrimitiveArray, TryPush};
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, Field};
use polars_arrow::io::ipc::IpcField;
use polars_arrow::io::ipc::write::{StreamWriter, WriteOptions};
use polars_arrow::record_batch::RecordBatchT;

use super::cells::{Cells, cells};
use super::error::StreamError;
use super::reader::{Batch, Reader};

/// Rows that are worth a thread of their own.
const SHARE: usize = 4096;

/// What some columns of one row say, as text; empty when the stream has no such column or the cell is null.
pub type CellTexts<'a> = [&'a [u8]; 4];

/// What is written beside a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation<'a> {
    /// First added column.
    pub id: Option<&'a str>,
    /// Second.
    pub name: Option<&'a str>,
    /// Third. Signed, because engines on the Java machine know no other integers.
    pub distance_m: Option<i32>,
    /// Fourth.
    pub basis: Cow<'static, str>,
}

/// What is read of a stream and what is added to it.
pub struct Widening<'a, C, A, P> {
    /// Names of the added columns: two texts, whole metres, a text.
    pub added: [&'a str; 4],
    /// Ranks of the columns that are read, found by the names of all.
    pub choose: C,
    /// The answer for one row, counted in a tally.
    pub answer: A,
    /// Told the rows done after each batch; may answer `false` to stop.
    pub progress: P,
    /// Threads that answer, at least one.
    pub threads: usize,
}

/// Copies a stream with four more columns. The end marker is written only when everything before it was right, so that a
/// reader can tell a whole answer from the beginning of one.
///
/// # Errors
/// What is wrong with the stream, its columns or a pipe.
pub fn widen<'v, T: Default + AddAssign + Send>(
    input: impl Read,
    output: impl Write,
    mut widening: Widening<
        '_,
        impl FnOnce(&[&str]) -> Result<[Option<usize>; 4], String>,
        impl Fn(CellTexts<'_>, &mut T) -> Annotation<'v> + Sync,
        impl FnMut(usize) -> bool,
    >,
) -> Result<T, StreamError> {
    let mut reader = Reader::open(input)?;
    let names: Vec<&str> = reader.metadata.schema.iter_values().map(|field| field.name.as_str()).collect();
    let chosen = (widening.choose)(&names).map_err(StreamError::Columns)?;

    let mut schema = reader.metadata.schema.clone();
    let mut ipc_fields = reader.metadata.ipc_schema.fields.clone();
    for (name, dtype) in widening.added.into_iter().zip(ADDED) {
        schema.insert(name.into(), Field::new(name.into(), dtype, true));
        ipc_fields.push(IpcField::default());
    }
    let schema = Arc::new(schema);
    let mut writer = StreamWriter::new(output, WriteOptions { compression: None });
    if let Some(custom) = reader.metadata.custom_schema_metadata.clone() {
        writer.set_custom_schema_metadata(Arc::new(custom));
    }
    writer.start(&schema, Some(ipc_fields)).map_err(write_error)?;

    let mut tally = T::default();
    let mut rows = 0;
    while let Some(batch) = reader.next()? {
        rows += batch.len();
        let annotations = annotations(&batch, chosen, &widening.answer, widening.threads, &mut tally)?;
        writer.write(&widened(batch, &schema, &annotations)?, None).map_err(write_error)?;
        if !(widening.progress)(rows) {
            return Err(StreamError::Stopped);
        }
    }
    writer.finish().map_err(write_error)?;
    writer.into_inner().flush().map_err(StreamError::Write)?;
    Ok(tally)
}

/// Types of the added columns.
const ADDED: [ArrowDataType; 4] = [ArrowDataType::Utf8, ArrowDataType::Utf8, ArrowDataType::Int32, ArrowDataType::Utf8];

fn annotations<'v, T: Default + AddAssign + Send>(
    batch: &Batch,
    chosen: [Option<usize>; 4],
    answer: &(impl Fn(CellTexts<'_>, &mut T) -> Annotation<'v> + Sync),
    threads: usize,
    tally: &mut T,
) -> Result<Vec<Annotation<'v>>, StreamError> {
    let mut columns: [Option<Cells<'_>>; 4] = [None, None, None, None];
    for (column, rank) in columns.iter_mut().zip(chosen) {
        let Some(rank) = rank else { continue };
        let array = batch.arrays()[rank].as_ref();
        let Some((name, _)) = batch.schema().get_at_index(rank) else { continue };
        let no_text = || StreamError::NoText { column: name.to_string(), holds: format!("{:?}", array.dtype()) };
        *column = Some(cells(array).ok_or_else(no_text)?);
    }
    let columns = &columns;
    let share = batch.len().div_ceil(threads.max(1)).max(SHARE);
    let answered = |from: usize| {
        let mut tally = T::default();
        let mut texts: [Vec<u8>; 4] = Default::default();
        let annotations: Vec<Annotation<'v>> = (from..batch.len().min(from + share))
            .map(|row| {
                for (text, column) in texts.iter_mut().zip(columns) {
                    text.clear();
                    if let Some(column) = column {
                        column(row, text);
                    }
                }
                answer(texts.each_ref().map(|text| text.trim_ascii()), &mut tally)
            })
            .collect();
        (annotations, tally)
    };
    if batch.len() <= share {
        let (annotations, counted) = answered(0);
        *tally += counted;
        return Ok(annotations);
    }
    let mut all = Vec::with_capacity(batch.len());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..batch.len()).step_by(share).map(|from| scope.spawn(move || answered(from))).collect();
        for worker in workers {
            let (annotations, counted) = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            all.extend(annotations);
            *tally += counted;
        }
    });
    Ok(all)
}

fn widened(batch: Batch, schema: &Arc<ArrowSchema>, annotations: &[Annotation<'_>]) -> Result<Batch, StreamError> {
    let rows = batch.len();
    let text = |of: for<'a> fn(&'a Annotation<'a>) -> Option<&'a str>| -> Result<Box<dyn Array>, StreamError> {
        let mut column = MutableUtf8Array::<i32>::with_capacity(rows);
        for annotation in annotations {
            column.try_push(of(annotation)).map_err(|_| StreamError::TooManyRows(rows))?;
        }
        Ok(column.as_box())
    };
    let distances: PrimitiveArray<i32> = annotations.iter().map(|annotation| annotation.distance_m).collect();
    let added: [Box<dyn Array>; 4] = [
        text(|annotation| annotation.id)?,
        text(|annotation| annotation.name)?,
        Box::new(distances),
        text(|annotation| Some(&annotation.basis))?,
    ];
    let mut arrays = batch.into_arrays();
    arrays.extend(added);
    RecordBatchT::try_new(rows, Arc::clone(schema), arrays)
        .map_err(|error| StreamError::Damaged { batches: 0, reason: error.to_string() })
}

fn write_error(error: impl std::error::Error + Send + Sync + 'static) -> StreamError {
    StreamError::Write(std::io::Error::other(error))
}
