//! What is known of a file before it is read: its format, its separator, its columns, its announced size.

/// What kind of file is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text with a header.
    Csv,
    /// An array of objects, or a `GeoJSON` `FeatureCollection`.
    Json,
    /// Apache Parquet.
    Parquet,
}

/// How to read a file. Start from [`ReadOptions::csv`], [`json`](ReadOptions::json) or
/// [`parquet`](ReadOptions::parquet) and change what the source declares.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Name of the file in messages.
    pub file: String,
    /// Declared format.
    pub format: Format,
    /// Declared separator of a CSV: `,`, `;` or TAB. Another of the three is accepted with a warning.
    pub separator: char,
    /// Lines of prose above the header of a CSV.
    pub skip_lines: u32,
    /// Whether the first column of a CSV may have no name, as in the exports of pandas and R.
    pub allow_unnamed_index: bool,
    /// Whether spaces around column names are dropped (with a warning).
    pub trim_column_names: bool,
    /// Columns without which the file is refused, by their official names.
    pub required: Vec<String>,
    /// Columns somebody will read; any other one is named once in a warning. `None`: no such warning.
    pub known: Option<Vec<String>>,
    /// Other names of columns: (name in the file, official name). Case, accents and spaces around do not matter.
    pub aliases: Vec<(String, String)>,
    /// What the publisher says of the file.
    pub announced: Announced,
    /// Beyond these the file is refused.
    pub limits: Limits,
}

/// What the publisher says of the file; a file that differs is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Announced {
    /// Number of bytes.
    pub size: Option<u64>,
    /// SHA-256, in hexadecimal.
    pub sha256: Option<String>,
    /// SHA-1, in hexadecimal, as data.gouv.fr gives it: against accidents, not against forgery.
    pub sha1: Option<String>,
}

/// Beyond these a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it came.
    pub bytes: u64,
    /// Bytes of the columns of a Parquet file once unpacked.
    pub unpacked_bytes: u64,
    /// Rows.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
    /// Bytes of one value.
    pub field_bytes: usize,
    /// Objects within objects in JSON.
    pub depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 200 << 20,
            unpacked_bytes: 1 << 30,
            rows: 5_000_000,
            columns: 512,
            field_bytes: 1 << 20,
            depth: 8,
        }
    }
}

impl ReadOptions {
    /// A comma-separated file with its header on the first line.
    #[must_use]
    pub fn csv(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            format: Format::Csv,
            separator: ',',
            skip_lines: 0,
            allow_unnamed_index: false,
            trim_column_names: true,
            required: Vec::new(),
            known: None,
            aliases: Vec::new(),
            announced: Announced::default(),
            limits: Limits::default(),
        }
    }

    /// An array of objects, or a `GeoJSON` `FeatureCollection`.
    #[must_use]
    pub fn json(file: impl Into<String>) -> Self {
        Self { format: Format::Json, ..Self::csv(file) }
    }

    /// A Parquet file.
    #[must_use]
    pub fn parquet(file: impl Into<String>) -> Self {
        Self { format: Format::Parquet, ..Self::csv(file) }
    }

    /// Demands these columns.
    #[must_use]
    pub fn requiring(mut self, columns: &[&str]) -> Self {
        self.required.extend(columns.iter().map(|&column| column.to_owned()));
        self
    }
}
