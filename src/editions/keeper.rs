//! The thread that opens and closes editions, so that no request ever does.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

/// Works as long as anybody holds the editions: at every ring, and every `every`, `look` sees to what is waited for and
/// whether another edition came into force.
pub(super) fn start<T: Send + Sync + 'static>(
    editions: &Arc<T>,
    bell: Receiver<()>,
    every: Duration,
    look: fn(&T),
) -> std::io::Result<()> {
    let editions = Arc::downgrade(editions);
    thread::Builder::new().name("editions".into()).spawn(move || work(&editions, &bell, every, look)).map(drop)
}

fn work<T>(editions: &Weak<T>, bell: &Receiver<()>, every: Duration, look: fn(&T)) {
    loop {
        let rung = bell.recv_timeout(every);
        let Some(editions) = editions.upgrade() else { return };
        if rung == Err(RecvTimeoutError::Disconnected) {
            return;
        }
        look(&editions);
    }
}
