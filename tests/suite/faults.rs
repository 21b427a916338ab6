//! A disk that is full, or fails, at the k-th operation, for every k: of the store, and of a publication (P6 of
//! docs/promises.md).
//!
//! A process is started with a library before the system's (`disk.c`) that lets operations on one folder fail: the program itself
//! knows nothing of it.

mod published;
mod stored;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What tells a test that it is the process with the failing disk: the folder to work in.
const WORK: &str = "MEDIANE_FAULT_WORK";

/// How a disk fails.
#[derive(Clone, Copy)]
struct Fault {
    /// `full`: what needs room fails; `broken`: any operation.
    kind: &'static str,
    /// The first operation that does, from 1; 0 lets all go on.
    at: usize,
    /// How many do from there on.
    lasts: usize,
}

/// What a process with a failing disk left behind.
struct End {
    succeeded: bool,
    said: String,
    /// Operations that were counted, `!` before those that failed.
    operations: Vec<String>,
}

impl End {
    /// Operations that failed.
    fn failed(&self) -> usize {
        self.operations.iter().filter(|operation| operation.starts_with('!')).count()
    }
}

/// The library, compiled once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("disk.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/faults/disk.c");
        let mut compile = Command::new("cc");
        compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&path).arg(source).arg("-ldl");
        let compiled = compile.output().expect("a C compiler, which Rust links with");
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        (folder, path)
    });
    path
}

/// A test of this binary, as a process of its own.
fn this_test(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(WORK, folder);
    command
}

/// Runs a process whose disk fails below `folder`/`under`.
fn with_fault(mut command: Command, folder: &Path, under: &str, fault: Fault) -> End {
    let log = folder.join("operations");
    let _ = fs::remove_file(&log);
    command.env("LD_PRELOAD", library()).env("FAULT_UNDER", folder.join(under)).env("FAULT_LOG", &log);
    command.env("FAULT_KIND", fault.kind).env("FAULT_AT", fault.at.to_string());
    command.env("FAULT_FOR", fault.lasts.to_string()).env("POLARS_MAX_THREADS", "1");
    // The process that reads for a build ends with the other end of its input.
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let input = process.stdin.take();
    let output = process.wait_with_output().unwrap();
    drop(input);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let operations = fs::read_to_string(&log).unwrap_or_default().lines().map(str::to_owned).collect();
    End { succeeded: output.status.success(), said, operations }
}

/// Every k, or every so many: the count in the environment (`MEDIANE_FAULTS=all`) asks for all of them.
fn step(usual: usize) -> usize {
    if std::env::var_os("MEDIANE_FAULTS").is_some() { 1 } else { usual }
}
