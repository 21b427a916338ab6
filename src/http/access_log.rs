//! One line for each request: time, method, route template, status, milliseconds. Never the query, the address or anything
//! else of the visitor's.

use std::io::{self, Write};
use std::sync::Mutex;
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use chrono::{NaiveDateTime, Timelike};

/// Lines waiting beyond this many bytes are written at once.
const MOST_WAITING: usize = 64 * 1024;

/// Where the lines go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AccessLog {
    /// Nowhere: tests.
    #[default]
    Off,
    /// Standard error.
    Stderr,
}

/// Lines that wait to be written together: one write for each would cost as much as an answer.
#[derive(Debug, Default)]
pub struct Lines(Mutex<Vec<u8>>);

/// What is said of one request.
pub(crate) struct Line<'a> {
    pub time: NaiveDateTime,
    pub method: &'a Method,
    pub template: &'a str,
    pub status: StatusCode,
    pub took: Duration,
}

impl Lines {
    /// Adds a line.
    pub(crate) fn push(&self, line: &Line<'_>) {
        let Line { time, method, template, status, took } = line;
        let (day, hour, minute, second) = (time.date(), time.hour(), time.minute(), time.second());
        let (status, ms) = (status.as_u16(), took.as_secs_f64() * 1e3);
        let mut waiting = self.0.lock().expect("no thread panics while it holds the log");
        writeln!(waiting, "{day}T{hour:02}:{minute:02}:{second:02}Z {method} {template} {status} {ms:.1} ms")
            .expect("a vector takes every byte");
        if waiting.len() > MOST_WAITING {
            write(&mut waiting);
        }
    }

    /// Writes what waits.
    pub fn flush(&self) {
        write(&mut self.0.lock().expect("no thread panics while it holds the log"));
    }
}

fn write(waiting: &mut Vec<u8>) {
    // A log that cannot be written must not stop the service.
    let _ = io::stderr().write_all(waiting);
    waiting.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_when_what_and_how_long() {
        let lines = Lines::default();
        let time = chrono::NaiveDate::from_ymd_opt(2024, 9, 3).unwrap().and_hms_opt(7, 4, 5).unwrap();
        let template = "/ogc/collections/{collection}/items";
        let took = Duration::from_micros(1_260);
        lines.push(&Line { time, method: &Method::GET, template, status: StatusCode::OK, took });
        let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert_eq!(written, "2024-09-03T07:04:05Z GET /ogc/collections/{collection}/items 200 1.3 ms\n");
    }
}
