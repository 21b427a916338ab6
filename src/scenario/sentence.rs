//! The answer in plain French.

use super::{Outcome, Question};
use crate::tables::french;

/// Where the survey of need did not go, or the population is not published.
const UNKNOWN: &str = "On ne sait pas combien de personnes sont éloignées du numérique ici\u{a0}: l'enquête n'y est pas allée. \
                       Les temps de trajet qui changent sont ci-dessous.";

/// « 12 400 personnes de moins vivent à moins de 15 minutes en voiture d'un lieu d'aide. » and what follows from it.
pub(crate) fn sentences(question: &Question, outcome: &Outcome<'_>) -> Vec<String> {
    let where_ =
        format!("à moins de {}\u{a0}minutes {} d'un lieu d'aide", question.threshold.minutes(), question.mode.words());
    let mut said = vec![match outcome.gained(question.threshold) {
        None => UNKNOWN.to_owned(),
        Some(0) => format!("Autant de personnes éloignées du numérique vivent {where_}."),
        Some(gained) => {
            let more = if gained > 0 { "plus" } else { "moins" };
            let count = french::count(gained.unsigned_abs(), "personne éloignée", "personnes éloignées");
            let live = if gained.unsigned_abs() < 2 { "vit" } else { "vivent" };
            format!("{count} du numérique de {more} {live} {where_}.")
        }
    }];
    let [before, after] = outcome.sides;
    said.extend(change_of("Heures d'ouverture à portée", before.hours, after.hours));
    said.extend(change_of("Heures de conseillers à portée", before.post_hours, after.post_hours));
    said
}

/// « Heures d'ouverture à portée : 11,9 heures par personne et par an au lieu de 12,4. » Nothing when it reads the same.
fn change_of(what: &str, before: Option<f64>, after: Option<f64>) -> Option<String> {
    let (before, after) = (before?, after?);
    // Enough decimals for the two to differ, and no more than an estimate deserves.
    let decimals = (1..=2).find(|&decimals| french::decimal(before, decimals) != french::decimal(after, decimals))?;
    let (before, after) = (french::decimal(before, decimals), french::decimal(after, decimals));
    Some(format!("{what}\u{a0}: {after}\u{a0}h par personne et par an, au lieu de {before}\u{a0}h."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_said_with_the_decimals_that_tell_them_apart() {
        let said = |before, after| change_of("Heures", Some(before), Some(after)).map(|s| s.replace('\u{a0}', " "));
        assert_eq!(said(12.4, 11.9).as_deref(), Some("Heures : 11,9 h par personne et par an, au lieu de 12,4 h."));
        assert!(said(12.41, 12.42).unwrap().contains("12,42 h"));
        assert_eq!(said(12.4, 12.400_01), None);
        assert_eq!(change_of("Heures", None, Some(1.0)), None);
    }
}
