//! Answers may hold what only their reader should have: a token that is shown once. So they are kept sealed with the key of the
//! request, which is not kept: whoever reads the store and does not know the key reads nothing.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};

use crate::domain::text::hexadecimal;

/// Bytes of chance in front, so that no two answers are sealed alike.
const CHANCE: usize = 16;

/// Seals a text; `None` when the system has no chance to give.
pub(super) fn close(key: &str, text: &str) -> Option<String> {
    let mut chance = [0_u8; CHANCE];
    getrandom::fill(&mut chance).ok()?;
    let mut sealed = text.as_bytes().to_vec();
    cipher(key, &chance)?.seal_in_place_append_tag(nonce(), Aad::empty(), &mut sealed).ok()?;
    Some(hexadecimal(&chance) + &hexadecimal(&sealed))
}

/// Opens it; `None` for what was not sealed with this key.
pub(super) fn open(key: &str, sealed: &str) -> Option<String> {
    let byte = |at: usize| u8::from_str_radix(sealed.get(2 * at..2 * at + 2)?, 16).ok();
    let mut bytes = (0..sealed.len() / 2).map(byte).collect::<Option<Vec<u8>>>()?;
    let (chance, sealed) = bytes.split_at_mut_checked(CHANCE)?;
    let text = cipher(key, chance)?.open_in_place(nonce(), Aad::empty(), sealed).ok()?;
    String::from_utf8(text.to_vec()).ok()
}

/// A cipher of its own for each answer: its key is made of that of the request and of chance.
fn cipher(key: &str, chance: &[u8]) -> Option<LessSafeKey> {
    let bytes = Sha256::new().chain_update(b"answer").chain_update(chance).chain_update(key).finalize();
    UnboundKey::new(&CHACHA20_POLY1305, &bytes).ok().map(LessSafeKey::new)
}

/// A cipher seals one answer, so that any number will do once.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
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
