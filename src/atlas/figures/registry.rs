//! The table of figures. To add one, add a row, here or among those of need: the page of the territory, its API, the page
//! of definitions, and every table and layer that the row names show it at once.

use super::figure::Shown::{Access, Coverage, Equity, Layer};
use super::figure::{Figure, Read, Unit};
use super::measured::Measured;
use super::need::{NEED, count, whole};
use super::summary::{Hours, Summary, share};
use crate::access::Threshold;
use crate::domain::Worse::{Higher, Lower};

use Read::{AtThreshold, Plain};

/// Every figure, in the order in which tables and definitions hold them: those of need, then these.
pub const FIGURES: &[Figure] = &{
    let mut all = [NEED[0]; NEED.len() + OTHERS.len()];
    let mut i = 0;
    while i < all.len() {
        all[i] = if i < NEED.len() { NEED[i] } else { OTHERS[i - NEED.len()] };
        i += 1;
    }
    all
};

/// Figures of places, ways and hours.
const OTHERS: &[Figure] = &[
    Figure {
        id: "persons_located",
        title: "Personnes localisées",
        unit: Unit::Persons,
        definition: "Personnes éloignées dont la commune est située : dénominateur des parts couvertes, y compris celles qui \
                     ne peuvent rejoindre aucun lieu.",
        worse: None,
        shown: &[Coverage],
        read: Plain(|s| count(s.known(s.coverage.persons))),
    },
    Figure {
        id: "persons_unreachable",
        title: "Hors d'atteinte",
        unit: Unit::Persons,
        definition: "Personnes localisées qui ne peuvent rejoindre aucun lieu. Elles comptent dans toutes les parts et dans \
                     tous les temps, au-delà de tout nombre de minutes.",
        worse: None,
        shown: &[Access, Coverage, Layer],
        read: Plain(|s| count(s.known(s.coverage.unreachable))),
    },
    Figure {
        id: "share_unreachable",
        title: "Part des personnes sans chemin connu vers un lieu",
        unit: Unit::Share,
        definition: "Personnes hors d'atteinte, rapportées aux personnes localisées : aucun chemin connu, par terre ou par bac, \
                     ne mène de chez elles à un lieu, en voiture sauf choix contraire : un bateau qui ne prend que des piétons \
                     ne compte alors pas.",
        worse: Some(Higher),
        shown: &[Access, Coverage, Layer],
        read: Plain(|s| share(s.known(s.coverage.unreachable), Some(s.coverage.persons)).into()),
    },
    Figure {
        id: "persons_unlocated",
        title: "Non localisées",
        unit: Unit::Persons,
        definition: "Personnes dont on ne sait pas où est la commune : dans aucun temps de trajet.",
        worse: None,
        shown: &[Access, Coverage],
        read: Plain(|s| count(s.known(s.coverage.nowhere))),
    },
    Figure {
        id: "persons_within",
        title: "Personnes couvertes",
        unit: Unit::Persons,
        definition: "Personnes éloignées à moins de ce temps d'un lieu qui accueille du public, là où elles habitent : \
                     carreaux de l'Insee où il y en a, sinon points estimés dans le contour de la commune.",
        worse: None,
        shown: &[Coverage],
        read: AtThreshold(|s, at| count(s.known(s.coverage.within(at)))),
    },
    Figure {
        id: "share_within",
        title: "Part des personnes à portée d'un lieu (estimation)",
        unit: Unit::Share,
        definition: "Personnes éloignées à moins de ce temps d'un lieu, rapportées aux personnes localisées.",
        worse: Some(Lower),
        shown: &[Coverage, Layer],
        read: AtThreshold(|s, at| share(s.known(s.coverage.within(at)), Some(s.coverage.persons)).into()),
    },
    Figure {
        id: "persons_beyond",
        title: "Personnes trop loin",
        unit: Unit::Persons,
        definition: "Personnes localisées qui ne sont pas couvertes, celles qui sont hors d'atteinte comprises.",
        worse: None,
        shown: &[Coverage],
        read: AtThreshold(beyond),
    },
    Figure {
        id: "communes_left_out",
        title: "Communes oubliées",
        unit: Unit::Communes,
        definition: "Communes où quelqu'un habite plus loin que le seuil.",
        worse: None,
        shown: &[Equity],
        read: AtThreshold(|s, at| count(s.known(s.communes_left_out(at).into()))),
    },
    Figure {
        id: "persons_left_out",
        title: "Personnes oubliées",
        unit: Unit::Persons,
        definition: "Personnes éloignées de ces communes qui habitent plus loin que le seuil : les personnes trop loin.",
        worse: None,
        shown: &[Equity],
        read: AtThreshold(beyond),
    },
    Figure {
        id: "minutes_p10",
        title: "Minutes, premier décile",
        unit: Unit::Minutes,
        definition: "Un dixième des personnes éloignées est à ce temps ou moins du lieu le plus proche ; nul et « hors \
                     d'atteinte » quand il ne peut en rejoindre aucun.",
        worse: Some(Higher),
        shown: &[Access, Equity],
        read: Plain(|s| s.minutes[0]),
    },
    Figure {
        id: "minutes_median",
        title: "Minutes jusqu'au lieu le plus proche, médiane (estimation)",
        unit: Unit::Minutes,
        definition: "Temps que la moitié des personnes éloignées du numérique ne dépasse pas, en voiture sauf choix contraire, \
                     là où elles habitent. « Hors d'atteinte » (`reach`) quand la personne du milieu ne peut rejoindre aucun \
                     lieu : ce n'est pas un nombre. Hors du champ de l'enquête, où le besoin est inconnu : des habitants.",
        worse: Some(Higher),
        shown: &[Access, Equity, Layer],
        read: Plain(|s| s.minutes[1]),
    },
    Figure {
        id: "minutes_p90",
        title: "Minutes, dernier décile",
        unit: Unit::Minutes,
        definition: "Neuf dixièmes des personnes éloignées sont à ce temps ou moins ; nul et « hors d'atteinte » quand plus \
                     d'un dixième ne peut rejoindre aucun lieu.",
        worse: Some(Higher),
        shown: &[Access, Equity],
        read: Plain(|s| s.minutes[2]),
    },
    Figure {
        id: "hours_per_person_year",
        title: "Heures d'ouverture par personne et par an (estimation)",
        unit: Unit::Hours,
        definition: "Heures d'ouverture accessibles par personne éloignée et par an, partagées avec tous ceux qui y ont accès \
                     (E2SFCA, Luo et Qi 2009). Une porte ouverte n'est pas une aide donnée : c'est un maximum.",
        worse: Some(Lower),
        shown: &[Access, Equity, Layer],
        read: Plain(|s| hours(s, |hours| Some(hours.mean))),
    },
    Figure {
        id: "gini",
        title: "Coefficient de Gini des heures",
        unit: Unit::Coefficient,
        definition: "Inégalité des heures entre les personnes éloignées : 0, toutes ont autant ; 1, une seule a tout.",
        worse: Some(Higher),
        shown: &[Equity],
        read: Plain(|s| hours(s, |hours| hours.gini)),
    },
    Figure {
        id: "hours_p10",
        title: "Heures, premier décile",
        unit: Unit::Hours,
        definition: "Un dixième des personnes éloignées a autant d'heures ou moins.",
        worse: Some(Lower),
        shown: &[Equity],
        read: Plain(|s| hours(s, |hours| Some(hours.tails.p10))),
    },
    Figure {
        id: "hours_median",
        title: "Heures, médiane",
        unit: Unit::Hours,
        definition: "La moitié des personnes éloignées a autant d'heures ou moins.",
        worse: Some(Lower),
        shown: &[Equity],
        read: Plain(|s| hours(s, |hours| Some(hours.tails.p50))),
    },
    Figure {
        id: "hours_p90",
        title: "Heures, dernier décile",
        unit: Unit::Hours,
        definition: "Neuf dixièmes des personnes éloignées ont autant d'heures ou moins.",
        worse: Some(Lower),
        shown: &[Equity],
        read: Plain(|s| hours(s, |hours| Some(hours.tails.p90))),
    },
    Figure {
        id: "hours_p90_over_p10",
        title: "Heures, rapport P90/P10",
        unit: Unit::Ratio,
        definition: "Nul quand le premier décile n'a rien : aucun rapport ne le dit.",
        worse: Some(Higher),
        shown: &[Equity],
        read: Plain(|s| hours(s, |hours| hours.tails.ratio())),
    },
    Figure {
        id: "worst_tenth_hours",
        title: "Heures du dixième le moins servi",
        unit: Unit::Hours,
        definition: "Moyenne du dixième des personnes qui a le moins.",
        worse: Some(Lower),
        shown: &[Equity],
        read: Plain(|s| hours(s, |hours| Some(hours.worst_tenth))),
    },
    Figure {
        id: "worst_tenth_share",
        title: "Part du dixième le moins servi",
        unit: Unit::Share,
        definition: "Ce que ce dixième a de toutes les heures.",
        worse: Some(Lower),
        shown: &[Equity],
        read: Plain(|s| hours(s, |hours| Some(hours.worst_tenth_share))),
    },
    Figure {
        id: "venues",
        title: "Lieux qui accueillent du public",
        unit: Unit::Venues,
        definition: "Lieux de l'édition qui accueillent du public, chacun compté une fois. Un lieu dont la commune est inconnue n'est \
                     compté dans aucun territoire, pas même dans le total.",
        worse: None,
        shown: &[Layer],
        read: Plain(|s| whole(s.counts.venues)),
    },
    Figure {
        id: "venues_france_services",
        title: "France services",
        unit: Unit::Venues,
        definition: "Parmi eux, les lieux labellisés France services.",
        worse: None,
        shown: &[],
        read: Plain(|s| whole(s.counts.venues_france_services)),
    },
    Figure {
        id: "venues_conseillers",
        title: "Lieux à conseiller",
        unit: Unit::Venues,
        definition: "Parmi eux, ceux qui ont un conseiller numérique.",
        worse: None,
        shown: &[],
        read: Plain(|s| whole(s.counts.venues_conseillers)),
    },
    Figure {
        id: "posts",
        title: "Postes de conseillers",
        unit: Unit::Posts,
        definition: "Postes de la liste la plus récente, à l'adresse de l'employeur ; nul quand l'édition n'a aucune liste.",
        worse: None,
        shown: &[],
        read: Plain(|s| count(s.posts.map(u64::from))),
    },
    Figure {
        id: "venues_per_10000_persons",
        title: "Lieux pour 10\u{202f}000 personnes éloignées",
        unit: Unit::PerTenThousand,
        definition: "Lieux qui accueillent du public, pour 10\u{202f}000 personnes éloignées du numérique.",
        worse: Some(Lower),
        shown: &[],
        read: Plain(|s| s.per_ten_thousand(Some(s.counts.venues)).into()),
    },
    Figure {
        id: "posts_per_10000_persons",
        title: "Postes de conseillers pour 10\u{202f}000 personnes éloignées",
        unit: Unit::PerTenThousand,
        definition: "Postes de la liste la plus récente, pour 10\u{202f}000 personnes éloignées du numérique.",
        worse: Some(Lower),
        shown: &[],
        read: Plain(|s| s.per_ten_thousand(s.posts).into()),
    },
];

fn beyond(summary: &Summary, at: Threshold) -> Measured {
    let coverage = summary.coverage;
    count(summary.known(coverage.persons - coverage.within(at)))
}

fn hours(summary: &Summary, read: impl Fn(&Hours) -> Option<f64>) -> Measured {
    summary.hours.as_ref().and_then(read).into()
}
