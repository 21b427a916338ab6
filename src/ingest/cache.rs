//! A file of the local mirror: its bytes within limits, compared with whatever vouches for them.

use std::fs;
use std::path::Path;

use super::report::{Code, FileRefused};
use super::table::{ReadOptions, check_announced, load};

/// What follows the name of a file in the name of the one that holds its SHA-256, as `sha256sum` writes it.
pub const DIGEST_SUFFIX: &str = ".sha256";

/// The bytes of a file of the cache; `None` when it is not there. `options.announced` is completed by the SHA-256 that
/// `mediane fetch` wrote beside the file.
///
/// # Errors
/// When the file cannot be read, is larger than the limit, or is not what its publisher announced or `fetch` received.
pub fn bytes(cache: &Path, options: &mut ReadOptions) -> Result<Option<Vec<u8>>, FileRefused> {
    let path = cache.join(&options.file);
    if fs::metadata(&path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        return Ok(None);
    }
    let bytes = load(&path, options)?;
    check_announced(&bytes, options)?;
    if let Some(fetched) = fetched_digest(cache, &options.file)? {
        options.announced.sha256 = Some(fetched);
        check_announced(&bytes, options).map_err(|refused| {
            let name = format!("{}{DIGEST_SUFFIX}", options.file);
            refused.hint(format!("the file is not the one that was fetched: fetch it again, or remove {name}"))
        })?;
    }
    Ok(Some(bytes))
}

/// The SHA-256 written beside a file, when there is one.
fn fetched_digest(cache: &Path, file: &str) -> Result<Option<String>, FileRefused> {
    let name = format!("{file}{DIGEST_SUFFIX}");
    let Ok(text) = fs::read_to_string(cache.join(&name)) else { return Ok(None) };
    let digest = text.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    if digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(Some(digest));
    }
    let message = "no SHA-256 there, expected 64 hexadecimal digits and the name of the file";
    Err(FileRefused::new(&name, Code::ChecksumMismatch, message).at_line(1))
}
