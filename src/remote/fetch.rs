//! `fetch`: one file from the network, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use reqwest::blocking::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE};
use sha2::{Digest, Sha256};

use crate::domain::text::hexadecimal;

use super::error::{Cause, FetchError};
use super::hop::{Resolve, by_the_system, follow};
use super::request::{Fetched, Progress, Request};

/// Fetches a file, trying again what may pass; `progress` is told after each piece.
///
/// The bytes go to a `.part` file beside the target, which takes its place only when everything was checked.
///
/// # Errors
/// Names the address and the cause; the file that stood there before still stands.
pub fn fetch(request: &Request, progress: &mut dyn FnMut(Progress)) -> Result<Fetched, FetchError> {
    fetch_by(request, progress, &by_the_system)
}

/// The same with names of hosts that somebody else resolves: tests say where a name leads.
fn fetch_by(
    request: &Request,
    progress: &mut dyn FnMut(Progress),
    resolve: Resolve<'_>,
) -> Result<Fetched, FetchError> {
    let deadline = Instant::now() + request.limits.total;
    let mut pause = request.limits.pause;
    let mut tries = 1;
    loop {
        match attempt(request, deadline, progress, resolve) {
            Ok(arrived) => return Ok(Fetched { tries, ..arrived }),
            Err(cause) if cause.may_pass() && tries < request.limits.tries && Instant::now() + pause < deadline => {
                thread::sleep(pause);
                pause *= 2;
                tries += 1;
            }
            Err(cause) => return Err(FetchError { url: request.url.clone(), cause, tries }),
        }
    }
}

/// One try, from the first hop to the rename.
fn attempt(
    request: &Request,
    deadline: Instant,
    progress: &mut dyn FnMut(Progress),
    resolve: Resolve<'_>,
) -> Result<Fetched, Cause> {
    let mut response = follow(request, deadline, resolve)?;
    // Nothing but the file as it is was asked for: what is packed all the same may unpack to anything.
    if let Some(packed) = response.headers().get(CONTENT_ENCODING).filter(|kind| *kind != "identity") {
        return Err(Cause::Packed(String::from_utf8_lossy(packed.as_bytes()).into_owned()));
    }
    if response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return Err(Cause::WebPage);
    }
    if let Some(folder) = request.path.parent() {
        fs::create_dir_all(folder).map_err(Cause::Disk)?;
    }
    let part = part_of(&request.path);
    let stored = store(&mut response, &part, request, deadline, progress).and_then(|arrived| {
        fs::rename(&part, &request.path).map_err(Cause::Disk)?;
        Ok(arrived)
    });
    if stored.is_err() {
        // The cause at hand is the one to tell; a leftover part is overwritten next time.
        let _ = fs::remove_file(&part);
    }
    stored
}

/// Writes the body to `part` and checks it.
fn store(
    response: &mut Response,
    part: &Path,
    request: &Request,
    deadline: Instant,
    progress: &mut dyn FnMut(Progress),
) -> Result<Fetched, Cause> {
    let limit = request.limits.bytes;
    let expected = response.content_length();
    if expected.is_some_and(|expected| expected > limit) {
        return Err(Cause::TooBig { limit });
    }
    let mut file = File::create(part).map_err(Cause::Disk)?;
    let mut digest = Sha256::new();
    let mut head = Vec::new();
    let mut received = 0;
    let mut buffer = vec![0; 64 << 10];
    loop {
        if Instant::now() >= deadline {
            return Err(Cause::Timeout("the whole download took too long"));
        }
        let piece = match response.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => &buffer[..length],
            Err(error) => return Err(broken(&error, received, expected)),
        };
        received += piece.len() as u64;
        if received > limit {
            return Err(Cause::TooBig { limit });
        }
        head.extend_from_slice(&piece[..piece.len().min(512 - head.len())]);
        digest.update(piece);
        file.write_all(piece).map_err(Cause::Disk)?;
        progress(Progress { received, expected });
    }
    if expected.is_some_and(|expected| expected != received) {
        return Err(Cause::Cut { received, expected });
    }
    if received == 0 {
        return Err(Cause::Empty);
    }
    if looks_like_a_web_page(&head) {
        return Err(Cause::WebPage);
    }
    let sha256 = hexadecimal(&digest.finalize());
    if let Some(expected) = request.sha256.as_deref().filter(|expected| !expected.eq_ignore_ascii_case(&sha256)) {
        return Err(Cause::WrongDigest { got: sha256, expected: expected.into() });
    }
    file.sync_all().map_err(Cause::Disk)?;
    Ok(Fetched { bytes: received, sha256, url: response.url().to_string(), tries: 1 })
}

/// Tells silence from a broken answer.
fn broken(error: &io::Error, received: u64, expected: Option<u64>) -> Cause {
    let silent = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<reqwest::Error>())
        .is_some_and(reqwest::Error::is_timeout);
    if silent || error.kind() == io::ErrorKind::TimedOut {
        Cause::Timeout("the server fell silent")
    } else {
        Cause::Cut { received, expected }
    }
}

/// Error pages and portals come with status 200 and any type; what they start with gives them away.
fn looks_like_a_web_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

#[cfg(test)]
mod tests;
