//! Memory that goes back to the system. The allocator of glibc keeps what large answers took, in as many arenas as there are
//! threads, unless it is told otherwise before the program begins; so the program begins once more, told.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Two arenas; blocks from a mebibyte are mapped apart and given back when they are free; so is the end of the heap from four.
const SETTINGS: [(&str, &str); 3] =
    [("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "1048576"), ("MALLOC_TRIM_THRESHOLD_", "4194304")];

/// Begins the program anew under these settings, in the same process; returns when it is under some already, or cannot.
pub(super) fn give_back() {
    if SETTINGS.iter().any(|(name, _)| env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut arguments = env::args_os();
    let called = arguments.next().unwrap_or_else(|| program.clone().into());
    // Only comes back when it failed; then memory is kept a little longer, and all else is as before.
    let _ = Command::new(program).arg0(called).args(arguments).envs(SETTINGS).exec();
}
