//! Values that the schema of the standard takes in another form than ours.

use std::borrow::Cow;

use super::numbers;
use crate::domain::venue::{Location, Venue};
use crate::domain::vocabulary::TrainingLabel;

/// Longest `presentation_resume`, in characters.
const SUMMARY_CHARS: usize = 280;
/// The country codes that the pattern of `telephone` takes; six to nine digits follow.
const COUNTRIES: [&str; 10] = ["33", "590", "594", "262", "596", "269", "687", "689", "508", "681"];

/// The first number of a venue that the standard can write, without its extension: it has room for one.
pub(super) fn telephone(venue: &Venue) -> Option<&str> {
    let plain = numbers(&venue.phones).into_iter().map(|phone| phone.split(';').next().unwrap_or(phone));
    plain.into_iter().find(|phone| is_in_the_standard(phone))
}

/// Whether the pattern of `telephone` takes a number: one of its country codes, then six to nine digits.
pub(super) fn is_in_the_standard(phone: &str) -> bool {
    let Some(digits) = phone.strip_prefix('+').filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())) else {
        return false;
    };
    COUNTRIES.iter().any(|country| digits.strip_prefix(country).is_some_and(|rest| (6..=9).contains(&rest.len())))
}

/// Every number, when the standard does not have them all.
pub(super) fn telephones(venue: &Venue) -> Option<String> {
    let all = numbers(&venue.phones);
    (!all.is_empty() && all != telephone(venue).into_iter().collect::<Vec<_>>()).then(|| all.join("|"))
}

/// Whether the standard has no room for this summary.
pub(super) fn is_too_long(summary: &str) -> bool {
    summary.chars().count() > SUMMARY_CHARS
}

/// The summary, cut between two words where it is too long; the whole is in `x_presentation_resume`.
pub(super) fn summary(venue: &Venue) -> Option<Cow<'_, str>> {
    let whole = venue.summary.as_deref()?;
    if !is_too_long(whole) {
        return Some(Cow::Borrowed(whole));
    }
    let room: String = whole.chars().take(SUMMARY_CHARS - 1).collect();
    let cut = room.rfind(char::is_whitespace).filter(|at| *at > 0).map_or(room.as_str(), |at| room[..at].trim_end());
    Some(Cow::Owned(format!("{cut}…")))
}

/// A label of the closed list as the schema spells it: its pattern lacks the space of « Étapes numériques (La Poste) ».
pub(super) fn training_label(label: TrainingLabel) -> &'static str {
    match label.official() {
        "Étapes numériques (La Poste)" => "Étapes numériques(La Poste)",
        official => official,
    }
}

/// How the coordinates were repaired, or as what the address was found and how well.
pub(super) fn repair(location: Location) -> Option<String> {
    match location {
        Location::Repaired(_, repair) => Some(repair.name().to_owned()),
        Location::Address(_, found) => Some(format!("{}:{}", found.kind.name(), found.score)),
        Location::Published(_) | Location::Commune(_) | Location::Unknown => None,
    }
}

/// The lists that speak of a venue, the main one first.
pub(super) fn sources(venue: &Venue) -> Vec<&str> {
    let mut sources: Vec<&str> = Vec::new();
    for record in &venue.provenance {
        if !sources.contains(&record.source.as_str()) {
            sources.push(&record.source);
        }
    }
    sources
}
