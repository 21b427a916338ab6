//! The difference of two editions: which venues appeared, disappeared, moved, changed their labels. Applied to the picture of
//! the first it gives that of the second.
//!
//! That a venue is in one list and not in the next is a fact about lists. It is no opening or closing when the whole list
//! came or went, so every appearance says whether its list was there before.

use std::collections::{BTreeMap, BTreeSet};

use super::picture::{Picture, Trace};
use crate::domain::CommuneCode;
use crate::domain::text::fold_place;
use crate::domain::units::MOVED_M;
use crate::domain::vocabulary::Programme;

/// What became of one venue.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It is in the later picture only.
    Appeared(Trace, Cause),
    /// It is in the earlier picture only.
    Disappeared(Trace, Cause),
    /// It is there under another id, or is now part of the venue of this id.
    Became(Trace, String),
    /// It is in both, and something is not as it was.
    Changed(Trace, Trace),
}

/// Why a venue is in one picture only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// One of its lists is in both editions: somebody added or removed it.
    Venue,
    /// None of its lists is in the other edition: the list came or went, which says nothing of the venue.
    List,
    /// It is in both editions, and fits the question in one of them only.
    Question,
    /// It was there before: under another id, or behind another venue.
    Known,
}

/// Something that happened to a venue that is in both pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happened {
    /// It stands in another commune, or 100 m away at least.
    Moved,
    /// It belongs to other programmes.
    Relabelled,
    /// It has another name.
    Renamed,
    /// What is known of the pass numérique is not as it was.
    Pass,
    /// It receives the public now, or no longer does.
    Public,
    /// It is open at other hours.
    Hours,
    /// It has other telephones.
    Phones,
    /// Only what lies behind it changed: its lists, or how well its place is known.
    Behind,
}

impl Happened {
    /// Everything that can happen, with its name in answers and its words.
    pub const ALL: [(Self, &'static str, &'static str); 8] = [
        (Self::Moved, "moved", "a changé d’adresse"),
        (Self::Relabelled, "relabelled", "a changé de label"),
        (Self::Renamed, "renamed", "a changé de nom"),
        (Self::Pass, "pass", "pass numérique : réponse changée"),
        (Self::Public, "public", "accueil du public changé"),
        (Self::Hours, "hours", "a changé d’horaires"),
        (Self::Phones, "phones", "a changé de téléphone"),
        (Self::Behind, "behind", "listes ou position précisées"),
    ];
}

/// A folded name in a commune.
type Door = (String, Option<CommuneCode>);

/// From one picture to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// What became of each venue that is not in both pictures as it was, by the id of the picture it is in.
    pub changes: BTreeMap<String, Change>,
}

/// One of the two editions that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The venues that fit the question.
    pub picture: &'a Picture,
    /// Every id of the edition, whether it fits or not.
    pub ids: &'a BTreeSet<&'a str>,
    /// Its lists, without their dates.
    pub lists: &'a BTreeSet<String>,
    /// Which venue each record of each list is behind.
    pub records: &'a BTreeMap<(&'a str, &'a str), &'a str>,
}

impl Difference {
    /// What leads from one to the other. `alias` gives the id that an earlier id has in the later edition.
    #[must_use]
    pub fn between(from: Side<'_>, to: Side<'_>, alias: impl Fn(&str) -> Option<String>) -> Self {
        let mut changes = BTreeMap::new();
        let cause = |id: &str, trace: &Trace, other: Side<'_>| {
            if other.ids.contains(id) {
                Cause::Question
            } else if trace.lists.is_disjoint(other.lists) {
                Cause::List
            } else {
                Cause::Venue
            }
        };
        for (id, before) in &from.picture.0 {
            let change = match to.picture.0.get(id) {
                Some(after) if after == before => continue,
                Some(after) => Change::Changed(before.clone(), after.clone()),
                None => match alias(id).filter(|now| to.picture.0.contains_key(now) && !to.ids.contains(id.as_str())) {
                    Some(now) => Change::Became(before.clone(), now),
                    None => Change::Disappeared(before.clone(), cause(id, before, to)),
                },
            };
            changes.insert(id.clone(), change);
        }
        for (id, after) in &to.picture.0 {
            if !from.picture.0.contains_key(id) {
                changes.insert(id.clone(), Change::Appeared(after.clone(), cause(id, after, from)));
            }
        }
        let mut found = Self { changes };
        found.follow_records(from, to);
        found.follow_doors();
        found.recognise(from, to);
        found
    }

    /// A venue of which a record goes on behind another one: the record that led is gone, or has another venue in front of it.
    fn follow_records(&mut self, from: Side<'_>, to: Side<'_>) {
        let mut went_on: BTreeMap<&str, &str> = BTreeMap::new();
        for (record, was_behind) in from.records {
            if let Some(now) = to.records.get(record).filter(|now| to.picture.0.contains_key(**now)) {
                went_on.entry(was_behind).or_insert(now);
            }
        }
        for (id, change) in &mut self.changes {
            if let Change::Disappeared(before, Cause::Venue | Cause::List) = change
                && let Some(now) = went_on.get(id.as_str())
            {
                *change = Change::Became(before.clone(), (*now).to_owned());
            }
        }
    }

    /// A list may number its rows anew: the same name at the same door is the same venue.
    fn follow_doors(&mut self) {
        let mut doors: BTreeMap<Door, Vec<(&str, &Trace)>> = BTreeMap::new();
        let taken = self.successors();
        for (id, change) in &self.changes {
            if let Change::Appeared(after, Cause::Venue) = change
                && !taken.contains(id.as_str())
            {
                doors.entry((fold_place(&after.name), after.commune)).or_default().push((id, after));
            }
        }
        let mut became = Vec::new();
        for (id, change) in &self.changes {
            let Change::Disappeared(before, Cause::Venue) = change else { continue };
            let Some(there) = doors.get_mut(&(fold_place(&before.name), before.commune)) else { continue };
            let metres = |after: &Trace| match (before.position, after.position) {
                (Some(a), Some(b)) => a.geodesic_to(b).value(),
                _ => 0.0,
            };
            let nearest = (0..there.len()).min_by(|a, b| metres(there[*a].1).total_cmp(&metres(there[*b].1)));
            if let Some(at) = nearest.filter(|at| metres(there[*at].1) < MOVED_M) {
                became.push((id.clone(), Change::Became(before.clone(), there.remove(at).0.to_owned())));
            }
        }
        self.changes.extend(became);
    }

    /// What appeared under its own id, and was there before: as the same venue under another id, or as a part of one.
    fn recognise(&mut self, from: Side<'_>, to: Side<'_>) {
        let known: BTreeSet<&str> = from.records.keys().filter_map(|record| to.records.get(record)).copied().collect();
        let successors: BTreeSet<String> = self.successors().into_iter().map(ToOwned::to_owned).collect();
        for (id, change) in &mut self.changes {
            if let Change::Appeared(_, cause @ (Cause::Venue | Cause::List)) = change
                && (known.contains(id.as_str()) || successors.contains(id))
            {
                *cause = Cause::Known;
            }
        }
    }

    /// The later picture, made of the earlier one.
    #[must_use]
    pub fn apply(&self, from: &Picture) -> Picture {
        let mut venues = from.0.clone();
        for (id, change) in &self.changes {
            match change {
                Change::Appeared(after, _) | Change::Changed(_, after) => venues.insert(id.clone(), after.clone()),
                Change::Disappeared(..) | Change::Became(..) => venues.remove(id),
            };
        }
        Picture(venues)
    }

    /// The ids under which venues go on: such an appearance is no new venue.
    #[must_use]
    pub fn successors(&self) -> BTreeSet<&str> {
        let became = |change: &Change| matches!(change, Change::Became(..));
        let ids = self.changes.values().filter(|change| became(change));
        ids.filter_map(|change| if let Change::Became(_, now) = change { Some(now.as_str()) } else { None }).collect()
    }
}

/// What happened to a venue that is in both pictures, most telling first; never nothing when the two differ.
#[must_use]
pub fn happened(before: &Trace, after: &Trace) -> Vec<Happened> {
    let moved = match (before.position, after.position) {
        (Some(a), Some(b)) => a.geodesic_to(b).value() >= MOVED_M,
        _ => false,
    };
    let elsewhere = before.commune.is_some() && after.commune.is_some() && before.commune != after.commune;
    let facts = [
        (moved || elsewhere, Happened::Moved),
        (before.programmes != after.programmes, Happened::Relabelled),
        (before.name != after.name, Happened::Renamed),
        (before.pass != after.pass, Happened::Pass),
        (before.public != after.public, Happened::Public),
        (before.hours != after.hours, Happened::Hours),
        (before.phones != after.phones, Happened::Phones),
    ];
    let mut found: Vec<Happened> = facts.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect();
    if found.is_empty() && before != after {
        found.push(Happened::Behind);
    }
    found
}

/// The programmes that a venue gained and lost.
#[must_use]
pub fn labels(before: &Trace, after: &Trace) -> (Vec<Programme>, Vec<Programme>) {
    let gained = after.programmes.difference(&before.programmes).copied().collect();
    let lost = before.programmes.difference(&after.programmes).copied().collect();
    (gained, lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Degrees, Hours, Position};

    /// Numbers without a pattern, always the same.
    struct Draws(u64);

    impl Draws {
        fn below(&mut self, most: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % most
        }
    }

    fn trace(draws: &mut Draws) -> Trace {
        let programmes = Programme::ALL.iter().copied().filter(|_| draws.below(4) == 0).collect();
        let step = draws.below(3) as f64 * 0.001;
        Trace {
            name: format!("Lieu {}", draws.below(3)),
            commune: CommuneCode::parse(["23096", "23008", "87001"][draws.below(3) as usize]),
            position: (draws.below(3) > 0).then(|| Position::new(Degrees { lon: 1.87, lat: 46.17 + step }).unwrap()),
            programmes,
            pass: [None, Some(true), Some(false)][draws.below(3) as usize],
            public: draws.below(5) > 0,
            hours: Hours::Unknown,
            phones: BTreeSet::new(),
            lists: [["a", "b", "c"][draws.below(3) as usize].to_owned()].into(),
        }
    }

    fn picture(draws: &mut Draws) -> Picture {
        let ids: Vec<u64> = (0..30).filter(|_| draws.below(3) > 0).collect();
        Picture(ids.into_iter().map(|id| (format!("v-{id}"), trace(draws))).collect())
    }

    fn between(from: &Picture, to: &Picture, alias: &dyn Fn(&str) -> Option<String>) -> Difference {
        let ids = |picture: &'_ Picture| -> Vec<String> { picture.0.keys().cloned().collect() };
        let (before, after) = (ids(from), ids(to));
        let all = |ids: &'_ [String]| -> BTreeSet<String> { ids.iter().cloned().collect() };
        let (before, after) = (all(&before), all(&after));
        let (before, after) = (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
        let (lists_from, lists_to) = (BTreeSet::from(["a".into(), "b".into()]), BTreeSet::from(["a".into()]));
        Difference::between(
            Side { picture: from, ids: &before, lists: &lists_from, records: &BTreeMap::new() },
            Side { picture: to, ids: &after, lists: &lists_to, records: &BTreeMap::new() },
            alias,
        )
    }

    #[test]
    fn a_difference_applied_to_the_first_picture_gives_the_second() {
        let mut draws = Draws(7);
        for _ in 0..500 {
            let (from, to) = (picture(&mut draws), picture(&mut draws));
            let renamed = draws.below(30);
            let alias = move |id: &str| (draws_of(id) == renamed).then(|| "v-3".to_owned());
            assert_eq!(between(&from, &to, &alias).apply(&from), to);
            assert_eq!(between(&from, &from, &|_| None), Difference::default(), "nothing changed");
        }
    }

    fn draws_of(id: &str) -> u64 {
        id.trim_start_matches("v-").parse().unwrap()
    }

    #[test]
    fn a_list_that_came_or_went_opens_and_closes_nothing() {
        let mut draws = Draws(1);
        let of_list = |draws: &mut Draws, list: &str| Trace { lists: [list.to_owned()].into(), ..trace(draws) };
        let (a, b, c) = (of_list(&mut draws, "a"), of_list(&mut draws, "b"), of_list(&mut draws, "c"));
        let from = Picture([("v-1".into(), a.clone()), ("v-2".into(), b.clone())].into());
        // The same place under another id would be the same place.
        let new = Trace { name: "Un autre lieu".into(), ..a.clone() };
        let to = Picture([("v-3".into(), new.clone()), ("v-4".into(), c.clone())].into());
        let found = between(&from, &to, &|_| None).changes;
        assert_eq!(found["v-1"], Change::Disappeared(a, Cause::Venue), "its list is there, and it is not");
        assert_eq!(found["v-2"], Change::Disappeared(b, Cause::List), "list b is not in the later edition");
        assert_eq!(found["v-3"], Change::Appeared(new, Cause::Venue));
        assert_eq!(found["v-4"], Change::Appeared(c, Cause::List), "list c was not in the earlier edition");
    }

    #[test]
    fn a_list_that_numbers_its_rows_anew_opens_and_closes_nothing() {
        let mut draws = Draws(5);
        let at = |lat: f64| Some(Position::new(Degrees { lon: 1.87, lat }).unwrap());
        let mut at_the_door = |name: &str, lat: f64| Trace {
            name: name.into(),
            commune: CommuneCode::parse("23096"),
            position: at(lat),
            lists: ["a".to_owned()].into(),
            ..trace(&mut draws)
        };
        let (mairie, annexe) = (at_the_door("Mairie de Guéret", 46.17), at_the_door("Mairie de Guéret", 46.18));
        let far = at_the_door("France services", 46.17);
        let elsewhere = Trace { position: at(46.3), ..far.clone() };
        let named =
            |of: &[(&str, &Trace)]| Picture(of.iter().map(|(id, t)| ((*id).to_owned(), (*t).clone())).collect());
        let from = named(&[("v-1", &mairie), ("v-2", &annexe), ("v-5", &far)]);
        let to = named(&[("v-11", &annexe), ("v-12", &mairie), ("v-15", &elsewhere)]);
        let found = between(&from, &to, &|_| None);
        assert_eq!(found.changes["v-1"], Change::Became(mairie.clone(), "v-12".into()));
        assert_eq!(found.changes["v-2"], Change::Became(annexe.clone(), "v-11".into()));
        assert_eq!(found.changes["v-12"], Change::Appeared(mairie, Cause::Known));
        assert_eq!(
            found.changes["v-5"],
            Change::Disappeared(far, Cause::Venue),
            "fourteen kilometres are another door"
        );
        assert_eq!(found.apply(&from), to);
    }

    #[test]
    fn a_record_that_stood_behind_another_venue_is_no_new_venue() {
        let mut draws = Draws(9);
        let of_list = |draws: &mut Draws, list: &str| Trace { lists: [list.to_owned()].into(), ..trace(draws) };
        let (led, stays) = (of_list(&mut draws, "a"), of_list(&mut draws, "b"));
        let one = |id: &str, of: &Trace| Picture([(id.to_owned(), of.clone())].into());
        let (from, to) = (one("a-1", &led), one("b-7", &stays));
        let lists: BTreeSet<String> = ["a".into(), "b".into()].into();
        let before = BTreeMap::from([(("a", "1"), "a-1"), (("b", "7"), "a-1")]);
        let after = BTreeMap::from([(("b", "7"), "b-7")]);
        let (ids, others) = (BTreeSet::from(["a-1"]), BTreeSet::from(["b-7"]));
        let found = Difference::between(
            Side { picture: &from, ids: &ids, lists: &lists, records: &before },
            Side { picture: &to, ids: &others, lists: &lists, records: &after },
            |_| None,
        );
        assert_eq!(found.changes["a-1"], Change::Became(led, "b-7".into()));
        assert_eq!(found.changes["b-7"], Change::Appeared(stays, Cause::Known));
    }

    #[test]
    fn what_happened_is_said_and_noise_is_not_a_move() {
        let before = trace(&mut Draws(3));
        let at = |lat: f64| Some(Position::new(Degrees { lon: 1.87, lat }).unwrap());
        let before = Trace { position: at(46.17), ..before };
        let near = Trace { position: at(46.1705), ..before.clone() };
        let far = Trace { position: at(46.171), ..before.clone() };
        assert_eq!(happened(&before, &near), [Happened::Behind], "56 m");
        assert_eq!(happened(&before, &far), [Happened::Moved], "111 m");
        let later = Trace { hours: Hours::Osm("Tu-Fr 09:00-12:00".into()), ..before.clone() };
        assert_eq!(happened(&before, &later), [Happened::Hours]);
        let other = Trace { phones: ["+33555000000".to_owned()].into(), ..before.clone() };
        assert_eq!(happened(&before, &other), [Happened::Phones]);
        assert_eq!(happened(&before, &before), []);
    }
}
