//! What stands for a visitor where several processes must agree who is who, and what only they can have made: digests with a
//! secret that they share. Whoever reads the secret beside the digests can try every address, so digests of visitors are kept
//! no longer than they are counted with.

use std::fmt;

use sha2::{Digest, Sha256};

use super::visitor::Visitor;

/// What digests are made with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret that was kept.
    #[must_use]
    pub fn of_kept(text: String) -> Self {
        Self(text)
    }

    /// A new one, as it is kept; `None` when the system has no chance to give.
    #[must_use]
    pub fn fresh() -> Option<String> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).ok()?;
        Some(hexadecimal(&bytes))
    }

    /// A digest of these parts that nobody makes without the secret: 32 hexadecimal digits.
    #[must_use]
    pub fn digest(&self, parts: &[&[u8]]) -> String {
        let mut hash = Sha256::new().chain_update(&self.0);
        for part in parts {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        hexadecimal(&hash.finalize()[..16])
    }

    /// What stands for a visitor; empty where limits of one visitor do not apply.
    #[must_use]
    pub fn visitor(&self, visitor: Visitor) -> String {
        if visitor.is_known() { self.digest(&[b"visitor", &visitor.bytes()]) } else { String::new() }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Bytes as lower-case hexadecimal digits: this room stands on no other, not even for that.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_depends_on_the_secret_on_every_part_and_on_where_parts_end() {
        let (one, other) = (Secret::of_kept("a".into()), Secret::of_kept(Secret::fresh().unwrap()));
        assert_eq!(one.digest(&[b"ab", b"c"]), one.digest(&[b"ab", b"c"]));
        assert_ne!(one.digest(&[b"ab", b"c"]), one.digest(&[b"a", b"bc"]));
        assert_ne!(one.digest(&[b"ab", b"c"]), other.digest(&[b"ab", b"c"]));
        let at = |address: &str| one.visitor(Visitor::at(address.parse().unwrap()));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
        assert_eq!(one.visitor(Visitor::default()), "");
    }
}
