//! The shapes of what lies outside: what the front door asks of a store of scenarios, whichever store it is; of whoever reads
//! lists; of whoever knows addresses.
//!
//! Nothing here has a clock or a source of chance: instants, ids and owners are given.

mod geocoder;
mod once;
mod plans;
mod reports;
mod waiting;

use std::fmt;
use std::pin::Pin;

use chrono::NaiveDateTime;

use crate::domain::text::hexadecimal;

pub use geocoder::{AddressAsked, AddressTold, Geocoder};
pub use once::{ANSWERS_KEPT_FOR, Keyed, MOST_ANSWERS_OF_ONE, OnceStore, Repeated, UNDER_WAY};
pub use plans::{
    Admitted, Board, KEPT_FOR, LEASE, MOST_ATTEMPTS, PlanClaim, PlanLimits, PlanLine, PlanState, PlanStore, PlanText,
    PostedPlan,
};
pub use reports::{
    LONGEST_REPORT, MOST_WAITING, MOST_WAITING_OF_A_VENUE, Report, ReportId, ReportKind, ReportStore, Verdict,
};
pub use waiting::wait;

/// Reads lists that nobody vouches for, apart from the process that answers visitors.
pub trait ListChecker: fmt::Debug + Send + Sync {
    /// Everything there is to say of a list of this name, as JSON.
    ///
    /// # Errors
    /// Why it could not be read to its end: memory, time, or the reader itself.
    fn check(&self, name: &str, list: &[u8]) -> Result<Vec<u8>, String>;
}

/// An answer that comes later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Bytes of an id: 128 bits of chance.
pub const ID_BYTES: usize = 16;
/// Most scenarios of one owner.
pub const MOST_SCENARIOS: u32 = 100;
/// Most versions of one scenario.
pub const MOST_VERSIONS: u32 = 200;

/// The id of a scenario: 32 lower-case hexadecimal digits, safe in addresses and impossible to guess.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScenarioId(String);

impl ScenarioId {
    /// An id made of bytes of chance.
    #[must_use]
    pub fn of_bytes(bytes: [u8; ID_BYTES]) -> Self {
        Self(hexadecimal(&bytes))
    }

    /// Reads an id as written; `None` unless it has the one shape ids have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 2 * ID_BYTES && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        plain.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who may change a scenario: the SHA-256, in hexadecimal digits, of a token that only its holder knows.
#[derive(Clone, PartialEq, Eq)]
pub struct Owner(String);

impl Owner {
    /// The owner whose token has this SHA-256.
    #[must_use]
    pub fn of_hash(hash: &[u8]) -> Self {
        Self(hexadecimal(hash))
    }

    /// The owner as a store kept it.
    #[must_use]
    pub fn of_kept(hash: String) -> Self {
        Self(hash)
    }

    /// The hash as it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Owner(…)")
    }
}

/// Who may read a scenario besides its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Nobody.
    Private,
    /// Whoever has the link.
    Shared,
    /// Everybody: it is in the public list.
    Published,
}

impl Visibility {
    /// Every visibility, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Private, Self::Shared, Self::Published];

    /// Name in answers and tables: `private`, `shared`, `published`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Shared => "shared",
            Self::Published => "published",
        }
    }

    /// Reads [`Visibility::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.name() == text)
    }
}

/// What somebody wrote: one version of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Title.
    pub title: String,
    /// The territory it looks at, as `LEVEL/CODE`.
    pub territory: String,
    /// The changes and choices, as the JSON text the front door wrote and reads.
    pub document: String,
    /// Who may read it.
    pub visibility: Visibility,
}

/// A scenario as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Id.
    pub id: ScenarioId,
    /// Who may change it.
    pub owner: Owner,
    /// The version read: 1, then one more at each save.
    pub version: u32,
    /// When it was first saved, in UTC.
    pub created: NaiveDateTime,
    /// When this version was saved, in UTC.
    pub updated: NaiveDateTime,
    /// What it says.
    pub content: Content,
}

/// Which version somebody believes to be the latest, or that any will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// This one.
    Version(u32),
    /// Any.
    Any,
}

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Most lines.
    pub limit: u32,
    /// Lines to leave out first.
    pub offset: u32,
}

/// Why a store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// There is no such scenario of this owner.
    NotFound,
    /// Somebody saved in between: this is the latest version.
    Conflict(u32),
    /// The owner has as many scenarios, or the scenario as many versions, as can be.
    Full,
    /// No connection was free in time, or the answer took too long.
    Busy,
    /// The store failed; the text is for the log.
    Broken(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such scenario"),
            Self::Conflict(latest) => write!(f, "version {latest} was saved in between"),
            Self::Full => f.write_str("there are as many scenarios or versions as can be"),
            Self::Busy => f.write_str("the store did not answer in time"),
            Self::Broken(cause) => write!(f, "the store failed: {cause}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// Where scenarios are kept. What was answered with `Ok` is on disk.
pub trait ScenarioStore: fmt::Debug + Send + Sync {
    /// Keeps a new scenario; its `version` must be 1.
    ///
    /// # Errors
    /// [`StoreError::Full`] when the owner has [`MOST_SCENARIOS`].
    fn create(&self, scenario: Scenario) -> Later<'_, ()>;

    /// Whether this owner has at least one scenario.
    ///
    /// # Errors
    /// When the store cannot answer.
    fn knows(&self, owner: Owner) -> Later<'_, bool>;

    /// The latest version, or the one asked for.
    ///
    /// # Errors
    /// When the store cannot answer. A scenario or version that is not there is `None`.
    fn read(&self, id: ScenarioId, version: Option<u32>) -> Later<'_, Option<Scenario>>;

    /// Saves a new version and keeps the earlier ones. Answers with its number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] unless the owner has this scenario, [`StoreError::Conflict`] unless the latest version is
    /// the expected one, [`StoreError::Full`] beyond [`MOST_VERSIONS`].
    fn save(
        &self,
        id: ScenarioId,
        owner: Owner,
        expected: Expected,
        content: Content,
        now: NaiveDateTime,
    ) -> Later<'_, u32>;

    /// Removes a scenario and every version of it.
    ///
    /// # Errors
    /// As for [`ScenarioStore::save`].
    fn delete(&self, id: ScenarioId, owner: Owner, expected: Expected) -> Later<'_, ()>;

    /// Every version of a scenario of this owner, the latest first, at most [`MOST_VERSIONS`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] unless the owner has this scenario.
    fn versions(&self, id: ScenarioId, owner: Owner) -> Later<'_, Vec<Scenario>>;

    /// The latest versions of the published scenarios, the most recently saved first, ties by id.
    ///
    /// # Errors
    /// When the store cannot answer.
    fn published(&self, page: Page) -> Later<'_, Vec<Scenario>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_nothing_else_does() {
        let id = ScenarioId::of_bytes([0xab; ID_BYTES]);
        assert_eq!(ScenarioId::parse(id.as_str()), Some(id));
        for bad in ["", "abc", &"A".repeat(32), &"g".repeat(32), &"a".repeat(33), "../../../../../../etc/passwd...."] {
            assert_eq!(ScenarioId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_owner_never_shows_its_hash_in_a_log() {
        assert_eq!(format!("{:?}", Owner::of_hash(&[0xab; 32])), "Owner(…)");
    }
}
