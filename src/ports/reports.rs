//! What visitors say of a venue: « c'est faux », « fermé », « déménagé ». Shown to nobody until a moderator decided.

use chrono::NaiveDateTime;

use super::{Later, Page, ScenarioId};

/// Most reports that wait for a decision, over all venues.
pub const MOST_WAITING: u32 = 5_000;
/// Most reports of one venue that wait for a decision.
pub const MOST_WAITING_OF_A_VENUE: u32 = 20;
/// Longest text of a report, in characters.
pub const LONGEST_REPORT: usize = 500;

/// The id of a report has the shape of that of a scenario.
pub type ReportId = ScenarioId;

/// What is wrong, in the words of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// Something on the page is not true.
    Wrong,
    /// The venue is closed for good.
    Closed,
    /// The venue is elsewhere now.
    Moved,
}

impl ReportKind {
    /// Every kind, as the form offers them.
    pub const ALL: [Self; 3] = [Self::Wrong, Self::Closed, Self::Moved];

    /// Name in answers and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Closed => "closed",
            Self::Moved => "moved",
        }
    }

    /// Reads [`ReportKind::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is true: the page of the venue says so.
    Confirmed,
    /// It is not, or cannot be told: nobody sees it.
    Rejected,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 2] = [Self::Confirmed, Self::Rejected];

    /// Name in answers and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }

    /// Reads [`Verdict::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == text)
    }
}

/// What a visitor said of a venue. Nothing of the visitor is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Id.
    pub id: ReportId,
    /// Id of the venue.
    pub venue: String,
    /// What is wrong.
    pub kind: ReportKind,
    /// What is right, in the visitor's words; empty when they gave none. Erased with the decision.
    pub text: String,
    /// When it came, in UTC.
    pub sent: NaiveDateTime,
    /// What a moderator decided, and when, in UTC.
    pub decided: Option<(Verdict, NaiveDateTime)>,
}

/// Where reports are kept. What was answered with `Ok` is on disk.
pub trait ReportStore: std::fmt::Debug + Send + Sync {
    /// Keeps a new report.
    ///
    /// # Errors
    /// [`super::StoreError::Full`] when [`MOST_WAITING`] wait, or [`MOST_WAITING_OF_A_VENUE`] of this venue.
    fn report(&self, report: Report) -> Later<'_, ()>;

    /// The reports that wait for a decision, the oldest first, ties by id.
    ///
    /// # Errors
    /// When the store cannot answer.
    fn waiting(&self, page: Page) -> Later<'_, Vec<Report>>;

    /// Decides once, and erases the text.
    ///
    /// # Errors
    /// [`super::StoreError::NotFound`] when no such report waits.
    fn decide(&self, id: ReportId, verdict: Verdict, now: NaiveDateTime) -> Later<'_, ()>;

    /// What was confirmed of a venue, the latest decision first.
    ///
    /// # Errors
    /// When the store cannot answer.
    fn confirmed(&self, venue: String) -> Later<'_, Vec<Report>>;
}
