//! What each file of an edition holds, in words.

use crate::basemap::edition;

/// Name and content of each, in the order in which the build writes them.
const FILES: [(&str, &str); 32] = [
    ("venues.parquet", "les lieux, un par porte"),
    ("provenance.parquet", "de quelle liste vient chaque renseignement d’un lieu"),
    ("labels.parquet", "les labels des lieux, qui les donne et jusqu’à quand"),
    ("parts.parquet", "les services réunis derrière une même porte"),
    ("venue_aliases.parquet", "les anciens identifiants des lieux"),
    ("candidates.parquet", "les lieux qui pourraient accueillir un conseiller"),
    ("hubs.parquet", "les hubs territoriaux et leurs départements"),
    ("remote_channels.parquet", "les services qui répondent au téléphone"),
    ("resources.parquet", "les ressources pour apprendre ou faire apprendre"),
    ("declarations.parquet", "ce que le programme déclare des territoires"),
    ("posts.parquet", "les postes de conseillers numériques"),
    ("past_venues.parquet", "les lieux des listes passées"),
    ("points.parquet", "où vivent les habitants de chaque commune"),
    ("accompaniments.parquet", "les personnes accompagnées, par lieu et par mois"),
    ("communes.parquet", "les communes et leurs contours"),
    ("commune_aliases.parquet", "les anciens codes et noms des communes"),
    ("arrondissements.parquet", "les arrondissements de Paris, Lyon et Marseille, et leurs contours"),
    ("epcis.parquet", "les intercommunalités et leurs contours"),
    ("departements.parquet", "les départements et leurs contours"),
    ("regions.parquet", "les régions et leurs contours"),
    ("crossings.parquet", "les ponts, tunnels, bacs et cols"),
    ("barriers.parquet", "les estuaires, lacs et crêtes qu’on ne franchit pas"),
    ("road_nodes.parquet", "les carrefours des routes lues"),
    ("road_arcs.parquet", "les routes lues"),
    ("indicators.parquet", "les indicateurs, par commune"),
    ("arrondissement_indicators.parquet", "les indicateurs, par arrondissement"),
    ("streets.parquet", "les communes dont les rues sont connues"),
    ("streets.bin", "leurs rues et leurs numéros, pour la recherche"),
    ("access.parquet", "le besoin et l’accès, par commune"),
    ("reaches.parquet", "le lieu le plus proche de chaque endroit habité, et en combien de temps"),
    ("followed.parquet", "les chiffres suivis d’édition en édition, par territoire"),
    ("report.json", "ce que chaque ligne lue est devenue"),
];

/// What a file holds; empty for one that the build was given besides, such as an archive of tiles.
#[must_use]
pub fn words_of(name: &str) -> &'static str {
    if name == edition::NAME {
        return "le fond de la carte\u{a0}: rues, voies ferrées, eaux et espaces verts";
    }
    FILES.iter().find(|(known, _)| *known == name).map_or("", |(_, words)| words)
}
