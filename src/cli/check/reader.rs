//! The process that reads a list nobody vouches for: under limits of memory, time and files, without network and without
//! the variables of whoever started it. What ends it ends nothing else.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::cli::build::Limits;
use crate::ports::ListChecker;

/// Longest answer of the process, in bytes.
const LONGEST: u64 = 64 << 20;
/// Wall time it may take, in units of its processor time.
const PATIENCE: u32 = 3;

/// How lists are read apart.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Reader {
    /// The data folder.
    pub data: PathBuf,
    /// The description of the list, when there is one.
    pub source: Option<PathBuf>,
    /// The day of the check; today unless told.
    pub today: Option<NaiveDate>,
    /// What the process may use.
    pub limits: Limits,
}

impl Reader {
    /// Reads a file.
    pub fn of_file(&self, name: &str, path: &Path) -> Result<Vec<u8>, String> {
        self.run(name, path, &[])
    }

    fn run(&self, name: &str, path: &Path, input: &[u8]) -> Result<Vec<u8>, String> {
        let failed = |error: std::io::Error| format!("the reading process: {error}");
        let mut child = self.command(name, path).map_err(failed)?.spawn().map_err(failed)?;
        let deadline = Instant::now() + Duration::from_secs(self.limits.seconds) * PATIENCE;
        let (answer, complaints, late) = thread::scope(|scope| {
            let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
            scope.spawn(move || {
                // A process that ended before it read everything says why itself.
                let _ = stdin.map(|mut pipe| pipe.write_all(input));
            });
            let answer = scope.spawn(move || all_of(stdout));
            let complaints = scope.spawn(move || all_of(stderr));
            let late = wait(&mut child, deadline);
            (answer.join().unwrap_or_default(), complaints.join().unwrap_or_default(), late)
        });
        let status = child.wait().map_err(failed)?;
        let complaints = String::from_utf8_lossy(&complaints);
        let Limits { memory_mib, seconds } = self.limits;
        match status.code() {
            Some(0) => Ok(answer),
            _ if late => Err(format!("{name}: it takes more than {seconds} s to read")),
            _ if complaints.contains("memory allocation") || complaints.contains("Cannot allocate memory") => {
                Err(format!("{name}: it takes more than {memory_mib} MiB of memory to read"))
            }
            Some(code) if code != 101 => Err(complaints
                .lines()
                .last()
                .unwrap_or("the reading process failed")
                .trim_start_matches("mediane: ")
                .to_owned()),
            _ => Err(format!("{name}: its reading ended the process that reads")),
        }
    }

    fn command(&self, name: &str, path: &Path) -> std::io::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("check").arg("--reading").arg("--data").arg(&self.data);
        command.arg(format!("--memory={}", self.limits.memory_mib)).arg(format!("--seconds={}", self.limits.seconds));
        command.arg(format!("--name={name}"));
        if let Some(source) = &self.source {
            command.arg("--source").arg(source);
        }
        if let Some(today) = self.today {
            command.arg(format!("--today={today}"));
        }
        command.arg("--").arg(path);
        crate::cli::build::as_child(&mut command);
        Ok(command)
    }
}

impl ListChecker for Reader {
    fn check(&self, name: &str, list: &[u8]) -> Result<Vec<u8>, String> {
        self.run(name, Path::new("-"), list)
    }
}

/// Waits for the end of a child, or ends it; whether it was late.
fn wait(child: &mut Child, deadline: Instant) -> bool {
    while matches!(child.try_wait(), Ok(None)) {
        if Instant::now() > deadline {
            // It may have ended by itself meanwhile.
            let _ = child.kill();
            return true;
        }
        thread::sleep(Duration::from_millis(5));
    }
    false
}

fn all_of(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let _ = pipe.by_ref().take(LONGEST).read_to_end(&mut bytes);
        // What comes after is listened to and forgotten: a child that cannot speak would wait for ever.
        let _ = std::io::copy(&mut pipe, &mut std::io::sink());
    }
    bytes
}
