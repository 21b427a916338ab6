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
use crate::domain::text::{fold, fold_place};
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
    Some(to_be_checked(comment, osm, &Weekly::read(osm)?.open_days()))
}

/// The same of a list that says « Fixe »: when the comment says that there are several sites, or lays the week out between the
/// place itself and others, the hours of the days that are given to a place. Permanences elsewhere are held beside the hours.
#[must_use]
pub fn doubted_of_one(comment: &str, hours: &Hours, commune: Option<&str>) -> Option<(Hours, Vec<Remark>)> {
    let Hours::Osm(osm) = hours else { return None };
    let open = Weekly::read(osm)?.open_days();
    let folded = fold(comment);
    if ["multi-site", "multisite", "multi site"].iter().any(|word| folded.contains(word)) {
        return Some(to_be_checked(comment, osm, &open));
    }
    if folded.contains("permanence") {
        return None;
    }
    let own = format!(" {} ", fold_place(commune?));
    // What is said to be open or closed is said of the hours themselves.
    let clauses =
        clauses(comment).into_iter().filter(|clause| !words(clause).iter().any(|word| OPENINGS.contains(word)));
    let mut at_home = false;
    let mut days: Vec<usize> = Vec::new();
    for clause in clauses {
        let plain = format!(" {} ", fold_place(clause));
        let rest = plain.replace(&own, " ");
        let said = words(clause);
        at_home |= rest != plain && said.iter().any(|word| matches!(word, Word::Day(_)));
        if names_a_day_and_a_place(&rest) {
            days.extend(said.iter().filter_map(|word| if let Word::Day(day) = word { Some(*day) } else { None }));
        }
    }
    days.retain(|day| open.contains(day));
    days.sort_unstable();
    days.dedup();
    if at_home && !days.is_empty() { Some(to_be_checked(comment, osm, &days)) } else { None }
}

const OPENINGS: [Word; 2] = [Word::Opens, Word::Closes];

/// The hours of these days, to be checked, with as much of the comment as leaves them readable.
fn to_be_checked(comment: &str, osm: &str, days: &[usize]) -> (Hours, Vec<Remark>) {
    let read = [240, 120, 60].into_iter().find_map(|length| {
        let words: String = comment.chars().take(length).collect();
        let mut week = Weekly::read(osm)?;
        days.iter().for_each(|day| week.doubt(*day, None, &words));
        week.hours()
    });
    let hours = read.unwrap_or_else(|| Hours::Text(format!("{osm} \"{}\"", quoted(comment))));
    let doubt = Doubt::new(Code::InvalidHours, "hours of several places; shown with the comment, to be checked");
    (hours, vec![Remark::new(comment, Action::ValueKept, doubt)])
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

    #[test]
    fn hours_of_five_different_days_can_be_read_with_their_comment() {
        // France services 3026.
        let hours = Hours::Osm(
            "Tu 09:00-13:00,15:00-18:00; We 10:00-13:00,14:00-17:00; Th 15:00-18:00; Fr 09:00-12:00,14:00-17:00; Sa 10:00-13:00".into(),
        );
        let comment = "Médiathèque Monnaie Romans-sur-Isère : Mardi de 09h00 à 13h00, Médiathèque Latour-Maubourg : Mardi de 15h00 à 18h00, Vendredi de 10h à 12h00 sur rendez-vous et 15h00 à 18h00, Samedi de 10h00 à 13h00 , Médiathèque La Passerelle : Mercredi de 10h00 à 13h00, Médiathèque Fontbarlettes Valence : EXCEPTIONNELLEMENT FERMEE";
        let (read, _) = doubted(comment, &hours).unwrap();
        let Hours::Osm(osm) = read else { panic!("{read:?}") };
        assert_eq!(osm.matches(" unknown \"Médiathèque Monnaie").count(), 5, "{osm}");
    }

    #[test]
    fn a_week_laid_out_between_the_place_and_others_is_in_doubt_though_the_list_says_fixed() {
        let hours = Hours::Osm("Mo-Fr 08:30-12:00,13:30-17:00; Sa 10:00-12:00".into());
        for (commune, comment, days) in [
            (
                "Montlouis-sur-Loire",
                "Montlouis-sur-Loire les lundis de 13h30 à 17h et les mardis, mercredis, vendredis de 14h à 17h, Azay sur Cher les mercredis de 9h à 12h, Larcay les jeudis de 9h à 12h30",
                "Mo-Fr",
            ),
            (
                "Montrevel-en-Bresse",
                "Retrouvez-nous à : Montrevel-en-Bresse le lundi, le mercredi, le jeudi et le vendredi après midi, et Bresse Vallons (204 route de Montrevel) le mardi et le vendredi matin",
                "Mo-Fr",
            ),
            (
                "Fontenailles",
                "Itinérance à Fontenailles le mardi et jeudi 1/2 après midi et Verneuil l'étang le jeudi après-midi et à Mormant vendredi toutes la journée",
                "Tu,Th,Fr",
            ),
            (
                "Parigné-l'Évêque",
                "Multi-sites\n\nLundi 9h00-12h00 : Parigné-l’Évêque / 13h30-17h00 : Changé\n\nMardi 9h00-12h00 : Brette-les-Pins",
                "Mo-Fr",
            ),
            (
                "Bellencombre",
                "Bellencombre du lundi au vendredi / CMS de Saint-Saëns le mardi tous les quinze jours",
                "Tu",
            ),
        ] {
            let (read, _) = doubted_of_one(comment, &hours, Some(commune)).unwrap_or_else(|| panic!("{comment}"));
            let Hours::Osm(osm) = read else { panic!("{comment}: {read:?}") };
            let doubted = osm.split("; ").find(|rule| rule.contains("unknown")).unwrap();
            assert!(doubted.starts_with(&format!("{days} ")), "{osm}");
        }
        for (commune, comment) in [
            (
                "Sigean",
                "Sur RDV les matins du lundi au vendredi et sans RDV les mardis, mercredis, et jeudis après-midi",
            ),
            ("Conques", "Permanence le jeudi matin de 9h à 12h à la Mairie de Saint-Cyprien, à Conques le lundi"),
            ("Rémilly", "La Maison France Services de Rémilly est ouverte les mercredis matin"),
            (
                "La Réole",
                "Site de La Réole ouvert 5 jours + 3 sites ouverts 2 jours chacun : Auros 33124: mardi et vendredi",
            ),
            ("Attigny", "itinérance en Mairie : mardi : Ecordal 14h/16h30"),
        ] {
            assert_eq!(doubted_of_one(comment, &hours, Some(commune)), None, "{comment}");
        }
    }
}
