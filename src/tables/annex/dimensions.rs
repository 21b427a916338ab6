//! The seven dimensions of the accessibility of services, as the Commissariat général à l'égalité des territoires names them
//! for the *schémas départementaux d'amélioration de l'accessibilité des services au public* (cget.gouv.fr, « Schémas
//! départementaux d'accessibilité aux services »), and what an edition knows of each.

/// How much of a dimension is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// What it asks for is.
    Computed,
    /// Some of it is.
    InPart,
    /// Nothing is.
    None,
}

impl Extent {
    /// What a visitor reads.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Computed => "calculée",
            Self::InPart => "calculée en partie",
            Self::None => "non calculée",
        }
    }
}

/// One dimension.
#[derive(Debug, Clone, Copy)]
pub struct Dimension {
    /// Anchor, and name in answers.
    pub id: &'static str,
    /// What a visitor reads.
    pub title: &'static str,
    /// How much of it is worked out.
    pub extent: Extent,
    /// Ids of its facts, in order. One that an edition does not know is told as unknown.
    pub facts: &'static [&'static str],
    /// What of it nothing here says.
    pub missing: &'static str,
}

/// The seven, in the order of the publication.
pub const DIMENSIONS: [Dimension; 7] = [
    Dimension {
        id: "time",
        title: "Temps et facilité d’accès",
        extent: Extent::Computed,
        facts: &[
            "minutes_median",
            "minutes_p90",
            "share_within_15_min",
            "share_within_20_min",
            "share_within_30_min",
            "persons_beyond_20_min",
            "persons_unreachable",
            "france_services_within_20_min",
            "france_services_within_30_min",
            "france_services_beyond_30_min",
        ],
        missing: "Trajets en voiture, estimés là où l’édition n’a ni routes ni table de temps. Ni transports en commun, ni \
                  accès des bâtiments aux personnes handicapées.",
    },
    Dimension {
        id: "availability",
        title: "Disponibilité administrative, culturelle et sociale",
        extent: Extent::InPart,
        facts: &[
            "share_open_wednesday_18",
            "share_open_unknown_wednesday_18",
            "share_open_saturday_10",
            "share_open_unknown_saturday_10",
            "hours_per_person_year",
            "with_hours",
            "with_access_modes",
        ],
        missing: "Horaires et heures d’aide seulement. Le délai avant un rendez-vous, les langues parlées et l’accueil de \
                  chacun : aucune liste ne les dit de façon comparable.",
    },
    Dimension {
        id: "cost",
        title: "Coût et tarif",
        extent: Extent::InPart,
        facts: &["with_fees", "pass_accepting", "pass_refusing", "pass_unknown", "pass_desert"],
        missing: "Ce que les lieux disent de leurs prix et du pass numérique. Le prix de chaque service et celui du trajet ne \
                  sont dans aucune liste.",
    },
    Dimension {
        id: "quality",
        title: "Niveau de qualité",
        extent: Extent::InPart,
        facts: &[
            "venues_france_services",
            "label_aidants_connect",
            "label_conseiller_self_attested",
            "labels_expired",
            "with_services",
        ],
        missing: "Les labels disent une exigence, non ce que les personnes ont obtenu : aucune source d’ici ne mesure le \
                  service rendu.",
    },
    Dimension {
        id: "choice",
        title: "Choix entre plusieurs opérateurs",
        extent: Extent::InPart,
        facts: &[
            "share_two_venues",
            "share_three_venues",
            "operator_la_poste",
            "operator_france_travail",
            "operator_caf",
            "operator_cpam",
            "operator_library",
        ],
        missing: "Deux lieux proches peuvent être du même opérateur. Les opérateurs sont reconnus à leur type ou à leur nom : \
                  au moins tant de lieux, parmi ceux des listes.",
    },
    Dimension {
        id: "information",
        title: "Information sur l’existence et les modalités du service",
        extent: Extent::InPart,
        facts: &["venues", "with_phone", "with_address", "completeness", "stale_share"],
        missing: "Ce que les listes publient. Si les habitants savent que ces lieux existent, aucune source ne le dit.",
    },
    Dimension {
        id: "image",
        title: "Image du service et perception par l’usager",
        extent: Extent::None,
        facts: &[],
        missing: "Aucune source : il faut le demander aux habitants, usagers ou non.",
    },
];
