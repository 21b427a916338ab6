//! Why a stream was not taken.

use std::{error, fmt, io};

/// What is wrong with a stream, or with the pipe that it comes from or goes to.
#[derive(Debug)]
pub enum StreamError {
    /// The pipe or the file, when reading.
    Read(io::Error),
    /// The pipe or the file, when writing.
    Write(io::Error),
    /// There is not one byte.
    Empty,
    /// The bytes are no Arrow stream; what they look like instead.
    NotAStream(&'static str),
    /// The stream ends before its end marker: whoever wrote it was stopped.
    Cut {
        /// Whole batches before the cut.
        batches: u64,
    },
    /// Buffers are compressed.
    Compressed,
    /// Two columns have the same name.
    Repeated(String),
    /// A message cannot be read; what the library says.
    Damaged {
        /// Whole batches before it.
        batches: u64,
        /// What is wrong.
        reason: String,
    },
    /// A column that places a row holds something that is neither text nor a number.
    NoText {
        /// The column.
        column: String,
        /// What it holds.
        holds: String,
    },
    /// A batch has too many rows for the texts of its answers.
    TooManyRows(usize),
    /// The columns of the stream are refused by whoever asked; why.
    Columns(String),
    /// Whoever asked wants no more.
    Stopped,
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "the stream cannot be read: {error}"),
            Self::Write(error) => write!(f, "the stream cannot be written: {error}"),
            Self::Empty => write!(f, "not one byte came, expected an Arrow IPC stream (a schema at least)"),
            Self::NotAStream(what) => write!(f, "{what}, expected an Arrow IPC stream (pyarrow.ipc.new_stream)"),
            Self::Cut { batches } => write!(
                f,
                "the stream ends after {batches} whole batches without its end marker: the program that writes it was \
                 stopped, or did not close it"
            ),
            Self::Compressed => write!(f, "the buffers of the stream are compressed, expected plain ones"),
            Self::Repeated(name) => write!(f, "two columns are named {name}, expected one"),
            Self::Damaged { batches, reason } => {
                write!(f, "the message after {batches} whole batches cannot be read: {reason}")
            }
            Self::NoText { column, holds } => {
                write!(f, "column {column} holds {holds}, expected text or numbers")
            }
            Self::TooManyRows(rows) => {
                write!(f, "the answers to a batch of {rows} rows pass 2 GiB of text; send smaller batches")
            }
            Self::Columns(reason) => f.write_str(reason),
            Self::Stopped => write!(f, "stopped"),
        }
    }
}

impl error::Error for StreamError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Read(error) | Self::Write(error) => Some(error),
            _ => None,
        }
    }
}
