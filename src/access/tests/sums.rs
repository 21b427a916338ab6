//! Supply per person and coverage against the sums that their definitions spell out.

use typed_index_collections::{TiSlice, TiVec};

use crate::access::testing::{Noise, country, divided};
use crate::access::*;
use crate::domain::{CommuneIx, PointIx, Seconds, SiteIx, hours::HolidayCalendar};

const LIMIT: Seconds = Seconds::from_minutes(30);

/// The dumb twin of [`supply_per_person`]: a dense matrix of weights.
fn by_matrix(
    pairs: &PairList,
    supply: &TiSlice<SiteIx, f64>,
    persons: &TiSlice<PointIx, f64>,
    decay: &Decay,
) -> Vec<f64> {
    let mut matrix = vec![vec![0.0; supply.len()]; persons.len()];
    for (point, row) in pairs.iter().enumerate() {
        for pair in row {
            matrix[point][usize::from(pair.site)] = decay.weight(Seconds(pair.seconds));
        }
    }
    let around = |site: usize| matrix.iter().zip(persons).map(|(row, persons)| row[site] * persons).sum::<f64>();
    let offer: Vec<f64> = supply.iter_enumerated().map(|(site, supply)| supply / around(site.into())).collect();
    let sum = |row: &Vec<f64>| {
        row.iter().zip(&offer).map(|(weight, offer)| if *weight > 0.0 { weight * offer } else { 0.0 }).sum()
    };
    matrix.iter().map(sum).collect()
}

/// A demand point and a site it reaches.
fn hit(point: u32, site: u32, seconds: u32) -> (PointIx, Pair) {
    (PointIx::new(point), Pair { site: SiteIx::new(site), seconds })
}

fn problem(seed: u64) -> (PairList, TiVec<SiteIx, f64>, TiVec<PointIx, f64>) {
    let (demand, sites) = country(seed, 400, 150);
    let pairs = CrowFly::new(demand, Assumptions::default()).within(Mode::Car, &sites, LIMIT);
    let mut noise = Noise(seed + 100);
    let supply = (0..150).map(|_| noise.below(4000) as f64).collect();
    let persons = (0..400).map(|_| noise.below(5) as f64 * noise.below(9000) as f64).collect();
    (pairs, supply, persons)
}

#[test]
fn supply_per_person_is_that_of_the_dense_matrix() {
    let one_zone = Decay(vec![(LIMIT, 0.5)]);
    for seed in 0..3 {
        let (pairs, supply, persons) = problem(seed);
        for decay in [Decay::default(), one_zone.clone()] {
            let fast = supply_per_person(&[&pairs], &supply, &persons, &decay);
            for (fast, slow) in fast.iter().zip(by_matrix(&pairs, &supply, &persons, &decay)) {
                assert!((fast - slow).abs() <= 1e-12 * slow.max(1.0), "{fast} {slow}");
            }
        }
    }
}

#[test]
fn what_persons_receive_is_what_the_reachable_venues_give() {
    for seed in 0..10 {
        let (pairs, supply, persons) = problem(seed);
        let decay = Decay::default();
        let received = supply_per_person(&[&pairs], &supply, &persons, &decay);
        let received: f64 = received.iter().zip(&persons).map(|(per_person, persons)| per_person * persons).sum();
        let given = reachable_supply(&[&pairs], &supply, &persons, &decay);
        assert!((received - given).abs() <= 1e-9 * given, "{received} {given}");
        assert!(given <= supply.iter().sum());
    }
}

#[test]
fn a_site_that_only_empty_places_reach_gives_nothing_and_breaks_nothing() {
    let pairs = PairList::gather(2, &[vec![hit(0, 0, 60), hit(1, 1, 60)]]);
    let decay = Decay::default();
    let per_person =
        supply_per_person(&[&pairs], TiSlice::from_ref(&[100.0, 50.0]), TiSlice::from_ref(&[0.0, 10.0]), &decay);
    let given = reachable_supply(&[&pairs], TiSlice::from_ref(&[100.0, 50.0]), TiSlice::from_ref(&[0.0, 10.0]), &decay);
    assert_eq!((per_person.raw, given), (vec![0.0, 5.0], 50.0));
}

#[test]
fn the_zones_of_luo_and_qi_hold_at_their_limits_and_nothing_counts_beyond() {
    let decay = Decay::default();
    let times = vec![0, 600, 601, 1200, 1201, 1800, 1801];
    let weights: Vec<f64> = times.into_iter().map(|seconds| decay.weight(Seconds(seconds))).collect();
    assert_eq!(weights, vec![1.0, 1.0, 0.68, 0.68, 0.22, 0.22, 0.0]);
    let far = PairList::gather(1, &[vec![hit(0, 0, 90_000)]]);
    assert_eq!(
        supply_per_person(&[&far], TiSlice::from_ref(&[100.0]), TiSlice::from_ref(&[10.0]), &decay).raw,
        vec![0.0]
    );
}

#[test]
fn coverage_counts_every_person_once_and_an_unreachable_one_as_not_covered() {
    let after = |minutes| Reach::Reached(Nearest { time: Seconds::from_minutes(minutes), site: SiteIx::new(0) });
    let reaches = TiVec::from(vec![after(5), after(15), after(31), Reach::Unreachable, Reach::Unknown, after(1)]);
    let persons = TiVec::from(vec![Some(10), Some(20), Some(30), Some(40), Some(50), None]);
    let sum = coverage(&reaches, &persons, reaches.keys(), &THRESHOLDS);
    assert_eq!((sum.covered, sum.persons), ([10, 30, 30, 30], 100));
    assert_eq!((sum.unreachable, sum.nowhere, sum.unknown), (40, 50, 1));
    assert_eq!(sum.share(Threshold::Fifteen), Some(0.3));
    assert_eq!(
        coverage(&reaches, &persons, [PointIx::new(4)], &THRESHOLDS).share(Threshold::Ten),
        None,
        "nobody is no share"
    );
    let far = left_out(&reaches, &persons, reaches.keys(), Seconds::from_minutes(15));
    assert_eq!(far.iter().map(|place| (place.point.get(), place.persons)).collect::<Vec<_>>(), [(3, 40), (2, 30)]);
}

#[test]
fn hours_come_from_the_usual_week_and_the_median_stands_in_for_the_unknown() {
    use crate::domain::Hours;
    let calendar = HolidayCalendar::of_departement("23");
    let hours = |text: &str| venue_hours(&Hours::Osm(text.to_owned()), calendar);
    assert_eq!(hours("Mo-Fr 09:00-12:00"), Some(15.0 * 52.0));
    assert_eq!((venue_hours(&Hours::Unknown, calendar), hours("sur rendez-vous")), (None, None));
    assert_eq!(Some(hours_of_posts(1.5)), Some(2410.5));
    let supply = Supply::from_known(TiSlice::from_ref(&[Some(100.0), None, Some(700.0), Some(300.0)]));
    assert_eq!((supply.hours.raw, supply.assumed, supply.median), (vec![100.0, 300.0, 700.0, 300.0], 1, Some(300.0)));
    assert_eq!(Supply::from_known(TiSlice::from_ref(&[None])).hours.raw, vec![0.0]);
}

#[test]
fn catchments_of_whole_communes_are_those_of_the_pairs() {
    for seed in 0..3 {
        let (pairs, supply, persons) = problem(seed);
        let (demand, sites) = country(seed, 400, 150);
        let crow = CrowFly::new(demand, Assumptions::default());
        let decay = Decay::default();
        let catchments = Catchments::new(&crow, Mode::Car, &sites, &decay, 400);
        assert_eq!(catchments.len(), pairs.len());
        let by_pairs = supply_per_person(&[&pairs], &supply, &persons, &decay);
        let by_commune: TiVec<CommuneIx, f64> = persons.raw.clone().into();
        for (ours, theirs) in catchments.supply_per_person(&supply, &by_commune).iter().zip(&by_pairs) {
            assert!((ours - theirs).abs() <= 1e-6 * theirs, "{ours} {theirs}");
        }
    }
}

#[test]
fn a_commune_counts_at_a_site_as_a_sample_of_its_people_does() {
    let (demand, sites) = divided();
    let crow = CrowFly::new(demand.clone(), Assumptions::default());
    let decay = Decay::default();
    let one = CommuneIx::new(0);
    let sample = demand.parts.sample(one, 2_000.0, 12);
    assert!((sample.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(sample.len(), 5, "one in 2,000 of 10,000 inhabitants: {sample:?}");
    assert_eq!(
        demand.parts.sample(CommuneIx::new(1), 2_000.0, 12),
        [(PointIx::new(1), 1.0)],
        "a village is asked at its centre"
    );
    // One commune alone: what it has at a site is the site's supply, whatever its weight, where anybody reaches it.
    let catchments = Catchments::new(&crow, Mode::Walk, &sites, &decay, 2);
    let persons: TiVec<CommuneIx, f64> = vec![10.0, 0.0].into();
    let supply: TiVec<SiteIx, f64> = vec![100.0; sites.len()].into();
    let rows = crow.within(Mode::Walk, &sites, decay.limit());
    let reached = sites
        .iter()
        .filter(|site| sample.iter().any(|(point, _)| rows.row(*point).iter().any(|pair| pair.site == site.ordinal)));
    let expected = 100.0 * reached.count() as f64 / 10.0;
    let ours = catchments.supply_per_person(&supply, &persons)[PointIx::new(0)];
    assert!(expected > 0.0 && (ours - expected).abs() < 1e-4, "{ours} {expected}");
}
