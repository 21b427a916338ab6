//! The codes of the quality report in words. A code that is not in this list is shown with its own spelling.

/// What a code of the report means, for a reader.
#[must_use]
pub fn code(code: &str) -> String {
    let words = WORDS.iter().find(|(known, _)| *known == code).map(|(_, words)| (*words).to_string());
    words.unwrap_or_else(|| code.replace('_', " "))
}

/// What was done about a finding.
#[must_use]
pub fn action(action: &str) -> &str {
    match action {
        "file_refused" => "fichier refusé",
        "row_quarantined" => "ligne mise à l'écart",
        "row_merged" => "ligne réunie à une autre",
        "field_cleared" => "valeur laissée de côté",
        "value_repaired" => "valeur réparée",
        "value_kept" => "valeur gardée",
        "file_adapted" => "fichier lu autrement",
        "line_skipped" => "ligne passée",
        other => other,
    }
}

/// Official spelling of each code, as in `report.json`, and its words.
pub(super) const WORDS: &[(&str, &str)] = &[
    ("fichier_vide", "fichier vide"),
    ("aucune_ligne", "aucune ligne"),
    ("contenu_html", "page web à la place des données"),
    ("contenu_inattendu", "autre contenu que celui annoncé"),
    ("trop_gros", "fichier trop gros"),
    ("trop_de_lignes", "trop de lignes"),
    ("trop_de_colonnes", "trop de colonnes"),
    ("champ_trop_long", "valeur trop longue"),
    ("fichier_tronque", "fichier coupé au milieu d'une ligne"),
    ("empreinte_differente", "empreinte différente de celle annoncée"),
    ("saut_final_absent", "dernière ligne non terminée"),
    ("chute_de_volume", "beaucoup moins de lignes qu'avant"),
    ("hausse_de_volume", "beaucoup plus de lignes qu'avant"),
    ("fichier_absent", "fichier absent"),
    ("memoire_depassee", "fichier trop gourmand en mémoire"),
    ("temps_depasse", "fichier trop long à lire"),
    ("taux_de_quarantaine", "trop de lignes à l'écart"),
    ("derive_de_position", "trop de lieux ont bougé"),
    ("lecture_impossible", "lecture impossible"),
    ("encodage_deduit", "encodage déduit"),
    ("encodage_mixte", "encodages mêlés"),
    ("encodage_inconnu", "encodage inconnu"),
    ("mojibake_probable", "accents abîmés"),
    ("octet_nul", "octet nul"),
    ("caractere_controle", "caractère de contrôle"),
    ("bidi", "caractère qui inverse l'écriture"),
    ("separateur_deduit", "séparateur déduit"),
    ("separateur_inconnu", "séparateur inconnu"),
    ("fin_de_ligne", "fins de ligne anciennes"),
    ("ligne_trop_courte", "ligne trop courte"),
    ("ligne_trop_longue", "ligne trop longue"),
    ("guillemet_non_ferme", "guillemet non fermé"),
    ("guillemet_invalide", "guillemet mal placé"),
    ("ligne_vide", "ligne vide"),
    ("lignes_de_titre", "lignes de titre"),
    ("ligne_total", "ligne de total"),
    ("exemple_modele", "ligne d'exemple laissée dans le fichier"),
    ("colonne_manquante", "colonne manquante"),
    ("colonne_inconnue", "colonne inconnue"),
    ("colonne_disparue", "colonne disparue ou vidée"),
    ("colonne_en_double", "colonne en double"),
    ("colonne_sans_nom", "colonne sans nom"),
    ("colonne_renommee", "colonne sous un autre nom"),
    ("separateur_liste", "séparateur de liste"),
    ("json_invalide", "JSON illisible"),
    ("cle_json_en_double", "clé JSON en double"),
    ("json_trop_profond", "JSON trop profond"),
    ("objet_attendu", "objet attendu"),
    ("geometrie_inattendue", "géométrie autre qu'un point"),
    ("parquet_corrompu", "Parquet abîmé"),
    ("parquet_tronque", "Parquet coupé"),
    ("parquet_schema", "type Parquet non lisible"),
    ("id_absent", "identifiant absent"),
    ("id_en_double", "identifiant en double"),
    ("id_trop_long", "identifiant trop long"),
    ("id_caracteres", "identifiant à caractères fragiles"),
    ("id_unicode", "identifiants qui se confondent"),
    ("doublon_exact", "même ligne deux fois"),
    ("doublon_probable", "même lieu qu'une autre ligne"),
    ("pivot_invalide", "SIRET impossible"),
    ("nom_absent", "nom absent"),
    ("nom_invalide", "numéro à la place du nom"),
    ("html_dans_texte", "balises dans un texte"),
    ("texte_trop_long", "texte plus long que la norme"),
    ("mot_vide", "mot pour dire « rien »"),
    ("texte_echappe", "texte encore codé"),
    ("valeur_hors_liste", "valeur hors de la liste"),
    ("horaires_invalides", "horaires non compris"),
    ("horaires_traduits", "horaires traduits"),
    ("telephone_invalide", "téléphone impossible"),
    ("courriel_invalide", "courriel impossible"),
    ("courriel_personnel", "courriel d'une personne"),
    ("url_invalide", "lien à ne pas suivre"),
    ("url_reparee", "lien complété"),
    ("date_invalide", "date impossible"),
    ("date_format", "date à la française"),
    ("date_ambigue", "date ambiguë"),
    ("date_future", "date à venir"),
    ("date_ancienne", "date trop ancienne"),
    ("coordonnees_absentes", "coordonnées absentes"),
    ("coordonnees_nulles", "coordonnées 0, 0"),
    ("coordonnees_inversees", "coordonnées inversées"),
    ("coordonnee_invalide", "coordonnée impossible"),
    ("projection_lambert93", "coordonnées Lambert-93"),
    ("projection_mercator", "coordonnées Mercator"),
    ("projection_lambert2", "coordonnées Lambert II"),
    ("hors_territoire", "hors de France"),
    ("hors_commune", "hors de la commune annoncée"),
    ("place_par_adresse", "placé par son adresse"),
    ("coordonnees_commune", "coordonnées de la commune, pas du lieu"),
    ("coordonnees_repetees", "beaucoup de lieux au même point"),
    ("precision_faible", "coordonnées peu précises"),
    ("code_complete", "code qui avait perdu son zéro"),
    ("code_normalise", "code écrit autrement"),
    ("code_perime", "code d'une ancienne commune"),
    ("code_arrondissement", "code d'arrondissement"),
    ("code_ambigu", "code ambigu"),
    ("code_scinde", "commune de nouveau scindée"),
    ("code_inconnu", "code inconnu"),
    ("code_confusion", "code postal et code commune confondus"),
    ("code_invalide", "code impossible"),
    ("code_cedex", "code CEDEX"),
    ("code_drom", "code d'outre-mer ambigu"),
    ("commune_alias", "commune sous un autre nom"),
    ("valeur_secrete", "secret statistique"),
    ("valeur_invalide", "valeur impossible"),
    ("valeur_hors_bornes", "valeur hors bornes"),
    ("valeurs_constantes", "même valeur partout"),
    ("unite_incoherente", "unités mêlées"),
    ("cle_en_double", "territoire deux fois, valeurs différentes"),
    ("cle_inconnue", "territoire inconnu"),
    ("millesime", "autre millésime que la carte"),
    ("millesime_inconnu", "millésime non déclaré"),
    ("plm_double", "ville et arrondissements comptés deux fois"),
    ("annee_partielle", "année partielle"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_words_and_an_unknown_one_is_still_readable() {
        assert_eq!(code("hors_commune"), "hors de la commune annoncée");
        assert_eq!(code("tout_nouveau_code"), "tout nouveau code");
    }

    #[test]
    fn no_code_is_explained_twice() {
        let codes: std::collections::BTreeSet<_> = WORDS.iter().map(|(code, _)| code).collect();
        assert_eq!(codes.len(), WORDS.len());
    }
}
