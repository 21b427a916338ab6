//! Hours of several places in one row: a list that has one row for the sites of a team, or for the stops of a bus, gives the
//! hours of all of them as those of one door. Its comment says which day belongs where: « lundi à Gourin, mardi au Faouët ».
//!
//! Read on the comments of the 324 rows of the list of France services of August 2024 that are « Multisites », « Itinérante » or
//! « Bus ».

use super::clause::{Word, words};
use super::comment::clauses;
use super::weekly::{Weekly, quoted};
use super::{Doubt, Remark};
use crate::domain::Hours;
use crate::domain::text::fold;
use crate::ingest::report::{Action, Code};

/// Words of appointments, folded: a day beside them is no day elsewhere.
const APPOINTMENTS: [&str; 8] =
    ["uniquement", "exclusivement", "sans", "sur", "rendez-vous", "rendez vous", "rdv", "accueil"];

/// The hours, to be checked, when a clause of the comment names a day and something that is neither a moment nor an appointment: a
/// place. `None` when none does.
#[must_use]
pub fn doubted(comment: &str, hours: &Hours) -> Option<(Hours, Vec<Remark>)> {
    let Hours::Osm(osm) = hours else { return None };
    if !clauses(comment).into_iter().any(names_a_day_and_a_place) {
        return None;
    }
    let mut week = Weekly::read(osm)?;
    week.open_days().into_iter().for_each(|day| week.doubt(day, None, comment));
    let hours = week.hours().unwrap_or_else(|| Hours::Text(format!("{osm} \"{}\"", quoted(comment))));
    let doubt = Doubt::new(Code::InvalidHours, "hours of several places; shown with the comment, to be checked");
    Some((hours, vec![Remark::new(comment, Action::ValueKept, doubt)]))
}

fn names_a_day_and_a_place(clause: &str) -> bool {
    let plain = APPOINTMENTS.iter().fold(format!(" {} ", fold(clause)), |text, word| {
        text.replace(&format!(" {word} "), "  ").replace(&format!(" {word}, "), "  ")
    });
    let words = words(&plain);
    words.iter().any(|word| matches!(word, Word::Day(_))) && words.contains(&Word::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_somewhere_else_puts_the_hours_in_doubt() {
        let hours = Hours::Osm("Mo-Fr 09:00-12:00,14:00-17:00".into());
        for comment in [
            "structure multisites le faouet lundi et vendredi toute la journée, Gourin mardi et mercredi",
            "lundi à LA ROQUE ; mardi au PUY ; vendredi après-midi à VENELLES",
            "Lundi matin : Saint Joseph. Après-midi : Sainte Marthe. Mercredi : Castellas journée",
            "Lundi, mardi: Ploumagoar   /   Jeudi: Pabu",
            "Structure itinérante sur les communes de Damazan (Jeudi), Prayssas (Mardi)",
            "vendredi : pas sur St Bonnet mais à St Jean",
            "Attignat : lundi, mardi, jeudi matin / Polliat : lundi, mardi et jeudi après-midi",
        ] {
            let (read, remarks) = doubted(comment, &hours).unwrap_or_else(|| panic!("{comment}"));
            let Hours::Osm(osm) = read else { panic!("{comment}: {read:?}") };
            assert!(osm.starts_with("Mo-Fr 09:00-12:00,14:00-17:00 unknown \""), "{osm}");
            assert_eq!(remarks.len(), 1);
        }
        for comment in [
            "2ème et 4ème lundis du mois",
            "Sur rendez-vous le mardi matin et le vendredi après midi",
            "Uniquement sur rendez-vous le mardi",
            "sur Rendez-Vous uniquement le Jeudi de 14h00 à 18h00",
            "PAS ITINERANTE",
            "Structure fermée le premier lundi du mois",
        ] {
            assert_eq!(doubted(comment, &hours), None, "{comment}");
        }
        assert_eq!(doubted("lundi à Gourin", &Hours::Unknown), None);
    }
}
