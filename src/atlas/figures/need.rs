//! The figures of who is in need, how sure that is, and who was served.

use super::figure::Shown::{Access, Coverage, Equity, Layer, Need};
use super::figure::{Figure, Read, Unit};
use super::measured::Measured;
use super::summary::share;
use crate::domain::Worse::{Higher, Lower};

use Read::Plain;

/// In the order in which tables and definitions hold them.
pub(super) const NEED: &[Figure] = &[
    Figure {
        id: "communes",
        title: "Communes",
        unit: Unit::Communes,
        definition: "Nombre de communes, chacune comptée une fois.",
        worse: None,
        shown: &[Need, Access, Coverage, Equity],
        read: Plain(|s| whole(s.communes)),
    },
    Figure {
        id: "communes_unknown",
        title: "Communes de population inconnue",
        unit: Unit::Communes,
        definition: "Communes dont la population n'est pas publiée : elles n'entrent dans aucune somme.",
        worse: None,
        shown: &[Need, Access, Coverage, Equity],
        read: Plain(|s| whole(s.communes_unknown)),
    },
    Figure {
        id: "communes_outside_survey",
        title: "Communes hors du champ de l'enquête",
        unit: Unit::Communes,
        definition: "Mayotte et les collectivités d'outre-mer : l'enquête d'où viennent les taux n'y va pas. Leurs habitants \
                     sont connus, leur besoin ne l'est pas : « hors champ », aucun nombre, et dans aucune somme de personnes \
                     éloignées.",
        worse: None,
        shown: &[Need, Access, Coverage, Equity],
        read: Plain(|s| whole(s.communes_outside)),
    },
    Figure {
        id: "population",
        title: "Population",
        unit: Unit::Persons,
        definition: "Somme des populations connues : populations municipales 2023, sauf Mayotte (2017) et les collectivités \
                     d'outre-mer (dernier recensement de chacune).",
        worse: None,
        shown: &[Need, Layer],
        read: Plain(|s| count(s.population)),
    },
    Figure {
        id: "persons_in_need",
        title: "Personnes éloignées du numérique",
        unit: Unit::Persons,
        definition: "Estimation : population par âge et diplôme, multipliée par des taux publiés, calée sur le dénominateur \
                     national choisi. Les communes s'additionnent, à la personne près. Hors champ de l'enquête (Mayotte, \
                     collectivités d'outre-mer) : aucun nombre.",
        worse: None,
        shown: &[Need, Access, Equity, Layer],
        read: Plain(|s| count(s.persons)),
    },
    Figure {
        id: "persons_in_need_low",
        title: "Estimation basse (partage entre territoires)",
        unit: Unit::Persons,
        definition: "Si le chiffre national est juste : 6 % de moins, ce qui contient neuf taux publiés sur dix que le calcul \
                     n'a jamais vus (régions, un département). Sous la taille d'un département et outre-mer, où rien ne l'a \
                     vérifié, la plus petite des variantes de la méthode quand elle est plus basse.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.interval.map(|interval| interval.shape.low))),
    },
    Figure {
        id: "persons_in_need_high",
        title: "Estimation haute (partage entre territoires)",
        unit: Unit::Persons,
        definition: "La même chose vers le haut.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.interval.map(|interval| interval.shape.high))),
    },
    Figure {
        id: "persons_in_need_level_low",
        title: "Au plus bas des chiffres nationaux",
        unit: Unit::Persons,
        definition: "Le même calcul si la France compte 8 millions de personnes éloignées du numérique, le plus bas des \
                     chiffres publiés en 2021. Nul quand l'édition est trop petite pour les porter.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.interval.and_then(|interval| interval.level).map(|level| level.low))),
    },
    Figure {
        id: "persons_in_need_level_high",
        title: "Au plus haut des chiffres nationaux",
        unit: Unit::Persons,
        definition: "Le même calcul si la France en compte 13 millions, le plus haut de ces chiffres ; le chiffre choisi s'il \
                     est plus haut encore.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.interval.and_then(|interval| interval.level).map(|level| level.high))),
    },
    Figure {
        id: "share_in_need",
        title: "Part éloignée du numérique (estimation)",
        unit: Unit::Share,
        definition: "Personnes éloignées du numérique, d'après l'âge et le diplôme, rapportées à la population dont le besoin \
                     est estimé.",
        worse: Some(Higher),
        shown: &[Need, Layer],
        read: Plain(|s| share(s.persons, s.surveyed).into()),
    },
    Figure {
        id: "persons_offline",
        title: "Hors ligne",
        unit: Unit::Persons,
        definition: "Parmi les personnes éloignées du numérique, celles qui se passent d'internet. Deux textes comptent deux choses, \
                     qui ne se comparent pas : pour le chiffre de 13 millions, celles qui n'y vont jamais, 6,7 sur 13 ; pour ceux \
                     de l'ordre de l'enquête de l'INSEE, celles qui n'y sont pas allées depuis trois mois, 13,9 sur 15,4. Nul \
                     pour « 20 % de la population » : aucun texte ne le dit.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.offline)),
    },
    Figure {
        id: "persons_weak_skills",
        title: "Compétences faibles",
        unit: Unit::Persons,
        definition: "Parmi les personnes éloignées du numérique, les internautes qui ont peu de compétences.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.weak_skills)),
    },
    Figure {
        id: "persons_expected",
        title: "Demande attendue",
        unit: Unit::Persons,
        definition: "Parmi les personnes éloignées du numérique, celles qui viendraient : 43 % des personnes sans diplôme, \
                     85 % des autres.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.expected)),
    },
    Figure {
        id: "rank_index",
        title: "Indice de fragilité numérique",
        unit: Unit::Index,
        definition: "Moyenne des déciles des indicateurs de l'indice, les mêmes pour toutes les communes, de 1 à 10, 10 étant \
                     le plus fragile. Une commune à qui l'un d'eux manque n'a pas d'indice. Au-dessus de la commune, moyenne \
                     pondérée par la population, si la moitié des habitants au moins ont un indice. Sert à comparer, jamais \
                     à additionner.",
        worse: Some(Higher),
        shown: &[Need, Layer],
        read: Plain(|s| s.rank.into()),
    },
    Figure {
        id: "communes_filled",
        title: "Communes estimées d'après un territoire plus grand",
        unit: Unit::Communes,
        definition: "Communes où l'âge ou le diplôme manque et vient du plus petit territoire qui l'a.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| whole(s.communes_filled)),
    },
    Figure {
        id: "persons_served",
        title: "Personnes accompagnées en un an",
        unit: Unit::Persons,
        definition: "Personnes accompagnées dans les lieux du territoire, d'après les tables d'accompagnements de l'édition, sur \
                     les douze derniers mois qu'elles disent. Qui vient deux mois compte deux fois, et dans la commune du lieu, \
                     pas la sienne. Les nombres de 1 à 4 par lieu et par mois sont cachés et ne sont pas comptés. Nul où aucune \
                     table ne dit rien : ce n'est pas zéro.",
        worse: None,
        shown: &[Need],
        read: Plain(|s| count(s.served.known())),
    },
    Figure {
        id: "served_hidden",
        title: "Accompagnements cachés",
        unit: Unit::Counts,
        definition: "Lieux et mois où de 1 à 4 personnes ont été accompagnées : leur nombre est caché, et n'est dans aucune somme.",
        worse: None,
        shown: &[],
        read: Plain(|s| s.served.known().map(|_| f64::from(s.served.hidden)).into()),
    },
    Figure {
        id: "served_share",
        title: "Taux de pénétration",
        unit: Unit::Share,
        definition: "Personnes accompagnées en un an, rapportées aux personnes éloignées du numérique du territoire. Le besoin, \
                     l'offre et le service rendu sont trois mesures : un taux faible peut dire qu'on vient peu, ou que les tables \
                     ne disent pas tout.",
        worse: Some(Lower),
        shown: &[Need],
        read: Plain(|s| share(s.served.known(), s.persons).into()),
    },
];

pub(super) fn whole(number: u32) -> Measured {
    Measured::Known(f64::from(number))
}

pub(super) fn count(number: Option<u64>) -> Measured {
    number.map(|number| number as f64).into()
}
