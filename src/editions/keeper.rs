//! The thread that opens and closes editions, so that no request ever does.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::editions::Editions;

/// Works as long as anybody holds the editions: at every ring it fetches what is waited for, and at every ring and every
/// `every` it looks whether another edition came into force.
pub(super) fn start(editions: &Arc<Editions>, bell: Receiver<()>, every: Duration) -> std::io::Result<()> {
    let editions = Arc::downgrade(editions);
    thread::Builder::new().name("editions".into()).spawn(move || work(&editions, &bell, every)).map(drop)
}

fn work(editions: &Weak<Editions>, bell: &Receiver<()>, every: Duration) {
    loop {
        let rung = bell.recv_timeout(every);
        let Some(editions) = editions.upgrade() else { return };
        if rung == Err(RecvTimeoutError::Disconnected) {
            return;
        }
        editions.refresh();
        editions.fetch_wanted();
        editions.close_unused();
    }
}
