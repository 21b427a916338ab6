//! Labels as dated facts, and why a venue is kept from citizens.

use chrono::{Days, Months, NaiveDate};

use super::text::fold;

/// A label that a list gave to a venue. Whether it still holds is a matter of authority and date, not of the word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The label, in the spelling of the standard where it has one.
    pub label: String,
    /// Id of the list that says so.
    pub source: String,
    /// Day that list describes.
    pub seen: Option<NaiveDate>,
    /// Who gives the label: the publisher of the list that has authority for it, or its bearer who attests it alone.
    pub issuer: Option<String>,
    /// First day it holds, where the list says.
    pub since: Option<NaiveDate>,
    /// Last day it holds, where the list says.
    pub until: Option<NaiveDate>,
    /// Whether it held on the day of the edition: the list has authority, or nobody has, and it had not expired.
    pub current: bool,
}

/// A label that its bearer attests alone, and that holds for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelfAttested {
    /// What a visitor reads.
    pub name: &'static str,
    /// What the text of a list begins with, folded.
    begins: &'static str,
    /// Months for which it holds.
    pub months: u32,
}

/// The label *conseiller numérique*, which a structure gives itself for a year (Mon Inclusion Numérique, August 2026). It is
/// not the programme of the same name: no post of the State goes with it.
pub const CONSEILLER_LABEL: SelfAttested =
    SelfAttested { name: "Label conseiller numérique", begins: "label conseiller numerique", months: 12 };

impl SelfAttested {
    /// Who gives it.
    pub const ISSUER: &'static str = "la structure elle-même";

    /// Whether the text of a list means it.
    #[must_use]
    pub fn is_named(&self, text: &str) -> bool {
        fold(text).starts_with(self.begins)
    }

    /// The last day it holds when it was attested on a day.
    #[must_use]
    pub fn last_day(&self, attested: NaiveDate) -> Option<NaiveDate> {
        attested.checked_add_months(Months::new(self.months))?.checked_sub_days(Days::new(1))
    }
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
    /// Closed, by the word of its newest list: for good, or with no end said.
    Closed,
    /// A record that its own list says not to use: « doublon », « à supprimer ».
    Refused,
    /// Sessions of given days, the last of which was past on the day of the edition.
    Over,
}

impl Withheld {
    /// Every rule with its name in tables and answers.
    pub const ALL: [(Withheld, &'static str); 7] = [
        (Withheld::TestRecord, "test-record"),
        (Withheld::HeadOffice, "head-office"),
        (Withheld::Employer, "employer"),
        (Withheld::OwnStaff, "own-staff"),
        (Withheld::Closed, "closed"),
        (Withheld::Refused, "refused"),
        (Withheld::Over, "over"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_of_a_structure_holds_for_a_year_and_is_not_the_programme() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(
            CONSEILLER_LABEL.is_named("Label Conseiller Numérique 2025")
                && !CONSEILLER_LABEL.is_named("Conseillers numériques")
        );
        assert_eq!(CONSEILLER_LABEL.last_day(day("2025-03-01")), Some(day("2026-02-28")));
        assert_eq!(CONSEILLER_LABEL.last_day(day("2024-02-29")), Some(day("2025-02-27")));
    }
}
