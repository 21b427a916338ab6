//! Places that their own list says closed: « (Actuellement fermé) », « Permanence annulée », « Fermeture définitive au 17/01/2022 ».
//!
//! What is read is a whole clause: « accueil fermé le vendredi » and « fermé du 9 au 30 août » say when, and leave the place
//! open. « La Ferme » is a farm: without an accent, the word alone says nothing.

use chrono::NaiveDate;

use super::date;
use crate::domain::text::{find_words, fold};

/// Participles for « closed », folded.
const CLOSED: [&str; 4] = ["ferme", "fermee", "fermes", "fermees"];
/// Participles that end a session, folded.
const ENDED: [&str; 16] = [
    "termine",
    "terminee",
    "termines",
    "terminees",
    "annule",
    "annulee",
    "annules",
    "annulees",
    "supprime",
    "supprimee",
    "supprimes",
    "supprimees",
    "reporte",
    "reportee",
    "reportes",
    "reportees",
];
/// The same, which also name gardens and bridges: only of something that can be suspended.
const SUSPENDED: [&str; 4] = ["suspendu", "suspendue", "suspendus", "suspendues"];
/// Words that say the end is now, or for good.
const NOW: [&str; 10] = [
    "actuellement",
    "temporairement",
    "provisoirement",
    "momentanement",
    "definitivement",
    "desormais",
    "maintenant",
    "definitif",
    "definitive",
    "definitives",
];
/// What a clause may speak of, with the words that hold it together.
const SUBJECTS: [&str; 38] = [
    "l",
    "la",
    "le",
    "les",
    "cette",
    "ce",
    "cet",
    "notre",
    "nos",
    "lieu",
    "espace",
    "structure",
    "point",
    "antenne",
    "site",
    "bureau",
    "local",
    "locaux",
    "etablissement",
    "permanence",
    "permanences",
    "atelier",
    "ateliers",
    "accueil",
    "service",
    "services",
    "numerique",
    "numeriques",
    "activite",
    "activites",
    "proposes",
    "est",
    "sont",
    "au",
    "public",
    "attention",
    "pour",
    "moment",
];
/// What stands before a reason.
const REASONS: [&[&str]; 5] =
    [&["suite", "a"], &["en", "raison"], &["a", "cause"], &["pour", "cause"], &["pour", "travaux"]];
/// Words of time, which make a closure one of some days.
const TIMES: [&str; 26] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "matin", "matins", "midi", "soir", "jour",
    "jours", "semaine", "semaines", "mois", "vacances", "conges", "ete", "heure", "heures", "chaque", "jusqu",
    "pendant", "durant", "entre",
];
/// Statements of their own, wherever the clause goes on to.
const FOR_GOOD: [&str; 18] = [
    "fermeture definitive",
    "fermetures definitives",
    "definitivement ferme",
    "definitivement fermee",
    "ferme definitivement",
    "fermee definitivement",
    "n existe plus",
    "n est plus en activite",
    "n est plus en service",
    "a cesse son activite",
    "a cesse ses activites",
    "a ferme ses portes",
    "n a plus lieu",
    "n ont plus lieu",
    "n accueille plus de public",
    "n accueille plus le public",
    "ne recoit plus de public",
    "ne recoit plus le public",
];
/// Words that say since when, before a day, a month or a year.
const SINCE: [&[&str]; 6] = [&["depuis"], &["au"], &["a", "compter"], &["a", "partir"], &["des"], &["definitivement"]];

/// Whether the name of a place says that it is closed on `today`, or a session that it is not held: in brackets, or at an
/// end.
#[must_use]
pub fn of_name(name: &str, today: NaiveDate) -> bool {
    if !may_say_so(name) {
        return false;
    }
    if closed_since(name, today) || ends_for_good(name) {
        return true;
    }
    let parts = || name.split(['(', ')', '[', ']', '–', '—', ':', '|', '/', '!']).flat_map(|part| part.split(" - "));
    let whole = |part: &str| {
        let words = words(part);
        // « La ferme » is a place; « fermé », « FERMÉ », « fermée » are not.
        let says = words.iter().any(|word| ENDED.contains(&word.as_str()) || SUSPENDED.contains(&word.as_str()));
        (says || closed_for_certain(part, &words)) && is_without_end(&words) || for_good(&words)
    };
    let at_an_end = |part: &str| {
        let words = words(part);
        let ends = |word: Option<&String>| word.is_some_and(|word| ENDED.contains(&word.as_str()));
        let closed = |word: Option<&str>| word.is_some_and(|word| closed_for_certain(word, &self::words(word)));
        let last = part.split_whitespace().next_back();
        // « Travaux terminés » end no place, « reporté au 12 mars » is one day, and a « hôpital de jour fermé » a kind of ward.
        let works = words.iter().any(|word| word == "travaux");
        let ward = words.iter().any(|word| word == "hopital");
        let first = ends(words.first()) && !tells_when(&words[1..]);
        words.len() > 1 && (ends(words.last()) && !works || first || closed(last) && !ward)
    };
    parts().any(|part| whole(part) || at_an_end(part))
}

/// Whether a text holds a part of any word without which nothing here closes a place: most hold none, and are told at once.
fn may_say_so(text: &str) -> bool {
    let folded = fold(text);
    ["ferm", "termin", "annul", "supprim", "report", "suspend", "cess", "plus"].iter().any(|stem| folded.contains(stem))
}

/// Whether a name says « fermeture définitive », whatever it names before.
fn ends_for_good(name: &str) -> bool {
    let text = format!(" {} ", words(name).join(" "));
    let said = FOR_GOOD.iter().find_map(|phrase| Some(&text[find_words(&text, phrase)? + phrase.len()..]));
    said.is_some_and(|after| !after.split_whitespace().any(|word| TIMES.contains(&word)))
}

/// « fermée au 31/12/2023 », « fermée depuis 2023 »: closed from a day on that is past. « Fermé le 31/12 » is one day.
fn closed_since(text: &str, today: NaiveDate) -> bool {
    let words: Vec<String> =
        text.split_whitespace().map(|word| fold(word.trim_matches(['(', ')', '[', ']', ',', '.']))).collect();
    let closes = |word: &String| CLOSED.contains(&word.as_str()) || word == "fermeture";
    let at = words.iter().position(closes);
    at.is_some_and(|at| {
        let after: Vec<&str> = words[at + 1..].iter().map(String::as_str).filter(|word| !NOW.contains(word)).collect();
        let since = SINCE.iter().find(|since| after.starts_with(since));
        let rest = since.map(|since| &after[since.len()..]).unwrap_or_default();
        let rest: Vec<&str> = rest.iter().copied().filter(|word| !matches!(*word, "le" | "du" | "de" | "au")).collect();
        let year = |word: &str| word.parse::<i32>().ok().filter(|year| (2000..2100).contains(year));
        let day = rest.first().and_then(|word| {
            let day = date::day(word, today).ok().map(|day| day.value);
            day.or_else(|| NaiveDate::from_ymd_opt(year(word)?, 1, 1))
                .or_else(|| rest.iter().find_map(|word| NaiveDate::from_ymd_opt(year(word)?, 12, 31)))
        });
        day.is_some_and(|day| day <= today)
    })
}

/// Whether a note, or hours in words, say that the place is closed with no end, or that its sessions are not held.
#[must_use]
pub fn of_note(note: &str, today: NaiveDate) -> bool {
    if !may_say_so(note) {
        return false;
    }
    let clauses = note.split(['.', ';', '!', '\n']).map(words).filter(|words| !words.is_empty());
    let clauses: Vec<Vec<String>> = clauses.collect();
    let since = |clause: &str| {
        closed_since(clause, today) && self::words(clause).iter().take(3).any(|word| CLOSED.contains(&word.as_str()))
    };
    if note.split([';', '!', '\n']).any(since) {
        return true;
    }
    clauses.iter().any(|words| {
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        // One word of a longer note may go on from the line before: « Samedi : … ; fermé ».
        let alone = clauses.len() == 1 && has(&CLOSED);
        let said = has(&ENDED) || has(&SUSPENDED) && words.len() > 1 || has(&CLOSED) && has(&NOW) || alone;
        said && is_without_end(words) || for_good(words)
    })
}

/// The words of a clause, folded.
fn words(clause: &str) -> Vec<String> {
    let folded = fold(clause);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // « A été » is a verb, « l’été » a season.
    let text = words.join(" ").replace("a ete ", "est ").replace("ont ete ", "sont ");
    let text = text.replace("jusqu a nouvel ordre", "actuellement");
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether « closed » is meant: with its accent, in the feminine, or with a word that says since when.
fn closed_for_certain(text: &str, words: &[String]) -> bool {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let accented = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "fermé" | "fermés" | "fermée" | "fermées" | "fermee" | "fermees"));
    has(&CLOSED) && (accented || has(&NOW))
}

/// Whether nothing in a clause says when: only what is closed, that it is, since when, and why.
fn is_without_end(words: &[String]) -> bool {
    let begins = |at: usize, reason: &[&str]| {
        words[at..].iter().map(String::as_str).take(reason.len()).eq(reason.iter().copied())
    };
    let reason = (0..words.len()).find(|&at| REASONS.iter().any(|reason| begins(at, reason)));
    let (mut said, why) = words.split_at(reason.unwrap_or(words.len()));
    let is_in = |lists: &[&[&str]], word: &String| lists.iter().any(|list| list.contains(&word.as_str()));
    let known = |word: &String| is_in(&[&SUBJECTS, &CLOSED, &ENDED, &SUSPENDED, &NOW], word);
    if said.is_empty() {
        // « Suite à un congé maternité les services sont suspendus ».
        said = &why[why.len() - why.iter().rev().take_while(|word| known(word)).count()..];
    }
    said.iter().all(known) && said.iter().any(|word| is_in(&[&CLOSED, &ENDED, &SUSPENDED], word)) && !tells_when(why)
}

/// Whether a clause is about the place itself and its end: « Fermeture définitive de la MSAP au 17/01/2022 ».
fn for_good(words: &[String]) -> bool {
    let text = format!(" {} ", words.join(" "));
    FOR_GOOD.iter().any(|phrase| {
        find_words(&text, phrase).is_some_and(|at| {
            let (before, after) = (&text[..at], &text[at + phrase.len()..]);
            // « N'a plus lieu à la mairie mais à la médiathèque » has moved.
            let moved = phrase.ends_with("plus lieu") && find_words(after, "mais").is_some();
            before.split_whitespace().all(|word| SUBJECTS.contains(&word))
                && !moved
                && !after.split_whitespace().any(|word| TIMES.contains(&word))
        })
    })
}

fn tells_when(words: &[String]) -> bool {
    words.iter().any(|word| TIMES.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 9, 1).unwrap()
    }

    #[test]
    fn a_name_may_say_that_the_place_is_closed_or_the_session_not_held() {
        for name in [
            "Mairie FERMETURE DÉFINITIVE",
            "Médiathèque (fermée au 31/12/2023)",
            "Médiathèque fermée depuis 2023",
            "Espace numérique (fermé depuis mars 2023)",
            "L'atelier du 9 (Actuellement fermé)",
            "Médiathèque du Bourg - FERMÉ",
            "Espace numérique [fermée]",
            "Maison pour tous (fermé définitivement)",
            "FERMÉ – Cyber-base",
            "Permanence annulée",
            "Atelier tablette (annulé)",
            "ANNULÉ : atelier tablette",
            "Atelier (reporté)",
            "Terminé - Ateliers seniors",
            "Ateliers seniors (terminés)",
            "Atelier du mardi terminé",
            "Point numérique (définitivement fermé)",
            "Point numérique (temporairement ferme)",
            "Permanences (suspendues)",
        ] {
            assert!(of_name(name, today()), "{name}");
        }
    }

    #[test]
    fn farms_gardens_and_the_determined_stay() {
        for name in [
            "La Ferme",
            "Ferme de la Turfaudière",
            "L'Ancienne Ferme",
            "Tiers-lieu (la ferme)",
            "Le Jardin suspendu",
            "Rue du Pont Suspendu",
            "Association Déterminée",
            "Les Déterminés",
            "Espace Terminal",
            "Le Terminus",
            "Mairie (fermé le lundi)",
            "Médiathèque (fermée en août)",
            "Les Annulaires",
            "Maison de l'Été",
            "Le Report",
            "Médiathèque (fermée au 31/12/2030)",
            "Médiathèque (fermée le 31/12/2023)",
            "Ferme depuis 1900",
            "Atelier (reporté au 12 mars)",
            "Atelier (annulé le 12 mars)",
            "Association Travaux terminés",
            "Hôpital de jour fermé",
        ] {
            assert!(!of_name(name, today()), "{name}");
        }
    }

    #[test]
    fn a_note_that_says_closed_without_an_end_is_believed() {
        for note in [
            "Espace fermé suite à une dégradation des locaux.",
            "Temporairement fermée au public",
            "antenne fermée",
            "Fermé jusqu'à nouvel ordre",
            "Ce lieu a fermé ses portes en 2022",
            "Cette permanence n'a plus lieu",
            "Ce point n'accueille plus de public",
            "Fermé depuis le 01/02/2023",
            "Fermé",
            "ATTENTION : FERMETURE DEFINITIVE DE LA MSAP ANOULD AU 17/01/2022 - TRANSFERT DES DOSSIERS",
            "Nous avons déménagé. Ce lieu n'existe plus.",
            "L'espace a cessé ses activités",
            "Les permanences sont supprimées.",
            "La permanence a été annulée",
            "Suite à un congé maternité les services numériques proposés sont suspendus pour le moment.",
            "Structure actuellement fermée pour travaux",
            "Accueil du public ; permanence annulée",
        ] {
            assert!(of_note(note, today()), "{note}");
        }
    }

    #[test]
    fn a_note_that_says_when_leaves_the_place_open() {
        for note in [
            "Le site France Services de Xertigny sera fermé du 9 au 30 août inclus pour congés annuels et déménagement.",
            "Vendredi après-midi accueil fermé",
            "fermé le lundi",
            "Fermé le 1er mercredi du mois",
            "Structure fermée le premier lundi du mois",
            "Mercredi uniquement sur rdv, fermé au public.",
            "Fermeture annuelle du 25/07 au 25/08",
            "FERMETURE DE LA STRUCTURE le Vendredi 10 mai 2024",
            "Fermeture quotidienne de 12h00 à 13h30",
            "Bus France services ICI PLO.Com fermé du 25 au 29 décembre inclus.",
            "Lundi 9h-12h ; mardi 9h-12h ; mercredi fermé",
            "Lundi : 9h-12h. Mardi : 9h-12h. Fermé.",
            "L'usine du village a cessé son activité. Le centre social accueille ses anciens salariés.",
            "Direction : tous les jours de 8h30 à 17h30. Fermé le mercredi et fermé au public le jeudi.",
            "libre de déterminer",
            "Fermé à partir du 01/02/2030",
            "La permanence n'a plus lieu le mardi",
            "Le lieu ferme ses portes à 18 h",
            "Médiathèque Fontbarlettes : EXCEPTIONNELLEMENT FERMEE ET EST REPORTEE A LA MEDIATHEQUE DU PLAN",
            "Fermé définitivement le samedi",
            "Fermé pour congés jusqu'au 3 septembre",
            "Fermé l'été",
            "Fermé cet été",
            "Travaux terminés",
            "Les services sont ouverts en raison d'une permanence annulée ailleurs",
            "RDV à guichet fermé avec un conseiller",
            "La permanence n'a plus lieu à la mairie mais à la médiathèque",
            "",
        ] {
            assert!(!of_note(note, today()), "{note}");
        }
    }
}
