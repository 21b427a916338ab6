//! Whether a France services receives without an appointment, from its own comment.
//!
//! Its charter (*Bouquet de services et charte France services*, ANCT, 2021) has it receive anybody during its hours; its
//! comment may say otherwise. Read on the 830 comments of the list of August 2024.

use crate::domain::text::fold;

/// What the comment leaves of the charter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WalkIn {
    /// Anybody may come.
    Yes,
    /// By appointment only.
    No,
    /// By appointment on some days, in some places or for some matters: unknown for a given visit.
    Partly,
}

/// Reads a comment; none leaves the charter as it is.
#[must_use]
pub fn of_comment(comment: Option<&str>) -> WalkIn {
    let folded = fold(comment.unwrap_or_default()).replace('_', " ");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let text = format!(" {} ", words.join(" ")).replace(" rdvs ", " rdv ").replace(" rv ", " rdv ");
    let text = text.replace(" rendez vous ", " rdv ").replace(" rendezvous ", " rdv ");
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    let with_or_without = says(&["avec ou sans rdv", "avec et sans rdv", "sans ou avec rdv", "sans rdv mais"]);
    // « RDV au 03… » gives a number, and does not say whether one may come without.
    let begins = |start: &str| text.starts_with(&format!(" rdv {start}"));
    if ["au ", "aupres ", "par ", "en appelant "].into_iter().any(begins) && !with_or_without {
        return WalkIn::Partly;
    }
    let only = says(&["sur rdv", "su rdv", "sous rdv", "sur prise de rdv", "avec prise de rdv", "seuls les rdv"])
        || says(&["rdv uniquement", "uniquement rdv", "rdv obligatoire", "rdv est obligatoire", "rdv necessaire"])
        || says(&[
            "rdv est necessaire",
            "rdv indispensable",
            "rdv imperatif",
            "exclusivement rdv",
            "rdv exclusivement",
        ]);
    if !only {
        return WalkIn::Yes;
    }
    // A possibility beside the hours takes nothing away from them.
    let offered =
        says(&["possibilite d etre recu sur rdv", "possible sur rdv", "possibles sur rdv", "ou sur rdv", "et sur rdv"])
            || says(&["de preference", "en priorite", "supplementaires"]);
    let without =
        says(&["sans rdv", "acces libre", "libre acces", "accueil libre", "flux", "libre service", "librement"]);
    let limited = DAYS_AND_MOMENTS.iter().any(|word| text.contains(&format!(" {word}")))
        || LIMITS.iter().any(|word| text.contains(&format!(" {word}")))
        || words.iter().any(|word| word.ends_with('h') && word.starts_with(|c: char| c.is_ascii_digit()));
    if with_or_without && !says(&["uniquement"]) {
        WalkIn::Yes
    } else if with_or_without || offered || without || limited {
        WalkIn::Partly
    } else {
        WalkIn::No
    }
}

const DAYS_AND_MOMENTS: [&str; 16] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "matin",
    "apres midi",
    "midi",
    "journee",
    "semaine",
    "vacances",
    "hors ",
    "en dehors",
    "ete ",
];

/// Places and matters that an appointment may be limited to.
const LIMITS: [&str; 22] = [
    "permanence",
    "itineran",
    "commune",
    "domicile",
    "antenne",
    "annexe",
    "deplac",
    "pour ",
    "demarche",
    "accompagnement",
    "carte",
    "titre",
    "passeport",
    "impot",
    "retraite",
    "atelier",
    "visio",
    "partenaire",
    "covid",
    "sanitaire",
    "certaines",
    "si ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charter_holds_unless_the_comment_says_otherwise() {
        for (comment, expected) in [
            ("", WalkIn::Yes),
            ("Accessible PMR", WalkIn::Yes),
            ("Prise de rendez-vous conseillée", WalkIn::Yes),
            ("Possibilité de prendre rendez-vous", WalkIn::Yes),
            ("Prise de rendez-vous par téléphone au 04 00 00 00 00", WalkIn::Yes),
            ("Accueil avec ou sans rendez-vous, du lundi au vendredi", WalkIn::Yes),
            ("ACCUEIL SANS RDV -", WalkIn::Yes),
            ("Sur rendez-vous", WalkIn::No),
            ("UNIQUEMENT SUR RDV", WalkIn::No),
            ("Sur RDV uniquement", WalkIn::No),
            ("SUR RDV AU 04 00 00 00 00", WalkIn::No),
            ("Prise de rendez-vous obligatoire", WalkIn::No),
            ("Pour un accueil optimisé une prise de rendez-vous est nécessaire.", WalkIn::Partly),
            ("Sur rendez-vous le samedi", WalkIn::Partly),
            ("Les après-midi uniquement sur RDV", WalkIn::Partly),
            ("En libre accès le matin et sur rendez-vous les après-midi", WalkIn::Partly),
            ("Itinérances sur rendez-vous", WalkIn::Partly),
            ("LUNDI MATIN UNIQUEMENT SUR RENDEZ-VOUS. Avec et sans rendez-vous", WalkIn::Partly),
            ("De préférence sur rendez-vous", WalkIn::Partly),
            ("RDV au 03 00 00 00 00", WalkIn::Partly),
            ("Su rendez-vous le mercredi matin", WalkIn::Partly),
            ("sur rv pour création des comptes", WalkIn::Partly),
        ] {
            assert_eq!(of_comment(Some(comment)), expected, "{comment}");
        }
        assert_eq!(of_comment(None), WalkIn::Yes);
    }
}
