//! The published rates, and how a commune's rate follows from its ages and diplomas.
//!
//! Source unless said otherwise: INSEE Première 1953 (June 2023), survey *TIC ménages 2021*, people of 15 or more outside
//! Mayotte and the collectivités d'outre-mer. *Illectronisme*: no use of Internet for three months, or none of the basic skills; 15.4 % of them all.

/// 65 to 74; published for 60 to 74.
const RATE_65_TO_74: f64 = 0.24;
/// 75 or more.
const RATE_75_PLUS: f64 = 0.62;
/// 15 to 64: 2 % at 15–24, 4 % at 25–39, 7 % at 40–59 and 24 % at 60–64, weighted by the census of 2021 (a test does it).
const RATE_15_TO_64: f64 = 0.069;
/// No diploma, or the certificat d'études.
const RATE_NO_DIPLOMA: f64 = 0.42;
/// BEPC, CAP or BEP. Not published: what is left for this group when the others have theirs (a test does the sum).
const RATE_SHORT_DIPLOMA: f64 = 0.14;
/// Baccalauréat or more: published 3 % for three years of higher education or more; 5 % assumed for the whole group.
const RATE_LONG_DIPLOMA: f64 = 0.05;

/// How much of the effect of diplomas is left among people of one age. Among the retired, 53 % of former workers and 10 %
/// of former managers are concerned, odds of 10 to 1; between the lowest and the highest diplomas, all ages together, they
/// are 23 to 1. The ratio of the two logarithms, with occupation standing in for diploma (a test does it).
const DIPLOMA_ELASTICITY: f64 = 0.735;

/// People of 15 or more among those below 65: 41,735,233 of 53,584,268 (INSEE, census of 2021).
const ADULTS_BELOW_65: f64 = 0.779;

/// Odds of need in Guadeloupe, Martinique, Guyane and La Réunion over those of people of the same ages and diplomas
/// elsewhere: 20 % for 15 % in métropole (INSEE, survey of 2021), (0.20 / 0.80) / (0.15 / 0.85). One number for four
/// départements: nothing says how they differ.
pub(super) const OVERSEAS_ODDS: f64 = 1.42;

/// National shares that stand in where no commune has a value. People of 65 or more among those of 15 or more (INSEE,
/// census of 2017, the file of the indicator).
pub(super) const PUBLISHED_65_PLUS: f64 = 0.237;
/// People of 15 or more with no diploma, BEPC, CAP or BEP (same file).
pub(super) const PUBLISHED_LOW_DIPLOMA: f64 = 0.484;
/// Two splits that are published for communes of 2,000 inhabitants and more only. The others take the nation's, never
/// that of the towns of their EPCI, whose old people and whose diplomas are others. 75 or more among those of 65 or more,
/// by the censuses of 2018 and 2017.
pub(super) const PUBLISHED_75_AMONG_65: f64 = 0.496;
/// Those without any diploma among those with no diploma, BEPC, CAP or BEP (census of 2018).
pub(super) const PUBLISHED_NONE_AMONG_LOW: f64 = 0.433;

/// Which of the two margins a variant of the estimate believes.
///
/// The survey publishes rates by age and rates by diploma, but not both at once; old people have fewer diplomas, so
/// counting both effects in full counts some of it twice. The variants bracket that unknown, and their spread is the
/// published interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Odds of the age margin times those of the diploma margin to the power 0.735, what is left of the effect of diplomas
    /// among people of one age. The published estimate.
    Central,
    /// Age alone.
    Age,
    /// Diploma alone.
    Diploma,
    /// Both effects in full, as if they were independent.
    Independent,
}

impl Method {
    /// Every variant, the published one first.
    pub const ALL: [Method; 4] = [Method::Central, Method::Age, Method::Diploma, Method::Independent];
}

/// The people of one commune by age and diploma; all are shares in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Composition {
    /// 65 or more, of those of 15 or more: what the census file calls `TX_65ETPLUS`.
    pub aged_65_plus: f64,
    /// 75 or more, of those of 65 or more.
    pub oldest: f64,
    /// No diploma, BEPC, CAP or BEP, of those of 15 or more: what the census file calls `TX_NSCOL15P`. Its name says "out of
    /// school", its values do not (docs/data-sources.md).
    pub low_diploma: f64,
    /// No diploma at all, of the former.
    pub no_diploma: f64,
}

impl Composition {
    /// People of 15 or more among all residents: the only ones whom the survey speaks of. Children are counted from the
    /// adults below 65, by the national ratio of the two.
    #[must_use]
    pub fn adults(&self) -> f64 {
        adults(self.aged_65_plus)
    }

    /// People of 75 or more, of those of 15 or more.
    #[must_use]
    pub fn aged_75_plus(&self) -> f64 {
        self.aged_65_plus * self.oldest
    }

    /// Rate among people of 15 or more that the ages alone lead to expect.
    #[must_use]
    pub fn rate_by_age(&self) -> f64 {
        let old = self.oldest * RATE_75_PLUS + (1.0 - self.oldest) * RATE_65_TO_74;
        self.aged_65_plus * old + (1.0 - self.aged_65_plus) * RATE_15_TO_64
    }

    /// Rate among people of 15 or more that the diplomas alone lead to expect.
    #[must_use]
    pub fn rate_by_diploma(&self) -> f64 {
        let none = self.low_diploma * self.no_diploma;
        none * RATE_NO_DIPLOMA
            + (self.low_diploma - none) * RATE_SHORT_DIPLOMA
            + (1.0 - self.low_diploma) * RATE_LONG_DIPLOMA
    }

    /// People without any diploma among those in need.
    #[must_use]
    pub fn without_diploma_in_need(&self) -> f64 {
        self.low_diploma * self.no_diploma * RATE_NO_DIPLOMA / self.rate_by_diploma()
    }

    /// Odds p / (1 − p) of need for a person of 15 or more, before they are raked to a denominator. `mean_diploma_odds`
    /// makes the effect of diplomas relative to the country.
    #[must_use]
    pub fn odds(&self, method: Method, mean_diploma_odds: f64) -> f64 {
        let by_age = odds(self.rate_by_age());
        let by_diploma = odds(self.rate_by_diploma());
        let effect = by_diploma / mean_diploma_odds;
        match method {
            Method::Central => by_age * effect.powf(DIPLOMA_ELASTICITY),
            Method::Age => by_age,
            Method::Diploma => by_diploma,
            Method::Independent => by_age * effect,
        }
    }
}

/// People of 15 or more among all residents, where `aged_65_plus` of them have 65 or more.
pub(super) fn adults(aged_65_plus: f64) -> f64 {
    ADULTS_BELOW_65 / (1.0 - aged_65_plus * (1.0 - ADULTS_BELOW_65))
}

/// Odds of a probability below 1.
pub(super) fn odds(rate: f64) -> f64 {
    rate / (1.0 - rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The country in 2017 (ages) and 2018 (diplomas).
    const FRANCE: Composition = Composition {
        aged_65_plus: PUBLISHED_65_PLUS,
        oldest: PUBLISHED_75_AMONG_65,
        low_diploma: PUBLISHED_LOW_DIPLOMA,
        no_diploma: PUBLISHED_NONE_AMONG_LOW,
    };

    #[test]
    fn the_rate_below_65_follows_from_the_survey_and_the_census() {
        // Census of 2021, in persons; 55 to 64 is split in two halves.
        let groups =
            [(7_983_904.0, 0.02), (12_108_410.0, 0.04), (13_104_453.0 + 4_269_233.5, 0.07), (4_269_233.5, 0.24)];
        let persons: f64 = groups.iter().map(|(persons, _)| persons).sum();
        let rate = groups.iter().map(|(persons, rate)| persons * rate).sum::<f64>() / persons;
        assert!((rate - RATE_15_TO_64).abs() < 0.0005, "{rate}");
        assert!((persons / (67_408_052.0 - 13_823_784.0) - ADULTS_BELOW_65).abs() < 0.001, "{persons}");
        let france_2021 = adults(13_823_784.0 / 55_559_017.0);
        assert!((france_2021 - 55_559_017.0 / 67_408_052.0).abs() < 0.001, "{france_2021}");
    }

    #[test]
    fn each_margin_alone_finds_the_published_national_rate() {
        assert!((FRANCE.rate_by_age() - 0.154).abs() < 0.003, "{}", FRANCE.rate_by_age());
        assert!((FRANCE.rate_by_diploma() - 0.154).abs() < 0.003, "{}", FRANCE.rate_by_diploma());
    }

    #[test]
    fn the_odds_overseas_are_those_of_20_per_cent_for_15() {
        assert!((odds(0.20) / odds(0.15) - OVERSEAS_ODDS).abs() < 0.005);
    }

    #[test]
    fn the_elasticity_is_that_of_the_retired() {
        let ratio = |high: f64, low: f64| (odds(high) / odds(low)).ln();
        let elasticity = ratio(0.53, 0.10) / ratio(RATE_NO_DIPLOMA, 0.03);
        assert!((elasticity - DIPLOMA_ELASTICITY).abs() < 0.0005, "{elasticity}");
    }

    #[test]
    fn more_old_people_and_fewer_diplomas_raise_every_variant_that_knows_them() {
        let older = Composition { aged_65_plus: 0.4, ..FRANCE };
        let less_taught = Composition { low_diploma: 0.8, ..FRANCE };
        let mean = odds(FRANCE.rate_by_diploma());
        let moved = |other: Composition| Method::ALL.map(|m| other.odds(m, mean) > FRANCE.odds(m, mean) + 1e-9);
        assert_eq!(moved(older), [true, true, false, true]);
        assert_eq!(moved(less_taught), [true, false, true, true]);
    }
}
