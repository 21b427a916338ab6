//! A stream read batch by batch.

use std::io::{Cursor, Read};

use polars_arrow::array::Array;
use polars_arrow::io::ipc::format::ipc::MessageHeaderRef;
use polars_arrow::io::ipc::read::common::{read_dictionary, read_record_batch};
use polars_arrow::io::ipc::read::{Dictionaries, StreamMetadata, read_stream_metadata};
use polars_arrow::record_batch::RecordBatchT;

use super::error::StreamError;
use super::messages::{Message, Next, next, other_format};

/// Rows of all columns.
pub(super) type Batch = RecordBatchT<Box<dyn Array>>;

/// A stream whose schema is known.
pub(super) struct Reader<R> {
    input: R,
    pub metadata: StreamMetadata,
    dictionaries: Dictionaries,
    scratch: Vec<u8>,
    /// Whole batches so far.
    batches: u64,
}

impl<R: Read> Reader<R> {
    /// Reads the schema.
    pub fn open(mut input: R) -> Result<Self, StreamError> {
        let mut start = Vec::new();
        input.by_ref().take(4).read_to_end(&mut start).map_err(StreamError::Read)?;
        if start.is_empty() {
            return Err(StreamError::Empty);
        }
        if let Some(what) = other_format(&start) {
            return Err(StreamError::NotAStream(what));
        }
        let damaged = |reason: String| StreamError::Damaged { batches: 0, reason };
        let message = match next(&mut Cursor::new(start).chain(&mut input))?.map_err(damaged)? {
            Next::Message(message) => message,
            Next::End => return Err(StreamError::NotAStream("a stream without a schema")),
            Next::Cut => return Err(StreamError::Cut { batches: 0 }),
        };
        let metadata =
            read_stream_metadata(&mut Cursor::new(&message.prefix)).map_err(|error| damaged(error.to_string()))?;
        if metadata.schema.len() != metadata.ipc_schema.fields.len() {
            return Err(StreamError::Repeated(repeated(&message).unwrap_or_default()));
        }
        Ok(Self { input, metadata, dictionaries: Dictionaries::default(), scratch: Vec::new(), batches: 0 })
    }

    /// The next batch; `None` after the end marker.
    #[allow(
        clippy::default_trait_access,
        reason = "the switch of the checks belongs to a crate that is not ours to name"
    )]
    pub fn next(&mut self) -> Result<Option<Batch>, StreamError> {
        loop {
            let batches = self.batches;
            let damaged = |reason: String| StreamError::Damaged { batches, reason };
            let message = match next(&mut self.input)?.map_err(damaged)? {
                Next::Message(message) => message,
                Next::End => return Ok(None),
                Next::Cut => return Err(StreamError::Cut { batches }),
            };
            let header = message.header().map_err(damaged)?;
            let header = header.header().map_err(|error| damaged(error.to_string()))?;
            let mut body = Cursor::new(&message.body);
            match header {
                Some(MessageHeaderRef::RecordBatch(batch)) => {
                    if batch.compression().is_ok_and(|compression| compression.is_some()) {
                        return Err(StreamError::Compressed);
                    }
                    let read = read_record_batch(
                        batch,
                        &self.metadata.schema,
                        &self.metadata.ipc_schema,
                        None,
                        None,
                        &self.dictionaries,
                        self.metadata.version,
                        &mut body,
                        0,
                        &mut self.scratch,
                        Default::default(),
                    );
                    let batch = read.map_err(|error| damaged(error.to_string()))?;
                    self.batches += 1;
                    return Ok(Some(batch));
                }
                Some(MessageHeaderRef::DictionaryBatch(dictionary)) => {
                    let compressed = dictionary.data().ok().flatten().map(|data| data.compression());
                    if compressed.is_some_and(|compression| compression.is_ok_and(|one| one.is_some())) {
                        return Err(StreamError::Compressed);
                    }
                    read_dictionary(
                        dictionary,
                        &self.metadata.schema,
                        &self.metadata.ipc_schema,
                        &mut self.dictionaries,
                        &mut body,
                        0,
                        &mut self.scratch,
                        Default::default(),
                    )
                    .map_err(|error| damaged(error.to_string()))?;
                }
                _ => return Err(damaged("neither a batch nor a dictionary".into())),
            }
        }
    }
}

/// The first name that two columns have.
fn repeated(message: &Message) -> Option<String> {
    let header = message.header().ok()?;
    let Some(MessageHeaderRef::Schema(schema)) = header.header().ok()? else { return None };
    let names = schema.fields().ok()??.iter().filter_map(|field| Some(field.ok()?.name().ok()??.to_owned()));
    let mut seen = std::collections::HashSet::new();
    names.into_iter().find(|name| !seen.insert(name.clone()))
}
