//! Whether the name of a place says that it moves: a bus, a lorry, rounds. Lists leave the column of itinerance empty, or fill in
//! « Fixe » for where the bus is parked; who reads the address goes there in vain.

use crate::domain::text::fold;
use crate::domain::vocabulary::Itinerance;

/// Words that name a vehicle, folded; « Bibliobus » and « Mairiebus » by their end.
const VEHICLES: [&str; 7] = ["bus", "camion", "camionnette", "fourgon", "caravane", "roulotte", "camping car"];
/// Words that end as a vehicle and are none.
const NO_VEHICLES: [&str; 5] = ["omnibus", "syllabus", "rebus", "airbus", "columbus"];
/// What must stand before « mobile », which alone may be a telephone or the name of a shop.
const MOBILE: [&str; 8] = ["pimms", "equipe", "service", "services", "numerique", "mairie", "antenne", "bus"];

/// What a name says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// « Bus France services », « France services itinérante »: whatever else the list says.
    Moves,
    /// « …et itinérance MSA »: rounds are made from there, and the place itself may well stay.
    Rounds,
}

/// Reads a name.
#[must_use]
pub fn of_name(name: &str) -> Option<Said> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_vehicle = |word: &str| {
        VEHICLES.contains(&word) || word.len() > 4 && word.ends_with("bus") && !NO_VEHICLES.contains(&word)
    };
    let at = |i: usize| words.get(i).copied().unwrap_or_default();
    let moves = words.iter().enumerate().any(|(i, word)| match *word {
        "itinerant" | "itinerante" | "itinerants" | "itinerantes" => true,
        "mobile" => i > 0 && MOBILE.contains(&at(i - 1)),
        "van" => at(i + 1) == "numerique",
        // « Arrêt de bus », « Gare des bus »: where one is, not what moves.
        word => is_vehicle(word) && !(i > 1 && ["arret", "gare", "station", "depot"].contains(&at(i - 2))),
    });
    if moves {
        return Some(Said::Moves);
    }
    words.iter().any(|word| word.starts_with("itineranc")).then_some(Said::Rounds)
}

/// The itinerance of a place, by what its list and its name say; `None` where the name changes nothing.
#[must_use]
pub fn narrowed(name: &str, listed: &[Itinerance]) -> Option<Vec<Itinerance>> {
    let now = match of_name(name)? {
        Said::Moves => true,
        Said::Rounds => listed.is_empty(),
    };
    (now && listed != [Itinerance::Itinerant]).then(|| vec![Itinerance::Itinerant])
}

/// The words of a cell, folded.
fn cut(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

/// Whether the column of a format names what moves: « Bus équivalent », « Itinérante », « Camion »; « non itinérant » does not.
#[must_use]
pub fn of_format(text: &str) -> bool {
    let words = cut(text);
    let moves = |word: &str| {
        word.starts_with("itineran") || VEHICLES.contains(&word) || matches!(word, "van" | "mobile" | "mobiles")
    };
    let denied = |at: usize| {
        let mut before = words[..at].iter().rev().map(String::as_str).skip_while(|word| matches!(*word, "d" | "de"));
        before.next().is_some_and(|word| ["non", "pas", "sans", "ni"].contains(&word))
    };
    words.iter().enumerate().any(|(at, word)| moves(word) && !denied(at)) || words.join(" ").contains("camping car")
}

/// Whether a comment begins by saying that the place moves: « Itinérant, les lieux changent tous les jours ! ».
#[must_use]
pub fn begins_to_move(comment: &str) -> bool {
    cut(comment).first().is_some_and(|word| matches!(word.as_str(), "itinerant" | "itinerante"))
}

/// Whether a format names a door beside what moves: « Site + itinérance ».
#[must_use]
pub fn has_a_door(text: &str) -> bool {
    cut(text).iter().any(|word| matches!(word.as_str(), "site" | "fixe"))
}

/// Whether a format is one row for several sites: « Multisites », « multi-site », « plusieurs sites ».
#[must_use]
pub fn has_several_sites(text: &str) -> bool {
    let words = cut(text).join(" ");
    words.replace(' ', "").contains("multisite") || words.contains("plusieurs sites")
}

/// Whether the column of itinerance says yes, in whatever words.
#[must_use]
pub fn is_affirmed(text: &str) -> bool {
    let words = cut(text);
    let first = words.first().map(String::as_str).unwrap_or_default();
    matches!(first, "oui" | "o" | "1" | "true" | "vrai" | "yes" | "x") || of_format(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_what_moves_and_what_does_not() {
        assert!(begins_to_move("Itinérant, les lieux changent tous les jours !"));
        assert!(!begins_to_move("Structure non itinérante") && !begins_to_move("Itinérance dans 4 communes"));
        for text in
            ["Bus_équivalent", "Itinérante", "Camping-car", "Camion", "Van", "Mobile", "Site + itinérance", "Itinérant"]
        {
            assert!(of_format(text), "{text}");
        }
        for text in
            ["Fixe", "Multisites", "Fixe_antenne(s)", "Non itinérant", "Fixe (non itinérant)", "Site principal", ""]
        {
            assert!(!of_format(text), "{text}");
        }
        for text in ["Oui", "O", "1", "True", "Itinérante", "Oui (bus)", "Vrai"] {
            assert!(is_affirmed(text), "{text}");
        }
        for text in ["Non", "N", "0", "False", "Non itinérant", "Pas d'itinérance", ""] {
            assert!(!is_affirmed(text), "{text}");
        }
        for text in ["Multisites", "Multi-sites", "Multi sites", "multi-site", "Plusieurs sites"] {
            assert!(has_several_sites(text), "{text}");
        }
        assert!(!has_several_sites("Site principal") && has_a_door("Site + itinérance") && !has_a_door("Itinérante"));
    }

    #[test]
    fn a_bus_is_a_bus_whatever_its_list_says() {
        for name in [
            "Bus France services du Valenciennois",
            "Camion bleu France Services Douaisis",
            "France services Cèze Cévennes - Antenne itinérante (bus)",
            "B-Bus France Services",
            "Bibliobus",
            "EPN MairieBus",
            "Emmaüs Ruffec - EFS EMMABUS",
            "PIMMS Mobile Allouagne",
            "France services Espace Numérique Mobile de Normandie - Antenne de Lillebonne",
            "Vaumoise / CCPV Van numérique",
            "PIMMS Artois-Gohelle - Services itinérants entre Béthune et Aire-sur-la-Lys",
            "Recyclo'Bus",
        ] {
            assert_eq!(of_name(name), Some(Said::Moves), "{name}");
            assert_eq!(narrowed(name, &[Itinerance::Fixed]), Some(vec![Itinerance::Itinerant]), "{name}");
        }
    }

    #[test]
    fn what_only_sounds_like_it_stays_where_it_is() {
        for name in [
            "La Courneuve Mobile",
            "MJC CS Nomade",
            "Médiathèque Municipale Maxence Van der Meersch d'Hornaing",
            "Espace numérique, arrêt de bus Mairie",
            "Boutique Orange téléphonie mobile",
            "Maison de services de la gare",
        ] {
            assert_eq!(of_name(name), None, "{name}");
        }
        let montbard = "France services de la sous-prefecture de Montbard et itinerance MSA";
        assert_eq!(narrowed(montbard, &[Itinerance::Fixed]), None, "its list says that it stays");
        assert_eq!(narrowed("Emmaüs Connect - Itinérance", &[]), Some(vec![Itinerance::Itinerant]));
        assert_eq!(narrowed("Bus", &[Itinerance::Itinerant]), None, "said already");
    }
}
