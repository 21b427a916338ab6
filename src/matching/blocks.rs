//! A file read in runs of whole records.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::error::{InputProblem, MatchError};
use super::header::Layout;
use super::record::cut;

/// Sizes in bytes, which tests make small.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// The longest header.
    pub header: usize,
    /// Read at a time.
    pub block: usize,
    /// The longest record.
    pub record: usize,
}

/// A run of whole records.
pub(super) struct Block {
    pub bytes: Vec<u8>,
    /// Line of the file on which it begins, from 1.
    pub first_line: u64,
}

/// The blocks of a file after its header.
pub(super) struct Blocks {
    file: File,
    path: PathBuf,
    /// What has been read and not yielded.
    unread: Vec<u8>,
    /// Line of the file on which `unread` begins.
    first_line: u64,
    separator: u8,
    sizes: Sizes,
    finished: bool,
}

impl Blocks {
    /// Opens a file and reads its header: the layout, the bytes of the header with its line end, and what follows.
    pub fn open(path: &Path, sizes: Sizes) -> Result<(Layout, Vec<u8>, Blocks), MatchError> {
        let mut file = File::open(path).map_err(MatchError::io(path))?;
        let mut start = Vec::new();
        file.by_ref().take(sizes.header as u64).read_to_end(&mut start).map_err(MatchError::io(path))?;
        let layout = Layout::read(&start).map_err(MatchError::input(path, 1))?;
        if layout.header_end == sizes.header && !start.ends_with(b"\n") {
            return Err(MatchError::input(path, 1)(InputProblem::Endless));
        }
        let unread = start.split_off(layout.header_end);
        let first_line = 1 + line_feeds(&start);
        let path = path.to_owned();
        let blocks = Blocks { file, path, unread, first_line, separator: layout.separator, sizes, finished: false };
        Ok((layout, start, blocks))
    }

    /// Reads until there is a whole record to yield; `None` at the end of the file.
    fn read(&mut self) -> Result<Option<Block>, MatchError> {
        loop {
            // A record longer than a block doubles what is read each time, so that it is not searched over and over.
            let wanted = self.sizes.block.saturating_sub(self.unread.len()).max(self.unread.len()).max(1);
            self.unread.reserve(wanted);
            let read = self.file.by_ref().take(wanted as u64).read_to_end(&mut self.unread);
            let at_end = read.map_err(MatchError::io(&self.path))? < wanted;
            let cut = cut(&self.unread, self.separator);
            if at_end && !cut.open_quote {
                self.finished = true;
                let all = self.unread.len();
                return Ok((all > 0).then(|| self.split(all)));
            }
            if cut.complete > 0 {
                return Ok(Some(self.split(cut.complete)));
            }
            if at_end || self.unread.len() >= self.sizes.record {
                let problem = if cut.open_quote { InputProblem::UnclosedQuote } else { InputProblem::Endless };
                return Err(MatchError::input(&self.path, self.first_line)(problem));
            }
        }
    }

    fn split(&mut self, length: usize) -> Block {
        let rest = self.unread.split_off(length);
        let block = Block { bytes: std::mem::replace(&mut self.unread, rest), first_line: self.first_line };
        self.first_line += line_feeds(&block.bytes);
        block
    }
}

impl Iterator for Blocks {
    type Item = Result<Block, MatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        let block = self.read().transpose();
        self.finished |= matches!(block, Some(Err(_)));
        block
    }
}

pub(super) fn line_feeds(text: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', text).count() as u64
}
