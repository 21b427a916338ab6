//! The cases of the configuration, through the program: `mediane config` reads what `serve` would, and `serve` opens it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const REFUSED: &str = "refuse_start_or_named";

struct Instance {
    folder: tempfile::TempDir,
}

impl Instance {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn run(&self, command: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Output {
        let path = self.write("mediane.toml", bytes);
        let mut program = Command::new(env!("CARGO_BIN_EXE_mediane"));
        program.current_dir(self.folder.path()).arg(command).arg("--config").arg(path).args(more).output().unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Refused, with every one of these words; else how it ended.
fn refused(bytes: impl AsRef<[u8]>, words: &[&str]) -> String {
    let output = Instance::new().run("config", bytes, &[]);
    let text = said(&output);
    if output.status.code() == Some(2) && words.iter().all(|word| text.contains(word)) {
        return REFUSED.into();
    }
    format!("exit_{:?}: {text}", output.status.code())
}

/// Read, and warned of with every one of these words.
fn warned(instance: &Instance, text: &str, words: &[&str]) -> String {
    let output = instance.run("config", text, &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_warned = output.status.success() && words.iter().all(|word| told.contains(word));
    if is_warned { REFUSED.into() } else { format!("exit_{:?}: {told}", output.status.code()) }
}

/// The same of several files; the first that differs is told.
fn all(files: &[(&str, &[&str])]) -> String {
    let outcomes = files.iter().map(|(text, words)| refused(text, words));
    outcomes.into_iter().find(|outcome| outcome != REFUSED).unwrap_or_else(|| REFUSED.into())
}

/// `serve` ends with this code before it listens, and names these.
fn not_served(instance: &Instance, text: &str, code: i32, words: &[&str]) {
    let output = instance.run("serve", text, &["--listen", "127.0.0.1:0"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(words.iter().all(|word| told.contains(word)), "{told}");
}

/// What became of a case.
pub fn case(id: &str) -> Option<String> {
    Some(match id.strip_prefix("CFG-")?.parse::<u32>().ok()? {
        1 => all(&[("# a\nlistten = \"127.0.0.1:1\"\n", &["mediane.toml:2:1", "listten", "did you mean `listen`?"])]),
        2 => all(&[
            ("listen = \"127.0.0.1:abc\"\n", &["mediane.toml:1:10", "listen"]),
            ("listen = \"127.0.0.1:70000\"\n", &["listen", "an IP address and a port"]),
            ("listen = 8080\n", &["listen", "a whole number"]),
            ("workers = 0\n", &["workers", "from 1 to 64"]),
            ("workers = -1\n", &["workers", "from 1 to 64"]),
            ("workers = \"deux\"\n", &["workers", "from 1 to 64"]),
        ]),
        3 => all(&[
            ("shutdown_delay = 30\n", &["shutdown_delay", "with its unit"]),
            ("shutdown_delay = \"30\"\n", &["shutdown_delay", "with its unit"]),
        ]),
        4 => all(&[("workers = 0\n", &["workers", "from 1"])]),
        6 => {
            let instance = Instance::new();
            let missing = instance.path("nowhere");
            not_served(&instance, &format!("edition = \"{}\"\n", missing.display()), 3, &["nowhere"]);
            let file = instance.write("a-file", "x");
            not_served(&instance, &format!("edition = \"{}\"\n", file.display()), 3, &["a-file"]);
            REFUSED.into()
        }
        7 => {
            let instance = Instance::new();
            let text = said(&instance.run("config", "edition = \"here\"\n", &[]));
            let folder = fs::canonicalize(instance.folder.path()).unwrap();
            let shown = [instance.path("here"), folder.join("here")].iter().any(|path| text.contains(&show(path)));
            assert!(shown, "{text}");
            REFUSED.into()
        }
        8 => {
            let instance = Instance::new();
            let tokens = instance.write("moderators", "trop-court\n");
            fs::set_permissions(&tokens, fs::Permissions::from_mode(0o600)).unwrap();
            let edition = edition(&instance);
            not_served(
                &instance,
                &format!("edition = \"{}\"\nmoderators = \"{}\"\n", edition.display(), tokens.display()),
                2,
                &["moderators", "32"],
            );
            REFUSED.into()
        }
        10 => {
            let instance = Instance::new();
            let tokens = instance.write("moderators", "un-jeton-qui-est-assez-long-0123456789\n");
            fs::set_permissions(&tokens, fs::Permissions::from_mode(0o644)).unwrap();
            warned(&instance, &format!("moderators = \"{}\"\n", tokens.display()), &["moderators", "chmod"])
        }
        20 => warned(&Instance::new(), "metrics_listen = \"0.0.0.0:9100\"\n", &["metrics_listen", "everywhere"]),
        11 => {
            let instance = Instance::new();
            let text = "store = \"postgres://lui:Canari-8842@127.0.0.1:1/base\"\n";
            let shown = said(&instance.run("config", text, &[]));
            assert!(!shown.contains("Canari-8842") && shown.contains("127.0.0.1:1"), "{shown}");
            REFUSED.into()
        }
        12 => all(&[
            ("store = [\"a.sqlite\", \"postgres://h/b\"]\n", &["store"]),
            ("store = \"a.sqlite\"\nstore = \"postgres://h/b\"\n", &["mediane.toml:2"]),
        ]),
        18 => all(&[
            ("embedded_by = [\"*\"]\n", &["embedded_by", "origins"]),
            ("embedded_by = [\"https://a.fr; script-src *\"]\n", &["embedded_by"]),
        ]),
        19 => all(&[
            ("trusted_proxies = [\"0.0.0.0/0\"]\n", &["trusted_proxies", "whole Internet"]),
            ("trusted_proxies = [\"10.0.0.0/99\"]\n", &["trusted_proxies"]),
            ("trusted_proxies = [\"proxy\"]\n", &["trusted_proxies"]),
        ]),
        // Plain http is refused when it is called, once the host is known not to be this machine (src/remote/hop.rs).
        22 => refused("edition = \"https://moi:secret@exemple.fr/editions\"\n", &["edition", "https://"]),
        24 => {
            let instance = Instance::new();
            let path = instance.write("mediane.toml", "workers = 3\n");
            let mut command = Command::new(env!("CARGO_BIN_EXE_mediane"));
            let command = command.env("MEDIANE_WORKERS", "5").args(["config", "--config"]).arg(path);
            let text = said(&command.output().unwrap());
            let line = text.lines().find(|line| line.contains("workers")).unwrap_or_default();
            assert!(line.contains('5') && line.contains("MEDIANE_WORKERS"), "{text}");
            REFUSED.into()
        }
        25 => {
            let good = Instance::new().run("config", "\u{feff}workers = 3\r\n\tquiet = true\r\n", &[]);
            assert!(good.status.success() && said(&good).contains('3'), "{}", said(&good));
            refused(b"# a\npublisher = \"D\xe9partement\"\n", &["mediane.toml:2:", "UTF-8"])
        }
        _ => return None,
    })
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

/// A small edition to serve.
fn edition(instance: &Instance) -> PathBuf {
    let out = instance.path("out");
    super::super::running::published(&out);
    out
}
