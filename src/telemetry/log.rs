//! The log: lines for people or JSON for machines, on standard error. Of a request it says its id, method, route, status and
//! milliseconds; never a query, a position, an address of a visitor or anything else of theirs.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// Lines about requests are of this kind: the only ones that may wait to be written together.
pub const REQUESTS: &str = "mediane::request";
/// Lines waiting beyond this many bytes are written at once.
const MOST_WAITING: usize = 64 * 1024;

/// How lines are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// Lines of requests that wait: one write for each would cost as much as an answer.
static WAITING: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// From now on what the program says goes to standard error in this form. Only the first call counts.
pub fn start(form: Form) {
    let lines =
        tracing_subscriber::fmt().with_writer(Lines).with_max_level(Level::INFO).with_target(false).with_ansi(false);
    let started = match form {
        Form::Human => tracing::subscriber::set_global_default(lines.finish()),
        Form::Json => tracing::subscriber::set_global_default(lines.json().flatten_event(true).finish()),
    };
    // A second call finds the first: tests of one process share it.
    let _ = started;
}

/// Writes the lines that wait.
pub fn flush() {
    write(&mut WAITING.lock().unwrap_or_else(PoisonError::into_inner));
}

fn write(waiting: &mut Vec<u8>) {
    // A log that cannot be written must not stop the service.
    let _ = io::stderr().write_all(waiting);
    waiting.clear();
}

/// Where lines go.
struct Lines;

/// Where one line goes.
#[derive(Clone, Copy)]
enum To {
    /// With those that wait.
    Waiting,
    /// To standard error, after those that wait.
    StandardError,
    /// Nowhere: other libraries might say what a visitor asked.
    Nowhere,
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = To;

    fn make_writer(&'w self) -> To {
        To::StandardError
    }

    fn make_writer_for(&'w self, of: &Metadata<'_>) -> To {
        match of.target() {
            REQUESTS => To::Waiting,
            ours if ours.starts_with("mediane") => To::StandardError,
            _ => To::Nowhere,
        }
    }
}

impl Write for To {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if !matches!(self, Self::Nowhere) {
            let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.extend_from_slice(line);
            if matches!(self, Self::StandardError) || waiting.len() > MOST_WAITING {
                write(&mut waiting);
            }
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
