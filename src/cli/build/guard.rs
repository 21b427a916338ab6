//! The process a person starts: it reads no file itself. It has them read by a child under limits, and when one of them
//! ends the child, it has the others read without it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::child::STEP;
use super::{Arguments, EndedArgument};
use crate::cli::{Failure, STOP, bar, exit, say};
use crate::ingest::report::Code;
use crate::ingest::{ADDRESSES, source_files};

/// Wall time a reading may take, in units of its processor time: files come from slow disks.
const PATIENCE: u32 = 3;
/// Variables the child inherits; no other, so that no secret is in the reach of a file.
const INHERITED: [&str; 5] = ["PATH", "LANG", "LC_ALL", "TZ", "TMPDIR"];
/// Most bytes of the child's complaints that are kept.
const COMPLAINTS: u64 = 64 << 10;

/// How a child ended.
struct End {
    status: ExitStatus,
    /// The last thing it said it was doing.
    doing: String,
    complaints: String,
    /// It was ended because it took too long.
    late: bool,
}

/// Builds through a child, as many times as it takes.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut files: BTreeMap<String, String> =
        source_files(&arguments.data).map_err(|error| Failure::new(exit::INPUT, error))?.into_iter().collect();
    files.insert(ADDRESSES.to_owned(), ADDRESSES.to_owned());
    let mut ended: Vec<EndedArgument> = Vec::new();
    loop {
        let end = read(arguments, &ended)?;
        // A panic that nobody caught is one more way for a file to end the child.
        if let Some(code) = end.status.code().filter(|code| *code != 101) {
            eprint!("{}", end.complaints);
            return Ok(ExitCode::from(u8::try_from(code).unwrap_or(exit::INTERNAL)));
        }
        if STOP.load(Ordering::Relaxed) {
            return Err(Failure::new(exit::STOPPED, "stopped; the previous edition stays"));
        }
        let (code, why) = cause(&end, arguments);
        let Some(file) = files.get(&end.doing).filter(|_| ended.iter().all(|known| known.id != end.doing)) else {
            let message = format!("the build was ended during « {} »: {why}; the previous edition stays", end.doing);
            return Err(Failure::new(exit::INPUT, message));
        };
        eprintln!("mediane: {file}: the reading of this file was ended: {why}; reading the others without it");
        // Several indicators may read the file that ended this one.
        let same = files.iter().filter(|(_, other)| *other == file).map(|(id, _)| id.clone());
        let message = format!("the reading of the file was ended: {why}");
        ended.extend(same.map(|id| EndedArgument { id, code, message: message.clone() }));
    }
}

/// Why a child was ended.
fn cause(end: &End, arguments: &Arguments) -> (Code, String) {
    let limits = arguments.limits;
    let memory = || (Code::MemoryExceeded, format!("it takes more than {} MiB of memory", limits.memory_mib));
    let time = || (Code::TimeExceeded, format!("it takes more than {} s", limits.seconds));
    match end.status.signal() {
        _ if end.late => time(),
        _ if end.complaints.contains("memory allocation of") || end.complaints.contains("Cannot allocate memory") => {
            memory()
        }
        // SIGKILL, from a system out of memory; SIGXCPU and SIGXFSZ of the limits (signal.h of Linux).
        Some(9) => memory(),
        Some(24) => time(),
        Some(25) => (Code::TooLarge, "it writes a file beyond the limit".into()),
        signal => {
            let last = end.complaints.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let signal = signal.map_or_else(String::new, |signal| format!(" by signal {signal}"));
            (Code::ReaderFailure, format!("its reader failed{signal}: {}", crate::ingest::report::shown(last)))
        }
    }
}

/// Starts a child and follows it to its end.
fn read(arguments: &Arguments, ended: &[EndedArgument]) -> Result<End, Failure> {
    let failed = |error: std::io::Error| Failure::new(exit::ENVIRONMENT, format!("the reading process: {error}"));
    let mut child = command(arguments, ended).map_err(failed)?.spawn().map_err(failed)?;
    let mut input = child.stdin.take();
    let (lines, complaints) = ears(&mut child);
    let bar = bar("{bar:30} {pos}/{len} {msg}");
    let deadline = Instant::now() + Duration::from_secs(arguments.limits.seconds) * PATIENCE;
    let (mut doing, mut late) = (String::new(), false);
    loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => match line.strip_prefix(STEP) {
                Some(step) => {
                    let mut fields = step.split('\t').skip(1);
                    let mut number = || fields.next().and_then(|field| field.parse().ok()).unwrap_or_default();
                    bar.set_position(number());
                    bar.set_length(number());
                    fields.next().unwrap_or_default().clone_into(&mut doing);
                    bar.set_message(doing.clone());
                }
                None => bar.suspend(|| say([line]))?,
            },
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if STOP.load(Ordering::Relaxed) {
            // The end of its input asks the child to stop between two steps.
            drop(input.take());
        }
        if Instant::now() > deadline && !late {
            late = true;
            child.kill().map_err(failed)?;
        }
    }
    bar.finish_and_clear();
    let status = child.wait().map_err(failed)?;
    Ok(End { status, doing, complaints: complaints.join().unwrap_or_default(), late })
}

/// The lines of a child's output as they come, and its complaints once it is gone.
fn ears(child: &mut Child) -> (mpsc::Receiver<String>, thread::JoinHandle<String>) {
    let (sender, lines) = mpsc::channel();
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    thread::spawn(move || {
        for line in output.into_iter().flat_map(|output| BufReader::new(output).lines()).map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let complaints = thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut errors) = errors {
            let _ = errors.by_ref().take(COMPLAINTS).read_to_end(&mut said);
            // What comes after is listened to and forgotten: a child that cannot speak would wait for ever.
            let _ = std::io::copy(&mut errors, &mut std::io::sink());
        }
        String::from_utf8_lossy(&said).into_owned()
    });
    (lines, complaints)
}

/// The command line of a child: ours, and what ended those before it.
fn command(arguments: &Arguments, ended: &[EndedArgument]) -> std::io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments.to_child());
    for ended in ended {
        command.args([OsString::from("--ended"), ended.to_string().into()]);
    }
    as_child(&mut command);
    Ok(command)
}

/// Prepares a command to read files nobody vouches for: with pipes, few variables and few threads.
pub fn as_child(command: &mut Command) {
    let kept = INHERITED.iter().filter_map(|name| Some((*name, std::env::var_os(name)?)));
    command.env_clear().envs(kept);
    // The allocator reserves address space by thread; the limit is on address space.
    command.env("MALLOC_ARENA_MAX", "2").env("RUST_BACKTRACE", "0");
    let threads = thread::available_parallelism().map_or(1, usize::from).min(4).to_string();
    command.env("POLARS_MAX_THREADS", &threads).env("RAYON_NUM_THREADS", &threads);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
}
