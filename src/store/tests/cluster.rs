//! A `PostgreSQL` of a test's own, started by Debian's own programs; the suite reads this file too.

use std::fs;
use std::io::Error;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The folder of `initdb` and `pg_ctl`, of the latest version.
pub fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    versions.filter(|folder| folder.join("initdb").exists()).max()
}

/// A cluster that listens on a socket in its own folder, and ends with the test.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    user: Option<(u32, u32)>,
}

impl Cluster {
    pub fn start(programs: PathBuf) -> Result<Self, Error> {
        let folder = tempfile::Builder::new().prefix("mediane-pg").tempdir_in("/tmp")?;
        let user = ordinary_user()?;
        if let Some((uid, gid)) = user {
            chown(folder.path(), Some(uid), Some(gid))?;
        }
        let cluster = Self { folder, programs, user };
        let data = cluster.folder.path().join("data");
        cluster.run("initdb", &["--no-sync", "--auth=trust", "--username=mediane", "--encoding=UTF8"], &data)?;
        cluster.go_on()?;
        Ok(cluster)
    }

    pub fn go_on(&self) -> Result<(), Error> {
        let folder = self.folder.path().display();
        let options = format!("-c listen_addresses='' -c unix_socket_directories={folder}");
        let log = format!("{folder}/log");
        let start = ["start", "--wait", "--timeout=30", "--log", &log, "--options", &options];
        self.run("pg_ctl", &start, &self.folder.path().join("data"))
    }

    pub fn stop(&self) -> Result<(), Error> {
        let stop = ["stop", "--mode=immediate", "--timeout=30"];
        self.run("pg_ctl", &stop, &self.folder.path().join("data"))
    }

    pub fn url(&self) -> String {
        let socket = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://mediane@localhost/postgres?host={socket}")
    }

    fn run(&self, program: &str, arguments: &[&str], data: &Path) -> Result<(), Error> {
        let mut command = Command::new(self.programs.join(program));
        command.args(arguments).arg("--pgdata").arg(data).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null());
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        let status = command.stderr(Stdio::null()).status()?;
        status.success().then_some(()).ok_or_else(|| Error::other(format!("{program} ended with {status}")))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("the PostgreSQL of this test may still run: {error}");
        }
    }
}

/// `PostgreSQL` refuses to run as root: then somebody else's numbers, who owns nothing here.
fn ordinary_user() -> Result<Option<(u32, u32)>, Error> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let known = fs::read_to_string("/etc/passwd")?;
    let numbers = |name: &str| {
        let line = known.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    let found = numbers("postgres").or_else(|| numbers("nobody"));
    found.map(Some).ok_or_else(|| Error::other("root cannot run it, and there is no other user"))
}
