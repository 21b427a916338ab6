//! The keys of the house, and nothing else.

fn main() -> std::process::ExitCode {
    mediane::cli::run()
}
