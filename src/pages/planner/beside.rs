//! What stands beside a plan: other ways to spend as much, and the same question under other assumptions.

use crate::domain::need::Preset;
use crate::planning::{Baseline, Variant};
use crate::tables::french;

use super::figures::percent;
use super::words::{DEMANDS, word};

/// A line of two or three cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// First cell.
    pub title: String,
    /// Where it leads, if anywhere.
    pub href: Option<String>,
    /// The others.
    pub cells: Vec<String>,
}

/// Name of the comparison with the posts that exist.
pub const REAL: &str = "real-allocation";

/// One way beside the plan.
#[must_use]
pub fn other(other: &Baseline) -> Line {
    let title = match other.name {
        "nothing" => "Rien de plus",
        "by-population" => "Autant de postes, au prorata de la population",
        "random" => "Autant de postes, au hasard",
        name => name,
    };
    Line {
        title: title.to_owned(),
        href: None,
        cells: vec![french::integer(other.posts), french::integer(other.covered), better(other)],
    }
}

fn better(other: &Baseline) -> String {
    other
        .ours_is_better_percent
        .map_or_else(|| "sans comparaison".into(), |better| format!("+\u{a0}{}", percent(better)))
}

/// The posts that exist beside as many placed by us.
#[must_use]
pub fn real(other: &Baseline) -> String {
    let more = other.our_covered.saturating_sub(other.covered);
    format!(
        "Les {} de la dernière liste, tels qu'ils sont répartis, ont {} à portée. Autant de postes placés par cette méthode, \
         sans rien avant, en auraient {} de plus{}. Le poste est compté à la commune de son employeur, pas là où le \
         conseiller travaille.",
        french::count(other.posts, "poste", "postes"),
        french::count(other.covered, "personne", "personnes"),
        french::integer(more),
        other.ours_is_better_percent.map_or_else(String::new, |better| format!(" (+\u{a0}{})", percent(better))),
    )
}

/// One assumption changed.
#[must_use]
pub fn variant(variant: &Variant) -> Line {
    let value = variant.value.as_str();
    let title = match variant.field {
        "denominator" => {
            let preset = Preset::named(value);
            format!("Chiffre national\u{a0}: {}", preset.map_or(value, |preset| preset.label))
        }
        "minutes" => format!("À portée\u{a0}: {value}\u{a0}minutes"),
        "radius_km" => format!("À portée\u{a0}: {}\u{a0}km", value.replace('.', ",")),
        _ => word(&DEMANDS, value).to_owned(),
    };
    let cells = vec![percent(100.0 * variant.overlap), french::integer(variant.covered)];
    Line { title, href: None, cells }
}
