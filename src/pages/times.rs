//! Our travel times beside published tables, département by département, as the edition compared them.

use crate::atlas::{Atlas, CheckedDepartement, TimesCheck};
use crate::tables::french;

/// One published table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its title.
    pub source: String,
    /// Where to and how, in words.
    pub what: String,
    /// Départements.
    pub lines: Vec<Line>,
}

/// One département.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Communes that both know.
    pub communes: String,
    /// Median of the differences.
    pub longer: String,
    /// Median of their sizes.
    pub apart: String,
    /// Correlation of ranks.
    pub ranks: String,
}

/// The comparisons in words; none when the edition read no table of times.
#[must_use]
pub fn tables(atlas: &Atlas) -> Vec<Table> {
    atlas.edition().times.iter().map(table).collect()
}

fn table(check: &TimesCheck) -> Table {
    let to = if check.france_services {
        "jusqu’à la maison France services la plus proche"
    } else {
        "jusqu’au lieu le plus proche"
    };
    Table {
        source: check.source.clone(),
        what: format!("{to}, {}", check.mode.words()),
        lines: check.departements.iter().map(line).collect(),
    }
}

fn line(departement: &CheckedDepartement) -> Line {
    let minutes = |minutes: f64| french::measure(minutes, 1, "min");
    let sign = if departement.longer > 0.0 { "+" } else { "" };
    Line {
        name: departement.name.clone(),
        communes: french::integer(u64::from(departement.communes)),
        longer: format!("{sign}{}", minutes(departement.longer)),
        apart: minutes(departement.apart),
        ranks: departement.ranks.map_or_else(|| "inconnu".into(), |rho| french::decimal(rho, 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::access::Mode;

    #[test]
    fn a_table_is_told_with_the_sign_of_what_is_longer_and_what_is_not_known() {
        let departement = |name: &str, longer, ranks| CheckedDepartement {
            code: "01".into(),
            name: name.into(),
            communes: 1_234,
            longer,
            apart: 2.5,
            ranks,
        };
        let mut leaves = testing::leaves();
        leaves.edition.times.push(TimesCheck {
            id: "essai".into(),
            source: "Base d’essai".into(),
            mode: Mode::Walk,
            france_services: true,
            departements: vec![departement("Ain", 1.5, Some(0.876)), departement("Aisne", -1.5, None)],
        });
        let [table] = <[Table; 1]>::try_from(tables(&Atlas::bind(leaves))).unwrap();
        assert_eq!(table.what, "jusqu’à la maison France services la plus proche, à pied");
        let said = |line: &Line| [&line.communes, &line.longer, &line.apart, &line.ranks].map(Clone::clone);
        assert_eq!(said(&table.lines[0]), ["1\u{202f}234", "+1,5\u{a0}min", "2,5\u{a0}min", "0,88"]);
        assert_eq!(said(&table.lines[1]), ["1\u{202f}234", "−1,5\u{a0}min", "2,5\u{a0}min", "inconnu"]);
        assert_eq!(tables(&testing::atlas()), []);
    }
}
