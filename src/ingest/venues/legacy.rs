//! From the values of standard v0 to those of v1.
//!
//! Derived from the venues that publishers gave in both forms (PACA and Charente, 2023) and from the migration notes of
//! LaMednum/standard-mediation-num v1.0 (2023). A v0 value that has no counterpart maps to `None` and is reported.

use crate::domain::text::fold;
use crate::domain::vocabulary::{Audience, Fee, Programme, Service, Support, SupportMode};

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

/// The price of v1. `Adhésion` became `Payant`; the pass numérique is no price and is read by [`accepts_pass`].
#[must_use]
pub fn fee(text: &str) -> Option<Fee> {
    let prices = [
        ("gratuit sous condition", Fee::FreeOnCondition),
        ("gratuit", Fee::Free),
        ("adhesion", Fee::Paid),
        ("payant", Fee::Paid),
    ];
    starting(&prices, text)
}

/// Whether a condition of access, or a label, means that the pass numérique is accepted (`APTIC` issued the passes).
#[must_use]
pub fn accepts_pass(text: &str) -> bool {
    let folded = fold(text);
    folded.starts_with("accepte le pass numerique")
        || matches!(folded.as_str(), "aptic" | "pass numerique" | "pass numeriques")
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

/// The meaning of `publics_accueillis`.
#[must_use]
pub fn public(text: &str) -> Option<Public> {
    let publics = [
        ("adultes", Public::Everyone),
        ("tout public", Public::Everyone),
        ("jeunes", Public::Audience(Audience::Young)),
        ("familles", Public::Audience(Audience::Families)),
        ("seniors", Public::Audience(Audience::Seniors)),
        ("uniquement femmes", Public::Audience(Audience::Women)),
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
    match fold(text).as_str() {
        "cnfs" | "conseiller numerique" | "conseiller numerique france services" => Some(Programme::Conseillers),
        "france service" => Some(Programme::FranceServices),
        "pix" => Some(Programme::PixCertification),
        "point relais caf" | "point numerique caf" => Some(Programme::CafAccessPoint),
        "promeneur du net" => Some(Programme::PromeneursDuNet),
        _ => None,
    }
}

fn starting<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    let folded = fold(text);
    table.iter().find(|(start, _)| folded.starts_with(start)).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_map_as_publishers_mapped_them() {
        assert_eq!(service("Créer avec le numérique"), Some(Service::Leisure));
        assert_eq!(fee("Gratuit sous condition : La gratuité est conditionnée"), Some(Fee::FreeOnCondition));
        assert_eq!(fee("Gratuit : Je peux accéder gratuitement"), Some(Fee::Free));
        assert_eq!(fee("Accepte le Pass numérique : Il est possible"), None);
        assert!(accepts_pass("Accepte le Pass numérique : Il est possible") && accepts_pass("APTIC"));
        assert_eq!(public("Adultes"), Some(Public::Everyone));
    }
}
