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

/// Words of a text about a firm's own service that it is not for its own people alone.
const FOR_ALL: [&str; 8] = [
    "et le public",
    "et au public",
    "et tout public",
    "et les habitants",
    "et pour tous",
    "et a tous",
    "ouvert au public",
    "ouvert a tous",
];

/// Whether a folded name, between blanks, names a counter.
fn holds_a_counter(name: &str) -> bool {
    let starts: Vec<&str> = name.match_indices(' ').map(|(blank, _)| &name[blank + 1..]).collect();
    COUNTERS.iter().any(|words| starts.iter().any(|text| text.starts_with(words)))
}

/// A rule in words, for the report.
#[must_use]
pub fn reason(rule: Withheld) -> &'static str {
    match rule {
        Withheld::TestRecord => "the name says that the row was made to try a form",
        Withheld::HeadOffice => "the name is that of offices, not of a counter",
        Withheld::Employer => "the legal address of an authority of many communes",
        Withheld::OwnStaff => "the name or its text says that it serves a firm's own people",
        Withheld::Closed => "its own row says that it is closed, or no more held",
        Withheld::Refused => "its own row says not to use it",
        Withheld::Over => "its last session was past on the day of the edition",
    }
}

/// The rule by which a record is kept from citizens, if any. A row of a list that decides about a programme is a place.
pub fn rule(venue: &Venue, source: &Source, today: NaiveDate) -> Option<Withheld> {
    let name = format!(" {} ", fold_place(&venue.name));
    let says = |words: &str| holds_words(&name, words);
    let begins = |words: &str| name[1..].strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
    // « ANCT Test », « TEST 2 »: the word stands at an end. « Espace test agricole » is a place.
    let words: Vec<&str> = name.split_whitespace().collect();
    let try_out = |word: Option<&&str>| word.is_some_and(|word| matches!(*word, "test" | "tests"));
    // « Espace test » is a kind of place where farmers and firms try themselves, « Test numérique » what is done there.
    let tried = words.len() > 1 && matches!(words[words.len() - 2], "espace" | "espaces" | "lieux");
    let numbered = words.get(1).is_none_or(|word| {
        word.chars().count() < 2 || word.parse::<u32>().is_ok() || *word == "anct" || try_out(Some(word))
    });
    if try_out(words.last()) && !tried || try_out(words.first()) && words.len() <= 2 && numbered {
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
    let counter = holds_a_counter(&name);
    // « CSE Centre socio-éducatif », « CSE Mairie » are other initials.
    let of_name = OWN_STAFF.iter().any(|words| says(words) && !(*words == "cse" && counter));
    let for_all = |text: &str| FOR_ALL.iter().any(|words| holds_words(text, words));
    let of_text = |text: &&String| OWN_STAFF.iter().any(|words| holds_words(text, words)) && !for_all(text);
    if of_name || about.iter().any(|text| of_text(&text)) {
        return Some(Withheld::OwnStaff);
    }
    let seat = says("siege social") || says("siege administratif");
    // Rows of the permanences of conseillers are where somebody receives, whatever the house is called, when they have hours.
    let receives = source.decides(Programme::Conseillers) && matches!(venue.hours, Hours::Osm(_));
    if !receives && (seat || !counter && OFFICES.iter().any(|words| says(words))) {
        return Some(Withheld::HeadOffice);
    }
    // A list of structures gives legal addresses: of an authority of many communes that is no place to go.
    (source.structures && !counter && EMPLOYERS.iter().any(|words| begins(words))).then_some(Withheld::Employer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Source {
        let text = "id='liste'\ntitle=''\npublisher='Éditeur'\nlicence=''\nvintage='2024-08-01'\nurl=''\nfile='liste.csv'\n\
            role='venues'\nformat='csv'\nprofile='standard-v1'\n";
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_name_hides_a_place_for_certain_reasons_only() {
        let today = NaiveDate::from_ymd_opt(2024, 9, 1).unwrap();
        let rule = |name: &str, about: Option<&str>| {
            let mut venue = Venue::new("a-1".into(), name.to_owned());
            venue.detail = about.map(ToOwned::to_owned);
            super::rule(&venue, &list(), today)
        };
        for (name, hidden) in [
            ("ANCT Test", Some(Withheld::TestRecord)),
            ("TEST", Some(Withheld::TestRecord)),
            ("Test 2", Some(Withheld::TestRecord)),
            ("Lieu test", Some(Withheld::TestRecord)),
            ("Test numérique", None),
            ("Espace Test", None),
            ("Espace test agricole", None),
            ("CSE Michelin", Some(Withheld::OwnStaff)),
            ("CSE Centre socio-éducatif", None),
            ("CSE Mairie", None),
            ("Atelier (reporté au 12 mars)", None),
            ("Association Travaux terminés", None),
            ("Hôpital de jour fermé", None),
            ("Médiathèque du Bourg - FERMÉ", Some(Withheld::Closed)),
        ] {
            assert_eq!(rule(name, None), hidden, "{name}");
        }
        let mut seat = Venue::new("a-1".into(), "Siège du Territoire de Picardie Maritime".to_owned());
        assert_eq!(super::rule(&seat, &list(), today), Some(Withheld::HeadOffice));
        seat.hours = Hours::Osm("Mo-Fr 08:30-12:30".to_owned());
        assert_eq!(super::rule(&seat, &list(), today), Some(Withheld::HeadOffice));
        let mut permanences = list();
        permanences.authority = vec![crate::ingest::source::Authority(Programme::Conseillers)];
        assert_eq!(super::rule(&seat, &permanences, today), None, "its hours are those of somebody who receives");
        assert_eq!(rule("Usine", Some("Pour nos salariés")), Some(Withheld::OwnStaff));
        assert_eq!(rule("Usine", Some("Pour nos salariés et le public")), None);
        assert_eq!(rule("Mairie", Some("La permanence n'a plus lieu à la mairie mais à la médiathèque")), None);
        assert!(Withheld::ALL.iter().all(|(rule, _)| !reason(*rule).is_empty()));
    }
}
