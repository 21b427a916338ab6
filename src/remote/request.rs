//! What to fetch, within which limits, and what came of it.

use std::path::PathBuf;
use std::time::Duration;

/// One file to fetch.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where it is: `https`, without user or password.
    pub url: String,
    /// Where it goes. What stands there is replaced only by a whole new file.
    pub path: PathBuf,
    /// Hex SHA-256 the file must have, when the publisher gives one.
    pub sha256: Option<String>,
    /// Which hosts may be called.
    pub hosts: Hosts,
    /// Deadlines and sizes.
    pub limits: Limits,
}

impl Request {
    /// A request to public hosts within the usual limits.
    #[must_use]
    pub fn new(url: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        let (url, path) = (url.into(), path.into());
        Self { url, path, sha256: None, hosts: Hosts::Public, limits: Limits::default() }
    }
}

/// Which hosts may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hosts {
    /// Hosts with public addresses, over `https`.
    Public,
    /// Whichever the one who runs this instance named: over `https`, or `http` on this very machine. Never for addresses that
    /// come from data.
    Named,
    /// Public hosts, and this very machine, over `http` too: for tests and for a mirror on the spot.
    PublicAndLoopback,
}

/// Deadlines and sizes of one fetch.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest silence of the server.
    pub idle: Duration,
    /// Longest time for everything, redirects and new tries included.
    pub total: Duration,
    /// Largest file, in bytes.
    pub bytes: u64,
    /// Most tries; only failures that may pass are tried again.
    pub tries: u32,
    /// Pause before the second try; it doubles before each next one.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            total: Duration::from_mins(10),
            bytes: 512 << 20,
            tries: 4,
            pause: Duration::from_secs(1),
        }
    }
}

/// How far a download is. A new try starts again from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes received.
    pub received: u64,
    /// Bytes announced, when the server says.
    pub expected: Option<u64>,
}

/// A file that arrived whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its size, in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hex.
    pub sha256: String,
    /// The address that answered, after redirects.
    pub url: String,
    /// How many tries it took.
    pub tries: u32,
}
