//! Whether a France services receives without an appointment, from its own comment.
//!
//! Its charter (*Bouquet de services et charte France services*, ANCT, 2021) has it receive anybody during its hours; its
//! comment may say otherwise. Read on the 830 comments of the list of August 2024.

use super::clause::FOLDED_MONTHS;
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
    let comment = comment.unwrap_or_default();
    let parts: Vec<String> = parts(comment).iter().map(|part| plain(part)).filter(|part| part != "  ").collect();
    // A denial turns its part round, and is looked for in that part alone.
    let denials: Vec<&String> = parts.iter().filter(|part| denies_walking_in(part)).collect();
    if !denials.is_empty() {
        // « Pas d'accueil sans rendez-vous le mercredi » leaves the other days.
        return if denials.iter().all(|part| is_limited(part)) { WalkIn::Partly } else { WalkIn::No };
    }
    let spared: Vec<&String> = parts.iter().filter(|part| denies_appointments(part)).collect();
    if !spared.is_empty() {
        let none = spared.iter().all(|part| !NO_LONGER.iter().any(|words| part.contains(&format!(" {words} "))));
        let rest: Vec<&str> = parts.iter().filter(|part| !spared.contains(part)).map(String::as_str).collect();
        return match of_words(&plain(&rest.join(" "))) {
            WalkIn::Yes if none && !spared.iter().any(|part| is_limited(part)) => WalkIn::Yes,
            _ => WalkIn::Partly,
        };
    }
    let sentences = comment.split([';', '\n', '!']).flat_map(|part| part.split(". "));
    match of_words(&plain(comment)) {
        WalkIn::Yes if sentences.map(plain).any(|sentence| holds_on_some_days(&sentence)) => WalkIn::Partly,
        read => read,
    }
}

/// « Sans rendez-vous le mercredi », « sans rendez-vous sauf le mercredi », « avec rendez-vous l'après-midi »: the other days, nobody
/// said. « Du lundi au vendredi » and « tous les jours » are all of them.
fn holds_on_some_days(sentence: &str) -> bool {
    let says = |words: &str| sentence.contains(&format!(" {words} "));
    let both =
        says("avec ou sans rdv") || says("avec et sans rdv") || says("sans et avec rdv") || says("sans ou avec rdv");
    let moment = DAYS_AND_MOMENTS[..10].iter().any(|word| sentence.contains(&format!(" {word}")));
    let every = (says("lundi") || says("mardi")) && (says("vendredi") || says("samedi")) && says("au")
        || ["tous les jours", "toute la semaine"].into_iter().any(says) && !says("sauf");
    // « Itinérance sans rendez-vous : le lundi à Bellevue » says where it is on which day.
    let rounds = ["itineran", "permanence", "antenne", "bus "].iter().any(|word| sentence.contains(word));
    (says("sans rdv") || says("avec rdv")) && !both && moment && !every && !rounds
}

/// Words that ask for an appointment, folded.
const ASKS: [&str; 9] = [
    "merci de prendre rdv",
    "merci de bien vouloir prendre rdv",
    "veuillez prendre rdv",
    "veuillez bien prendre rdv",
    "priere de prendre rdv",
    "prendre rdv avant",
    "prenez rdv avant",
    "rdv avant de venir",
    "rdv avant votre venue",
];

/// What a column that should say yes or no says of appointments in words: « Obligatoire », « Oui - uniquement ». `None` when it says
/// neither that they are needed nor that they are not.
#[must_use]
pub fn of_column(text: &str) -> Option<WalkIn> {
    let words = plain(text);
    let says = |stems: &[&str]| stems.iter().any(|stem| words.contains(&format!(" {stem}")));
    let denied = says(&["non ", "pas ", "sans ", "aucun", "facultati"]);
    let needed = says(&["obligat", "uniquement ", "exclusiv", "seulement ", "indispensable", "imperati", "necessaire"]);
    (needed && !denied).then_some(if is_limited(&words) { WalkIn::Partly } else { WalkIn::No })
}

/// What stands between marks; the full stops of « R.D.V. » and « R.V. » are none.
fn parts(comment: &str) -> Vec<&str> {
    let marks = comment.split([';', ',', '\n', '!', '(', ')', ':', '/']);
    marks.flat_map(|part| part.split(". ")).flat_map(|part| part.split(" - ")).collect()
}

/// The words of a text between blanks, an appointment being always « rdv ».
fn plain(text: &str) -> String {
    let folded = fold(text).replace('_', " ");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut text = format!(" {} ", words.join(" "));
    for spelling in ["rdvs", "rv", "rendez vous", "rendezvous", "r d v", "r v"] {
        text = text.replace(&format!(" {spelling} "), " rdv ");
    }
    text
}

/// « Pas d'accueil sans rendez-vous », « accueil sans rendez-vous suspendu ».
fn denies_walking_in(part: &str) -> bool {
    let Some((before, after)) = part.split_once(" sans rdv ") else { return false };
    let word = |text: &str, words: &[&str]| text.split(' ').any(|word| words.contains(&word));
    // « N'hésitez pas à venir sans rendez-vous », « pas uniquement sans rendez-vous » invite.
    let invites = before.contains("hesit") || word(before, &["uniquement", "seulement", "probleme", "ou", "avec"]);
    let denied = word(before, &["pas", "aucun", "aucune", "non", "jamais", "interdit", "plus", "eviter", "impossible"]);
    let first: Vec<&str> = after.split_whitespace().take(4).collect();
    let ended = first.iter().any(|word| ENDED.iter().any(|ended| word.starts_with(ended)))
        || first.starts_with(&["non"])
        || first
            .windows(2)
            .any(|pair| matches!(pair, ["pas" | "plus", "possible" | "assure" | "accepte" | "autorise"]));
    denied && !invites || ended
}

/// What ends an offer, folded.
const ENDED: [&str; 6] = ["suspend", "suspens", "impossible", "supprim", "interdit", "refus"];

/// « Aucun rendez-vous nécessaire », « inutile de prendre rendez-vous », « ne reçoit plus sur rendez-vous ».
fn denies_appointments(part: &str) -> bool {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| part.contains(&format!(" {phrase} ")));
    if !part.contains(" rdv ") || says(&["que sur rdv", "sauf sur rdv", "qu sur rdv", "sauf rdv", "sans rdv"]) {
        return false;
    }
    let not_needed = NEEDS.iter().any(|need| {
        [
            format!("pas {need}"),
            format!("non {need}"),
            format!("plus {need}"),
            format!("aucun rdv {need}"),
            format!("aucun rdv n est {need}"),
            format!("pas de rdv {need}"),
        ]
        .iter()
        .any(|phrase| part.contains(&format!(" {phrase} ")))
    });
    not_needed
        || says(&[
            "pas besoin de rdv",
            "pas besoin de prendre rdv",
            "inutile de prendre rdv",
            "rdv inutile",
            "aucun besoin de rdv",
        ])
        || part.trim() == "pas de rdv"
        || NO_LONGER.iter().any(|words| says(&[words]))
}

/// How needed an appointment is, folded.
const NEEDS: [&str; 7] =
    ["necessaire", "obligatoire", "indispensable", "imperatif", "requis", "exige", "necessaire de prendre rdv"];
/// Words that end appointments, and do not say what took their place.
const NO_LONGER: [&str; 6] =
    ["plus sur rdv", "pas sur rdv", "plus de rdv", "aucun rdv disponible", "plus aucun rdv", "pas de rdv disponible"];

/// Reads words without denials.
fn of_words(text: &str) -> WalkIn {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    let with_or_without = says(&["avec ou sans rdv", "avec et sans rdv", "sans ou avec rdv", "sans rdv mais"]);
    // « RDV au 03… » gives a number, and does not say whether one may come without.
    let begins = |start: &str| text.starts_with(&format!(" rdv {start}"));
    if ["au ", "aupres ", "par ", "en appelant "].into_iter().any(begins) && !with_or_without {
        return WalkIn::Partly;
    }
    // « Merci de prendre rendez-vous » asks for one, and does not say what happens without.
    if !with_or_without && says(&ASKS) {
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
            "necessaire de prendre rdv",
            "obligatoire de prendre rdv",
            "indispensable de prendre rdv",
            "imperatif de prendre rdv",
            "faut prendre rdv",
            "necessite un rdv",
            "necessite une prise de rdv",
            "rdv requis",
            "rdv exige",
            "sur convocation",
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
    if with_or_without && !says(&["uniquement"]) {
        WalkIn::Yes
    } else if with_or_without || offered || without || is_limited(text) {
        WalkIn::Partly
    } else {
        WalkIn::No
    }
}

/// Whether words name a day, a season, a place, a matter or somebody else.
fn is_limited(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    DAYS_AND_MOMENTS.iter().any(|word| text.contains(&format!(" {word}")))
        || LIMITS.iter().any(|word| text.contains(&format!(" {word}")))
        || FOLDED_MONTHS.iter().any(|month| ["en", "de"].iter().any(|of| text.contains(&format!(" {of} {month} "))))
        || is_elsewhere(&words)
        || words.iter().any(|word| word.ends_with('h') && word.starts_with(|c: char| c.is_ascii_digit()))
}

/// « Sur rendez-vous à Aubusson »: somewhere, and perhaps not at the door.
fn is_elsewhere(words: &[&str]) -> bool {
    let no_place = |word: &str| NO_PLACES.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit());
    words.windows(3).any(|three| matches!(three, ["rdv", "a", next] if !no_place(next)))
}

/// What follows « rendez-vous à » and is no place, folded.
const NO_PLACES: [&str; 17] = [
    "prendre",
    "la",
    "l",
    "partir",
    "demander",
    "fixer",
    "solliciter",
    "planifier",
    "programmer",
    "convenir",
    "tout",
    "toute",
    "chaque",
    "votre",
    "reserver",
    "distance",
    "notre",
];

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

/// Places, matters and other people that an appointment may be limited to.
const LIMITS: [&str; 36] = [
    "conciliat",
    "juriste",
    "avocat",
    "notaire",
    "mediateur",
    "mediatrice",
    "delegue",
    "assistante sociale",
    "assistant social",
    "psychologue",
    "ecrivain",
    "intervenant",
    "bus ",
    "camion",
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
            ("Aucun rendez-vous nécessaire", WalkIn::Yes),
            ("Rendez-vous non obligatoire", WalkIn::Yes),
            ("Il n'est pas nécessaire de prendre rendez-vous", WalkIn::Yes),
            ("Pas besoin de rendez-vous", WalkIn::Yes),
            ("Inutile de prendre rendez-vous", WalkIn::Yes),
            ("N'hésitez pas à venir, accueil sans rendez-vous", WalkIn::Yes),
            ("N'hésitez pas à venir sans rendez-vous", WalkIn::Yes),
            ("Pas d'accueil sans rendez-vous", WalkIn::No),
            ("Aucun accueil sans rendez-vous", WalkIn::No),
            ("Nous n'accueillons pas sans rendez-vous", WalkIn::No),
            ("Merci de ne pas venir sans rendez-vous", WalkIn::No),
            ("Non accessible sans rendez-vous", WalkIn::No),
            ("Accueil sans rendez-vous suspendu", WalkIn::No),
            ("L'accueil sans RDV n'est plus possible", WalkIn::No),
            ("R.D.V. obligatoire", WalkIn::No),
            ("r-d-v uniquement", WalkIn::No),
            ("Sur R.V.", WalkIn::No),
            ("Il est nécessaire de prendre rendez-vous", WalkIn::No),
            ("Sur convocation", WalkIn::No),
            ("Ne reçoit que sur rendez-vous", WalkIn::No),
            ("Ne reçoit plus que sur rendez-vous", WalkIn::No),
            ("Pas d'accueil sans rendez-vous le mercredi", WalkIn::Partly),
            ("Pas besoin de rendez-vous le matin", WalkIn::Partly),
            ("Ne reçoit plus sur rendez-vous", WalkIn::Partly),
            ("Le Conciliateur de justice reçoit sur rendez-vous", WalkIn::Partly),
            ("Sur rendez-vous à Aubusson", WalkIn::Partly),
            ("Bus numérique sur rendez-vous", WalkIn::Partly),
            ("En août uniquement sur rendez-vous", WalkIn::Partly),
            ("Merci de prendre rendez-vous avant de venir", WalkIn::Partly),
            ("Veuillez prendre rendez-vous au 05 00 00 00 00", WalkIn::Partly),
            ("Pour la prise de rendez-vous, merci de contacter le 05 00 00 00 00", WalkIn::Yes),
            ("Sans rdv le mercredi de 9h à 12h30 et le vendredi de 13h30 à 16h30", WalkIn::Partly),
            ("Sans rendez-vous sauf le mercredi", WalkIn::Partly),
            ("Sans rdv : lundi ; avec rdv : mardi", WalkIn::Partly),
            ("Accueil avec RDV l'après-midi", WalkIn::Partly),
            ("Accueil sans rendez-vous du lundi au vendredi", WalkIn::Yes),
            ("Ouvert du lundi au samedi, avec ou sans rendez-vous", WalkIn::Yes),
            ("Accueil avec et sans rendez-vous le lundi", WalkIn::Yes),
            ("Itinérance du Bureau Mobile sans rendez-vous : le lundi à Bellevue", WalkIn::Yes),
        ] {
            assert_eq!(of_comment(Some(comment)), expected, "{comment}");
        }
        assert_eq!(of_comment(None), WalkIn::Yes);
    }

    #[test]
    fn a_column_of_yes_and_no_may_say_that_one_is_needed() {
        for text in ["Obligatoire", "Oui (obligatoire)", "Sur rendez-vous uniquement", "Oui - uniquement"] {
            assert_eq!(of_column(text), Some(WalkIn::No), "{text}");
        }
        assert_eq!(of_column("Obligatoire le samedi"), Some(WalkIn::Partly));
        for text in ["Oui", "Non", "Conseillée", "Non (sans rdv)", "Pas obligatoire", "https://rdv.fr", ""] {
            assert_eq!(of_column(text), None, "{text}");
        }
    }
}
