//! Parquet files of residents: read slice by slice, widened with the columns a caller works out, written as they go.

use std::fs::{self, File};
use std::path::Path;

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NewChunkedArray, ParquetReader, ParquetWriter, PlSmallStr, PolarsError,
    PolarsResult, SerReader, StringChunked, UInt32Chunked,
};

/// Rows in memory at once.
const SLICE: usize = 250_000;

/// What one row says of where somebody is, as text; empty when the file has no such column or the cell is null.
#[derive(Debug, Clone, Copy, Default)]
pub struct ResidentTexts<'a> {
    /// Degrees east.
    pub longitude: &'a str,
    /// Degrees north.
    pub latitude: &'a str,
    /// Commune code.
    pub commune: &'a str,
    /// Postal code.
    pub postcode: &'a str,
}

/// What is written beside a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation {
    /// Id of the nearest venue.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Metres to it.
    pub distance_m: Option<u32>,
    /// What the row was placed by, or why not.
    pub basis: String,
}

/// Ranks of the columns that place a row (longitude, latitude, commune, postal code), found by the names of all; or why
/// there are none.
pub type ClueColumns<'a> = &'a dyn Fn(&[&str]) -> Result<[Option<usize>; 4], String>;

/// Copies a Parquet file with four more columns, whose names are `added`. The output appears whole or not at all; memory
/// holds one slice. `progress` is told the rows done and may answer `false` to stop, which leaves no output.
///
/// # Errors
/// What Polars says of a damaged file or a full disk, a file without any clue, or one that has an added column already.
pub fn annotate_parquet(
    input: &Path,
    output: &Path,
    clues: ClueColumns<'_>,
    added: [&str; 4],
    mut annotate: impl FnMut(ResidentTexts<'_>) -> Annotation,
    mut progress: impl FnMut(usize) -> bool,
) -> PolarsResult<bool> {
    let rows = ParquetReader::new(File::open(input)?).num_rows()?;
    let partial = output.with_extension(format!("{}.part", std::process::id()));
    let mut writer = None;
    let mut done = 0;
    let mut copy = || -> PolarsResult<bool> {
        loop {
            let mut frame = ParquetReader::new(File::open(input)?).with_slice(Some((done, SLICE))).finish()?;
            frame.rechunk_mut();
            let taken = frame.height();
            widen(&mut frame, clues, added, &mut annotate)?;
            let writer = match &mut writer {
                Some(writer) => writer,
                None => writer.insert(ParquetWriter::new(File::create_new(&partial)?).batched(frame.schema())?),
            };
            writer.write_batch(&frame)?;
            done += taken;
            if !progress(done) {
                return Ok(false);
            }
            if done >= rows {
                writer.finish()?;
                File::open(&partial)?.sync_all()?;
                fs::rename(&partial, output)?;
                return Ok(true);
            }
        }
    };
    let copied = copy();
    if !matches!(copied, Ok(true)) {
        // Nothing is there when the file could not even be opened.
        let _ = fs::remove_file(&partial);
    }
    copied
}

fn widen(
    frame: &mut DataFrame,
    clues: ClueColumns<'_>,
    added: [&str; 4],
    annotate: &mut impl FnMut(ResidentTexts<'_>) -> Annotation,
) -> PolarsResult<()> {
    let names: Vec<&str> = frame.get_column_names().into_iter().map(PlSmallStr::as_str).collect();
    let chosen = clues(&names).map_err(|reason| PolarsError::ColumnNotFound(reason.into()))?;
    let texts: Vec<Option<Column>> = chosen
        .into_iter()
        .map(|rank| rank.map(|rank| frame.columns()[rank].cast(&DataType::String)).transpose())
        .collect::<PolarsResult<_>>()?;
    let columns: Vec<Option<&StringChunked>> =
        texts.iter().map(|text| text.as_ref().map(Column::str).transpose()).collect::<PolarsResult<_>>()?;
    let cell = |which: usize, row: usize| columns[which].and_then(|column| column.get(row)).unwrap_or_default();
    let annotations: Vec<Annotation> = (0..frame.height())
        .map(|row| {
            annotate(ResidentTexts {
                longitude: cell(0, row),
                latitude: cell(1, row),
                commune: cell(2, row),
                postcode: cell(3, row),
            })
        })
        .collect();
    let text = |name: &str, of: fn(&Annotation) -> Option<&str>| {
        StringChunked::from_iter_options(name.into(), annotations.iter().map(of)).into_column()
    };
    let distances = annotations.iter().map(|annotation| annotation.distance_m);
    let new = [
        text(added[0], |annotation| annotation.id.as_deref()),
        text(added[1], |annotation| annotation.name.as_deref()),
        UInt32Chunked::from_iter_options(added[2].into(), distances).into_column(),
        text(added[3], |annotation| Some(&annotation.basis)),
    ];
    for column in new {
        frame.with_column(column)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_comes_back_with_its_annotation() {
        let folder = tempfile::tempdir().unwrap();
        let (input, output) = (folder.path().join("in.parquet"), folder.path().join("out.parquet"));
        let lon = polars::prelude::Float64Chunked::from_slice("lon".into(), &[2.35, f64::NAN]).into_column();
        let code = StringChunked::from_slice("commune".into(), &["75056", "01001"]).into_column();
        let mut frame = DataFrame::new(2, vec![lon, code]).unwrap();
        ParquetWriter::new(File::create(&input).unwrap()).finish(&mut frame).unwrap();
        let clues: ClueColumns<'_> = &|names| {
            assert_eq!(names, ["lon", "commune"]);
            Ok([Some(0), None, Some(1), None])
        };
        let annotate = |texts: ResidentTexts<'_>| Annotation {
            basis: format!("{}/{}", texts.longitude, texts.commune),
            ..Annotation::default()
        };
        let whole = annotate_parquet(&input, &output, clues, ["a", "b", "c", "d"], annotate, |_| true).unwrap();
        assert!(whole);
        let read = ParquetReader::new(File::open(&output).unwrap()).finish().unwrap();
        let basis: Vec<_> = read.column("d").unwrap().str().unwrap().iter().flatten().map(str::to_owned).collect();
        assert_eq!(basis, ["2.35/75056", "NaN/01001"]);
        let stopped =
            annotate_parquet(&input, &folder.path().join("x.parquet"), clues, ["a", "b", "c", "d"], annotate, |_| {
                false
            });
        assert!(!stopped.unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a stopped job leaves nothing behind");
    }
}
