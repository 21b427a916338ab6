//! The further choices of the form, under the three questions.

use crate::domain::need::Preset;
use crate::searches::{ALTERNATIVES, SENSITIVITY};

use super::entries::{Control, Maker, Part};
use super::words::{CANDIDATES, DEMANDS, EXISTING, LEVELS, OTHER_PLANS, RENEWED, SECONDS, STOPS};

/// All of them.
#[must_use]
pub fn further(make: &Maker<'_>) -> Vec<Part> {
    let presets = Preset::ALL.each_ref().map(|preset| (preset.id, preset.label));
    let denominators: Vec<(&str, &str)> = std::iter::once(("", "Le chiffre habituel")).chain(presets).collect();
    let lines = Control::Lines(make.question.value("sites").to_owned());
    let day = Control::Day(make.question.value("horizon").to_owned());
    let wanted = Control::Check(make.question.value(SENSITIVITY) == "yes");
    vec![
        Part {
            title: "Qui compte",
            entries: vec![
                make.select("demand", "Personnes", "", &DEMANDS),
                make.select("denominator", "Chiffre national des personnes éloignées", "", &denominators),
                make.number("radius_km", "Rayon à vol d'oiseau, en kilomètres", "Remplace le temps de trajet."),
            ],
        },
        Part {
            title: "Où les postes peuvent aller",
            entries: vec![
                make.select("candidates", "Sites possibles", "", &CANDIDATES),
                make.number(
                    "least_inhabitants",
                    "Une mairie accueille à partir de, en habitants",
                    "500 si rien n'est indiqué\u{a0}; pour les communes où aucun lieu d'accueil n'est connu.",
                ),
                make.entry(
                    "sites",
                    "Ma liste de sites",
                    "Collez un tableau : une ligne d'en-têtes (identifiant, longitude, latitude, nom), puis une ligne par site. \
                     Elle s'ajoute aux sites possibles, ou les remplace (« Ma propre liste »). Elle n'est gardée que dans \
                     l'adresse ; au-delà de 8 000 caractères, passez par l'API.",
                    lines,
                ),
                make.text("forced", "Sites imposés", "Codes des communes ou identifiants, séparés par des virgules."),
                make.text("forbidden", "Sites exclus", "De même."),
            ],
        },
        Part {
            title: "Ce qui existe déjà",
            entries: vec![
                make.select("existing", "Compte comme déjà là", "", &EXISTING),
                make.select("renewed", "Conventions qui se terminent", "", &RENEWED),
                make.entry(
                    "horizon",
                    "Jour auquel on juge le plan",
                    "Si les conventions ne sont pas renouvelées.",
                    day,
                ),
                make.number("convention_months", "Durée d'une convention, en mois", "24 si rien n'est indiqué."),
            ],
        },
        Part {
            title: "Précisions sur ce qu'on cherche",
            entries: vec![
                make.number(
                    "share",
                    "Part des personnes, de 0 à 1",
                    "Pour le moins de postes, ou pour un minimum partout.",
                ),
                make.select(
                    "level",
                    "Territoires à comparer",
                    "Pour un minimum partout, ou les moins bien servis d'abord.",
                    &LEVELS,
                ),
                make.number(
                    "none_minutes",
                    "Ne compte plus au-delà de, en minutes",
                    "Quand les plus proches comptent davantage.",
                ),
                make.number("none_km", "Ne compte plus au-delà de, en kilomètres", "De même, avec un rayon."),
                make.number("hours_per_post", "Heures d'aide d'un poste par an", "Quand les heures comptent."),
                make.number("hours_per_person", "Heures dont une personne a besoin par an", "De même."),
                make.number("posts_per_site", "Postes au même endroit, au plus", "De même."),
            ],
        },
        Part {
            title: "Ce qu'est un poste",
            entries: vec![
                make.number(
                    "price_public_eur",
                    "Coût annuel chez un employeur public, en euros",
                    "50\u{202f}000 si rien n'est indiqué.",
                ),
                make.number(
                    "price_private_eur",
                    "Coût annuel chez un employeur privé, en euros",
                    "40\u{202f}000 si rien n'est indiqué.",
                ),
                make.select("stops", "Poste itinérant", "", &STOPS),
                make.number(
                    "stop_minutes",
                    "Entre deux étapes, en minutes de voiture au plus",
                    "20 si rien n'est indiqué.",
                ),
            ],
        },
        Part {
            title: "Le calcul",
            entries: vec![
                make.select("seconds", "Temps de recherche", "", &SECONDS),
                make.number("seed", "Graine du hasard", "La même graine refait la même recherche."),
                make.entry(SENSITIVITY, "Dire aussi ce que d'autres hypothèses changeraient", "", wanted),
                make.select(ALTERNATIVES, "Proposer aussi d'autres plans", "", &OTHER_PLANS),
            ],
        },
    ]
}
