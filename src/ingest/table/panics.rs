//! Polars may panic on a damaged file: the panic becomes an answer, and its text stays off the terminal.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many quiet calls are running, in any thread: Polars works in threads of its own.
static QUIET_CALLS: AtomicU32 = AtomicU32::new(0);
static INSTALL_HOOK: Once = Once::new();

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// The call panicked.
#[derive(Debug)]
pub(super) struct Panicked;

/// Runs `call`; a panic within it is caught and printed nowhere. An abort (memory exhausted) cannot be caught.
pub(super) fn quietly<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    INSTALL_HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // Our own code and tests have relative paths (`src/…`); those of dependencies are absolute.
            let ours = info.location().is_some_and(|place| Path::new(place.file()).is_relative());
            let quiet = INSIDE.get() || (QUIET_CALLS.load(Ordering::Relaxed) > 0 && !ours);
            if !quiet {
                loud(info);
            }
        }));
    });
    QUIET_CALLS.fetch_add(1, Ordering::Relaxed);
    let outside = INSIDE.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(call));
    INSIDE.set(outside);
    QUIET_CALLS.fetch_sub(1, Ordering::Relaxed);
    outcome.map_err(|_| Panicked)
}
