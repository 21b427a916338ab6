//! What an envelope of passes numériques buys, and how few people that reaches.

/// Value of a pass, in euros, from the least to the most.
pub const PASS_EUR: (f64, f64) = (50.0, 100.0);
/// Hours of help that a pass pays.
pub const PASS_HOURS: (f64, f64) = (10.0, 20.0);
/// Sessions that a pass pays.
pub const PASS_SESSIONS: (f64, f64) = (5.0, 10.0);

/// From the least to the most.
pub type Range = (f64, f64);

/// What an envelope buys. Every number is a range: the texts give ranges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Envelope {
    /// Euros.
    pub amount_eur: f64,
    /// Passes, one a person.
    pub passes: Range,
    /// Hours of help.
    pub hours: Range,
    /// Sessions.
    pub sessions: Range,
}

impl Envelope {
    /// What this amount buys. Half a pass is none.
    #[must_use]
    pub fn of(amount_eur: f64) -> Self {
        let passes = ((amount_eur / PASS_EUR.1).floor(), (amount_eur / PASS_EUR.0).floor());
        let times = |each: Range| (passes.0 * each.0, passes.1 * each.1);
        Self { amount_eur, passes, hours: times(PASS_HOURS), sessions: times(PASS_SESSIONS) }
    }

    /// The share of some persons that a pass each would reach, at most all of them; `None` without persons.
    #[must_use]
    pub fn share(&self, persons: f64) -> Option<Range> {
        (persons > 0.0).then(|| ((self.passes.0 / persons).min(1.0), (self.passes.1 / persons).min(1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_million_euros_reach_about_one_person_in_a_hundred() {
        let envelope = Envelope::of(10e6);
        assert_eq!(envelope.passes, (100_000.0, 200_000.0));
        assert_eq!(envelope.hours, (1e6, 4e6));
        assert_eq!(envelope.sessions, (500_000.0, 2e6));
        let (low, high) = envelope.share(13e6).unwrap();
        assert_eq!((format!("{:.1}", 100.0 * low), format!("{:.1}", 100.0 * high)), ("0.8".into(), "1.5".into()));
    }

    #[test]
    fn an_envelope_smaller_than_a_pass_buys_none() {
        assert_eq!(Envelope::of(49.0).passes, (0.0, 0.0));
        assert_eq!(Envelope::of(1e9).share(13.0), Some((1.0, 1.0)), "nobody is reached twice");
        assert_eq!(Envelope::of(1.0).share(0.0), None);
    }
}
