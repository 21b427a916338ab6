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
    // The soft limit says which one it was; at the hard one the kernel would only kill.
    setrlimit(Resource::CPU, limits.seconds, limits.seconds + 5)?;
    same(Resource::FSIZE, FILE_BYTES)?;
    same(Resource::NOFILE, OPEN_FILES)?;
    same(Resource::CORE, 0)?;
    without_network()
}

/// Forbids sockets to this process and all its threads: the kernel answers EPERM.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
fn without_network() -> io::Result<()> {
    seccompiler::apply_filter_all_threads(&no_sockets()?).map_err(io::Error::other)
}

/// The filter that forbids sockets.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
fn no_sockets() -> io::Result<seccompiler::BpfProgram> {
    use std::collections::BTreeMap;

    use seccompiler::{SeccompAction, SeccompFilter};

    // Numbers of the kernel's tables (asm/unistd.h): socket, and io_uring_setup, which can open sockets too.
    let socket = if cfg!(target_arch = "x86_64") { 41 } else { 198 };
    let forbidden = [socket, 425].map(|call| (call, Vec::new()));
    let arch = std::env::consts::ARCH.try_into().map_err(io::Error::other)?;
    // EPERM of errno.h.
    let denied = SeccompAction::Errno(1);
    let filter = SeccompFilter::new(BTreeMap::from(forbidden), SeccompAction::Allow, denied, arch);
    filter.and_then(TryInto::try_into).map_err(io::Error::other)
}

/// Other systems have no such filter here; the limits on memory, time and files hold.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"))))]
fn without_network() -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
mod tests {
    use std::net::{TcpListener, TcpStream, UdpSocket};

    #[test]
    fn under_the_filter_no_socket_opens() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        assert!(TcpStream::connect(address).is_ok(), "without it one does");
        // The filter of one thread, which ends with it.
        let denied = std::thread::spawn(move || {
            seccompiler::apply_filter(&super::no_sockets().unwrap()).unwrap();
            let file = std::fs::read(std::env::current_exe().unwrap());
            (TcpStream::connect(address).is_err(), UdpSocket::bind("127.0.0.1:0").is_err(), file.is_ok())
        });
        assert_eq!(denied.join().unwrap(), (true, true, true), "no network; files as before");
    }
}
