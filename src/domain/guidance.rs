//! Help that is no place: services that answer by telephone, and resources to learn from, by need.

use chrono::NaiveDate;

use super::phone::Phone;
use super::venue::Hours;

/// What somebody needs, as the diagnosis tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HelpNeed {
    /// Does without internet: somebody to speak to, paper, the telephone.
    Offline,
    /// A computer, a telephone, a connection.
    Equipment,
    /// The first steps.
    Basics,
    /// Procedures of administrations.
    Procedures,
    /// Looking for work.
    Job,
    /// Frauds, passwords, cautions.
    Security,
    /// A certificate of what one knows.
    Pix,
}

impl HelpNeed {
    /// Every need, in the order in which a diagnosis names them.
    pub const ALL: [Self; 7] =
        [Self::Offline, Self::Equipment, Self::Basics, Self::Procedures, Self::Job, Self::Security, Self::Pix];

    /// Name in tables and addresses: `procedures`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Equipment => "equipment",
            Self::Basics => "basics",
            Self::Procedures => "procedures",
            Self::Job => "job",
            Self::Security => "security",
            Self::Pix => "pix",
        }
    }

    /// Reads [`HelpNeed::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.name() == text)
    }
}

/// What a call costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallPrice {
    /// Nothing: service and call (0800 to 0805).
    Free,
    /// As much as any call: the service is free (0806 to 0809; since 2021 every national administration, loi ESSOC art. 28).
    AsAnyCall,
}

impl CallPrice {
    /// Every price.
    pub const ALL: [Self; 2] = [Self::Free, Self::AsAnyCall];

    /// Name in tables and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::AsAnyCall => "as-any-call",
        }
    }

    /// Reads [`CallPrice::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|price| price.name() == text)
    }

    /// What a visitor reads.
    #[must_use]
    pub const fn plain(self) -> &'static str {
        match self {
            Self::Free => "Appel gratuit",
            Self::AsAnyCall => "Prix d’un appel normal",
        }
    }
}

/// A service that answers by telephone, wherever one lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteChannel {
    /// Id: `impots`.
    pub id: String,
    /// Name.
    pub name: String,
    /// The number.
    pub phone: Phone,
    /// The number from overseas, where it is another one.
    pub overseas_phone: Option<Phone>,
    /// What a call costs; `None` when nobody said.
    pub price: Option<CallPrice>,
    /// When somebody answers.
    pub hours: Hours,
    /// What for, in one sentence.
    pub purpose: String,
    /// Needs it answers.
    pub needs: Vec<HelpNeed>,
    /// Where it is published.
    pub url: String,
    /// The day of the publication that was read; `None` when it bears none.
    pub published: Option<NaiveDate>,
    /// Source of the edition.
    pub source: String,
}

/// Whom a resource is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Whoever needs help.
    Person,
    /// Whoever helps.
    Helper,
}

impl Reader {
    /// Every reader.
    pub const ALL: [Self; 2] = [Self::Person, Self::Helper];

    /// Name in tables and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Helper => "helper",
        }
    }

    /// Reads [`Reader::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.name() == text)
    }
}

/// Something to learn from, or to help with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Id: `pix`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who makes it.
    pub publisher: String,
    /// What it is for, in one sentence.
    pub purpose: String,
    /// Whom it is made for.
    pub reader: Reader,
    /// Needs it answers.
    pub needs: Vec<HelpNeed>,
    /// Where it is.
    pub url: String,
    /// Source of the edition.
    pub source: String,
}
