//! Cells and words that deny: « non », « aucun », « pas d'ordinateur », « Surdité : non ». A word in a cell says nothing before it is
//! known that the cell does not take it back.

use crate::domain::text::fold;

/// Cells that say no, folded.
const NO: [&str; 20] = [
    "non",
    "n",
    "no",
    "0",
    "0.0",
    "0,0",
    "false",
    "faux",
    "aucun",
    "aucune",
    "aucuns",
    "jamais",
    "pas encore",
    "a venir",
    "en projet",
    "en cours",
    "neant",
    "sans",
    "sans objet",
    "non concerne",
];
/// How a cell begins that says no, folded.
const BEGINS: [&str; 14] = [
    "non,",
    "non ,",
    "non:",
    "non :",
    "non;",
    "non.",
    "non (",
    "non!",
    "non /",
    "non/",
    "pas encore ",
    "pas de ",
    "pas d'",
    "aucun ",
];
/// Words before another one that deny it.
const BEFORE: [&str; 7] = ["sans", "pas", "aucun", "aucune", "non", "ni", "jamais"];
/// Words between a denial and what it denies.
const BETWEEN: [&str; 14] =
    ["d", "de", "du", "des", "l", "le", "la", "les", "un", "une", "encore", "aucun", "aucune", "besoin"];
/// What takes a word back that stands before, folded.
const AFTER: [&str; 9] = [
    "en panne",
    "hors service",
    "indisponible",
    "indisponibles",
    "non disponible",
    "non disponibles",
    "pas disponible",
    "pas disponibles",
    "supprime",
];

/// Whether a folded cell says no and nothing else counts.
#[must_use]
pub fn is_no(folded: &str) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    NO.contains(&bare)
        || BEGINS.iter().any(|begin| folded.trim_start().starts_with(begin))
        || folded.trim_start().starts_with("aucune ")
}

/// Whether what follows a colon, an equals sign or a bracket says no: « Surdité : non », « Jeunes (non) ».
#[must_use]
pub fn is_taken_back(folded: &str) -> bool {
    let parts = folded.split([':', '(', '=']).skip(1);
    parts.map(|part| part.split([')', ',', ';', '/', '|']).next().unwrap_or_default()).any(|part| {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
        matches!(bare, "non" | "0" | "false" | "faux" | "n" | "aucun" | "aucune" | "jamais" | "pas encore")
    })
}

/// Whether a folded text holds a folded term somewhere without denying it.
#[must_use]
pub fn affirms(folded: &str, term: &str) -> bool {
    !term.is_empty() && folded.match_indices(term).any(|(at, _)| !denied(&folded[..at], &folded[at + term.len()..]))
}

/// The same of a text as it came, line by line: « Résider sur la commune : Non » denies nothing of the next line.
#[must_use]
pub fn affirms_in(text: &str, term: &str) -> bool {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r']).map(fold) {
        match lines.last_mut() {
            // What ends in a colon is answered on the next line.
            Some(last) if last.ends_with(':') => *last = format!("{last} {line}"),
            _ => lines.push(line),
        }
    }
    lines.retain(|line| line.contains(term));
    if lines.is_empty() { fold(text).contains(term) } else { lines.iter().any(|line| affirms(line, term)) }
}

fn denied(before: &str, after: &str) -> bool {
    let clause = before.rsplit([',', ';', '.', ':', '\n', '(', '!', '/']).next().unwrap_or_default();
    let inside = clause.ends_with(char::is_alphanumeric);
    let words = clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let last = words.rev().find(|word| !BETWEEN.contains(word) || BEFORE.contains(word));
    // « Résider sur la commune : Non Adhésion : 6 € » answers what stands before.
    let answers = before.rsplit_once(':').is_some_and(|(_, said)| said.trim() == "non");
    if !inside && !answers && last.is_some_and(|word| BEFORE.contains(&word)) {
        return true;
    }
    // The rest of the word, « ordinateur·s », and the mark behind it.
    let rest = after.trim_start_matches(char::is_alphanumeric).trim_start();
    let marked = rest.starts_with([':', '(', '=']);
    let said = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let starts = |words: &str| said.strip_prefix(words).is_some_and(|next| !next.starts_with(char::is_alphanumeric));
    AFTER.iter().any(|words| starts(words))
        || marked && is_taken_back(&format!(":{}", rest.trim_start_matches([':', '(', '='])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_says_no_is_heard() {
        for cell in [
            "Non",
            "0",
            "false",
            "Faux",
            "N",
            "aucun",
            "Aucune",
            "Jamais",
            "pas encore",
            "à venir",
            "Non, pas encore",
            "NON.",
        ] {
            assert!(is_no(&fold(cell)), "{cell}");
        }
        for cell in ["Oui", "1", "x", "Non-voyants", "Nonagénaires", "Sans rendez-vous", "10", "Nouveau"] {
            assert!(!is_no(&fold(cell)), "{cell}");
        }
        for cell in ["Surdité : non", "Jeunes (non)", "Wifi = 0", "Illettrisme : Non"] {
            assert!(is_taken_back(&fold(cell)), "{cell}");
        }
        for cell in [
            "Surdité : oui",
            "Surdité : difficultés auditives, interprète",
            "Jeunes (16-26 ans)",
            "Handicaps moteurs : non voyants",
        ] {
            assert!(!is_taken_back(&fold(cell)), "{cell}");
        }
    }

    #[test]
    fn a_term_that_its_text_denies_is_not_affirmed() {
        for (text, term) in [
            ("accès libre sans adhésion annuelle", "adhesion"),
            ("Pas d'ordinateur", "ordinateur"),
            ("Aucun ordinateur", "ordinateur"),
            ("Ordinateurs en panne", "ordinateur"),
            ("Ordinateur : non", "ordinateur"),
            ("Wifi (non), imprimante", "wifi"),
            ("Non gratuit", "gratuit"),
            ("Pas encore de wifi", "wifi"),
            ("ni scanner ni imprimante", "imprimante"),
            ("Pas d'accueil sans rendez-vous", "accueil"),
        ] {
            assert!(!affirms(&fold(text), term), "{text}");
        }
        assert!(affirms_in("Résider sur la commune : Non\nAdhésion : 6 €", "adhesion"));
        assert!(affirms_in("Résider sur la commune: \nNon Adhésion: 6 €", "adhesion"));
        assert!(!affirms_in("Accès libre\nSans adhésion", "adhesion"));
        assert!(affirms_in("sur place,\npar téléphone", "sur place, par telephone"));
        for (text, term) in [
            ("Adhésion annuelle", "adhesion"),
            ("sans inscription, adhésion demandée", "adhesion"),
            ("Ordinateurs, sans imprimante", "ordinateur"),
            ("Pas d'imprimante. Ordinateurs en libre accès", "ordinateur"),
            ("Sur place, sans RDV", "sur place, sans rdv"),
            ("Non seulement wifi", "wifi"),
            ("Wifi (gratuit)", "wifi"),
            ("Louis", "oui"),
        ] {
            assert!(affirms(&fold(text), term), "{text}");
        }
    }
}
