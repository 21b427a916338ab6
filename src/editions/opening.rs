//! Waiting for an edition that is being opened, without a thread.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::editions::Editions;
use super::snapshot::Snapshot;

/// An edition that is being opened; resolves to `None` when it cannot be.
#[derive(Debug)]
pub struct Opening {
    pub(super) editions: Arc<Editions>,
    pub(super) id: String,
}

impl Future for Opening {
    type Output = Option<Arc<Snapshot>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.editions.poll_open(&self.id, context.waker())
    }
}
