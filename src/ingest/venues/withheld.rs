//! Records that are no place of help for citizens: tests, seats of institutions, employers at their legal address, firms,
//! places that their own list says closed.

use chrono::NaiveDate;

use crate::domain::Hours;
use crate::domain::Venue;
use crate::domain::label::Withheld;
use crate::domain::text::{fold_place, holds_words};
use crate::domain::vocabulary::Programme;
use crate::ingest::clean::closure;
use crate::ingest::source::Source;

/// Words of a counter: where one is named, people are received whatever else the name says.
const COUNTERS: [&str; 20] = [
    "france service",
    "msap",
    "mfs",
    "accueil",
    "guichet",
    "mediatheque",
    "bibliotheque",
    "espace",
    "maison",
    "antenne",
    "agence",
    "point",
    "relais",
    "centre",
    "pole emploi",
    "mission locale",
    "mairie",
    "ccas",
    "bus",
    "permanence",
];

/// Words of an office, anywhere in a name.
const OFFICES: [&str; 12] = [
    "siege",
    "siege social",
    "siege administratif",
    "direction generale",
    "direction regionale",
    "direction territoriale",
    "direction departementale",
    "direction des services",
    "direction des ressources humaines",
    "ressources humaines",
    "service rh",
    "drh",
];

/// How the name of an authority of several communes begins.
const EMPLOYERS: [&str; 13] = [
    "departement",
    "conseil departemental",
    "conseil regional",
    "region",
    "metropole",
    "communaute de communes",
    "communaute d agglomeration",
    "communaute urbaine",
    "cc",
    "ca",
    "syndicat mixte",
    "syndicat intercommunal",
    "prefecture",
];

/// Words of a firm's own service to its own people.
const OWN_STAFF: [&str; 8] = [
    "comite d entreprise",
    "comite social et economique",
    "cse",
    "groupe seb",
    "reserve aux salaries",
    "reserve au personnel",
    "pour nos salaries",
    "pour nos collaborateurs",
];

/// What the name of a record says when its list does not want it used.
const UNUSABLE: [&str; 9] = [
    "a supprimer",
    "doublon",
    "doublons",
    "ne pas utiliser",
    "ne plus utiliser",
    "ne pas diffuser",
    "ne pas publier",
    "ne pas afficher",
    "fiche inactive",
];

/// The rule by which a record is kept from citizens, if any. A row of a list that decides about a programme is a place.
pub fn rule(venue: &Venue, source: &Source, today: NaiveDate) -> Option<Withheld> {
    let name = format!(" {} ", fold_place(&venue.name));
    let says = |words: &str| holds_words(&name, words);
    let begins = |words: &str| name[1..].strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
    // « ANCT Test », « TEST 2 »: the word stands at an end. « Espace test agricole » is a place.
    let words: Vec<&str> = name.split_whitespace().collect();
    let try_out = |word: Option<&&str>| word.is_some_and(|word| matches!(*word, "test" | "tests"));
    if try_out(words.last()) || try_out(words.first()) && words.len() <= 2 {
        return Some(Withheld::TestRecord);
    }
    if UNUSABLE.iter().any(|words| says(words)) {
        return Some(Withheld::Refused);
    }
    let hours = if let Hours::Text(text) = &venue.hours { Some(text.as_str()) } else { None };
    let notes = [venue.summary.as_deref(), venue.detail.as_deref(), hours];
    let never = matches!(&venue.hours, Hours::Osm(osm) if matches!(osm.as_str(), "off" | "closed" | "24/7 off" | "24/7 closed"));
    let is_closed = |note: &str| closure::of_note(note, today);
    // In brackets and nothing else, « (FERME) » is no farm.
    let bracketed = ["(FERME)", "(FERMÉ)", "(FERMEE)", "(FERMÉE)"].iter().any(|word| venue.name.contains(word));
    if never || bracketed || closure::of_name(&venue.name, today) || notes.into_iter().flatten().any(is_closed) {
        return Some(Withheld::Closed);
    }
    if source.decides(Programme::FranceServices) {
        return None;
    }
    let about = venue.summary.iter().chain(&venue.detail).map(|text| format!(" {} ", fold_place(text)));
    let about: Vec<String> = about.collect();
    if OWN_STAFF.iter().any(|words| says(words) || about.iter().any(|text| holds_words(text, words))) {
        return Some(Withheld::OwnStaff);
    }
    let seat = says("siege social") || says("siege administratif");
    let starts: Vec<&str> = name.match_indices(' ').map(|(blank, _)| &name[blank + 1..]).collect();
    let counter = COUNTERS.iter().any(|words| starts.iter().any(|text| text.starts_with(words)));
    if seat || !counter && OFFICES.iter().any(|words| says(words)) {
        return Some(Withheld::HeadOffice);
    }
    // A list of structures gives legal addresses: of an authority of many communes that is no place to go.
    (source.structures && !counter && EMPLOYERS.iter().any(|words| begins(words))).then_some(Withheld::Employer)
}
