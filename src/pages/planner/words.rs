//! The planner's words: what each choice is called, and why a field cannot be what it is.

use crate::placement::KINDS;
use crate::planning::{Expected, RowFault, own_list, separator};
use crate::tables::french;

/// Values of a field with what a visitor reads.
pub type Choices<const N: usize> = [(&'static str, &'static str); N];

/// What is wished: the titles of the one list of objectives.
pub const OBJECTIVES: Choices<{ KINDS.len() }> = {
    let mut choices = [("", ""); KINDS.len()];
    let mut rank = 0;
    while rank < KINDS.len() {
        choices[rank] = (KINDS[rank].name, KINDS[rank].title);
        rank += 1;
    }
    choices
};
/// How people travel.
pub const MODES: Choices<3> = [("car", "en voiture"), ("bicycle", "à vélo"), ("walk", "à pied")];
/// Who counts.
pub const DEMANDS: Choices<5> = [
    ("need", "Personnes éloignées du numérique"),
    (
        "offline",
        "Parmi elles, celles qui se passent d’internet (jamais, ou pas depuis trois mois, selon le chiffre national)",
    ),
    ("weak-skills", "Parmi elles, celles qui y sont en difficulté"),
    ("expected", "Parmi elles, celles qui viendraient"),
    ("population", "Tous les habitants"),
];
/// Where posts may go.
pub const CANDIDATES: Choices<7> = [
    ("hosts", "Les lieux d'accueil connus, sinon les mairies"),
    ("communes", "Toutes les communes"),
    ("town-halls", "Les mairies"),
    ("venues", "Les lieux d'aide existants"),
    ("france-services", "Les maisons France services"),
    ("libraries", "Les bibliothèques"),
    ("listed", "Ma propre liste"),
];
/// What is there already.
pub const EXISTING: Choices<5> = [
    ("posts", "Les postes de conseillers de la dernière liste"),
    ("conseillers", "Les lieux où travaille un conseiller"),
    ("france-services", "Les maisons France services"),
    ("venues", "Tous les lieux d'aide"),
    ("none", "Rien\u{a0}: tout est à placer"),
];
/// What becomes of posts whose convention ends.
pub const RENEWED: Choices<2> = [("yes", "Toutes renouvelées"), ("no", "Non renouvelées")];
/// Levels of territories that are compared.
pub const LEVELS: Choices<5> = [
    ("", "Selon ce qu'on cherche"),
    ("regions", "Régions"),
    ("departements", "Départements"),
    ("epcis", "Intercommunalités"),
    ("communes", "Communes"),
];
/// Stops of a post that travels.
pub const STOPS: Choices<5> = [
    ("1", "Non\u{a0}: un seul endroit"),
    ("2", "2 étapes par semaine"),
    ("3", "3 étapes par semaine"),
    ("4", "4 étapes par semaine"),
    ("5", "5 étapes par semaine"),
];
/// Plans beside the best.
pub const OTHER_PLANS: Choices<3> = [
    ("", "Non\u{a0}: le meilleur seulement"),
    ("2", "2 autres, presque aussi bons"),
    ("4", "4 autres, presque aussi bons"),
];
/// Seconds of search.
pub const SECONDS: Choices<5> = [
    ("2", "2 secondes au plus"),
    ("5", "5 secondes au plus"),
    ("10", "10 secondes au plus"),
    ("30", "30 secondes au plus"),
    ("60", "une minute au plus"),
];

/// The word for a choice; the choice itself where there is none.
#[must_use]
pub fn word<'c>(choices: &[(&'static str, &'static str)], value: &'c str) -> &'c str {
    choices.iter().find(|(known, _)| *known == value).map_or(value, |(_, label)| label)
}

/// Why a field cannot be what it is: what was given, and what would do.
#[must_use]
pub fn fault(field: &str, value: &str, impossible: bool) -> String {
    let expected = expected(field, impossible);
    if value.is_empty() {
        return expected.to_owned();
    }
    let value: String = value.chars().take(60).collect();
    format!("«\u{a0}{value}\u{a0}» n'est pas possible ici. {expected}")
}

/// What is wrong with a list of one's own, row by row.
#[must_use]
pub fn list_faults(text: &str) -> Option<String> {
    const MOST: usize = 5;
    let faults = separator(text).and_then(|mark| own_list(text, mark).err())?;
    let said = |fault: &RowFault| {
        let column = match fault.column {
            "id" => "identifiant",
            "name" => "nom",
            "price_eur" => "prix",
            column => column,
        };
        let expected = match fault.expected {
            Expected::Column => "il manque cette colonne".to_owned(),
            Expected::NoPrice => {
                "cette colonne n'est pas lue\u{a0}: le prix d'un poste est celui de la question, pour tous les sites"
                    .to_owned()
            }
            Expected::Degrees => "attendu\u{a0}: un nombre de degrés".to_owned(),
            Expected::InFrance => "attendu\u{a0}: un point en France, longitude d'abord".to_owned(),
            Expected::Id => "attendu\u{a0}: 1 à 100 caractères, sans virgule ni point-virgule".to_owned(),
            Expected::OtherThanLine(line) => format!("déjà pris à la ligne {line}"),
        };
        format!("Ligne {}, {column}\u{a0}: «\u{a0}{}\u{a0}», {expected}.", fault.line, fault.got)
    };
    let told: Vec<String> = faults.iter().take(MOST).map(said).collect();
    let more = faults.len().saturating_sub(MOST);
    let more = if more > 0 {
        format!(" Et {}.", french::count(more as u64, "autre faute", "autres fautes"))
    } else {
        String::new()
    };
    Some(format!("{}{more}", told.join(" ")))
}

/// What would do. What is written well may still be impossible in this territory or this edition.
fn expected(field: &str, impossible: bool) -> &'static str {
    match field {
        "territory" => {
            "Choisissez un territoire de la liste\u{a0}: il faut qu'il contienne au moins une commune habitée."
        }
        "demand" if impossible => {
            "Ces personnes ne sont pas connues dans ce territoire. À Mayotte et dans les collectivités d'outre-mer, où \
             l'enquête n'est pas allée, comptez les habitants."
        }
        "demand" | "objective" | "mode" | "candidates" | "existing" | "renewed" | "level" | "stops" | "denominator"
            if !impossible =>
        {
            "Choisissez une valeur de la liste."
        }
        "denominator" => "Ce territoire compte moins d'habitants que ce chiffre n'en demande.",
        "candidates" => "Cette édition n'a aucun site de cette sorte dans ce territoire.",
        "least_inhabitants" => "Indiquez un nombre entier d'habitants, de 0 à 100\u{202f}000.",
        "sites" if impossible => "Un des sites possibles a déjà cet identifiant\u{a0}: donnez-en un autre au vôtre.",
        "sites" => {
            "Collez un tableau avec les colonnes identifiant, longitude, latitude, nom, une ligne par site. La longitude \
             vient d'abord."
        }
        "existing" => "Cette édition n'a pas cette liste.",
        "horizon" => "Indiquez un jour, par exemple 2027-01-01.",
        "convention_months" => "Indiquez un nombre de mois, de 1 à 240.",
        "forced" | "forbidden" => {
            "Écrivez des codes de sites possibles, séparés par des virgules, chacun imposé ou exclu."
        }
        "posts_per_site" => "Indiquez un nombre entier, de 1 à 1\u{202f}000.",
        "radius_km" | "minutes" if impossible => {
            "Il faut que le trajet atteigne quelqu'un, et qu'il ne mette pas toute la France à portée de tout\u{a0}: changez-le, ou \
             réduisez le territoire."
        }
        "radius_km" => "Indiquez une distance de 0,1 à 500 kilomètres.",
        "minutes" => "Indiquez un nombre entier de minutes, de 1 à 240.",
        "none_km" | "none_minutes" => "Indiquez plus que ce qui est à portée.",
        "share" if impossible => {
            "Même tous les sites ensemble n'atteignent pas cette part. Demandez moins, ou allongez le trajet."
        }
        "share" => "Indiquez une part au-dessus de 0 et jusqu'à 1\u{a0}: 0,95 pour 95\u{a0}%.",
        "hours_per_post" | "hours_per_person" => "Indiquez un nombre d'heures par an, au-dessus de 0.",
        "posts" => "Indiquez un nombre entier de postes, au moins 1, et pas plus qu'il n'y a de sites possibles.",
        "budget_eur" => {
            "Indiquez une somme en euros qui paie au moins un poste, et pas plus que tous les sites ensemble."
        }
        "price_public_eur" | "price_private_eur" => "Indiquez un coût en euros par an, au moins 1.",
        "stop_minutes" => "Indiquez un nombre entier de minutes, de 1 à 120.",
        "seed" => "Indiquez un nombre entier, 0 ou plus.",
        "seconds" => "Indiquez un nombre de secondes, 60 au plus.",
        "rounds" => "Indiquez un nombre entier de tours.",
        _ => "Cette question n'a pas de réponse\u{a0}: changez un des choix.",
    }
}

/// The names of some communes: the first few, and how many more.
#[must_use]
pub fn named(names: &[&str], most: usize) -> String {
    let shown = names.len().min(if names.len() == most + 1 { most + 1 } else { most });
    let more = names.len() - shown;
    let first = names[..shown].join(", ");
    match (more, first.rsplit_once(", ")) {
        (0, Some((before, last))) => format!("{before} et {last}"),
        (0, None) => first,
        (more, _) => format!("{first} et {}", french::count(more as u64, "autre commune", "autres communes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::FIELDS;

    #[test]
    fn every_field_says_what_it_takes() {
        let unknown = expected("no such field", true);
        for field in
            FIELDS.iter().filter(|field| !matches!(field.name, "objective" | "renewed" | "level" | "stops" | "mode"))
        {
            assert_ne!(expected(field.name, true), unknown, "{}", field.name);
        }
        for field in FIELDS {
            assert_ne!(expected(field.name, false), unknown, "{}", field.name);
        }
    }

    #[test]
    fn a_list_of_communes_ends_in_words() {
        assert_eq!(named(&["Ajain"], 3), "Ajain");
        assert_eq!(named(&["Ajain", "Guéret"], 3), "Ajain et Guéret");
        assert_eq!(named(&["A", "B", "C", "D"], 3), "A, B, C et D", "« et une autre » would be no shorter");
        assert_eq!(named(&["A", "B", "C", "D", "E"], 3).replace('\u{a0}', " "), "A, B, C et 2 autres communes");
    }
}
