//! Ids and tokens: made of chance, and the token known to its holder alone.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::domain::text::hexadecimal;
use crate::ports::{ID_BYTES, Owner, ScenarioId, StoreError};

/// What every token begins with, so that programs that look for leaked secrets find it.
pub const PREFIX: &str = "mediane_";
/// Longest text that is taken for a token.
const LONGEST: usize = 200;

/// A token: 256 random bits. Shown once, kept nowhere; the store holds its SHA-256, which nobody can turn back.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no chance to give.
    pub fn fresh() -> Result<Self, StoreError> {
        let bytes: [u8; 32] = random()?;
        Ok(Self(PREFIX.to_owned() + &hexadecimal(&bytes)))
    }

    /// A text that somebody gives as their token; whether it is one, the store knows. `None` when it is too long.
    #[must_use]
    pub fn given(text: &str) -> Option<Self> {
        (!text.is_empty() && text.len() <= LONGEST).then(|| Self(text.to_owned()))
    }

    /// Who owns what was kept with this token.
    #[must_use]
    pub fn owner(&self) -> Owner {
        Owner::of_hash(&Sha256::digest(self.0.as_bytes()))
    }

    /// The text, to be shown once.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// An id nobody has, and nobody can guess.
///
/// # Errors
/// When the system has no chance to give.
pub fn fresh_id() -> Result<ScenarioId, StoreError> {
    random::<ID_BYTES>().map(ScenarioId::of_bytes)
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_never_twice_the_same_and_never_shown_in_a_log() {
        let (one, other) = (Token::fresh().unwrap(), Token::fresh().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.as_str().len(), PREFIX.len() + 64);
        assert_eq!(Token::given(one.as_str()).map(|token| token.owner()), Some(one.owner()));
        assert_eq!(format!("{one:?}"), "Token(…)");
        assert_eq!(Token::given(&"a".repeat(201)), None);
    }

    #[test]
    fn an_owner_is_the_sha_256_of_the_token() {
        let owner = Token::given("abc").unwrap().owner();
        assert!(owner.as_str().starts_with("ba7816bf8f01cfea414140de5dae2223"), "{}", owner.as_str());
    }
}
