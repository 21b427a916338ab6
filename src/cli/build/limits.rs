//! What the process that reads files nobody vouches for may use: memory, time, files, and no network.

use std::io;

use rlimit::{Resource, setrlimit};

/// Largest file it may write.
const FILE_BYTES: u64 = 2 << 30;
/// Most files it may have open.
const OPEN_FILES: u64 = 64;

/// What may be set from outside.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Limits {
    /// Memory the reading may take, in MiB; a file that needs more is refused
    #[arg(long = "memory", value_name = "MIB", default_value_t = 2048, value_parser = clap::value_parser!(u64).range(256..=1_048_576))]
    pub memory_mib: u64,
    /// Processor time the reading may take, in seconds
    #[arg(long = "seconds", value_name = "S", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub seconds: u64,
}

/// Puts this process under the limits, for good.
///
/// # Errors
/// When the system refuses one of them.
pub fn enter(limits: Limits) -> io::Result<()> {
    let same = |resource, value| setrlimit(resource, value, value);
    same(Resource::AS, limits.memory_mib << 20)?;
    same(Resource::CPU, limits.seconds)?;
    same(Resource::FSIZE, FILE_BYTES)?;
    same(Resource::NOFILE, OPEN_FILES)?;
    same(Resource::CORE, 0)?;
    without_network()
}

/// Forbids sockets to this process and all its threads: the kernel answers EPERM.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
fn without_network() -> io::Result<()> {
    use std::collections::BTreeMap;

    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter_all_threads};

    // Numbers of the kernel's tables (asm/unistd.h): socket, and io_uring_setup, which can open sockets too.
    let socket = if cfg!(target_arch = "x86_64") { 41 } else { 198 };
    let forbidden = [socket, 425].map(|call| (call, Vec::new()));
    let arch = std::env::consts::ARCH.try_into().map_err(io::Error::other)?;
    // EPERM of errno.h.
    let denied = SeccompAction::Errno(1);
    let filter = SeccompFilter::new(BTreeMap::from(forbidden), SeccompAction::Allow, denied, arch);
    let program: BpfProgram = filter.and_then(TryInto::try_into).map_err(io::Error::other)?;
    apply_filter_all_threads(&program).map_err(io::Error::other)
}

/// Other systems have no such filter here; the limits on memory, time and files hold.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
fn without_network() -> io::Result<()> {
    Ok(())
}
