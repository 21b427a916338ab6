//! Answers may hold what only their reader should have: a token that is shown once. So they are kept sealed with the key of the
//! request, which is not kept: whoever reads the store and does not know the key reads nothing.

use sha2::{Digest, Sha256};

/// Bytes of chance in front, so that no two answers are sealed alike.
const CHANCE: usize = 16;

/// Seals a text; `None` when the system has no chance to give.
pub(super) fn close(key: &str, text: &str) -> Option<String> {
    let mut chance = [0_u8; CHANCE];
    getrandom::fill(&mut chance).ok()?;
    let sealed = stream(key, &chance).zip(text.bytes()).map(|(mask, byte)| mask ^ byte);
    let mut out = String::with_capacity(2 * (CHANCE + text.len()));
    for byte in chance.into_iter().chain(sealed) {
        out.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
    }
    Some(out)
}

/// Opens it; `None` for what was not sealed with this key.
pub(super) fn open(key: &str, sealed: &str) -> Option<String> {
    let digit = |at: usize| char::from(*sealed.as_bytes().get(at)?).to_digit(16);
    let bytes: Option<Vec<u8>> =
        (0..sealed.len() / 2).map(|at| Some((digit(2 * at)? << 4 | digit(2 * at + 1)?) as u8)).collect();
    let bytes = bytes.filter(|bytes| bytes.len() > CHANCE)?;
    let (chance, sealed) = bytes.split_at(CHANCE);
    String::from_utf8(stream(key, chance).zip(sealed).map(|(mask, byte)| mask ^ byte).collect()).ok()
}

/// SHA-256 of key, chance and a counter, block after block.
fn stream(key: &str, chance: &[u8]) -> impl Iterator<Item = u8> {
    let begun = Sha256::new().chain_update(b"answer").chain_update(chance).chain_update(key);
    (0_u64..).flat_map(move |block| begun.clone().chain_update(block.to_be_bytes()).finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_by_its_key_alone_and_never_looks_alike() {
        let text = "{\"token\":\"mediane_…\"}".repeat(50);
        let (one, other) = (close("k", &text).unwrap(), close("k", &text).unwrap());
        assert_ne!(one, other);
        assert!(!one.contains("mediane"));
        assert_eq!(open("k", &one), Some(text.clone()));
        assert_ne!(open("l", &one), Some(text));
        for bad in ["", "zz", "00"] {
            assert_eq!(open("k", bad), None);
        }
    }
}
