//! The messages of a stream: a length, a header in flatbuffers, a body.

use std::io::{ErrorKind, Read};

use polars_arrow::io::ipc::format::ipc;
use polars_arrow::io::ipc::format::ipc::planus::ReadAsRoot;

use super::error::StreamError;

/// Before the length of every message since Arrow 0.15 (2019).
const CONTINUATION: [u8; 4] = [0xff; 4];
/// The longest header believed, in bytes: tens of thousands of columns. The first bytes of a text would ask for gigabytes.
const LONGEST_HEADER: usize = 64 << 20;
/// Reserved at once for a body; more is reserved as it comes, so that a length is never believed on its word.
const RESERVED: usize = 16 << 20;

/// One message, whole.
pub(super) struct Message {
    /// Length and header as they came.
    pub prefix: Vec<u8>,
    /// Where the header begins in `prefix`.
    header_at: usize,
    /// The buffers.
    pub body: Vec<u8>,
}

impl Message {
    /// The header, parsed.
    pub fn header(&self) -> Result<ipc::MessageRef<'_>, String> {
        ipc::MessageRef::read_as_root(&self.prefix[self.header_at..]).map_err(|error| error.to_string())
    }
}

/// What comes next.
pub(super) enum Next {
    Message(Message),
    /// The end marker.
    End,
    /// The end of the bytes where a message should begin, or inside one.
    Cut,
}

/// Reads one message. A reason is what the header lacks.
pub(super) fn next(input: &mut impl Read) -> Result<Result<Next, String>, StreamError> {
    let mut prefix = vec![0; 4];
    if !fill(input, &mut prefix)? {
        return Ok(Ok(Next::Cut));
    }
    let mut length = [prefix[0], prefix[1], prefix[2], prefix[3]];
    if length == CONTINUATION {
        if !fill(input, &mut length)? {
            return Ok(Ok(Next::Cut));
        }
        prefix.extend_from_slice(&length);
    }
    let length = u32::from_le_bytes(length) as usize;
    if length == 0 {
        return Ok(Ok(Next::End));
    }
    if length > LONGEST_HEADER {
        return Ok(Err(format!("a header of {length} bytes")));
    }
    let header_at = prefix.len();
    if !read_exactly(input, length, &mut prefix)? {
        return Ok(Ok(Next::Cut));
    }
    let mut message = Message { prefix, header_at, body: Vec::new() };
    let body_length = message.header().and_then(|header| header.body_length().map_err(|error| error.to_string()));
    let body_length = match body_length.map(usize::try_from) {
        Ok(Ok(length)) => length,
        Ok(Err(_)) => return Ok(Err("a body of less than no bytes".into())),
        Err(reason) => return Ok(Err(reason)),
    };
    if !read_exactly(input, body_length, &mut message.body)? {
        return Ok(Ok(Next::Cut));
    }
    Ok(Ok(Next::Message(message)))
}

/// What some bytes are that cannot begin a stream; `None` when they can.
pub(super) fn other_format(start: &[u8]) -> Option<&'static str> {
    match start {
        [b'A', b'R', b'R', b'O', ..] => Some("an Arrow or Feather file"),
        [b'F', b'E', b'A', b'1', ..] => Some("a Feather file"),
        [b'P', b'A', b'R', b'1', ..] => Some("a Parquet file"),
        [b'P', b'K', ..] => Some("an archive or a spreadsheet"),
        [a, b, c, d, ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => {
            Some("text")
        }
        [0xef, 0xbb, 0xbf, ..] => Some("text"),
        _ => None,
    }
}

/// Fills a slice; `false` when the bytes end before.
fn fill(input: &mut impl Read, slice: &mut [u8]) -> Result<bool, StreamError> {
    match input.read_exact(slice) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(StreamError::Read(error)),
    }
}

/// Appends so many bytes; `false` when they end before.
fn read_exactly(input: &mut impl Read, length: usize, bytes: &mut Vec<u8>) -> Result<bool, StreamError> {
    bytes.reserve(length.min(RESERVED));
    let read = input.by_ref().take(length as u64).read_to_end(bytes).map_err(StreamError::Read)?;
    Ok(read == length)
}
