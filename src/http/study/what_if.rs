//! Coverage before and after a change of venues, and the communes that it changes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::choices::{self, THRESHOLDS_MIN};
use super::figures::{named, rounded, share};
use super::report::edition;
use super::scope::Place;
use crate::access::{Change, Mode, Reach, THRESHOLDS};
use crate::atlas::{Atlas, Need};
use crate::domain::need::Denominator;
use crate::domain::{Position, Seconds};
use crate::http::State;
use crate::http::links::encoded;
use crate::http::problem::Problem;

/// Longest address that is given for sharing, in bytes; the door takes 8 KiB.
const LONGEST_ADDRESS: usize = 7 * 1024;
/// Most venues that an address lists, on each side.
const MOST_LISTED: usize = 50;

/// One question, checked.
#[derive(Debug)]
pub struct Question {
    /// Where people are counted.
    pub place: Place,
    /// Which national number.
    pub denominator: Option<usize>,
    /// How people travel.
    pub mode: Mode,
    /// Rank of the threshold in [`THRESHOLDS`].
    pub threshold: usize,
    /// Ordinals of venues that close.
    pub closed: BTreeSet<u32>,
    /// Where venues open.
    pub added: Vec<Position>,
}

impl Question {
    /// Works out the answer as JSON; `base` is what our addresses begin with.
    ///
    /// # Errors
    /// 400 about the denominator.
    pub fn answer(&self, state: &State, base: &str) -> Result<Value, Problem> {
        let atlas = &state.atlas;
        let (preset, need) = choices::need(atlas, self.denominator)?;
        let access = &atlas.analysis().access;
        let first = access.ordinals();
        let added = (first..).zip(&self.added).map(|(ordinal, position)| atlas.site_at(ordinal, *position)).collect();
        let scenario = access.scenario(&Change { closed: self.closed.clone(), added });
        let (before, after) = (access.nearest(self.mode), scenario.nearest(self.mode));
        let mut parameters = choices::need_basis(preset, need);
        parameters.extend(choices::access_basis(atlas));
        parameters.insert("mode".into(), self.mode.name().into());
        parameters.insert("threshold_min".into(), THRESHOLDS_MIN[self.threshold].into());
        let (was, is) = (self.covered(atlas, need, before), self.covered(atlas, need, after));
        Ok(json!({
            "territory": named(&self.place),
            "closed": self.closed.iter().map(|&i| atlas.venues()[i as usize].id.as_str()).collect::<Vec<_>>(),
            "added": self.added.iter().map(|position| [position.lon(), position.lat()]).collect::<Vec<_>>(),
            "difference_persons_within": is.1 as i64 - was.1 as i64,
            "before": was.0,
            "after": is.0,
            "communes": self.changes(atlas, need, before, after),
            "parameters": parameters,
            "edition": edition(state),
            "address": self.address(atlas, base, preset),
        }))
    }

    /// Coverage as JSON, and the persons within the threshold.
    fn covered(&self, atlas: &Atlas, need: &Need, reaches: &[Reach]) -> (Value, u64) {
        let sum = atlas.analysis().coverage(need, reaches, &self.place.communes, &THRESHOLDS);
        let within = sum.covered[self.threshold];
        let known = (sum.unknown as usize) < self.place.communes.len();
        let some = |persons: u64| known.then_some(persons);
        let told = json!({
            "persons_located": some(sum.persons),
            "persons_within": some(within),
            "share_within": share(within, sum.persons),
            "persons_unreachable": some(sum.unreachable),
            "persons_unlocated": some(sum.nowhere),
            "communes_unknown": sum.unknown,
        });
        (told, within)
    }

    /// The communes whose nearest venue is nearer or farther, ascending by code.
    fn changes(&self, atlas: &Atlas, need: &Need, before: &[Reach], after: &[Reach]) -> Vec<Value> {
        let limit = THRESHOLDS[self.threshold];
        let minutes = |reach: Reach| reach.time().map(|time| rounded(time.minutes(), 2));
        let within = |reach: Reach| reach.time().is_some_and(|time: Seconds| time <= limit);
        let changed = self.place.communes.iter().map(|&i| i as usize).filter(|&i| before[i].time() != after[i].time());
        let told = changed.map(|i| {
            let commune = &atlas.communes()[i];
            json!({
                "code": commune.code.as_str(),
                "name": commune.name,
                "persons_in_need": need.estimate.persons[i],
                "minutes_before": minutes(before[i]),
                "minutes_after": minutes(after[i]),
                "within_before": within(before[i]),
                "within_after": within(after[i]),
            })
        });
        told.collect()
    }

    /// The same question as an address, if it fits one.
    fn address(&self, atlas: &Atlas, base: &str, preset: usize) -> Option<String> {
        let ids: Vec<&str> = self.closed.iter().map(|&i| atlas.venues()[i as usize].id.as_str()).collect();
        if ids.len() > MOST_LISTED || self.added.len() > MOST_LISTED || ids.iter().any(|id| id.contains(',')) {
            return None;
        }
        let added = self.added.iter().map(|position| format!("{},{}", position.lon(), position.lat()));
        let lists = [
            ("close", ids.iter().map(|id| encoded(id)).collect::<Vec<_>>().join(",")),
            ("add", added.collect::<Vec<_>>().join(";")),
        ];
        let given = lists.iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| format!("{name}={list}&"));
        let address = format!(
            "{base}/api/access/what-if?{}territory={}&denominator={}&mode={}&threshold_min={}",
            given.collect::<String>(),
            self.place.path(),
            Denominator::PRESETS[preset].id,
            self.mode.name(),
            THRESHOLDS_MIN[self.threshold],
        );
        (address.len() <= LONGEST_ADDRESS).then_some(address)
    }
}
