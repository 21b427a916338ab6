//! `mediane doctor`: whether this installation will serve, point by point, and what to do where it will not.

mod machine;
mod service;

use std::process::ExitCode;

use super::{Failure, config, exit, say};
use crate::config::Arguments;

/// How a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// As it should be.
    Well,
    /// The service runs, and somebody should look.
    Look,
    /// The service does not run so.
    Broken,
}

/// One point: what was looked at, what was found, and what to do.
#[derive(Debug)]
struct Point {
    state: State,
    of: &'static str,
    found: String,
    /// What to do; empty when all is well.
    advice: String,
}

impl Point {
    fn well(of: &'static str, found: impl Into<String>) -> Self {
        Self { state: State::Well, of, found: found.into(), advice: String::new() }
    }

    fn look(of: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { state: State::Look, of, found: found.into(), advice: advice.into() }
    }

    fn broken(of: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { state: State::Broken, of, found: found.into(), advice: advice.into() }
    }

    fn line(&self) -> String {
        let state = match self.state {
            State::Well => "ok    ",
            State::Look => "look  ",
            State::Broken => "BROKEN",
        };
        let advice = if self.advice.is_empty() { String::new() } else { format!("; {}", self.advice) };
        format!("{state}  {:<13} {}{advice}", self.of, self.found)
    }
}

/// Looks at everything. 0 when all is well, 7 when somebody should look, 4 when the service would not run.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let config = config::gather(arguments)?;
    let settings = config.settings();
    let mut points = vec![match &config.file {
        Some(file) => {
            Point::well("configuration", format!("{} and what else is said; `mediane config` shows it", file.display()))
        }
        None => Point::well("configuration", "flags, variables and defaults; there is no file"),
    }];
    points.extend(settings.warnings().into_iter().map(|warning| Point::look("configuration", warning, "")));
    let edition = service::edition(&settings);
    points.extend(edition.points);
    points.extend([service::store(&settings), service::map(&settings), service::reference(&settings)]);
    points.extend(service::moderators(&settings));
    points.extend(service::ports(&settings));
    points.extend(machine::disk(&settings, edition.bytes));
    points.extend([machine::open_files(&settings), machine::clock(edition.published), machine::memory()]);
    say(points.iter().map(Point::line))?;
    Ok(match points.iter().map(|point| point.state).max() {
        None | Some(State::Well) => ExitCode::SUCCESS,
        Some(State::Look) => ExitCode::from(exit::FINDINGS),
        Some(State::Broken) => ExitCode::from(exit::ENVIRONMENT),
    })
}
