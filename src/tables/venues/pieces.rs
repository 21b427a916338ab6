//! A file of venues written while it is sent: whoever takes it away slowly holds one piece of it, not the whole.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;

use super::Export;
use crate::domain::Venue;

/// Bytes from which a piece is sent.
const PIECE: usize = 64 * 1024;

/// What writes one venue.
type WriteRow = Box<dyn FnMut(&Venue, &mut Vec<u8>) + Send>;

/// The pieces of a file, in order.
pub struct Pieces {
    export: Export,
    head: Vec<u8>,
    row: WriteRow,
    tail: Option<Vec<u8>>,
    next: usize,
}

impl Pieces {
    pub(super) fn new(
        export: Export,
        head: Vec<u8>,
        row: impl FnMut(&Venue, &mut Vec<u8>) + Send + 'static,
        tail: Vec<u8>,
    ) -> Self {
        Self { export, head, row: Box::new(row), tail: Some(tail), next: 0 }
    }
}

impl Iterator for Pieces {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut piece = std::mem::take(&mut self.head);
        while piece.len() < PIECE {
            let Some(&venue) = self.export.venues.get(self.next) else {
                piece.extend(self.tail.take()?);
                break;
            };
            self.next += 1;
            (self.row)(&self.export.atlas.venues()[venue], &mut piece);
        }
        Some(piece)
    }
}

impl MessageBody for Pieces {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        // A piece takes a fraction of a millisecond, which is why it is written where it is sent. An empty one would end
        // the answer for some clients.
        let piece = self.by_ref().find(|piece| !piece.is_empty());
        Poll::Ready(piece.map(|piece| Ok(Bytes::from(piece))))
    }
}
