#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::path::{Path, PathBuf};

use clap::{Args as _, FromArgMatches as _};

use super::*;
use crate::editions;

fn arguments(line: &[&str]) -> Arguments {
    let command = Arguments::augment_args(clap::Command::new("mediane")).no_binary_name(true);
    Arguments::from_arg_matches(&command.try_get_matches_from(line).unwrap()).unwrap()
}

fn file(folder: &Path, text: impl AsRef<[u8]>) -> String {
    let path = folder.join("mediane.toml");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What is said of a file, without the folder it lies in.
fn refused(text: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), text);
    let said = Config::gather(&arguments(&["--config", &path])).unwrap_err().to_string();
    said.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn the_schema_and_the_example_in_the_tree_are_those_of_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, made) in [("packaging/mediane.schema.json", schema()), ("packaging/mediane.toml", example())] {
        let path = root.join(name);
        if std::env::var_os("MEDIANE_REWRITE").is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == made, "{name} is not that of the keys; MEDIANE_REWRITE=1 writes it anew");
    }
}

#[test]
fn every_line_of_the_example_is_understood_once_it_is_no_comment() {
    let folder = tempfile::tempdir().unwrap();
    let known = |line: &&str| KEYS.iter().any(|key| line.starts_with(&format!("#{} = ", key.name)));
    let lines: Vec<&str> = Box::leak(example().into_boxed_str()).lines().filter(known).collect();
    assert_eq!(lines.len(), KEYS.len(), "a key has no example");
    let text: String = lines.iter().map(|line| format!("{}\n", &line[1..])).collect();
    let config = Config::gather(&arguments(&["--config", &file(folder.path(), text)])).unwrap();
    assert!(config.lines().iter().all(|line| line.contains("mediane.toml:")), "{:?}", config.lines());
    // Every key is of the kind that the settings ask for.
    let settings = config.settings();
    assert!(settings.edition.is_some() && settings.store.is_some() && settings.moderators.is_some());
    assert!(settings.publisher.is_some() && settings.contact.is_some() && settings.public_url.is_some());
    assert!(!settings.embedded_by.is_empty() && settings.workers == 2);
    assert_eq!(settings.keep_editions, editions::KEPT);
}

#[test]
fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "\u{feff}workers = 3\r\nlisten = \"127.0.0.1:9000\"\r\n");
    let config = Config::gather(&arguments(&["--config", &path, "--workers", "5"])).unwrap();
    let settings = config.settings();
    assert_eq!((settings.workers, settings.listen.port(), settings.keep_editions), (5, 9000, 12));
    let lines = config.lines().join("\n");
    assert!(
        lines.contains("# --workers") && lines.contains("mediane.toml:2:10") && lines.contains("# default"),
        "{lines}"
    );
}

#[test]
fn an_unknown_key_is_refused_with_its_place_and_the_nearest_one() {
    // CFG-001
    assert_eq!(
        refused("workers = 2\nlistn = \"a\"\n"),
        "mediane.toml:2:1: unknown key `listn`; did you mean `listen`?"
    );
    assert_eq!(
        refused("public-url = \"x\"\n"),
        "mediane.toml:1:1: unknown key `public-url`; did you mean `public_url`?"
    );
    assert!(refused("[server]\nport = 1\n").starts_with("mediane.toml:1:2: unknown key `server`; "));
}

#[test]
fn a_wrong_value_is_refused_with_its_place_and_what_was_expected() {
    // CFG-002, 003, 004
    for (text, said) in [
        ("workers = \"two\"", "mediane.toml:1:11: workers: this is a text, expected a whole number from 1 to 64"),
        ("\n  workers = 0", "mediane.toml:2:13: workers: got \"0\", expected a whole number from 1 to 64"),
        ("workers = -1", "mediane.toml:1:11: workers: got \"-1\", expected a whole number from 1 to 64"),
        ("listen = \"70000\"", "mediane.toml:1:10: listen: got \"70000\", expected an IP address and a port"),
        ("listen = \"127.0.0.1:70000\"", "mediane.toml:1:10: listen: got"),
        ("quiet = \"yes\"", "mediane.toml:1:9: quiet: this is a text, expected true or false"),
        ("edition = [\"a\"]", "mediane.toml:1:11: edition: this is a list, expected a path"),
        ("embedded_by = [\"https://a.fr\", 1]", "mediane.toml:1:15: embedded_by: this is a list, expected origins"),
        ("workers = 2\nworkers = 3", "mediane.toml:2:1: not TOML: "),
        ("workers = ", "mediane.toml:1:"),
    ] {
        assert!(refused(text).starts_with(said), "{text}: {}", refused(text));
    }
    // CFG-025
    assert_eq!(refused(b"workers = 2\n# d\xe9partement\n"), "mediane.toml:2:4: not UTF-8; save the file as UTF-8");
}

#[test]
fn everything_wrong_is_told_at_once() {
    let said = refused("workers = 0\nlisten = \"x\"\n");
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn an_address_that_a_browser_would_run_is_no_public_url() {
    for url in ["javascript:alert(1)", "data:text/html,x", "ftp://a.fr", "//a.fr", "https://", "https://u@a.fr", "a.fr"]
    {
        let said = Config::gather(&arguments(&["--public-url", url])).unwrap_err().to_string();
        assert!(said.starts_with("--public-url: public_url: got ") && said.contains("https://"), "{said}");
    }
    for url in ["https://a.fr?x=1", "https://a.fr/#x", "https://a.fr/\"><script>", "https://a.fr/ b", "https://a.fr//b"]
    {
        assert!(Config::gather(&arguments(&["--public-url", url])).is_err(), "{url}");
    }
    for url in ["https://mediane.exemple.fr", "http://10.0.0.1:8080/", "https://a.fr/carte", "http://[::1]:80"] {
        let config = Config::gather(&arguments(&["--public-url", url])).unwrap();
        assert_eq!(config.settings().public_url.as_deref(), Some(url.trim_end_matches('/')));
    }
}

#[test]
fn a_password_is_never_shown() {
    // CFG-011
    let secret = "s3cr@t/x";
    let of = |url: &str| Config::gather(&arguments(&["--store", url]));
    for url in [format!("postgres://m:{secret}@h/d"), format!("postgres://m@h/d?password={secret}")] {
        let lines = of(&url).unwrap().lines().join("\n");
        assert!(!lines.contains("s3cr") && lines.contains("postgres://m"), "{lines}");
    }
    let said = of(&format!("mysql://m:{secret}@h/d")).unwrap_err().to_string();
    assert!(!said.contains("s3cr"), "{said}");
    let said = refused(format!("store = [\"postgres://m:{secret}@h/d\"]"));
    assert!(!said.contains("s3cr"), "{said}");
}

#[test]
fn relative_paths_of_a_file_begin_where_it_lies() {
    // CFG-007
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "edition = \"e\"\nstore = \"s.sqlite\"\n");
    let settings = Config::gather(&arguments(&["--config", &path])).unwrap().settings();
    assert_eq!(settings.edition, Some(folder.path().join("e")));
    assert_eq!(settings.store.map(PathBuf::from), Some(folder.path().join("s.sqlite")));
    let settings = Config::gather(&arguments(&["--edition", "e"])).unwrap().settings();
    assert_eq!(settings.edition, Some("e".into()), "those of a flag begin where the command was typed");
}

#[test]
fn links_that_would_lead_inside_are_warned_of() {
    let warnings = |line: &[&str]| Config::gather(&arguments(line)).unwrap().settings().warnings().join("\n");
    assert_eq!(warnings(&[]), "");
    assert!(warnings(&["--listen", "0.0.0.0:80"]).contains("public_url is not set"));
    for url in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:9", "http://0.0.0.0:80"] {
        assert!(warnings(&["--listen", "0.0.0.0:80", "--public-url", url]).contains("this very machine"), "{url}");
    }
    assert_eq!(warnings(&["--listen", "0.0.0.0:80", "--public-url", "https://a.fr"]), "");
}

#[test]
fn a_variable_with_a_slip_of_the_pen_is_told_and_those_of_others_are_not() {
    let told = |names: &[&str]| super::arguments::misspelt(names.iter().map(|name| (*name).to_owned()));
    let slips = told(&["MEDIANE_PUBLIC_ULR", "MEDIANE_LISTEN", "MEDIANE_LISTNE", "MEDIANE_CONFIG", "PATH"]);
    assert_eq!(slips.len(), 2, "{slips:?}");
    assert!(slips[0].contains("MEDIANE_LISTNE") && slips[0].ends_with("did you mean MEDIANE_LISTEN?"), "{slips:?}");
    assert!(slips[1].ends_with("did you mean MEDIANE_PUBLIC_URL?"), "{slips:?}");
    let of_others = ["MEDIANE_PORT", "MEDIANE_SERVICE_HOST", "MEDIANE_DATA", "MEDIANE_CASES", "HOME"];
    assert_eq!(told(&of_others), Vec::<String>::new());
}
