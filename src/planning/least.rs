//! Where a minimum is asked of every territory, or the worst off come first: which take no part, which stay below, which is
//! worst off.

use std::collections::BTreeMap;

use super::by_territory::code;
use super::study::Study;
use crate::domain::Level;
use crate::placement::{Plan, Shape};

/// One territory of those that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its code; `None` for the communes that belong to none of the level.
    pub code: Option<String>,
    /// Persons who count.
    pub persons: u64,
    /// Those within reach with the plan.
    pub covered: u64,
}

impl Standing {
    /// Share of its persons within reach, in [0, 1].
    #[must_use]
    pub fn share(&self) -> f64 {
        self.covered as f64 / self.persons.max(1) as f64
    }

    /// Persons missing of a share.
    #[must_use]
    pub fn missing(&self, share: f64) -> u64 {
        // A share such as 0.7 is no binary fraction: a hair above a whole number of persons asks for no one more.
        let asked = (share * self.persons as f64 - 1e-6).ceil().max(0.0) as u64;
        asked.saturating_sub(self.covered)
    }
}

/// How the territories that are compared stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Least {
    /// Their level.
    pub level: Level,
    /// Those that no site reaches: they would make every plan as bad as every other, and take no part.
    pub set_aside: Vec<Standing>,
    /// Those that stay below the minimum, where the plan does not hold it; who lacks most comes first.
    pub below: Vec<Standing>,
    /// Those that are worst off, where they come first.
    pub worst: Vec<Standing>,
}

/// How the territories of a plan stand, by whether each demand point is within reach; `None` where none are compared.
pub(super) fn least(study: &Study, plan: &Plan, covered: &[bool]) -> Option<Least> {
    let objective = study.request.objective;
    let shape = objective.kind.shape;
    if !matches!(shape, Shape::Floors | Shape::LeastShare) {
        return None;
    }
    let mut all: BTreeMap<Option<String>, (bool, Standing)> = BTreeMap::new();
    let people = &study.people;
    for (point, (&commune, &persons)) in people.communes.iter().zip(&people.persons).enumerate() {
        let code = code(study.atlas, commune, objective.level);
        let none = || (false, Standing { code: code.clone(), persons: 0, covered: 0 });
        let (counts, standing) = all.entry(code.clone()).or_insert_with(none);
        *counts |= study.problem.weights()[point] > 0;
        standing.persons += u64::from(persons);
        standing.covered += if covered[point] { u64::from(persons) } else { 0 };
    }
    let (counted, aside): (Vec<_>, Vec<_>) =
        all.into_values().filter(|(_, standing)| standing.persons > 0).partition(|(counts, _)| *counts);
    let alone = |those: Vec<(bool, Standing)>| those.into_iter().map(|(_, standing)| standing).collect::<Vec<_>>();
    Some(standings(objective.level, (shape, objective.share), plan.shortfall > 0, (alone(counted), alone(aside))))
}

/// Sorts the territories that take part, and those that do not.
fn standings(
    level: Level,
    (shape, share): (Shape, f64),
    falls_short: bool,
    (counted, mut set_aside): (Vec<Standing>, Vec<Standing>),
) -> Least {
    set_aside.sort_by_key(|of| std::cmp::Reverse(of.persons));
    let mut below: Vec<Standing> = match shape {
        Shape::Floors if falls_short => counted.iter().filter(|of| of.missing(share) > 0).cloned().collect(),
        _ => Vec::new(),
    };
    below.sort_by_key(|of| std::cmp::Reverse(of.missing(share)));
    let lowest = counted.iter().map(Standing::share).fold(f64::INFINITY, f64::min);
    let worst = match shape {
        Shape::LeastShare => counted.into_iter().filter(|of| of.share() <= lowest).collect(),
        _ => Vec::new(),
    };
    Least { level, set_aside, below, worst }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(code: &str, persons: u64, covered: u64) -> Standing {
        Standing { code: Some(code.to_owned()), persons, covered }
    }

    #[test]
    fn those_below_a_minimum_are_named_with_what_they_lack_and_only_where_the_plan_falls_short() {
        let all = || vec![standing("22", 1_000, 695), standing("35", 1_000, 900), standing("56", 500, 349)];
        let told = standings(Level::Departement, (Shape::Floors, 0.7), true, (all(), vec![standing("29", 7, 0)]));
        let codes: Vec<&str> = told.below.iter().filter_map(|of| of.code.as_deref()).collect();
        assert_eq!(codes, ["22", "56"], "who lacks most comes first");
        assert_eq!(told.below.iter().map(|of| of.missing(0.7)).collect::<Vec<_>>(), [5, 1]);
        assert_eq!((told.set_aside.len(), told.worst.len()), (1, 0));
        let held = standings(Level::Departement, (Shape::Floors, 0.6), false, (all(), Vec::new()));
        assert_eq!(held.below, []);
    }

    #[test]
    fn the_worst_off_are_named_where_they_come_first_all_of_them() {
        let all = vec![standing("a", 10, 5), standing("b", 20, 10), standing("c", 10, 9)];
        let told = standings(Level::Epci, (Shape::LeastShare, 1.0), false, (all, Vec::new()));
        assert_eq!(told.worst.len(), 2);
        assert!(told.below.is_empty());
        assert_eq!(standing("x", 10, 7).missing(0.7), 0, "0.7 × 10 is no more than 7");
    }
}
