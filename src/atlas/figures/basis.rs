//! What the numbers of a territory rest on: who is in need, how people travel, and which venues count.

use std::borrow::Cow;

use typed_index_collections::TiSlice;

use super::super::{Atlas, Need};
use crate::access::{Coverage, Mode, Reach, THRESHOLDS};
use crate::domain::equity::Sample;
use crate::domain::need::Field;
use crate::domain::{CommuneIx, PointIx, Seconds};

/// One choice of need, mode and venues. Every number of every territory under this choice comes from here.
#[derive(Debug, Clone)]
pub struct Basis<'a> {
    /// The edition.
    pub atlas: &'a Atlas,
    /// Who is in need.
    pub need: &'a Need,
    /// The nearest venue that counts, of every demand point.
    pub reaches: Cow<'a, TiSlice<PointIx, Reach>>,
    /// Hours per year and person from the venues that count, of every commune; empty when nobody asks for hours, which are
    /// then unknown.
    pub hours: Cow<'a, TiSlice<PointIx, f64>>,
    /// The index for comparing places, of every commune.
    pub rank: &'a TiSlice<CommuneIx, Option<f64>>,
}

/// A commune some of whose persons are farther than they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its ordinal.
    pub commune: CommuneIx,
    /// Persons beyond the threshold: where there are cells, not always all of the commune.
    pub persons: u64,
    /// How far the commune is on the mean.
    pub reach: Reach,
}

impl<'a> Basis<'a> {
    /// Every venue that receives the public counts.
    #[must_use]
    pub fn new(atlas: &'a Atlas, need: &'a Need, mode: Mode) -> Self {
        let analysis = atlas.analysis();
        Self {
            atlas,
            need,
            reaches: Cow::Borrowed(analysis.access.nearest(mode)),
            hours: Cow::Borrowed(&need.hours_per_person[mode]),
            rank: &analysis.rank.index,
        }
    }

    /// Persons in need by how near they are, counted where they live: cell by cell where there are cells.
    #[must_use]
    pub fn coverage(&self, communes: &[CommuneIx]) -> Coverage<4> {
        self.atlas.analysis().coverage(self.need, &self.reaches, communes, &THRESHOLDS)
    }

    /// Minutes over the persons in need, counted where they live. Infinity stands for those who can reach nothing: they
    /// count, so that a quantile that falls among them says so. Whose place is unknown is left out, and counted by the
    /// sample. Where nobody knows who is in need because the survey did not go there, inhabitants stand for them: how far
    /// people are is known all the same.
    #[must_use]
    pub fn minutes(&self, communes: &[CommuneIx]) -> Sample {
        let of = |i: &CommuneIx| &self.atlas.communes()[*i];
        if communes.iter().all(|i| Field::of(of(i)) == Field::Outside) {
            let reach = |&i: &CommuneIx| minutes_of(self.reaches[PointIx::of_commune(i)]);
            let minutes: Vec<Option<f64>> = communes.iter().map(reach).collect();
            let inhabitants: Vec<Option<u32>> = communes.iter().map(|i| of(i).population.map(|p| p.0)).collect();
            return Sample::new(&minutes, &inhabitants);
        }
        let points = self.atlas.analysis().points(self.need, communes);
        let (minutes, persons): (Vec<Option<f64>>, Vec<Option<u32>>) =
            points.map(|(point, persons)| (minutes_of(self.reaches[point]), persons)).unzip();
        Sample::new(&minutes, &persons)
    }

    /// Hours per person and year over the persons in need; places of the sample are positions in `communes`. Who can reach
    /// nothing has 0 hours, which is known; hours of a commune that nobody can place are unknown.
    #[must_use]
    pub fn hours(&self, communes: &[CommuneIx]) -> Sample {
        let hours: Vec<Option<f64>> = communes.iter().map(|&i| self.hours_of(i)).collect();
        Sample::new(&hours, &self.persons(communes))
    }

    /// Hours per person and year in one commune.
    #[must_use]
    pub fn hours_of(&self, commune: CommuneIx) -> Option<f64> {
        known_hours(self.need, self.reaches[PointIx::of_commune(commune)], &self.hours, commune)
    }

    /// Persons in need of each commune.
    #[must_use]
    pub fn persons(&self, communes: &[CommuneIx]) -> Vec<Option<u32>> {
        communes.iter().map(|&i| self.need.estimate.persons[i]).collect()
    }

    /// The communes with persons beyond a threshold, most persons first. Together these are the persons that coverage
    /// counts as beyond: nobody else, and nobody twice.
    #[must_use]
    pub fn left_out(&self, communes: &[CommuneIx], limit: Seconds) -> Vec<LeftOut> {
        let mut list: Vec<LeftOut> = communes
            .iter()
            .filter_map(|&commune| {
                let persons = self.persons_beyond(commune, &[limit])[0];
                (persons > 0).then(|| LeftOut { commune, persons, reach: self.reaches[PointIx::of_commune(commune)] })
            })
            .collect();
        list.sort_by_key(|place| (std::cmp::Reverse(place.persons), place.commune));
        list
    }

    /// Persons of a commune who are farther than each of some limits, or can reach nothing.
    pub(super) fn persons_beyond<const N: usize>(&self, commune: CommuneIx, limits: &[Seconds; N]) -> [u64; N] {
        let coverage = self.atlas.analysis().coverage(self.need, &self.reaches, &[commune], limits);
        coverage.covered.map(|covered| coverage.persons - covered)
    }
}

/// Minutes to the nearest venue, infinite when there is none; `None` when nobody knows.
pub(super) fn minutes_of(reach: Reach) -> Option<f64> {
    match reach {
        Reach::Reached(nearest) => Some(nearest.time.minutes()),
        Reach::Unreachable => Some(f64::INFINITY),
        Reach::Unknown => None,
    }
}

/// Hours per person of a commune: where it is must be known, for else nobody knows what it can reach, and its persons in
/// need, for else nobody knows among how many they are shared.
#[must_use]
pub fn known_hours(need: &Need, reach: Reach, hours: &TiSlice<PointIx, f64>, commune: CommuneIx) -> Option<f64> {
    let is_known = reach != Reach::Unknown && need.estimate.persons[commune].is_some();
    hours.get(PointIx::of_commune(commune)).copied().filter(|_| is_known)
}
