//! `mediane version`, `completions` and `man`: what the program says of itself to people, shells and packages.

use std::path::PathBuf;
use std::process::ExitCode;

use clap_complete::Shell;

use super::{Failure, exit, say};
use crate::ingest::edition;

#[derive(clap::Args)]
pub(super) struct Completions {
    /// For which shell
    shell: Shell,
}

#[derive(clap::Args)]
pub(super) struct Man {
    /// Write a page for each command there, instead of the first one on standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What whoever reports a defect, or builds a package, has to know.
pub(super) fn version() -> Result<ExitCode, Failure> {
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let filter =
        cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")));
    say([
        format!("mediane {}", env!("CARGO_PKG_VERSION")),
        format!("edition layout  {} (an edition of another layout is built again)", edition::FORMAT),
        "stores          SQLite, PostgreSQL".to_owned(),
        "formats         CSV, XLSX, GeoJSON, Parquet, Arrow, MVT".to_owned(),
        format!(
            "system          {system}; files are read {}",
            if filter { "without network (seccomp)" } else { "under limits" }
        ),
    ])?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn completions(arguments: &Completions, mut command: clap::Command) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "mediane", &mut text);
    say([String::from_utf8_lossy(&text).trim_end().to_owned()])?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn man(arguments: &Man, command: clap::Command) -> Result<ExitCode, Failure> {
    let failed = |error: std::io::Error| Failure::new(exit::ENVIRONMENT, error);
    if let Some(folder) = &arguments.out {
        std::fs::create_dir_all(folder).map_err(failed)?;
        clap_mangen::generate_to(command, folder).map_err(failed)?;
    } else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).map_err(failed)?;
        say([String::from_utf8_lossy(&page).trim_end().to_owned()])?;
    }
    Ok(ExitCode::SUCCESS)
}
