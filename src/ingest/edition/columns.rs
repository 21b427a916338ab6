//! Columns of the tables of an edition: the only place that turns values into Polars columns and back.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use polars::prelude::{
    BinaryChunked, BooleanChunked, Column, DataFrame, Float64Chunked, IntoColumn, KeyValueMetadata, NamedFrom,
    NewChunkedArray, ParquetReader, ParquetWriter, PolarsError, PolarsResult, SerReader, Series, StringChunked,
    UInt32Chunked,
};

/// A table under construction.
#[derive(Default)]
pub struct Columns {
    columns: Vec<Column>,
    rows: usize,
}

impl Columns {
    /// A table of so many rows.
    #[must_use]
    pub fn new(rows: usize) -> Self {
        Self { columns: Vec::new(), rows }
    }

    /// Adds a column of texts.
    pub fn text<T: AsRef<str>>(&mut self, name: &str, values: impl IntoIterator<Item = Option<T>>) {
        let values: Vec<Option<T>> = values.into_iter().collect();
        self.columns.push(StringChunked::from_iter_options(name.into(), values.into_iter()).into_column());
    }

    /// Adds a column of lists, each written as one text with `|` between its items, or null when empty.
    pub fn list<T: AsRef<str>>(&mut self, name: &str, values: impl IntoIterator<Item = Vec<T>>) {
        let join =
            |items: Vec<T>| (!items.is_empty()).then(|| items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("|"));
        self.text(name, values.into_iter().map(join));
    }

    /// Adds a column of whole numbers.
    pub fn whole(&mut self, name: &str, values: impl IntoIterator<Item = Option<u32>>) {
        let values: Vec<_> = values.into_iter().collect();
        self.columns.push(UInt32Chunked::from_iter_options(name.into(), values.into_iter()).into_column());
    }

    /// Adds a column of numbers.
    pub fn number(&mut self, name: &str, values: impl IntoIterator<Item = Option<f64>>) {
        let values: Vec<_> = values.into_iter().collect();
        self.columns.push(Float64Chunked::from_iter_options(name.into(), values.into_iter()).into_column());
    }

    /// Adds a column of yes, no or unknown.
    pub fn truth(&mut self, name: &str, values: impl IntoIterator<Item = Option<bool>>) {
        let values: Vec<Option<bool>> = values.into_iter().collect();
        self.columns.push(Series::new(name.into(), values).into_column());
    }

    /// Adds a column of geometries as well-known binary.
    pub fn geometry(&mut self, values: impl IntoIterator<Item = Option<Vec<u8>>>) {
        let values: Vec<_> = values.into_iter().collect();
        self.columns.push(BinaryChunked::from_iter_options("geometry".into(), values.into_iter()).into_column());
    }

    /// Writes the table; `geometry_types` makes it `GeoParquet` 1.1 (longitude, latitude in degrees, OGC:CRS84).
    ///
    /// # Errors
    /// The disk's, with the file; Polars' own.
    pub fn write(self, path: &Path, geometry_types: Option<&[&str]>) -> PolarsResult<u64> {
        let mut frame = DataFrame::new(self.rows, self.columns)?;
        let mut disk = Disk::create(path)?;
        let mut writer = ParquetWriter::new(&mut disk);
        if let Some(types) = geometry_types {
            let geo = serde_json::json!({
                "version": "1.1.0",
                "primary_column": "geometry",
                "columns": { "geometry": { "encoding": "WKB", "geometry_types": types } },
            });
            writer = writer
                .with_key_value_metadata(Some(KeyValueMetadata::from_static(vec![("geo".into(), geo.to_string())])));
        }
        let written = writer.finish(&mut frame);
        disk.finish()?;
        written?;
        Ok(self.rows as u64)
    }
}

/// A file that is being written. Parquet has words of its own for a disk that is full ("invalid thrift"): what the disk said
/// is kept, and said.
struct Disk<'a> {
    path: &'a Path,
    file: BufWriter<File>,
    failed: Option<io::Error>,
}

impl<'a> Disk<'a> {
    fn create(path: &'a Path) -> io::Result<Self> {
        let file = File::create(path).map_err(|error| named(path, &error))?;
        Ok(Self { path, file: BufWriter::new(file), failed: None })
    }

    fn keep<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            self.failed.get_or_insert_with(|| named(self.path, error));
        }
        done
    }

    /// Ends it on the disk.
    fn finish(mut self) -> io::Result<()> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        let flushed = self.keep(flushed);
        self.failed.map_or(flushed, Err)
    }
}

impl io::Write for Disk<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.file.write(bytes);
        self.keep(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.file.flush();
        self.keep(done)
    }
}

/// Writes a file, to the end on the disk.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| named(path, &error))
}

/// What the disk said, with the file.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// A table that was read.
pub struct ReadColumns(DataFrame);

impl ReadColumns {
    /// Reads a table of an edition whose checksum has been verified.
    ///
    /// # Errors
    /// Polars' own.
    pub fn read(bytes: Vec<u8>) -> PolarsResult<Self> {
        ParquetReader::new(std::io::Cursor::new(bytes)).finish().map(|mut frame| {
            frame.rechunk_mut();
            Self(frame)
        })
    }

    fn series(&self, name: &str) -> PolarsResult<&Series> {
        self.0.column(name).map(Column::as_materialized_series)
    }

    /// A column of texts.
    ///
    /// # Errors
    /// No such column, or another type.
    pub fn text(&self, name: &str) -> PolarsResult<Vec<Option<String>>> {
        Ok(self.series(name)?.str()?.iter().map(|text| text.map(ToOwned::to_owned)).collect())
    }

    /// The same of a column that editions of before lack: nothing in every row.
    ///
    /// # Errors
    /// Another type.
    pub fn text_if_any(&self, name: &str) -> PolarsResult<Vec<Option<String>>> {
        if self.0.column(name).is_err() { Ok(vec![None; self.0.height()]) } else { self.text(name) }
    }

    /// A column of texts none of which may be missing.
    ///
    /// # Errors
    /// No such column, another type, or a missing text.
    pub fn full_text(&self, name: &str) -> PolarsResult<Vec<String>> {
        self.text(name)?.into_iter().collect::<Option<_>>().ok_or_else(|| missing(name))
    }

    /// A column of lists, as [`Columns::list`] writes it; null is the empty list.
    ///
    /// # Errors
    /// No such column, or another type.
    pub fn list(&self, name: &str) -> PolarsResult<Vec<Vec<String>>> {
        let items =
            |text: Option<String>| text.iter().flat_map(|text| text.split('|')).map(ToOwned::to_owned).collect();
        Ok(self.text(name)?.into_iter().map(items).collect())
    }

    /// The same of a column that editions of before lack: nothing in every row.
    ///
    /// # Errors
    /// Another type.
    pub fn list_if_any(&self, name: &str) -> PolarsResult<Vec<Vec<String>>> {
        if self.0.column(name).is_err() { Ok(vec![Vec::new(); self.0.height()]) } else { self.list(name) }
    }

    /// A column of whole numbers.
    ///
    /// # Errors
    /// No such column, or another type.
    pub fn whole(&self, name: &str) -> PolarsResult<Vec<Option<u32>>> {
        let values: &UInt32Chunked = self.series(name)?.u32()?;
        Ok(values.iter().collect())
    }

    /// A column of numbers.
    ///
    /// # Errors
    /// No such column, or another type.
    pub fn number(&self, name: &str) -> PolarsResult<Vec<Option<f64>>> {
        let values: &Float64Chunked = self.series(name)?.f64()?;
        Ok(values.iter().collect())
    }

    /// A column of yes, no or unknown.
    ///
    /// # Errors
    /// No such column, or another type.
    pub fn truth(&self, name: &str) -> PolarsResult<Vec<Option<bool>>> {
        let values: &BooleanChunked = self.series(name)?.bool()?;
        Ok(values.iter().collect())
    }

    /// The geometries, decoded.
    ///
    /// # Errors
    /// No such column, another type, or bytes that are no such geometry.
    pub fn geometry<T>(&self, decode: impl Fn(&[u8]) -> Option<T>) -> PolarsResult<Vec<Option<T>>> {
        let decode = |bytes: Option<&[u8]>| match bytes {
            Some(bytes) => decode(bytes).map(Some).ok_or_else(|| missing("geometry")),
            None => Ok(None),
        };
        self.series("geometry")?.binary()?.iter().map(decode).collect()
    }
}

/// The error for a cell that should hold something readable.
pub fn missing(name: &str) -> PolarsError {
    PolarsError::ComputeError(format!("column {name} holds a value that cannot be read").into())
}

/// Files by name, each read once.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Takes a table out of the files.
///
/// # Errors
/// The file is not among them, or is no table.
pub fn table(files: &mut Files, name: &str) -> PolarsResult<ReadColumns> {
    let missing = || PolarsError::ComputeError(format!("the manifest names no {name}").into());
    ReadColumns::read(files.remove(name).ok_or_else(missing)?)
}
