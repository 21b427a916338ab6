//! The closed lists of the national standard of *lieux de médiation numérique*, with their official spelling.
//!
//! Source: LaMednum/standard-mediation-num v1.0.2 (2024-04-11), `schema.json`.

use std::sync::OnceLock;

use super::text::fold;

/// Declares an enum whose variants each have one official spelling and, after a slash, the plain French that people read
/// where the official one is not plain enough.
macro_rules! closed_list {
    ($(#[$meta:meta])* $name:ident { $($variant:ident => $official:literal $(/ $plain:literal)?),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $official] $variant),+
        }

        impl $name {
            /// Every value, in the order of the standard.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling the standard gives.
            #[must_use]
            pub fn official(self) -> &'static str {
                match self { $(Self::$variant => $official),+ }
            }

            /// What a person looks for, not what an administration files.
            #[must_use]
            #[allow(unreachable_patterns)]
            pub fn plain(self) -> &'static str {
                match self {
                    $($(Self::$variant => $plain,)?)+
                    other => other.official(),
                }
            }

            /// Reads a value, whatever its apostrophes, accents, case or final mark, in the official words or the plain ones;
            /// `None` when it is not in the list.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                // Editions hold official spellings: most texts are found without folding anything.
                static FOLDED: OnceLock<Vec<[String; 2]>> = OnceLock::new();
                if let Some(value) = Self::ALL.iter().copied().find(|value| value.official() == text) {
                    return Some(value);
                }
                let spelled = |value: &Self| [value.official(), value.plain()].map(fold);
                let folded = FOLDED.get_or_init(|| Self::ALL.iter().map(spelled).collect());
                let wanted = fold(text.trim_end_matches(['.', ',', ';', ' ']));
                let says = |which: usize| folded.iter().position(|both| both[which] == wanted);
                says(0).or_else(|| says(1)).map(|at| Self::ALL[at])
            }

            /// The official spelling in lower case, without accents, words joined by `-`: the form used in addresses.
            #[must_use]
            pub fn slug(self) -> String {
                slug(self.official())
            }
        }
    };
}

/// Lower case, no accents, words joined by `-`: `Aide aux démarches` → `aide-aux-demarches`.
#[must_use]
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join("-")
}

closed_list! {
    /// Whether a venue stays in one place (`itinerance`).
    Itinerance { Itinerant => "Itinérant", Fixed => "Fixe" }
}

closed_list! {
    /// What a venue helps with (`services`).
    Service {
        AdministrativeHelp => "Aide aux démarches administratives" / "Faire ses démarches en ligne",
        EverydayTools => "Maîtrise des outils numériques du quotidien" / "Apprendre l'ordinateur, le téléphone, internet",
        Employment => "Insertion professionnelle via le numérique" / "Chercher un emploi avec internet",
        SafeUse => "Utilisation sécurisée du numérique" / "Se protéger sur internet",
        Parenting => "Parentalité et éducation avec le numérique" / "Accompagner ses enfants face aux écrans",
        Leisure => "Loisirs et créations numériques" / "Créer et se divertir avec le numérique",
        Understanding => "Compréhension du monde numérique" / "Poser ses questions sur internet",
        Access => "Accès internet et matériel informatique" / "Utiliser un ordinateur ou internet sur place",
        Equipment => "Acquisition de matériel informatique à prix solidaire" / "Acheter un ordinateur ou un téléphone à petit prix",
    }
}

closed_list! {
    /// Whom a venue addresses in particular (`publics_specifiquement_adresses`); an empty list means everyone.
    Audience {
        Young => "Jeunes",
        Students => "Étudiants",
        Families => "Familles et/ou enfants",
        Seniors => "Seniors",
        Women => "Femmes",
    }
}

closed_list! {
    /// Special support (`prise_en_charge_specifique`).
    Support {
        Deafness => "Surdité" / "Personnes sourdes ou malentendantes",
        MotorDisability => "Handicaps moteurs" / "Personnes avec un handicap moteur",
        MentalDisability => "Handicaps mentaux" / "Personnes avec un handicap mental",
        Illiteracy => "Illettrisme" / "Personnes en difficulté avec la lecture et l'écriture",
        English => "Langues étrangères (anglais)" / "Accueil en anglais",
        OtherLanguages => "Langues étrangères (autres)" / "Accueil dans d'autres langues",
        LowVision => "Déficience visuelle" / "Personnes aveugles ou malvoyantes",
    }
}

closed_list! {
    /// What it costs (`frais_a_charge`).
    Fee { Free => "Gratuit", FreeOnCondition => "Gratuit sous condition", Paid => "Payant" }
}

closed_list! {
    /// National programmes a venue belongs to (`dispositif_programmes_nationaux`).
    Programme {
        AidantsConnect => "Aidants Connect",
        ReferenceLibraries => "Bibliothèques numérique de référence" / "Bibliothèque numérique de référence",
        PixCertification => "Certification PIX" / "Certification Pix",
        Conseillers => "Conseillers numériques" / "Conseiller numérique",
        EmmausConnect => "Emmaüs Connect",
        FranceServices => "France Services",
        GrandeEcole => "Grande école du numérique",
        CroixRouge => "La Croix Rouge" / "Croix-Rouge",
        CafAccessPoint => "Point d'accès numérique CAF",
        PromeneursDuNet => "Promeneurs du net",
        EmmausRelay => "Relais numérique (Emmaüs Connect)",
    }
}

closed_list! {
    /// Training and territorial labels (`formations_labels`).
    TrainingLabel {
        MonEspaceSante => "Formé à « Mon Espace Santé »",
        Duplex => "Formé à « DUPLEX » (illettrisme)",
        Arnia => "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
        Reemploi => "Collectif ressources et acteurs réemploi (Normandie)",
        EtapesNumeriques => "Étapes numériques (La Poste)",
        FabriquesDeTerritoire => "Fabriques de Territoire",
        Eclaireurs => "Les Éclaireurs du numérique (Drôme)",
        MesPapiers => "Mes Papiers (Métropole de Lyon)",
        Ordi30 => "ORDI 3.0",
        SudLabs => "SUD LABS (PACA)",
    }
}

closed_list! {
    /// How a visitor comes (`modalites_acces`).
    AccessMode {
        WalkIn => "Se présenter",
        Telephone => "Téléphoner",
        Mail => "Contacter par mail",
        OnlineBooking => "Prendre un RDV en ligne",
        NotPublic => "Ce lieu n'accueille pas de public",
        Prescription => "Envoyer un mail avec une fiche de prescription",
    }
}

closed_list! {
    /// What a venue says of appointments, beside how to come (`x_rendez_vous`): the standard has no word for it.
    Appointment {
        Possible => "Possible",
        Partly => "Selon les cas",
        Only => "Obligatoire",
    }
}

closed_list! {
    /// How help is given (`modalites_accompagnement`).
    SupportMode {
        Autonomous => "En autonomie" / "Des ordinateurs à disposition",
        Individual => "Accompagnement individuel" / "Aide individuelle",
        Workshop => "Dans un atelier collectif" / "Ateliers en groupe",
        Remote => "À distance" / "Aide à distance",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_official_spelling_reads_back() {
        for service in Service::ALL {
            assert_eq!(Service::parse(service.official()), Some(*service));
        }
        for mode in AccessMode::ALL {
            assert_eq!(AccessMode::parse(&mode.official().replace('\'', "’")), Some(*mode), "D6: both apostrophes");
        }
    }

    #[test]
    fn a_value_outside_the_list_is_no_value() {
        assert_eq!(Service::parse("Aide aux démarches"), None);
    }

    #[test]
    fn slugs_are_unique_within_a_list() {
        let slugs: std::collections::BTreeSet<_> = Programme::ALL.iter().map(|p| p.slug()).collect();
        assert_eq!(slugs.len(), Programme::ALL.len());
        assert!(slugs.contains("france-services"));
    }
}
