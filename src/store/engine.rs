//! A thread of its own for the database: a request that is given up leaves no half-done transaction behind, and the
//! workers that answer visitors never wait for a disk.

use std::fmt;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::ports::{Later, StoreError};

/// Longest time for one question, below the two seconds that a visitor waits at the door.
const DEADLINE: Duration = Duration::from_millis(1_500);
/// Longest time to open the store.
const OPENING: Duration = Duration::from_secs(10);

/// The thread. It ends when this is dropped.
pub(super) struct Engine {
    handle: Handle,
    /// Dropping it tells the thread to end.
    _stop: oneshot::Sender<()>,
}

impl Engine {
    /// Starts the thread.
    pub(super) fn start() -> Result<Self, StoreError> {
        let broken = |error: std::io::Error| StoreError::Broken(error.to_string());
        let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let work = move || {
            // The sender is never used, only dropped: either way it is time to end.
            let _ = runtime.block_on(stopped);
        };
        thread::Builder::new().name("store".into()).spawn(work).map_err(broken)?;
        Ok(Self { handle, _stop: stop })
    }

    /// Does some work on the thread, to its end even when nobody waits for it any more.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Later<'static, T> {
        let task = self.handle.spawn(async move { timeout(DEADLINE, work).await });
        Box::pin(async move {
            match task.await {
                Ok(Ok(answer)) => answer,
                Ok(Err(_elapsed)) => Err(StoreError::Busy),
                Err(lost) => Err(StoreError::Broken(lost.to_string())),
            }
        })
    }

    /// Does some work on the thread while this one waits; for opening.
    pub(super) fn wait<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = std::sync::mpsc::channel();
        self.handle.spawn(async move {
            let answer = timeout(OPENING, work).await.unwrap_or(Err(StoreError::Busy));
            // Whoever asked is waiting below.
            let _ = tell.send(answer);
        });
        told.recv().unwrap_or_else(|lost| Err(StoreError::Broken(lost.to_string())))
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine")
    }
}
