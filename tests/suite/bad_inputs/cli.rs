//! The cases of the command line, through the program: how it ends, and what it leaves.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::super::running::published;
use super::super::workshop::{Workshop, build_of, rows};

const AS_SAID: &str = "cli_exit";

fn mediane() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mediane"))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// How a command ends, and that it neither panics nor shows its inside.
fn ends(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    let text = said(&output);
    assert!(!text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{text}");
    (output.status.code().unwrap_or(-1), text)
}

/// The outcome, when it ends with this code and names all of these; else how it ended.
fn with(command: &mut Command, code: i32, words: &[&str]) -> String {
    let (ended, text) = ends(command);
    if ended == code && words.iter().all(|word| text.contains(word)) {
        return AS_SAID.into();
    }
    format!("exit_{ended}: {text}")
}

fn first_other(outcomes: impl IntoIterator<Item = String>) -> String {
    outcomes.into_iter().find(|outcome| outcome != AS_SAID).unwrap_or_else(|| AS_SAID.into())
}

fn build(workshop: &Workshop) -> Command {
    build_of(&workshop.path(""))
}

fn check(file: &Path) -> Command {
    let mut command = mediane();
    command.args(["check", "--data", concat!(env!("CARGO_MANIFEST_DIR"), "/data")]).arg(file);
    command
}

/// A small edition, in a folder of its own.
fn edition() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    published(&out);
    (folder, out)
}

fn matching(edition: &Path, input: &Path, output: &Path) -> Command {
    let mut command = mediane();
    command.arg("match").arg("--edition").arg(edition).arg("--input").arg(input).arg("--output").arg(output);
    command
}

/// What became of a case.
pub fn case(id: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &OsStr, text: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    Some(match id.strip_prefix("CLI-")?.parse::<u32>().ok()? {
        1 => {
            let help = mediane().arg("--help").output().unwrap();
            assert!(help.status.success() && !help.stdout.is_empty() && help.stderr.is_empty());
            first_other([
                with(&mut mediane(), 2, &["Usage"]),
                with(mediane().arg("biuld"), 2, &["build"]),
                with(mediane().args(["build", "--otu", "x"]), 2, &["--out"]),
            ])
        }
        2 => {
            let (_folder, edition) = edition();
            let missing = folder.path().join("missing.csv");
            first_other([
                with(&mut check(&missing), 3, &["missing.csv"]),
                with(&mut matching(&edition, &missing, &folder.path().join("o.csv")), 3, &["missing.csv"]),
            ])
        }
        3 => first_other([with(&mut check(folder.path()), 3, &[])]),
        5 => {
            let path = write(OsStr::from_bytes(b"liste-\xff\xe9.csv"), rows(20, 0.0).as_bytes());
            let (ended, text) = ends(&mut check(&path));
            if matches!(ended, 0 | 7) { AS_SAID.into() } else { format!("exit_{ended}: {text}") }
        }
        6 => {
            let (_folder, edition) = edition();
            let mut command = mediane();
            command.args(["match", "--format", "arrow", "--edition"]).arg(edition);
            let mut running =
                command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            running.stdin.take().unwrap().write_all(b"no arrow").unwrap();
            let output = running.wait_with_output().unwrap();
            let ended = output.status.code();
            if ended == Some(3) { AS_SAID.into() } else { format!("exit_{ended:?}: {}", said(&output)) }
        }
        7 => {
            let mut running = mediane().arg("man").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut first = [0; 1];
            let mut out = running.stdout.take().unwrap();
            out.read_exact(&mut first).unwrap();
            drop(out);
            let output = running.wait_with_output().unwrap();
            let text = said(&output);
            assert!(!text.contains("panicked"), "{text}");
            let ended = output.status.code();
            if matches!(ended, Some(0 | 141) | None) { AS_SAID.into() } else { format!("exit_{ended:?}: {text}") }
        }
        8 => {
            let (_folder, edition) = edition();
            let there = write(OsStr::new("there.csv"), b"kept");
            let mut export = mediane();
            export.args(["export", "--format", "csv", "--edition"]).arg(edition).arg("--out").arg(&there);
            let (ended, text) = ends(&mut export);
            let kept = fs::read(&there).unwrap() == b"kept";
            assert!(ended != 0 || !kept, "{text}");
            if ended == 3 && kept { AS_SAID.into() } else { format!("exit_{ended}") }
        }
        12 => {
            let workshop = Workshop::with_list();
            fs::create_dir_all(workshop.path("out")).unwrap();
            fs::write(workshop.path("out/.lock"), "999999999").unwrap();
            with(&mut build(&workshop), 0, &[])
        }
        14 => {
            let good = write(OsStr::new("bonne.csv"), rows(20, 0.0).as_bytes());
            let bad =
                write(OsStr::new("mauvaise.csv"), b"id,nom,commune,code_postal,adresse\n,,,,\nx1,,Paris,75001,1 rue\n");
            let before: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            let (good, _) = ends(&mut check(&good));
            let (bad, text) = ends(&mut check(&bad));
            let after: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert_eq!(before.len(), after.len(), "nothing was written");
            assert!(text.contains('3'), "the line of the row: {text}");
            if matches!(good, 0 | 7) && bad == 7 { AS_SAID.into() } else { format!("exit_{good}_{bad}") }
        }
        16 => {
            let row = "x1,\u{1b}[31mRouge\u{1b}[0m \u{1b}]0;titre\u{7},Guéret,23000,1 rue du Lieu\n";
            let path =
                write(OsStr::new("echappes.csv"), format!("id,nom,commune,code_postal,adresse\n{row}{row}").as_bytes());
            let (ended, text) = ends(&mut check(&path));
            assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
            if matches!(ended, 0 | 7) { AS_SAID.into() } else { format!("exit_{ended}: {text}") }
        }
        17 => {
            let path = write(OsStr::new("liste.csv"), rows(20, 0.0).as_bytes());
            let here = ends(&mut check(&path)).0;
            let elsewhere = [("LANG", "C"), ("LC_ALL", "fr_FR.ISO-8859-1"), ("NO_COLOR", "1"), ("COLUMNS", "40")];
            for (name, value) in elsewhere {
                assert_eq!(ends(check(&path).env(name, value)).0, here, "{name}");
            }
            AS_SAID.into()
        }
        18 => {
            let ids = ["UTC", "Pacific/Kiritimati"].map(|zone| {
                let workshop = Workshop::with_list();
                assert_eq!(ends(build(&workshop).env("TZ", zone)).0, 0);
                workshop.atlas().edition().id.clone()
            });
            assert_eq!(ids[0], ids[1], "the same bytes under another clock");
            AS_SAID.into()
        }
        22 => {
            first_other([with(mediane().arg("a".repeat(100_000)), 2, &[]), with(mediane().arg("build\nserve"), 2, &[])])
        }
        23 => {
            let (_folder, edition) = edition();
            let place = |posts: &str| {
                let mut command = mediane();
                command.args(["place", "--edition"]).arg(&edition).args(["--territory", "departements/23"]);
                command.arg(format!("--posts={posts}"));
                ends(&mut command).0
            };
            let ended = ["-1", "1.5", "cinq"].map(place);
            if ended == [2; 3] { AS_SAID.into() } else { format!("exit_{ended:?}") }
        }
        24 => {
            let version = mediane().arg("--version").output().unwrap();
            assert!(version.status.success() && said(&version).contains(env!("CARGO_PKG_VERSION")));
            with(mediane().arg("version"), 0, &[env!("CARGO_PKG_VERSION")])
        }
        _ => return None,
    })
}
