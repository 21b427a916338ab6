//! Every name in answers and files, with its title, its unit and its meaning: the figures of [`FIGURES`], and the columns
//! that stand beside them.

mod annex;
mod sites;

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::access::Threshold;
use crate::atlas::figures::{FIGURES, FigureAt, figures_of};

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Name in answers; the unit is in it.
    pub id: &'static str,
    /// What a visitor reads.
    pub title: &'static str,
    /// Unit: `personnes`, `min`, `part` (of one)…
    pub unit: &'static str,
    /// What it means, in a sentence or two.
    pub text: &'static str,
}

const fn define(id: &'static str, title: &'static str, unit: &'static str, text: &'static str) -> Definition {
    Definition { id, title, unit, text }
}

/// Names of columns that are no figure of [`FIGURES`], in the order in which they are explained.
const COLUMNS: &[Definition] = &[
    define("level", "Niveau", "", "Niveau du territoire : nation, regions, departements, epcis, communes."),
    define("code", "Code", "", "Code INSEE, ou SIREN pour un EPCI. C'est un texte. Vide pour la ligne « inconnu »."),
    define("name", "Nom", "", "Nom officiel."),
    define(
        "whole",
        "Entier",
        "",
        "Faux quand seule compte la partie du territoire qui est dans celui qu'on a demandé.",
    ),
    define(
        "filled_from",
        "Niveau de l'estimation",
        "",
        "Le plus grand territoire qui remplace l'âge ou le diplôme manquant.",
    ),
    define(
        "population_vintage",
        "Millésime de la population",
        "",
        "Année des populations de la ligne : 2023, mais 2017 à Mayotte ; unknown dans les collectivités d'outre-mer, dont les \
         recensements sont mêlés sans année. Plusieurs années sont séparées par |.",
    ),
    define(
        "rank_criteria",
        "Indicateurs de l'indice",
        "indicateurs",
        "Combien des indicateurs de l'indice sont connus ; il n'y a d'indice que quand tous le sont.",
    ),
    define(
        "indicators",
        "Indicateurs",
        "",
        "Valeur de chaque indicateur de l'édition, dans son unité ; nul quand elle manque.",
    ),
    define("coverage", "Couverture", "", "Personnes éloignées qui ont un lieu à moins de tant de minutes, par mode."),
    define(
        "coverage_france_services",
        "Couverture France services",
        "",
        "La même, pour un lieu labellisé France services.",
    ),
    define(
        "minutes",
        "Minutes jusqu'au lieu le plus proche",
        "min",
        "Temps moyen des habitants de la commune : depuis ses carreaux de population où il y en a, sinon depuis son point, \
         jamais moins que la distance moyenne de ses habitants à son centre.",
    ),
    define(
        "reach",
        "Accès",
        "",
        "Ce qu'il en est de la personne du milieu. reached : elle peut rejoindre un lieu ; unreachable : aucun, et le temps \
         médian est nul, « hors d'atteinte » ; unknown : on ne sait pas où elle est, ou combien il y a de personnes.",
    ),
    define("nearest_venue", "Lieu le plus proche", "", "Identifiant du lieu le plus proche en temps."),
    define("share_persons", "Part des personnes", "part", "Part cumulée des personnes, les moins servies d'abord."),
    define("share_hours", "Part des heures", "part", "Part des heures que ces personnes ont ensemble."),
    define(
        "density",
        "Densité",
        "",
        "dense : 1 500 habitants par km² ou plus ; intermediate : de 300 à 1 500 ; sparse : moins de 300 (seuils d'Eurostat).",
    ),
    define("rank", "Rang", "", "1 pour le site le plus utile, puis le plus utile à côté de lui, et ainsi de suite."),
    define(
        "id",
        "Identifiant",
        "",
        "Identifiant du site parmi les candidats : code de la commune, identifiant du lieu.",
    ),
    define("commune", "Commune", "", "Code INSEE de la commune du site."),
    define("longitude", "Longitude", "degrés", "WGS 84."),
    define("latitude", "Latitude", "degrés", "WGS 84."),
    define("new_posts", "Postes nouveaux", "postes", "Postes que le plan ajoute, sans ceux qui existent."),
    define(
        "existing_posts",
        "Déjà là",
        "",
        "Ce qui compte déjà dans le territoire, et reste : postes, ou lieux quand la question compte des lieux.",
    ),
    define("cost_eur", "Coût", "€ par an", "Postes nouveaux, chacun au prix de son employeur, public ou privé."),
    define("forced", "Imposé", "", "Vrai quand la question demandait ce site."),
    define("stops", "Étapes", "", "Communes où le poste s'arrête, sa base d'abord ; vide quand il ne se déplace pas."),
    define("marginal_value", "Valeur propre", "", "Ce que le plan perd si ce seul site ferme, dans la mesure du plan."),
    define("added_value", "Valeur ajoutée", "", "Ce que le site ajoute à ceux d'un rang plus petit."),
    define(
        "persons_counted",
        "Personnes comptées",
        "personnes",
        "Personnes du territoire pour qui le plan est cherché.",
    ),
    define(
        "communes_not_counted",
        "Communes non comptées",
        "communes",
        "Communes dont personne ne connaît les personnes ou le lieu : population non publiée, ou hors du champ de l’enquête.",
    ),
    define(
        "persons_joined",
        "Points réunis",
        "personnes",
        "Faute de place, des points d’habitat voisins ont été réunis jusqu’à tant de personnes ; 0 : aucun ne l’a été.",
    ),
    define(
        "covered_before",
        "À portée avant",
        "personnes",
        "Parmi elles, celles qui sont assez près de ce qui existe.",
    ),
    define("covered_after", "À portée après", "personnes", "Celles qui le sont avec le plan."),
    define(
        "measure",
        "Mesure",
        "",
        "Ce que compte la valeur : persons, person_equivalents, mean_way, longest_way (minutes ou mètres), posts, euros, share.",
    ),
    define("value", "Valeur", "", "Valeur du plan ou de la répartition, dans sa mesure."),
    define(
        "bound",
        "Borne",
        "",
        "Limite démontrée : aucun plan ne vaut mieux, trouvé ou non (relaxation lagrangienne).",
    ),
    define(
        "gap_percent",
        "Écart",
        "%",
        "Distance entre la valeur et la borne, rapportée à la valeur ; 0 : le plan est optimal.",
    ),
    define("means", "Moyens", "", "Postes, ou euros quand la question donne un budget."),
    define(
        "allocation",
        "Répartition",
        "",
        "Autre manière de dépenser autant : nothing, by-population, random ; real-allocation : les postes de la dernière liste.",
    ),
    define("our_objective", "Objectif de la nôtre", "", "Celui du plan, ou coverage, qui vaut pour toute répartition."),
    define(
        "our_value",
        "Notre valeur",
        "",
        "Dans la même mesure, valeur du plan ; à côté de la répartition réelle, d'autant de postes placés dans les communes, sans rien avant.",
    ),
    define("our_covered_after", "À portée avec la nôtre", "personnes", "Personnes à portée, de la même manière."),
    define(
        "ours_is_better_percent",
        "Avantage de la nôtre",
        "%",
        "De combien la nôtre vaut mieux, rapporté à la valeur de l'autre.",
    ),
    define("plan_rank", "Plan", "", "Rang parmi les plans presque aussi bons ; le plan lui-même est le premier."),
    define(
        "bound_gap_percent",
        "Écart à la borne",
        "%",
        "De combien ce plan peut être moins bon que le meilleur possible.",
    ),
    define("difference", "Différence", "part", "Part des sites que le premier plan n'a pas."),
    define("sites_gone", "Sites laissés", "", "Identifiants des sites du premier plan que celui-ci n'a pas."),
    define("sites_instead", "Sites pris", "", "Identifiants des sites qu'il a à la place."),
    define("assumption", "Hypothèse", "", "Le choix qui a été changé, et sa valeur."),
    define("overlap", "Postes inchangés", "part", "Part des postes du plan qui restent au même endroit."),
    define(
        "minutes_before",
        "Minutes avant",
        "min",
        "Temps jusqu'au lieu le plus proche avant le changement, ou sans le plan.",
    ),
    define(
        "minutes_after",
        "Minutes après",
        "min",
        "Le même temps après le changement, ou avec le plan ; nul quand aucun lieu ne reste.",
    ),
    define("within_before", "Assez près avant", "", "Vrai quand ce temps est dans le seuil avant le changement."),
    define("within_after", "Assez près après", "", "Vrai quand ce temps est dans le seuil après le changement."),
    define(
        "hours_before",
        "Heures par personne avant",
        "h",
        "Heures d'ouverture accessibles par personne éloignée et par an (E2SFCA), avant le changement.",
    ),
    define("hours_after", "Heures par personne après", "h", "Les mêmes heures après le changement."),
    define(
        "post_hours_before",
        "Heures de conseillers par personne avant",
        "h",
        "Heures de travail des conseillers (1 607 h par poste et par an, à la commune de l'employeur), partagées de même.",
    ),
    define(
        "post_hours_after",
        "Heures de conseillers par personne après",
        "h",
        "Les mêmes heures après le changement.",
    ),
    define(
        "group",
        "Groupe",
        "",
        "Ce dont parle le fait : besoin, postes, France services, pass, labels, hubs, réseaux, charte, opérateurs.",
    ),
    define("fact", "Fait", "", "Nom du fait, unique dans le territoire."),
    define("title", "Titre", "", "Ce que lit un visiteur."),
    define("number", "Nombre", "", "Nul quand personne ne sait, ou quand le fait est un texte."),
    define("text", "Texte", "", "Ce que dit un fait qui n'est pas un nombre."),
    define("low", "Au moins", "", "Le plus petit nombre possible, quand le nombre est une estimation."),
    define("high", "Au plus", "", "Le plus grand nombre possible, quand le nombre est une estimation."),
    define("unit", "Unité", "", "Ce qu'on compte."),
    define("of", "Dénominateur", "", "Ce dont le nombre est une part, ou ce sur quoi il est estimé."),
    define("source", "Source", "", "D'où vient la ligne."),
    define("day", "Jour", "", "Jour que la source décrit."),
    define("note", "À savoir", "", "Ce qu'il faut savoir avant de s'en servir."),
    define("sentence", "Phrase", "", "Le même chiffre que dans les tableaux, en toutes lettres."),
    define("target", "Objectif", "", "Nom de l'objectif ou du paramètre du plan national."),
    define("target_low", "Objectif, au moins", "", "Le plus petit nombre que disent les textes."),
    define("target_high", "Objectif, au plus", "", "Le plus grand nombre que disent les textes."),
    define("target_due", "Échéance", "", "Jour promis, quand il y en a un."),
    define(
        "target_part",
        "Part du territoire",
        "",
        "Part de l'objectif, au prorata des personnes éloignées : un repère, pas une promesse.",
    ),
    define("observed", "Observé", "", "Ce que dit la source la plus récente ; nul quand aucune ne le dit."),
    define("missing", "Reste à faire", "", "Ce qui manque à la part du territoire ; 0 quand elle est atteinte."),
    define(
        "per_month_needed",
        "Rythme demandé",
        "par mois",
        "Ce qu'il faut par mois jusqu'à l'échéance ; nul quand elle est passée.",
    ),
    define("departement", "Département", "", "Code du département ou de la collectivité."),
    define(
        "age",
        "Âge",
        "",
        "Depuis quand une liste a parlé du lieu, au jour demandé : moins de 6, de 6 à 12, de 12 à 18, plus de 18 mois, inconnu.",
    ),
    define(
        "venues_attested",
        "Lieux, par la date de leur liste",
        "lieux",
        "D'après la plus récente des listes qui parlent du lieu.",
    ),
    define(
        "venues_updated",
        "Lieux, par leur mise à jour",
        "lieux",
        "D'après la date de mise à jour que donne le producteur (date_maj).",
    ),
    define("venues_all", "Tous les lieux", "lieux", "Lieux publiés, y compris ceux qui ne reçoivent pas de public."),
    define(
        "stale_share",
        "Part ancienne",
        "part",
        "Lieux dont aucune liste n'a parlé depuis plus de 18 mois, ou à une date inconnue.",
    ),
    define(
        "completeness",
        "Complétude",
        "part",
        "Moyenne, sur les lieux, de la part connue de huit informations : téléphone, horaires, adresse, position, services, accès, prix, date.",
    ),
    define("with_phone", "Avec téléphone", "lieux", "Lieux dont on sait le téléphone."),
    define("with_hours", "Avec horaires", "lieux", "Lieux dont on sait les horaires."),
    define("with_address", "Avec adresse", "lieux", "Lieux dont on sait l'adresse."),
    define("with_position", "Avec position", "lieux", "Lieux dont on sait la position mieux que par la commune."),
    define("with_services", "Avec services", "lieux", "Lieux dont on sait les services."),
    define("with_access_modes", "Avec modalités d'accès", "lieux", "Lieux dont on sait comment y venir."),
    define("with_fees", "Avec prix", "lieux", "Lieux dont on sait le prix."),
    define("with_updated", "Avec date", "lieux", "Lieux dont le producteur dit la date de mise à jour."),
    define("month", "Mois", "", "Année et mois."),
    define("posts_validated", "Postes validés dans le mois", "postes", "D'après la date du comité de sélection."),
    define("posts_cumulated", "Postes validés à la fin du mois", "postes", "Somme depuis le premier mois."),
    define(
        "posts_listed",
        "Postes validés",
        "postes",
        "Postes de la liste la plus récente, dans la commune et le département que dit la liste ; nul sans liste.",
    ),
    define(
        "posts_structures",
        "Structures employeuses",
        "structures",
        "Lignes de cette liste : une structure, un ou plusieurs postes.",
    ),
    define(
        "posts_state_eur",
        "Argent de l'État",
        "€",
        "Investissement estimatif de l'État que donne cette liste, sur la durée des conventions.",
    ),
    define(
        "france_services_listed",
        "France services de la liste",
        "structures",
        "Lignes de la liste officielle de ce jour.",
    ),
    define("locality", "Commune", "", "Nom de la commune du lieu."),
    define("phone", "Téléphone", "", "Premier numéro, au format E.164."),
    define("missing_parts", "Manque", "", "Informations que personne ne donne sur le lieu."),
    define("edition", "Édition", "", "Identifiant de l'édition : mêmes données, même identifiant."),
    define("parameters", "Paramètres", "", "Tous les choix dont la ligne dépend, écrits comme dans une adresse."),
];

/// Columns that come before the figures: which territory a row is about.
const PLACE: usize = 4;

/// Every name in answers and files: which territory, its figures, and the rest.
#[must_use]
pub fn definitions() -> &'static [Definition] {
    static ALL: LazyLock<Vec<Definition>> = LazyLock::new(|| {
        let figures = FIGURES.iter().map(|figure| Definition {
            id: figure.id,
            title: figure.title,
            unit: figure.unit.name(),
            text: figure.definition,
        });
        let (place, rest) = COLUMNS.split_at(PLACE);
        let others = rest.iter().chain(sites::SITES).chain(annex::ANNEX).copied();
        place.iter().copied().chain(figures).chain(others).collect()
    });
    &ALL
}

/// One figure by its id.
#[must_use]
pub fn definition(id: &str) -> &'static Definition {
    definitions().iter().find(|known| known.id == id).expect("columns are made of defined figures")
}

/// The definitions of the figures at each threshold, as JSON by name: `share_within_15_min`.
#[must_use]
pub fn described_at_thresholds() -> Map<String, Value> {
    let at = figures_of(None, &Threshold::ALL).into_iter().filter(|figure| figure.threshold.is_some());
    let told = |at: FigureAt| {
        let text = json!({ "title": at.title(), "unit": at.figure.unit.name(), "text": at.figure.definition });
        (at.name(), text)
    };
    at.map(told).collect()
}

/// The definitions of some figures, as JSON by id.
#[must_use]
pub fn described<'a>(ids: impl IntoIterator<Item = &'a str>) -> Map<String, Value> {
    let known = ids.into_iter().map(definition);
    known.map(|d| (d.id.to_owned(), json!({ "title": d.title, "unit": d.unit, "text": d.text }))).collect()
}

#[cfg(test)]
mod tests;
