//! Names of the columns of the annex of a *schéma départemental*.

use super::{Definition, define};

/// The dimensions and what is known of each.
pub(super) const ANNEX: &[Definition] = &[
    define(
        "dimension",
        "Dimension",
        "",
        "L'une des sept dimensions de l'accessibilité que le CGET distingue pour les schémas départementaux.",
    ),
    define("dimension_extent", "Calculée ?", "", "Calculée, calculée en partie, ou non calculée."),
    define("dimension_facts", "Ce qui en est dit", "", "Faits que cette édition connaît sous cette dimension."),
    define("dimension_missing", "Ce qui manque", "", "Ce que rien ici ne dit de cette dimension."),
];
