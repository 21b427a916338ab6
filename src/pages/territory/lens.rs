//! The analysis of the edition, seen through the choices of a visitor: one national number, one mode, one threshold.

use crate::access::{Coverage, Reach, THRESHOLDS};
use crate::atlas::{Analysis, Atlas, Figures, Need};
use crate::domain::equity::Sample;
use crate::domain::need::{Denominator, Preset};
use crate::tables::french;

use super::view::View;

/// Journeys longer than this are not told in minutes: the estimate crosses seas it does not know.
const LONGEST_MINUTES: f64 = 180.0;

/// What a page asks with.
pub struct Lens<'a> {
    /// The edition.
    pub atlas: &'a Atlas,
    /// Its analysis.
    pub analysis: &'a Analysis,
    /// Need under the chosen number.
    pub need: &'a Need,
    /// That number.
    pub preset: Preset,
    /// The choices.
    pub view: View,
    /// Venues that receive the public, by commune.
    venues: Vec<u32>,
}

/// What a line of a table says of some communes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Known inhabitants.
    pub population: u64,
    /// Persons in need.
    pub persons: u64,
    /// Who is within the threshold.
    pub coverage: Coverage<1>,
    /// Minutes to the nearest venue of the person in the middle; infinite when it cannot be reached.
    pub minutes: Option<f64>,
    /// Mean hours per person and year.
    pub hours: Option<f64>,
    /// Venues that receive the public.
    pub venues: u32,
}

impl Tally {
    /// Persons in need per thousand inhabitants.
    #[must_use]
    pub fn need_per_thousand(&self) -> Option<f64> {
        (self.population > 0).then(|| 1_000.0 * self.persons as f64 / self.population as f64)
    }

    /// Share within the threshold, in per cent.
    #[must_use]
    pub fn covered_percent(&self) -> Option<f64> {
        self.coverage.share(0).map(|share| 100.0 * share)
    }

    /// Persons beyond the threshold, the unreachable included; `None` when nothing is known of anybody.
    #[must_use]
    pub fn far(&self) -> Option<u64> {
        (self.coverage.persons > 0).then(|| self.coverage.persons - self.coverage.covered[0])
    }
}

impl<'a> Lens<'a> {
    /// Looks at an edition. `None` when it has too few people for the chosen national number, or for all of them.
    #[must_use]
    pub fn new(atlas: &'a Atlas, view: View) -> Option<Self> {
        let analysis = atlas.analysis();
        let presets = || 0..Denominator::PRESETS.len();
        let wanted = presets().filter(|preset| view.preset.is_none_or(|chosen| chosen == *preset));
        let (preset, need) = wanted.map(|i| (i, analysis.need(atlas, i))).find(|(_, need)| need.is_ok())?;
        let mut venues = vec![0; atlas.communes().len()];
        for (i, venue) in (0..).zip(atlas.venues()) {
            if let Some(commune) = atlas.venue_commune(i).filter(|_| venue.receives_public()) {
                venues[commune as usize] += 1;
            }
        }
        Some(Self { atlas, analysis, need: need.ok()?, preset: Denominator::PRESETS[preset], view, venues })
    }

    /// Everything the atlas knows of some communes.
    #[must_use]
    pub fn figures(&self, communes: &[u32]) -> Figures {
        self.analysis.figures(self.atlas, self.need, communes)
    }

    /// The few numbers of a line of a table.
    #[must_use]
    pub fn tally(&self, communes: &[u32]) -> Tally {
        let populations = communes.iter().filter_map(|&i| self.atlas.communes()[i as usize].population);
        Tally {
            population: populations.map(|persons| u64::from(persons.0)).sum(),
            persons: self.need.estimate.total(communes.iter().copied()),
            coverage: self.analysis.coverage(self.need, self.reaches(), communes, &[THRESHOLDS[self.view.threshold]]),
            minutes: self.minutes_of(communes).quantile(0.5),
            hours: self.hours_of(communes).mean(),
            venues: communes.iter().map(|&i| self.venues[i as usize]).sum(),
        }
    }

    /// The nearest venue of every commune by the chosen mode.
    #[must_use]
    pub fn reaches(&self) -> &'a [Reach] {
        self.analysis.access.nearest(self.view.mode)
    }

    /// Minutes from a commune to its nearest venue; infinite when none can be reached.
    #[must_use]
    pub fn minutes(&self, commune: u32) -> Option<f64> {
        match self.reaches()[commune as usize] {
            Reach::Reached(nearest) => Some(nearest.time.minutes()),
            Reach::Unreachable => Some(f64::INFINITY),
            Reach::Unknown => None,
        }
    }

    /// Minutes over the persons of some communes.
    #[must_use]
    pub fn minutes_of(&self, communes: &[u32]) -> Sample {
        self.sample(communes, |i| self.minutes(i))
    }

    /// Hours per person and year over the persons of some communes.
    #[must_use]
    pub fn hours_of(&self, communes: &[u32]) -> Sample {
        let hours = &self.need.hours_per_person[self.view.mode as usize];
        self.sample(communes, |i| hours.get(i as usize).copied())
    }

    /// Places of the sample are positions in `communes`.
    fn sample(&self, communes: &[u32], value: impl Fn(u32) -> Option<f64>) -> Sample {
        let values: Vec<Option<f64>> = communes.iter().map(|&i| value(i)).collect();
        let persons: Vec<Option<u32>> = communes.iter().map(|&i| self.need.estimate.persons[i as usize]).collect();
        Sample::new(&values, &persons)
    }
}

/// A number of minutes in words.
#[must_use]
pub fn said_minutes(minutes: Option<f64>) -> String {
    match minutes {
        None => UNKNOWN.into(),
        Some(minutes) if minutes.is_infinite() => "hors d'atteinte".into(),
        Some(minutes) if minutes > LONGEST_MINUTES => "plus de 3\u{a0}h".into(),
        Some(minutes) => french::measure(minutes, 1, "min"),
    }
}

/// A part in per cent. What is not quite all, or not quite nothing, is not rounded to it.
#[must_use]
pub fn said_percent(percent: Option<f64>) -> String {
    match percent {
        None => UNKNOWN.into(),
        Some(nearly) if (99.95..100.0).contains(&nearly) => format!("plus de {}", french::measure(99.9, 1, "%")),
        Some(hardly) if hardly > 0.0 && hardly < 0.05 => format!("moins de {}", french::measure(0.1, 1, "%")),
        Some(percent) => french::measure(percent, 1, "%"),
    }
}

/// What stands where a number is not known.
pub const UNKNOWN: &str = "inconnu";

/// A number in words, or that it is unknown.
#[must_use]
pub fn said(value: Option<f64>, decimals: u8, unit: &str) -> String {
    value.map_or_else(|| UNKNOWN.into(), |value| french::measure(value, decimals, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_quite_all_is_not_all() {
        let plain = |percent: f64| said_percent(Some(percent)).replace('\u{a0}', " ");
        assert_eq!(
            [100.0, 99.97, 99.94, 0.02, 0.0].map(plain),
            ["100,0 %", "plus de 99,9 %", "99,9 %", "moins de 0,1 %", "0,0 %"]
        );
        assert_eq!(said_percent(None), "inconnu");
    }

    #[test]
    fn a_journey_nobody_can_make_has_no_minutes() {
        assert_eq!(said_minutes(Some(f64::INFINITY)), "hors d'atteinte");
        assert_eq!(said_minutes(Some(6_967.0)), "plus de 3\u{a0}h");
        assert_eq!(said_minutes(Some(4.84)), "4,8\u{a0}min");
        assert_eq!(said_minutes(None), "inconnu");
    }
}
