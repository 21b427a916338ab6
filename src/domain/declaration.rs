//! What a table says of a territory: one number or one text of the programme, with its day and its source. A national body
//! maintains such tables as CSV; whatever no table says is unknown.

use chrono::NaiveDate;

use super::territory::Level;

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Posts that are planned.
    PostsPlanned,
    /// Posts whose conseiller is recruited.
    PostsRecruited,
    /// Posts whose conseiller is in training, 350 hours.
    PostsTraining,
    /// Posts that are occupied.
    PostsOccupied,
    /// Posts that are vacant.
    PostsVacant,
    /// Posts that were given back.
    PostsReturned,
    /// Posts whose convention is over.
    PostsEnded,
    /// Posts whose convention ends on the day `until`.
    PostsEnding,
    /// Of the posts, coordinators.
    Coordinators,
    /// Persons trained in a year.
    Trained,
    /// Structures that give out the pass numérique.
    PassDistributors,
    /// Passes given out.
    PassGiven,
    /// Share of inhabitants with 4G indoors, in per cent.
    Mobile4g,
    /// A roadmap; its title and its address.
    Roadmap,
    /// Euros of an envelope.
    Envelope,
    /// The charte Territoire France Connectée was signed.
    Charter,
    /// A local initiative; its title, theme and address.
    Initiative,
}

impl Measure {
    /// Every measure, with its name in tables, its title and its unit.
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 17] = [
        (Self::PostsPlanned, "posts_planned", "Postes prévus", "postes"),
        (Self::PostsRecruited, "posts_recruited", "Postes recrutés", "postes"),
        (Self::PostsTraining, "posts_training", "Postes en formation (350 h)", "postes"),
        (Self::PostsOccupied, "posts_occupied", "Postes occupés", "postes"),
        (Self::PostsVacant, "posts_vacant", "Postes vacants", "postes"),
        (Self::PostsReturned, "posts_returned", "Postes rendus", "postes"),
        (Self::PostsEnded, "posts_ended", "Postes dont la convention est finie", "postes"),
        (Self::PostsEnding, "posts_ending", "Postes dont la convention finit", "postes"),
        (Self::Coordinators, "coordinators", "Coordinateurs", "postes"),
        (Self::Trained, "trained", "Personnes formées dans l’année", "personnes"),
        (Self::PassDistributors, "pass_distributors", "Distributeurs du pass numérique", "structures"),
        (Self::PassGiven, "pass_given", "Pass numériques distribués", "pass"),
        (Self::Mobile4g, "mobile_4g", "Habitants couverts en 4G", "%"),
        (Self::Roadmap, "roadmap", "Feuille de route", ""),
        (Self::Envelope, "envelope_eur", "Enveloppe", "€"),
        (Self::Charter, "charter", "Charte Territoire France Connectée", ""),
        (Self::Initiative, "initiative", "Initiative locale", ""),
    ];

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        &Self::ALL[self as usize]
    }

    /// Name in tables and answers.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().1
    }

    /// What a visitor reads.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().2
    }

    /// What its number counts; empty for texts.
    #[must_use]
    pub fn unit(self) -> &'static str {
        self.row().3
    }

    /// The measure of this name.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == id).map(|row| row.0)
    }

    /// Whether it is a number: then it needs one.
    #[must_use]
    pub fn is_number(self) -> bool {
        !self.unit().is_empty()
    }
}

/// One line of such a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// Level of the territory; `None` for the nation.
    pub level: Option<Level>,
    /// Its code, `france` for the nation.
    pub code: String,
    /// What is said.
    pub measure: Measure,
    /// The number, of a measure that is one.
    pub value: Option<f64>,
    /// Title or signatory.
    pub text: Option<String>,
    /// Theme of an initiative.
    pub theme: Option<String>,
    /// Where to read more, `http` or `https` only.
    pub url: Option<String>,
    /// The day it is about, or from which it holds.
    pub since: Option<NaiveDate>,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
    /// Id of the source.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_its_own_row_and_reads_back() {
        for (rank, (measure, id, title, _)) in Measure::ALL.iter().enumerate() {
            assert_eq!(*measure as usize, rank);
            assert_eq!(Measure::parse(id), Some(*measure));
            assert!(!title.is_empty());
        }
        assert_eq!(Measure::parse("postes"), None);
    }
}
