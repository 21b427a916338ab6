//! From the values of standard v0 to those of v1.
//!
//! Derived from the venues that publishers gave in both forms (PACA and Charente, 2023) and from the migration notes of
//! LaMednum/standard-mediation-num v1.0 (2023). A v0 value that has no counterpart maps to `None` and is reported.

use crate::domain::text::fold;
use crate::domain::vocabulary::{AccessMode, Audience, Fee, Programme, Service, Support, SupportMode};
use crate::ingest::clean::denial;

/// v0 values start with these words (folded) and go on with an explanation that publishers shorten at will.
const SERVICES: [(&str, Service); 15] = [
    ("devenir autonome dans les demarches administratives", Service::AdministrativeHelp),
    ("realiser des demarches administratives avec un accompagnement", Service::AdministrativeHelp),
    ("accompagner les demarches de sante", Service::AdministrativeHelp),
    ("prendre en main un smartphone ou une tablette", Service::EverydayTools),
    ("prendre en main un ordinateur", Service::EverydayTools),
    ("utiliser le numerique au quotidien", Service::EverydayTools),
    ("approfondir ma culture numerique", Service::Understanding),
    ("promouvoir la citoyennete numerique", Service::Understanding),
    ("favoriser mon insertion professionnelle", Service::Employment),
    ("creer et developper mon entreprise", Service::Employment),
    ("acceder a une connexion internet", Service::Access),
    ("acceder a du materiel", Service::Access),
    ("s'equiper en materiel informatique", Service::Equipment),
    ("creer avec le numerique", Service::Leisure),
    ("soutenir la parentalite et l'education avec le numerique", Service::Parenting),
];

/// The service of v1 for a value of v0.
#[must_use]
pub fn service(text: &str) -> Option<Service> {
    starting(&SERVICES, text)
}

/// The price of v1. `Adhésion` became `Payant`; the pass numérique is no price and is read by [`says_of_pass`].
#[must_use]
pub fn fee(text: &str) -> Option<Fee> {
    let folded = fold(text);
    let (price, explained) = folded.split_once([':', '=']).unwrap_or((&folded, ""));
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let standard = explained.trim_start().starts_with("je peux acceder gratuitement");
    let yes =
        |text: &str| matches!(text.trim_matches(|c: char| !c.is_alphanumeric()), "oui" | "true" | "vrai" | "1" | "o");
    let denied = denial::is_taken_back(&folded);
    match price.trim_end_matches([' ', '.', '!']) {
        price if denied && matches!(first_word(price), "gratuit" | "gratuite") => Some(Fee::Paid),
        price if denied && matches!(first_word(price), "payant" | "payante") => Some(Fee::Free),
        // « Adhésion : non » leaves open what is paid otherwise; « Gratuit jusqu'au 31/12/2023 », what is since; « Gratuit ? », all.
        _ if denied || says(&["jusqu", "facultati", "confirmer", "verifier", "?"]) => None,
        // « Gratuit : 2 séances ».
        "gratuit" | "gratuite" if !yes(explained) && explained.contains(|c: char| c.is_ascii_digit()) => {
            Some(Fee::FreeOnCondition)
        }
        // What follows the colon explains; it may take back what was said.
        "gratuit"
        | "gratuite"
        | "gratuits"
        | "gratuites"
        | "entierement gratuit"
        | "gratuit pour tous"
        | "gratuit pour tout public"
        | "gratuit tout public"
        | "gratuit pour tout le monde"
        | "gratuit pour toutes et tous"
        | "totalement gratuit"
        | "100% gratuit"
        | "acces gratuit"
        | "service gratuit"
        | "services gratuits"
        | "gratuitement"
        | "gratuite totale"
        | "gratuit sur inscription"
        | "gratuit, sur inscription"
        | "gratuit sur rendez vous"
        | "gratuit, sur rendez vous"
        | "gratuit sur rdv"
        | "gratuit, sur rdv"
            if standard || !says(&CONDITIONS) =>
        {
            Some(Fee::Free)
        }
        "pas payant" | "non payant" | "jamais payant" => Some(Fee::Free),
        "pas gratuit" | "non gratuit" => Some(Fee::Paid),
        _ if says(&["pas payant", "non payant", "jamais payant"]) => None,
        _ if says(&["payant"]) && !says(&["gratuit"]) => Some(Fee::Paid),
        price if price.starts_with("payant") && !price.contains("gratuit") => Some(Fee::Paid),
        price if price.starts_with("adhesion") && !price.contains("gratuit") => Some(Fee::Paid),
        price if ["gratuit", "payant", "adhesion"].iter().any(|word| price.starts_with(word)) => {
            Some(Fee::FreeOnCondition)
        }
        _ => None,
    }
}

/// « gratuit » of « gratuit (non) ».
fn first_word(price: &str) -> &str {
    price.split(['(', '=']).next().unwrap_or_default().trim()
}

/// Words that leave something to pay to somebody, folded.
const CONDITIONS: [&str; 13] = [
    "sauf",
    "hors ",
    "condition",
    "adhe",
    "premiere",
    "partiel",
    "payant",
    "pour les",
    "sous reserve",
    " si ",
    "abonne",
    "uniquement",
    "habitants",
];

/// « N'accueille pas de public », « Non ouvert au public »: whole, for « fermé au public le mercredi » says when.
#[must_use]
pub fn access_mode(text: &str) -> Option<AccessMode> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let subject = ["ce", "cette", "le", "la", "l", "lieu", "structure", "site", "espace", "local", "locaux", "est"];
    let from = words.iter().position(|word| !subject.contains(word)).unwrap_or(words.len());
    let said = words[from..].join(" ");
    let none = [
        "public non accueilli",
        "public non recu",
        "accueil du public non",
        "accueil public non",
        "pas d accueil physique",
        "pas d accueil",
        "aucun accueil",
        "aucun accueil physique",
        "sans accueil physique",
        "reserve aux agents",
        "reserve aux salaries",
        "reserve au personnel",
    ];
    if none.contains(&said.as_str()) {
        return Some(AccessMode::NotPublic);
    }
    let walk_in = [
        "se presenter sur place",
        "sur place",
        "sur place sans rendez vous",
        "sur place sans rdv",
        "se presenter sans rendez vous",
        "sans rendez vous",
        "sans rdv",
        "acces libre",
        "en acces libre",
    ];
    if walk_in.contains(&said.as_str()) {
        return Some(AccessMode::WalkIn);
    }
    let counter = ["public", "usagers", "usager"].iter().find_map(|who| said.strip_suffix(who))?;
    let receives_none = [
        "n accueille pas de ",
        "n accueille pas le ",
        "n accueille pas du ",
        "n accueille pas d ",
        "n accueille aucun ",
        "n accueille plus de ",
        "n accueille plus le ",
        "n accueille plus du ",
        "n accueille plus aucun ",
        "ne recoit plus de ",
        "ne recoit plus le ",
        "ne recoit plus du ",
        "n est plus ouvert au ",
        "n est pas accessible au ",
        "interdit au ",
        "pas de ",
        "aucun ",
        "ne recoit pas de ",
        "ne recoit pas le ",
        "ne recoit pas du ",
        "ne recoit pas d ",
        "ne recoit aucun ",
        "non ouvert au ",
        "pas ouvert au ",
        "n est pas ouvert au ",
        "non accessible au ",
        "ferme au ",
        "fermee au ",
        "fermes au ",
        "pas d accueil du ",
        "pas d accueil de ",
        "pas d accueil ",
        "pas d accueil physique du ",
        "sans accueil du ",
        "sans accueil de ",
        "aucun accueil ",
        "aucun accueil physique du ",
        "aucun accueil du ",
        "aucun accueil de ",
        "pas de reception du ",
        "pas de reception de ",
    ];
    receives_none.contains(&counter).then_some(AccessMode::NotPublic)
}

/// Whether a condition of access, or a label, says that the pass numérique is accepted (`APTIC` issued the passes), or not.
#[must_use]
pub fn says_of_pass(text: &str) -> Option<bool> {
    let folded = fold(text);
    if folded.starts_with("accepte le pass numerique") {
        return Some(true);
    }
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let names = ["de", "pass", "numerique", "numeriques", "aptic", "cheque", "cheques", "le", "du", "label"];
    let says = ["accepte", "acceptes", "oui", "accepter"];
    let denies = ["non", "pas", "n", "ne", "refuse", "aucun", "sans"];
    let about =
        words.contains(&"aptic") || words.contains(&"pass") && words.iter().any(|word| word.starts_with("numerique"));
    let known = words.iter().all(|word| names.contains(word) || says.contains(word) || denies.contains(word));
    (about && known).then(|| !words.iter().any(|word| denies.contains(word)))
}

/// The mode of v1. Doing it in the person's place (`À ma place`) is individual help for an aidant mandated to do so.
#[must_use]
pub fn support_mode(text: &str) -> Option<SupportMode> {
    let modes = [
        ("seul", SupportMode::Autonomous),
        ("avec de l'aide", SupportMode::Individual),
        ("a ma place", SupportMode::Individual),
        ("dans un atelier", SupportMode::Workshop),
        ("a distance", SupportMode::Remote),
    ];
    starting(&modes, text)
}

/// What a v0 public became: an audience, a special support, or everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Public {
    /// An audience.
    Audience(Audience),
    /// A special support.
    Support(Support),
    /// `Adultes`: nobody in particular.
    Everyone,
}

/// The meaning of each item of « Jeunes, Seniors », « Seniors et jeunes », and the pieces that mean nothing known; of a text
/// that is one item, its meaning.
#[must_use]
pub fn publics(text: &str) -> (Vec<Public>, Vec<&str>) {
    // What stands after a colon or in brackets explains one item.
    if denial::is_taken_back(&fold(text)) {
        return (Vec::new(), Vec::new());
    }
    let head = text.split(':').next().unwrap_or_default();
    let mut pieces: Vec<&str> = Vec::new();
    let mut depth = 0_usize;
    let part = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, ',' | '/' | '+' | '&')
    };
    for piece in head.split(part) {
        pieces.extend(piece.split(" et ").map(str::trim).filter(|piece| !piece.is_empty()));
    }
    if pieces.len() < 2 {
        return (public(text).into_iter().collect(), Vec::new());
    }
    let known = |piece: &str| {
        let piece = piece.trim_start_matches("les ").trim_start_matches("Les ");
        let audience = Audience::parse(piece).map(Public::Audience);
        audience.or_else(|| Support::parse(piece).map(Public::Support)).or_else(|| public(piece))
    };
    let (read, unread): (Vec<&str>, Vec<&str>) = pieces.into_iter().partition(|piece| known(piece).is_some());
    (read.into_iter().filter_map(known).collect(), unread)
}

/// Whether a text names fewer people than its first words, outside brackets and before a colon: « Femmes victimes de
/// violences », « Enfants de 6 à 12 ans ».
#[must_use]
pub fn says_more(text: &str) -> bool {
    let folded = fold(text.split([':', '(']).next().unwrap_or_default());
    [" de ", " victimes", " en ", " isole", " sans ", " seul", " ayant ", " avec "]
        .iter()
        .any(|word| folded.contains(word))
        && !folded.starts_with("personnes en situation")
}

/// The meaning of one item of `publics_accueillis`.
fn public(text: &str) -> Option<Public> {
    let publics = [
        ("adultes", Public::Everyone),
        ("tout public", Public::Everyone),
        ("jeunes", Public::Audience(Audience::Young)),
        ("familles", Public::Audience(Audience::Families)),
        ("enfants", Public::Audience(Audience::Families)),
        ("etudiants", Public::Audience(Audience::Students)),
        ("seniors", Public::Audience(Audience::Seniors)),
        ("uniquement femmes", Public::Audience(Audience::Women)),
        ("femmes", Public::Audience(Audience::Women)),
        ("reserve aux femmes", Public::Audience(Audience::Women)),
        ("reserve aux jeunes", Public::Audience(Audience::Young)),
        ("reserve aux seniors", Public::Audience(Audience::Seniors)),
        ("reserve aux etudiants", Public::Audience(Audience::Students)),
        ("uniquement jeunes", Public::Audience(Audience::Young)),
        ("uniquement seniors", Public::Audience(Audience::Seniors)),
        ("personnes agees", Public::Audience(Audience::Seniors)),
        ("retraites", Public::Audience(Audience::Seniors)),
        ("tous publics", Public::Everyone),
        ("tous les publics", Public::Everyone),
        ("public adulte", Public::Everyone),
        ("surdite", Public::Support(Support::Deafness)),
        ("handicaps moteurs", Public::Support(Support::MotorDisability)),
        ("handicaps mentaux", Public::Support(Support::MentalDisability)),
        ("handicaps psychiques", Public::Support(Support::MentalDisability)),
        ("personnes en situation d'illettrisme", Public::Support(Support::Illiteracy)),
        ("public langues etrangeres", Public::Support(Support::OtherLanguages)),
        ("deficience visuelle", Public::Support(Support::LowVision)),
    ];
    starting(&publics, text)
}

/// The programme of a v0 label.
#[must_use]
pub fn programme(text: &str) -> Option<Programme> {
    match fold(text).replace('_', " ").as_str() {
        "cnfs"
        | "conseiller numerique"
        | "conseillers numeriques"
        | "conseiller numerique france services"
        | "conseillers numerique"
        | "conseiller(e) numerique"
        | "conseillers numeriques france services" => Some(Programme::Conseillers),
        "france service"
        | "france services"
        | "maison france services"
        | "maison france service"
        | "franceservices"
        | "espace france services"
        | "espace france service"
        | "label france services"
        | "mfs" => Some(Programme::FranceServices),
        "aidant connect" | "aidants connect" | "aidantsconnect" | "habilite aidants connect" => {
            Some(Programme::AidantsConnect)
        }
        "pix" | "certificateur pix" | "centre pix" | "centre de certification pix" | "centre certificateur pix" => {
            Some(Programme::PixCertification)
        }
        "croix rouge francaise" => Some(Programme::CroixRouge),
        "point relais caf" | "point numerique caf" => Some(Programme::CafAccessPoint),
        "promeneur du net" => Some(Programme::PromeneursDuNet),
        _ => None,
    }
}

fn starting<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    let folded = fold(text);
    // « Surdité : non », « Tout public sauf enfants » say other things than their first words.
    let head = format!("{} ", folded.split(':').next().unwrap_or_default());
    if denial::is_taken_back(&folded) || [" sauf ", " hors ", " non "].iter().any(|word| head.contains(word)) {
        return None;
    }
    table.iter().find(|(start, _)| folded.starts_with(start)).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests;
