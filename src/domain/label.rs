//! Labels as dated facts, and why a venue is kept from citizens.

use chrono::NaiveDate;

/// A label that a list gave to a venue. Whether it still holds is a matter of authority and date, not of the word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The label, in the spelling of the standard where it has one.
    pub label: String,
    /// Id of the list that says so.
    pub source: String,
    /// Day that list describes.
    pub seen: Option<NaiveDate>,
    /// Who gives the label: the publisher of the list that has authority for it.
    pub issuer: Option<String>,
    /// First day it holds, where the list says.
    pub since: Option<NaiveDate>,
    /// Last day it holds, where the list says.
    pub until: Option<NaiveDate>,
    /// Whether it held on the day of the edition: the list has authority, or nobody has, and it had not expired.
    pub current: bool,
}

/// A rule by which a venue is kept for planners and not shown to citizens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Withheld {
    /// A record made to try a form.
    TestRecord,
    /// The seat of an institution: offices, not a counter.
    HeadOffice,
    /// An employer known by its legal address only.
    Employer,
    /// A firm that helps its own staff.
    OwnStaff,
}

impl Withheld {
    /// Every rule with its name in tables and answers.
    pub const ALL: [(Withheld, &'static str); 4] = [
        (Withheld::TestRecord, "test-record"),
        (Withheld::HeadOffice, "head-office"),
        (Withheld::Employer, "employer"),
        (Withheld::OwnStaff, "own-staff"),
    ];

    /// The name in tables and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(rule, _)| *rule == self).map_or("", |(_, name)| name)
    }

    /// Reads [`Withheld::name`] back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == text).map(|(rule, _)| *rule)
    }
}
