//! Need, as a whole: what must hold of every estimate and every index.

use typed_index_collections::{TiSlice, TiVec};

use super::correlation::{ranks, spearman};
use super::testing::{commune, country, indicator, noise};
use super::*;
use crate::domain::CommuneIx;
use crate::domain::indicator::{Indicator, Reading, Worse};
use crate::domain::territory::Commune;

fn all(communes: &TiSlice<CommuneIx, Commune>) -> impl Iterator<Item = CommuneIx> {
    communes.keys()
}

#[test]
fn estimated_persons_add_up_to_the_denominator() {
    let (communes, indicators) = country();
    for denominator in [Denominator::Persons(1_000_003), Denominator::Share(0.15), Denominator::Share(0.2)] {
        let need = estimate(&communes, &indicators, denominator).unwrap();
        assert_eq!(need.total(all(&communes)), need.national);
    }
}

#[test]
fn every_variant_adds_up_so_the_country_has_no_width_and_a_commune_has_some() {
    let (communes, indicators) = country();
    let need = estimate(&communes, &indicators, Denominator::Share(0.2)).unwrap();
    let country = need.interval(&all(&communes).collect::<Vec<_>>());
    assert_eq!(country.shape, Spread { low: need.national, high: need.national });
    assert_eq!(country.level, None, "a country too small for 8 million persons in need");
    let wide = all(&communes).filter(|i| {
        let Spread { low, high } = need.interval(&[*i]).shape;
        let persons = need.total([*i]);
        assert!((low..=high).contains(&persons));
        high > low
    });
    assert!(wide.count() > 200);
}

#[test]
fn where_the_survey_did_not_go_there_is_no_number_and_none_is_taken_from_elsewhere() {
    let (communes, indicators) = country();
    let before = estimate(&communes, &indicators, Denominator::ShareOfAdults(0.154)).unwrap();
    let outside = ["97611", "98735"].map(|code| commune(code, None, Some(70_000)));
    let more: TiVec<CommuneIx, Commune> = outside.into_iter().chain(communes).collect();
    let shifted = |indicator: &Indicator| {
        let readings = [Reading::Known(90.0); 2].into_iter().chain(indicator.readings.clone()).collect();
        Indicator { readings, ..indicator.clone() }
    };
    let indicators: Vec<Indicator> = indicators.iter().map(shifted).collect();
    let need = estimate(&more, &indicators, Denominator::ShareOfAdults(0.154)).unwrap();
    assert_eq!(need.persons.raw[..2], [None, None]);
    assert_eq!(need.outside, [0, 1].map(CommuneIx::new));
    assert_eq!((&need.persons.raw[2..], need.national), (&before.persons.raw[..], before.national));
    assert_eq!(profiles(&need, Some(0.9)).offline.raw[..2], [None, None]);
}

#[test]
fn the_odds_overseas_are_higher_by_what_the_survey_found() {
    let communes: TiVec<CommuneIx, Commune> =
        vec![commune("01001", None, Some(100_000_000)), commune("97101", None, Some(1_000_000))].into();
    let need = estimate(&communes, &[], Denominator::ShareOfAdults(0.154)).unwrap();
    let rate = |i: u32| {
        let i = CommuneIx::new(i);
        f64::from(need.persons[i].unwrap())
            / (need.compositions[i].adults() * f64::from(communes[i].population.unwrap().0))
    };
    let odds = |rate: f64| rate / (1.0 - rate);
    assert!((odds(rate(1)) / odds(rate(0)) - 1.42).abs() < 0.001);
    let wide = need.interval(&[CommuneIx::new(1)]).shape;
    let persons = need.total([CommuneIx::new(1)]) as f64;
    assert!((wide.high - wide.low) as f64 > 0.4 * persons, "{wide:?}");
}

#[test]
fn the_shape_is_six_per_cent_and_the_level_is_eight_to_thirteen_million() {
    let communes: TiVec<CommuneIx, Commune> =
        (1..=50).map(|i| commune(&format!("01{i:03}"), None, Some(1_400_000))).collect();
    let first = CommuneIx::new(0);
    let need = estimate(&communes, &[], Denominator::default()).unwrap();
    let interval = need.interval(&[first]);
    let persons = need.total([first]) as f64;
    assert_eq!(need.total([first]), 260_000);
    // Six per cent of what is not the whole country.
    let half = 0.06 * 0.98 * persons;
    assert_eq!(interval.shape, Spread { low: (persons - half).floor() as u64, high: (persons + half).ceil() as u64 });
    assert_eq!(interval.level, Some(Spread { low: 160_000, high: 260_000 }));
}

#[test]
fn a_figure_of_the_plan_without_a_word_on_who_is_offline_gives_no_profile() {
    let (communes, indicators) = country();
    let need = estimate(&communes, &indicators, Denominator::Share(0.2)).unwrap();
    let split = profiles(&need, None);
    assert!(split.offline.iter().chain(&split.weak_skills).all(Option::is_none));
    let insee = Preset::ALL[4];
    assert_eq!((insee.id, insee.denominator), ("insee-2021", Denominator::ShareOfAdults(0.154)));
    assert!((insee.offline.unwrap().share - 13.9 / 15.4).abs() < 1e-12);
}

#[test]
fn an_unknown_population_is_a_line_of_its_own_and_nobody_lives_in_a_dead_village() {
    let (communes, indicators) = country();
    let need = estimate(&communes, &indicators, Denominator::default()).unwrap_err();
    assert!(need.to_string().contains("13000000 is more than the"), "{need}");
    let need = estimate(&communes, &indicators, Denominator::Share(0.2)).unwrap();
    for (i, commune) in communes.iter_enumerated() {
        assert_eq!(need.persons[i].is_none(), commune.population.is_none());
        assert_eq!(need.unknown.contains(&i), commune.population.is_none());
        if let (Some(population), Some(persons)) = (commune.population, need.persons[i]) {
            assert!(persons <= population.0);
        }
    }
}

#[test]
fn a_missing_figure_comes_from_the_smallest_territory_that_has_it_and_says_so() {
    let communes = [
        commune("01001", Some("A"), Some(100)),
        commune("01002", Some("A"), Some(300)),
        commune("01003", Some("A"), Some(50)),
        commune("01004", Some("B"), Some(50)),
        commune("35001", None, Some(50)),
        commune("01005", Some("A"), Some(0)),
    ];
    let known = [Some((0.1, 100.0)), Some((0.3, 300.0)), None, None, None, Some((0.9, 0.0))];
    let filled = fill(&communes, &known, 0.5);
    let got: Vec<(f64, Rung)> = filled.iter().map(|f| ((f.value * 1e9).round() / 1e9, f.rung)).collect();
    let around = |rung| (0.25, rung);
    assert_eq!(got[..2], [(0.1, Rung::Commune), (0.3, Rung::Commune)]);
    assert_eq!(got[2..], [around(Rung::Epci), around(Rung::Departement), around(Rung::Nation), (0.9, Rung::Commune)]);
    assert!(fill(&communes, &[None; 6], 0.5).iter().all(|f| *f == Filled { value: 0.5, rung: Rung::Nation }));
}

#[test]
fn the_indicators_that_were_used_are_named_and_none_at_all_means_pro_rata() {
    let (communes, mut indicators) = country();
    let need = estimate(&communes, &indicators, Denominator::Share(0.1)).unwrap();
    assert_eq!(need.indicators, [ELDERLY, DIPLOMA, OLDEST, NONE_AMONG_LOW]);
    indicators.retain(|indicator| indicator.id == DIPLOMA);
    let need = estimate(&communes, &indicators, Denominator::Share(0.1)).unwrap();
    assert_eq!(need.indicators, [DIPLOMA]);
    // Overseas the survey found more: only elsewhere nothing but the number of inhabitants counts.
    let communes: TiVec<CommuneIx, Commune> =
        communes.into_iter().filter(|c| !c.departement.starts_with("97")).collect();
    let need = estimate(&communes, &[], Denominator::Share(0.1)).unwrap();
    assert!(need.indicators.is_empty());
    for (commune, persons) in communes.iter().zip(&need.persons) {
        let population = commune.population.map(|population| f64::from(population.0));
        assert!(population.zip(*persons).is_none_or(|(all, some)| (all * 0.1 - f64::from(some)).abs() <= 1.0));
    }
}

#[test]
fn the_two_profiles_add_up_to_the_estimate_and_the_old_are_offline_more_often() {
    let (communes, indicators) = country();
    let need = estimate(&communes, &indicators, Denominator::Share(0.2)).unwrap();
    let offline = Preset::ALL[0].offline.map(|offline| offline.share);
    let split = profiles(&need, offline);
    let mut sums = 0;
    for i in communes.keys() {
        let both = split.offline[i].zip(split.weak_skills[i]).map(|(offline, weak)| offline + weak);
        assert_eq!(both, need.persons[i]);
        sums += u64::from(split.offline[i].unwrap_or(0));
    }
    assert_eq!(sums, (6.7 / 13.0 * need.national as f64).round() as u64);
    let share = |i: CommuneIx| f64::from(split.offline[i].unwrap()) / f64::from(need.persons[i].unwrap());
    let populous = |i: &CommuneIx| need.persons[*i].is_some_and(|persons| persons > 2_000);
    let of = |i: CommuneIx| need.compositions[i].aged_75_plus();
    let oldest = communes.keys().filter(populous).max_by(|a, b| of(*a).total_cmp(&of(*b))).unwrap();
    let youngest = communes.keys().filter(populous).min_by(|a, b| of(*a).total_cmp(&of(*b))).unwrap();
    assert!(share(oldest) > share(youngest));
}

#[test]
fn about_six_in_ten_of_those_in_need_are_expected_to_come() {
    let (communes, indicators) = country();
    let need = estimate(&communes, &indicators, Denominator::Share(0.2)).unwrap();
    let sum = |demand: &TiSlice<CommuneIx, Option<u32>>| demand.iter().flatten().map(|d| f64::from(*d)).sum::<f64>();
    let default = sum(&expected_demand(&need, TakeUp::default())) / need.national as f64;
    assert!((0.55..0.65).contains(&default), "{default}");
    let everybody = expected_demand(&need, TakeUp::Everywhere(1.0));
    assert_eq!(everybody, need.persons);
}

/// The dumb twin of [`decile_scores`]: counts, for each commune, who is better off.
fn scores_by_counting(values: &[Option<f64>], worse: Worse) -> Vec<Option<u8>> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let score = |value: f64| {
        let better = |other: &&f64| if worse == Worse::Higher { **other < value } else { **other > value };
        let below = known.iter().filter(better).count();
        let equal = known.iter().filter(|other| (**other - value).abs() == 0.0).count();
        (10 * (2 * below + equal - 1) / (2 * known.len()) + 1) as u8
    };
    values.iter().map(|value| value.map(score)).collect()
}

#[test]
fn decile_scores_are_what_counting_gives() {
    let mut draw = noise(11);
    for (communes, values) in [(1, 5), (10, 1000), (97, 6), (400, 60), (1000, 100_000)] {
        let mut value = |_| (draw(10) > 0).then(|| draw(values) as f64);
        let values: Vec<Option<f64>> = (0..communes).map(&mut value).collect();
        for worse in [Worse::Higher, Worse::Lower] {
            assert_eq!(decile_scores(&values, worse), scores_by_counting(&values, worse));
        }
    }
    let ten: Vec<Option<f64>> = (0..10).map(|i| Some(f64::from(i))).collect();
    assert_eq!(decile_scores(&ten, Worse::Higher), (1..=10).map(Some).collect::<Vec<_>>());
}

#[test]
fn a_commune_without_any_indicator_has_no_index_rather_than_a_low_one() {
    // D7: what is missing is missing.
    let communes = [commune("01001", None, Some(5)), commune("01002", None, Some(5)), commune("01003", None, Some(0))];
    let poverty = [Reading::Suppressed, Reading::Known(30.0), Reading::Known(90.0)];
    let speed = [Reading::Missing, Reading::Known(10.0), Reading::Known(0.0)];
    let of = |readings, worse| Criterion { readings, worse, weight: 1.0 };
    let index = rank_index(&communes, &[of(&poverty, Worse::Higher), of(&speed, Worse::Lower)], Frame::Nation);
    assert_eq!(index.index.raw, [None, Some(1.0), None]);
    assert_eq!(index.available.raw, [0, 2, 0]);
    // One criterion of two is another index: the neighbour's mean says nothing beside it.
    let speed = [Reading::Known(50.0), Reading::Known(10.0), Reading::Known(0.0)];
    let index = rank_index(&communes, &[of(&poverty, Worse::Higher), of(&speed, Worse::Lower)], Frame::Nation);
    assert_eq!((index.index.raw[0], index.available.raw[0]), (None, 1));
}

#[test]
fn weights_choose_and_the_own_territory_is_a_frame_of_its_own() {
    let communes: Vec<Commune> = (1..=20).map(|i| commune(&format!("{i:05}"), None, Some(100))).collect();
    let rising: Vec<Reading> = (0..20).map(|i| Reading::Known(f64::from(i))).collect();
    let falling: Vec<Reading> = (0..20).map(|i| Reading::Known(f64::from(20 - i))).collect();
    let criteria = |a, b| {
        let of = |readings, weight| Criterion { readings, worse: Worse::Higher, weight };
        [of(&rising[..], a), of(&falling[..], b)]
    };
    let only_rising = rank_index(&communes, &criteria(1.0, 0.0), Frame::Nation);
    assert_eq!((only_rising.index.raw[0], only_rising.index.raw[19]), (Some(1.0), Some(10.0)));
    let both = rank_index(&communes, &criteria(3.0, 1.0), Frame::Nation);
    assert_eq!(both.index.raw[19], Some((3.0 * 10.0 + 1.0) / 4.0));
    let own = rank_index(&communes, &criteria(1.0, 0.0), Frame::Own(&[0, 1].map(CommuneIx::new)));
    assert_eq!(own.index.raw[..3], [Some(1.0), Some(6.0), None]);
}

#[test]
fn ranks_share_their_middle_and_spearman_knows_a_mirror() {
    let values = [Some(3.0), None, Some(9.0), Some(3.0), Some(1.0)];
    assert_eq!(ranks(&values), [Some(2.5), None, Some(1.0), Some(2.5), Some(4.0)]);
    let up: Vec<Option<f64>> = (0..9).map(|i| Some(f64::from(i * i))).collect();
    let down: Vec<Option<f64>> = (0..9).map(|i| Some(f64::from(-i))).collect();
    assert_eq!(spearman(&ranks(&up), &ranks(&down)), Some(-1.0));
    assert_eq!(spearman(&[Some(1.0)], &[Some(1.0)]), None);
    let gaps = [Some(5.0), None, Some(7.0), Some(9.0)];
    assert_eq!(rank_correlation(&gaps, &[Some(1.0), Some(0.0), None, Some(4.0)]), Some(1.0));
}

#[test]
fn indicators_that_no_commune_knows_are_not_said_to_be_used() {
    let communes = [commune("01001", None, Some(5_000))];
    let need = estimate(
        TiSlice::from_ref(&communes),
        &[indicator(ELDERLY, vec![Reading::Suppressed])],
        Denominator::Persons(100),
    )
    .unwrap();
    assert_eq!((need.indicators.len(), need.bases.raw[0].fallback()), (0, Rung::Nation));
}
