//! Equity: how evenly something is shared among persons. Every figure weighs a place by its people.

/// Places with a known number of people and a known value, the smallest value first.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Value, persons, ordinal of the place; persons are positive.
    places: Vec<(f64, f64, u32)>,
    persons: f64,
    /// What the sample leaves out.
    pub left_out: LeftOut,
}

/// What is unknown, counted: it is never a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Places whose persons are unknown.
    pub places_of_unknown_persons: u32,
    /// Places with persons whose value is unknown.
    pub places_of_unknown_value: u32,
    /// The persons of the latter.
    pub persons: u64,
}

/// Values at both ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// A tenth of the persons have this much or less.
    pub p10: f64,
    /// Half of them.
    pub p50: f64,
    /// Nine tenths.
    pub p90: f64,
}

impl Tails {
    /// P90 / P10; `None` when the tenth have nothing, which no ratio can say.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        (self.p10 > 0.0).then(|| self.p90 / self.p10)
    }
}

/// The tenth of the persons who have least.
#[derive(Debug, Clone, PartialEq)]
pub struct WorstTenth {
    /// Their mean.
    pub mean: f64,
    /// Their part of the whole, in [0, 0.1].
    pub share: f64,
    /// Places that belong to it wholly, the worst first.
    pub places: Vec<u32>,
}

impl Sample {
    /// Gathers the places where both numbers are known; those without people say nothing and are dropped.
    #[must_use]
    pub fn new(values: &[Option<f64>], persons: &[Option<u32>]) -> Self {
        let mut left_out = LeftOut::default();
        let mut places = Vec::new();
        for ((ordinal, value), persons) in (0..).zip(values).zip(persons) {
            match (value, persons) {
                (_, Some(0)) => {}
                (_, None) => left_out.places_of_unknown_persons += 1,
                (None, Some(persons)) => {
                    left_out.places_of_unknown_value += 1;
                    left_out.persons += u64::from(*persons);
                }
                (Some(value), Some(persons)) => places.push((*value, f64::from(*persons), ordinal)),
            }
        }
        places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        Self { persons: places.iter().map(|(_, persons, _)| persons).sum(), places, left_out }
    }

    /// Persons of known value.
    #[must_use]
    pub fn persons(&self) -> f64 {
        self.persons
    }

    /// Mean over the persons; `None` when there is nobody.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.persons > 0.0).then(|| self.total() / self.persons)
    }

    fn total(&self) -> f64 {
        self.places.iter().map(|(value, persons, _)| value * persons).sum()
    }

    /// Gini's coefficient in [0, 1]: half the mean difference between two persons, over the mean. `None` when there is
    /// nobody or nothing to share, or when a value is negative.
    #[must_use]
    pub fn gini(&self) -> Option<f64> {
        let total = self.total();
        if total <= 0.0 || self.places.first().is_some_and(|(value, ..)| *value < 0.0) {
            return None;
        }
        // One minus twice the area under the Lorenz curve, by trapezes.
        let (mut held, mut area) = (0.0, 0.0);
        for (value, persons, _) in &self.places {
            area += persons * (2.0 * held + value * persons);
            held += value * persons;
        }
        Some((1.0 - area / (self.persons * total)).max(0.0))
    }

    /// The Lorenz curve at `steps` + 1 even shares of the persons, from (0, 0) to (1, 1): the part of the whole that the
    /// least served share holds. Empty when there is nothing to share.
    #[must_use]
    pub fn lorenz(&self, steps: u32) -> Vec<(f64, f64)> {
        let total = self.total();
        if total <= 0.0 {
            return Vec::new();
        }
        let mut places = self.places.iter();
        let (mut persons, mut held) = (0.0, 0.0);
        let mut place = places.next();
        let point = |step: u32| {
            let share = f64::from(step) / f64::from(steps);
            let wanted = share * self.persons;
            while let Some((value, weight, _)) = place {
                if persons + weight > wanted {
                    return (share, (held + (wanted - persons) * value) / total);
                }
                persons += weight;
                held += value * weight;
                place = places.next();
            }
            (share, 1.0)
        };
        (0..=steps).map(point).collect()
    }

    /// The smallest value such that at least `share` of the persons have it or less; `None` when there is nobody.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let mut persons = 0.0;
        let wanted = share * self.persons;
        let reached = self.places.iter().find(|(_, weight, _)| {
            persons += weight;
            persons >= wanted
        });
        reached.or(self.places.last()).map(|(value, ..)| *value)
    }

    /// P10, median and P90; `None` when there is nobody.
    #[must_use]
    pub fn tails(&self) -> Option<Tails> {
        Some(Tails { p10: self.quantile(0.1)?, p50: self.quantile(0.5)?, p90: self.quantile(0.9)? })
    }

    /// The worst-served tenth of the persons; of the place on the border, only as many as make a tenth. `None` when there
    /// is nobody.
    #[must_use]
    pub fn worst_tenth(&self) -> Option<WorstTenth> {
        let tenth = self.persons / 10.0;
        let (mut persons, mut held, mut places) = (0.0, 0.0, Vec::new());
        for (value, weight, ordinal) in &self.places {
            let taken = weight.min(tenth - persons);
            held += value * taken;
            persons += taken;
            if taken < *weight {
                break;
            }
            places.push(*ordinal);
        }
        let total = self.total();
        (tenth > 0.0).then(|| WorstTenth {
            mean: held / tenth,
            share: if total > 0.0 { held / total } else { 0.0 },
            places,
        })
    }
}

#[cfg(test)]
mod tests;
