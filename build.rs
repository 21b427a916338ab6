//! Names the build: a fingerprint of everything that decides what the program answers, and no clock.
//!
//! It is part of every `ETag`, so that an answer kept by a browser or a proxy is not taken for that of another program.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What goes into the program.
const PARTS: [&str; 6] = ["src", "web/templates", "web/words", "web/src", "web/styles", "Cargo.lock"];

fn main() {
    let mut fingerprint = Fingerprint::new();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        let mut files = Vec::new();
        gather(Path::new(part), &mut files);
        files.sort();
        for file in files {
            fingerprint.add(file.to_string_lossy().as_bytes());
            fingerprint.add(&fs::read(&file).unwrap_or_default());
        }
    }
    // Numbers may differ in their last digit from one compiler or target to another.
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    fingerprint.add(&version);
    for name in ["CARGO_PKG_VERSION", "TARGET", "OPT_LEVEL"] {
        fingerprint.add(env::var(name).unwrap_or_default().as_bytes());
    }
    println!("cargo::rustc-env=MEDIANE_BUILD={:032x}", fingerprint.0);
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        gather(&entry.path(), files);
    }
}

/// FNV-1a of 128 bits: told apart are builds, not forgers. The length of each part is part of it.
struct Fingerprint(u128);

impl Fingerprint {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
}
