//! Whether a note beside hours takes some of the days back: « un lundi sur deux », « jusqu'au 30 juin ». The notation opens every
//! Monday, and the note does not.

use super::clause::{Word, words};

/// Parts of words that do, folded.
const NARROWS: [&str; 43] = [
    "sur deux",
    "sur 2",
    "sur trois",
    "sur 3",
    "sur quatre",
    "sur 4",
    "quinz",
    "15 jours",
    "alternance",
    "alternativement",
    "paires",
    "impair",
    "dis pairs",
    "visio",
    "vacances",
    "scolaire",
    "par mois",
    "du mois",
    "tous les mois",
    "chaque mois",
    "mensuel",
    "trimestriel",
    "semaine a",
    "semaine b",
    "sauf",
    "uniquement le",
    "seulement le",
    "dates",
    "jusqu",
    "a partir d",
    "a compter d",
    "hors saison",
    "hors conge",
    "hors ferie",
    "hors jours",
    "hors periode",
    "ponctuel",
    "occasionnel",
    "annul",
    "suspend",
    "suspens",
    "reporte",
    "supprim",
];

/// Reads a folded note.
#[must_use]
pub fn takes_back(note: &str) -> bool {
    // « semaine au … », « semaine a la mairie »: only the letter that names one of two kinds of weeks.
    let is_word = |narrows: &str| match narrows {
        "semaine a" | "semaine b" => note.split([',', ';', '(', ')', '.']).any(|part| {
            let part = part.trim().replace("semaines ", "semaine ");
            part.ends_with(narrows)
        }),
        _ => note.contains(narrows),
    };
    // Who is on the telephone opens no door; « rendez-vous téléphonique » says how to come.
    let calls = note.contains("telephonique") && !["rendez", "rdv"].iter().any(|word| note.contains(word));
    if calls || NARROWS.iter().any(|narrows| is_word(narrows)) {
        return true;
    }
    let words = words(note);
    let follows = |at: usize| words[at + 1..].iter().find(|word| !matches!(word, Word::Filler | Word::Rank(_)));
    words.iter().enumerate().any(|(at, word)| match word {
        Word::Weeks(_) | Word::Some | Word::Month(_) | Word::Vacations | Word::Summer | Word::Date(..) => true,
        // « La ferme » is a farm.
        Word::Closes => !note.contains("la ferme"),
        // « 1er étage » is no first Monday.
        Word::Rank(_) => matches!(follows(at), None | Some(Word::Day(_) | Word::OfMonth)),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::takes_back;
    use crate::domain::text::fold;

    #[test]
    fn a_note_that_takes_days_back_is_heard() {
        for note in [
            "1er lundi",
            "3e lundi",
            "le premier lundi",
            "1er et 3e",
            "mensuel",
            "bimensuel",
            "Tous les mois",
            "une semaine sur 3",
            "semaine A",
            "semaines B",
            "jusqu'au 30 juin",
            "à partir de septembre",
            "dès septembre",
            "hors été",
            "hors congés",
            "fermé en août",
            "ponctuellement",
            "fermé",
            "FERMEE",
            "annulé",
            "suspendu",
            "un lundi sur deux",
            "sauf vacances",
            "le 03/07",
            "les lundis impairs",
            "permanence téléphonique",
            "accueil téléphonique uniquement",
            "en visio",
        ] {
            assert!(takes_back(&fold(note)), "{note}");
        }
        for note in [
            "sur rendez-vous",
            "sans rendez-vous",
            "après-midi sur rendez-vous",
            "accueil",
            "téléphone",
            "prise de rendez-vous téléphonique",
            "1er étage",
            "2e étage, bureau 12",
            "à la ferme",
            "salle des associations",
            "tous les lundis",
            "semaine à la mairie",
        ] {
            assert!(!takes_back(&fold(note)), "{note}");
        }
    }
}
