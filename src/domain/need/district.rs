//! Persons in need in the arrondissements of a commune: the commune's, shared out by the ages and diplomas of each.

use typed_index_collections::TiSlice;

use super::estimate::{DIPLOMA, ELDERLY, NONE_AMONG_LOW, NeedEstimate, OLDEST, among_elderly};
use super::interval::Interval;
use super::profile::{Profiles, TakeUp, offline_rate};
use super::rake::{largest_remainder, rake_odds};
use super::rates::{Composition, Method, odds};
use crate::domain::rank::CommuneIx;

/// The methods of the variants of an estimate, in their order: the odds overseas are the same all over a commune.
const VARIANTS: [Method; 5] = [Method::Age, Method::Diploma, Method::Independent, Method::Central, Method::Central];

/// Who lives in one arrondissement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistrictPeople {
    /// Inhabitants.
    pub population: f64,
    /// Ages and diplomas.
    pub composition: Composition,
    /// Whether its age or its diplomas are those of the commune, since no row speaks of them.
    pub filled: bool,
}

/// Persons in need of one arrondissement. Those of a commune add up to the commune's, to the person.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DistrictNeed {
    /// Persons in need; `None` where those of the commune are unknown.
    pub persons: Option<u32>,
    /// How sure that is, by the same rule as for communes.
    pub interval: Option<Interval>,
    /// Never online.
    pub offline: Option<u32>,
    /// Online with weak skills.
    pub weak_skills: Option<u32>,
    /// Those who would come.
    pub expected: Option<u32>,
    /// Whether its age or its diplomas are those of the commune.
    pub filled: bool,
}

impl DistrictPeople {
    /// From its own figures in per cent, by the id of their indicator; what it lacks is that of the commune.
    #[must_use]
    pub fn new(population: f64, own: impl Fn(&str) -> Option<f64>, commune: &Composition) -> Self {
        let own = |id: &str| own(id).map(|value| (value / 100.0).clamp(0.0, 1.0));
        let (elderly, diploma) = (own(ELDERLY), own(DIPLOMA));
        let oldest = own(OLDEST).zip(elderly).and_then(|(oldest, elderly)| among_elderly(oldest, elderly));
        let composition = Composition {
            aged_65_plus: elderly.unwrap_or(commune.aged_65_plus),
            oldest: oldest.unwrap_or(commune.oldest),
            low_diploma: diploma.unwrap_or(commune.low_diploma),
            no_diploma: own(NONE_AMONG_LOW).unwrap_or(commune.no_diploma),
        };
        Self { population, composition, filled: elderly.is_none() || diploma.is_none() }
    }

    fn adults(&self) -> f64 {
        self.composition.adults() * self.population
    }
}

/// Shares out the persons in need of a commune: the odds of each arrondissement are moved together until they add up to the
/// commune's, which is what was done to the communes of the country.
#[must_use]
pub fn of_districts(
    need: &NeedEstimate,
    profiles: &Profiles,
    expected: &TiSlice<CommuneIx, Option<u32>>,
    commune: CommuneIx,
    people: &[DistrictPeople],
) -> Vec<DistrictNeed> {
    let share = |method: Method, total: u32| -> Vec<u64> {
        // What makes the effect of diplomas relative to the country is one factor for all: raking takes it away.
        let places = people.iter().map(|here| (here.adults(), here.composition.odds(method, 1.0)));
        raked(&places.collect::<Vec<_>>(), total)
    };
    let Some(total) = need.persons[commune] else { return vec![DistrictNeed::default(); people.len()] };
    let persons = share(Method::Central, total);
    let mut variant = VARIANTS.into_iter();
    let variants = need.variants.each_ref().map(|all| share(variant.next().expect("five of five"), all[commune]));
    let levels = need.levels.as_ref().map(|levels| levels.each_ref().map(|all| share(Method::Central, all[commune])));
    let offline = profiles.offline[commune].map(|total| {
        let places =
            persons.iter().zip(people).map(|(persons, here)| (*persons as f64, odds(offline_rate(&here.composition))));
        raked(&places.collect::<Vec<_>>(), total)
    });
    let coming = expected[commune].map(|total| {
        let take_up = TakeUp::default();
        let coming =
            persons.iter().zip(people).map(|(persons, here)| *persons as f64 * take_up.part(&here.composition));
        largest_remainder(&coming.collect::<Vec<_>>(), u64::from(total))
    });
    let of = |i: usize| {
        let offline = offline.as_ref().map(|all| all[i].min(persons[i]) as u32);
        let levels = levels.as_ref().map(|levels| levels.each_ref().map(|all| all[i]));
        let variants = variants.each_ref().map(|all| all[i]);
        DistrictNeed {
            persons: Some(persons[i] as u32),
            interval: Some(need.interval_of(persons[i], need.overseas[commune], variants, levels)),
            offline,
            weak_skills: offline.map(|offline| persons[i] as u32 - offline),
            expected: coming.as_ref().map(|all| all[i] as u32),
            filled: people[i].filled,
        }
    };
    (0..people.len()).map(of).collect()
}

/// Whole persons that add up to a total, by people and odds; by people alone where there are fewer of them than that.
fn raked(places: &[(f64, f64)], total: u32) -> Vec<u64> {
    let expected = rake_odds(places, f64::from(total));
    let expected = expected.unwrap_or_else(|| places.iter().map(|(people, _)| *people).collect());
    largest_remainder(&expected, u64::from(total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::need::testing::country;
    use crate::domain::need::{Denominator, estimate, expected_demand, profiles};

    #[test]
    fn arrondissements_add_up_to_their_commune_and_the_older_and_less_taught_have_more() {
        let (communes, indicators) = country();
        let need = estimate(&communes, &indicators, Denominator::ShareOfAdults(0.154)).unwrap();
        let profiles = profiles(&need, Some(0.9));
        let expected = expected_demand(&need, TakeUp::default());
        let rich = |id: &str| (id == ELDERLY || id == OLDEST).then_some(10.0).or((id == DIPLOMA).then_some(15.0));
        let poor = |id: &str| (id == ELDERLY).then_some(35.0).or((id == DIPLOMA).then_some(70.0));
        for (commune, population) in communes.iter_enumerated().filter_map(|(i, c)| Some((i, c.population?.0))) {
            let Some(total) = need.persons[commune] else { continue };
            let whole = need.compositions[commune];
            let third = f64::from(population) / 3.0;
            let people = [
                DistrictPeople::new(third, rich, &whole),
                DistrictPeople::new(third, poor, &whole),
                DistrictPeople::new(third, |_| None, &whole),
            ];
            assert_eq!(people.map(|here| here.filled), [false, false, true]);
            let parts = of_districts(&need, &profiles, &expected, commune, &people);
            let sum = |of: fn(&DistrictNeed) -> Option<u32>| parts.iter().map(|part| of(part).unwrap()).sum::<u32>();
            assert_eq!(sum(|part| part.persons), total);
            assert_eq!(Some(sum(|part| part.offline)), profiles.offline[commune]);
            assert_eq!(Some(sum(|part| part.weak_skills)), profiles.weak_skills[commune]);
            assert_eq!(Some(sum(|part| part.expected)), expected[commune]);
            assert!(total < 50 || parts[1].persons > parts[0].persons, "{parts:?}");
            let inside = |part: &DistrictNeed| {
                let (persons, shape) = (u64::from(part.persons.unwrap()), part.interval.unwrap().shape);
                shape.low <= persons && persons <= shape.high
            };
            assert!(parts.iter().all(inside), "{parts:?}");
        }
    }
}
