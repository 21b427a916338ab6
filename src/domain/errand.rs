//! What people come for, in their words, and the services of the standard that help with it.

use super::vocabulary::Service;

/// An everyday task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Errand {
    /// As in addresses.
    pub slug: &'static str,
    /// As people say it.
    pub words: &'static str,
    /// Any of these services helps.
    pub services: &'static [Service],
}

const fn errand(slug: &'static str, words: &'static str, services: &'static [Service]) -> Errand {
    Errand { slug, words, services }
}

/// The tasks, in the order in which they are offered: a proposal, 2026.
pub const ERRANDS: [Errand; 14] = [
    errand("papiers", "Faire mes papiers (carte d'identité, titre de séjour…)", &[Service::AdministrativeHelp]),
    errand("aides", "Demander une aide (CAF, retraite, santé, impôts…)", &[Service::AdministrativeHelp]),
    errand(
        "actualisation",
        "Faire mon actualisation (France Travail)",
        &[Service::AdministrativeHelp, Service::Employment],
    ),
    errand("cv", "Faire ou envoyer un CV", &[Service::Employment]),
    errand("adresse-mail", "Créer une adresse mail", &[Service::EverydayTools]),
    errand("telephone", "Me servir de mon téléphone", &[Service::EverydayTools]),
    errand("ordinateur", "Apprendre à me servir d'un ordinateur", &[Service::EverydayTools]),
    errand("imprimer", "Imprimer, scanner, utiliser un ordinateur sur place", &[Service::Access]),
    errand("arnaques", "Éviter les arnaques, protéger mes mots de passe", &[Service::SafeUse]),
    errand("enfants", "Suivre l'école de mes enfants, parler des écrans", &[Service::Parenting]),
    errand("acheter", "Acheter moins cher un ordinateur ou un téléphone", &[Service::Equipment]),
    errand("photos", "Trier mes photos, créer, se divertir", &[Service::Leisure]),
    errand("comprendre", "Comprendre internet, poser mes questions", &[Service::Understanding]),
    errand("appeler", "Appeler en vidéo ma famille", &[Service::EverydayTools]),
];
