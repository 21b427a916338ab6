//! What every store does.

use std::thread;

use super::twin::Twin;
use super::{at, content, id, owner, scenario, wait};
use crate::ports::*;
use crate::store::SqlStore;

/// Tries everything on an empty store, one promise after the other; each begins and ends with an empty store.
pub(super) fn kept_by(store: &SqlStore) {
    a_scenario_reads_back_as_it_was_written(store);
    every_save_keeps_the_earlier_version(store);
    only_the_owner_changes_and_only_the_version_they_saw(store);
    of_two_saves_at_once_one_is_told_of_the_other(store);
    an_owner_has_so_many_scenarios_and_a_scenario_so_many_versions(store);
    it_answers_as_its_twin(store);
    a_report_waits_is_decided_once_and_loses_its_text(store);
    reports_of_one_venue_cannot_crowd_out_the_others(store);
}

fn clear(store: &SqlStore, ids: impl Iterator<Item = u8>, holder: u8) {
    for number in ids {
        wait(store.delete(id(number), owner(holder), Expected::Any)).unwrap();
    }
    assert!(wait(store.published(EVERYTHING)).unwrap().is_empty());
}

const EVERYTHING: Page = Page { limit: 1000, offset: 0 };

fn a_scenario_reads_back_as_it_was_written(store: &SqlStore) {
    let written = scenario(1, 1, content("L'été à Guéret « 100 % »; --\u{1f600}", Visibility::Shared));
    wait(store.create(written.clone())).unwrap();
    assert_eq!(wait(store.read(id(1), None)).unwrap(), Some(written.clone()));
    assert_eq!(wait(store.read(id(1), Some(1))).unwrap(), Some(written));
    assert_eq!(wait(store.read(id(1), Some(2))).unwrap(), None);
    assert_eq!(wait(store.read(id(2), None)).unwrap(), None);
    assert_eq!(wait(store.knows(owner(1))), Ok(true));
    assert_eq!(wait(store.knows(owner(2))), Ok(false));
    clear(store, 1..2, 1);
    assert_eq!(wait(store.read(id(1), None)).unwrap(), None);
    assert_eq!(wait(store.knows(owner(1))), Ok(false));
}

fn every_save_keeps_the_earlier_version(store: &SqlStore) {
    wait(store.create(scenario(1, 1, content("un", Visibility::Private)))).unwrap();
    for (version, title) in [(1, "deux"), (2, "trois")] {
        let saved = content(title, Visibility::Published);
        let number = wait(store.save(id(1), owner(1), Expected::Version(version), saved, at(60 * version)));
        assert_eq!(number, Ok(version + 1));
    }
    let versions = wait(store.versions(id(1), owner(1))).unwrap();
    let told: Vec<(u32, &str, bool)> =
        versions.iter().map(|v| (v.version, v.content.title.as_str(), v.created == at(1))).collect();
    assert_eq!(told, [(3, "trois", true), (2, "deux", true), (1, "un", true)]);
    assert_eq!(versions[0].updated, at(120));
    let first = wait(store.read(id(1), Some(1))).unwrap().unwrap();
    assert_eq!((first.content.title.as_str(), first.content.visibility), ("un", Visibility::Private));
    assert_eq!(wait(store.published(EVERYTHING)).unwrap(), versions[..1]);
    clear(store, 1..2, 1);
    assert_eq!(wait(store.read(id(1), Some(1))).unwrap(), None, "earlier versions go too");
}

fn only_the_owner_changes_and_only_the_version_they_saw(store: &SqlStore) {
    wait(store.create(scenario(1, 1, content("un", Visibility::Private)))).unwrap();
    let saved = || content("autre", Visibility::Private);
    assert_eq!(wait(store.save(id(1), owner(2), Expected::Any, saved(), at(9))), Err(StoreError::NotFound));
    assert_eq!(wait(store.save(id(2), owner(1), Expected::Any, saved(), at(9))), Err(StoreError::NotFound));
    let late = wait(store.save(id(1), owner(1), Expected::Version(2), saved(), at(9)));
    assert_eq!(late, Err(StoreError::Conflict(1)));
    assert_eq!(wait(store.delete(id(1), owner(2), Expected::Any)), Err(StoreError::NotFound));
    assert_eq!(wait(store.delete(id(1), owner(1), Expected::Version(7))), Err(StoreError::Conflict(1)));
    assert_eq!(wait(store.versions(id(1), owner(2))), Err(StoreError::NotFound));
    clear(store, 1..2, 1);
}

fn of_two_saves_at_once_one_is_told_of_the_other(store: &SqlStore) {
    wait(store.create(scenario(1, 1, content("un", Visibility::Private)))).unwrap();
    let outcomes: Vec<Result<u32, StoreError>> = thread::scope(|scope| {
        let save = |i: u32| {
            let saved = content(&format!("course {i}"), Visibility::Private);
            wait(store.save(id(1), owner(1), Expected::Version(1), saved, at(i)))
        };
        let running: Vec<_> = (0..8).map(|i| scope.spawn(move || save(i))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Ok(2)).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Err(StoreError::Conflict(2))).count(), 7, "{outcomes:?}");
    assert_eq!(wait(store.versions(id(1), owner(1))).unwrap().len(), 2);
    clear(store, 1..2, 1);
}

fn an_owner_has_so_many_scenarios_and_a_scenario_so_many_versions(store: &SqlStore) {
    let kept = || content("un", Visibility::Private);
    for number in 0..MOST_SCENARIOS as u8 {
        wait(store.create(scenario(number, 1, kept()))).unwrap();
    }
    assert_eq!(wait(store.create(scenario(200, 1, kept()))), Err(StoreError::Full));
    wait(store.create(scenario(200, 2, kept()))).unwrap();
    for _ in 1..MOST_VERSIONS {
        wait(store.save(id(0), owner(1), Expected::Any, kept(), at(1))).unwrap();
    }
    assert_eq!(wait(store.save(id(0), owner(1), Expected::Any, kept(), at(1))), Err(StoreError::Full));
    clear(store, 0..MOST_SCENARIOS as u8, 1);
    clear(store, 200..201, 2);
}

fn it_answers_as_its_twin(store: &SqlStore) {
    let twin = Twin::default();
    let mut draw = 7_u64;
    let mut below = |bound: u64| {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (draw >> 33) % bound
    };
    for step in 0..250_u32 {
        let (number, holder) = (below(6) as u8, below(3) as u8);
        let (one, by) = (id(number), owner(holder));
        let expected = [Expected::Any, Expected::Version(below(4) as u32)][below(2) as usize];
        let version = [None, Some(1 + below(4) as u32)][below(2) as usize];
        let written = content(&format!("pas {step}"), Visibility::ALL[below(3) as usize]);
        match below(6) {
            0 if wait(twin.read(one.clone(), None)).unwrap().is_none() => {
                let fresh = Scenario { created: at(step), updated: at(step), ..scenario(number, holder, written) };
                assert_eq!(wait(store.create(fresh.clone())), wait(twin.create(fresh)), "{step}");
            }
            1 => assert_eq!(
                wait(store.delete(one.clone(), by.clone(), expected)),
                wait(twin.delete(one, by, expected)),
                "{step}"
            ),
            2 => assert_eq!(wait(store.versions(one.clone(), by.clone())), wait(twin.versions(one, by)), "{step}"),
            3 => {
                let page = Page { limit: 1 + below(3) as u32, offset: below(3) as u32 };
                assert_eq!(wait(store.published(page)), wait(twin.published(page)), "{step}");
            }
            4 => assert_eq!(wait(store.read(one.clone(), version)), wait(twin.read(one, version)), "{step}"),
            _ => assert_eq!(
                wait(store.save(one.clone(), by.clone(), expected, written.clone(), at(step))),
                wait(twin.save(one, by, expected, written, at(step))),
                "{step}"
            ),
        }
        assert_eq!(wait(store.knows(owner(holder))), wait(twin.knows(owner(holder))), "{step}");
    }
    for number in 0..6 {
        if let Some(left) = wait(store.read(id(number), None)).unwrap() {
            wait(store.delete(left.id, left.owner, Expected::Any)).unwrap();
        }
    }
}

fn report(number: u8, venue: &str, sent: u32) -> Report {
    let text = "Ø « fermé » ; DROP TABLE venue_report --".into();
    Report { id: id(number), venue: venue.into(), kind: ReportKind::Closed, text, sent: at(sent), decided: None }
}

fn a_report_waits_is_decided_once_and_loses_its_text(store: &SqlStore) {
    wait(store.report(report(2, "a", 5))).unwrap();
    wait(store.report(report(1, "a", 5))).unwrap();
    wait(store.report(report(3, "b", 1))).unwrap();
    let waiting = wait(ReportStore::waiting(store, EVERYTHING)).unwrap();
    assert_eq!(waiting, [report(3, "b", 1), report(1, "a", 5), report(2, "a", 5)], "the oldest first, ties by id");
    assert_eq!(wait(store.confirmed("a".into())), Ok(Vec::new()), "what waits is shown to nobody");
    assert_eq!(wait(store.decide(id(1), Verdict::Confirmed, at(9))), Ok(()));
    assert_eq!(wait(store.decide(id(1), Verdict::Rejected, at(10))), Err(StoreError::NotFound), "once");
    assert_eq!(wait(store.decide(id(77), Verdict::Rejected, at(10))), Err(StoreError::NotFound));
    let kept = Report { text: String::new(), decided: Some((Verdict::Confirmed, at(9))), ..report(1, "a", 5) };
    assert_eq!(wait(store.confirmed("a".into())), Ok(vec![kept]));
    for number in [2, 3] {
        wait(store.decide(id(number), Verdict::Rejected, at(11))).unwrap();
    }
    assert_eq!(wait(store.confirmed("b".into())), Ok(Vec::new()));
    assert_eq!(wait(ReportStore::waiting(store, EVERYTHING)), Ok(Vec::new()));
}

fn reports_of_one_venue_cannot_crowd_out_the_others(store: &SqlStore) {
    for number in 0..MOST_WAITING_OF_A_VENUE as u8 {
        wait(store.report(report(100 + number, "c", 1))).unwrap();
    }
    assert_eq!(wait(store.report(report(200, "c", 1))), Err(StoreError::Full));
    assert_eq!(wait(store.report(report(201, "d", 1))), Ok(()));
    for number in (0..MOST_WAITING_OF_A_VENUE as u8).map(|n| 100 + n).chain([201]) {
        wait(store.decide(id(number), Verdict::Rejected, at(2))).unwrap();
    }
}
