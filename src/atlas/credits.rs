//! Whom the venues of an edition are owed to, and under which terms they may be used: what every file of them carries.

use super::edition::{EditionInfo, SourceInfo};

/// Roles of the sources that venues are made of.
const OF_VENUES: [&str; 2] = ["venues", "addresses"];

impl EditionInfo {
    /// The sources that its venues are made of.
    pub fn sources_of_venues(&self) -> impl Iterator<Item = &SourceInfo> {
        self.sources.iter().filter(|source| source.present && OF_VENUES.contains(&source.role.as_str()))
    }

    /// The licences of its venues, each once, in the order of the sources.
    #[must_use]
    pub fn licence_of_venues(&self) -> String {
        let mut licences: Vec<&str> = Vec::new();
        for source in self.sources_of_venues() {
            if !licences.contains(&source.licence.as_str()) {
                licences.push(&source.licence);
            }
        }
        licences.join(" ; ")
    }

    /// The sentence that whoever uses the venues must repeat: publisher, list and date of each source.
    #[must_use]
    pub fn attribution_of_venues(&self) -> String {
        format!("Médiane, édition {} ; d'après : {}", self.id, self.credits_of_venues())
    }

    /// Publisher, list and date of each source of the venues.
    #[must_use]
    pub fn credits_of_venues(&self) -> String {
        let mut told: Vec<String> = Vec::new();
        for source in self.sources_of_venues() {
            let credit = format!("{}, {} ({})", source.publisher, source.title, source.vintage);
            if !told.contains(&credit) {
                told.push(credit);
            }
        }
        told.join(" ; ")
    }
}
