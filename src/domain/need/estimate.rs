//! Estimated persons: the people of each commune by age and diploma, times published rates, raked to a national number.

use std::fmt;

use typed_index_collections::{TiSlice, TiVec};

use super::denominator::Denominator;
use super::field::Field;
use super::fill::{Filled, Rung, fill, own_or};
use super::rake::{largest_remainder, rake_odds};
use super::rates::{
    Composition, Method, OVERSEAS_ODDS, PUBLISHED_65_PLUS, PUBLISHED_75_AMONG_65, PUBLISHED_LOW_DIPLOMA,
    PUBLISHED_NONE_AMONG_LOW, adults, odds,
};
use crate::domain::indicator::Indicator;
use crate::domain::rank::CommuneIx;
use crate::domain::territory::Commune;

/// Indicator: people of 65 or more, in per cent of those of 15 or more.
pub const ELDERLY: &str = "share-65-plus";
/// Indicator: people of 75 or more, in per cent of all; published for communes of 2,000 inhabitants and more.
pub const OLDEST: &str = "share-75-plus";
/// Indicator: no diploma, BEPC, CAP or BEP, in per cent of people of 15 or more.
pub const DIPLOMA: &str = "low-diploma";
/// Indicator: no diploma, in per cent of people with no diploma, BEPC, CAP or BEP, all from one file; published for
/// communes of 2,000 inhabitants and more.
pub const NONE_AMONG_LOW: &str = "none-among-low";

/// Where the figures behind the estimate of one commune were taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Share of 65 or more.
    pub elderly: Rung,
    /// Share of 75 or more among them.
    pub oldest: Rung,
    /// Share with low diplomas.
    pub diploma: Rung,
    /// Share without any among them.
    pub no_diploma: Rung,
}

impl Basis {
    /// The coarsest territory that stands in for one of the two main figures, age and diploma. The two finer splits are
    /// published for larger communes only; the others have the nation's.
    #[must_use]
    pub fn fallback(&self) -> Rung {
        self.elderly.max(self.diploma)
    }
}

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedError {
    /// The denominator asks for more persons than there are people of 15 or more.
    TooManyPersons {
        /// Persons asked for.
        persons: u64,
        /// People of 15 or more in communes of known population, rounded down.
        adults: u64,
    },
}

impl fmt::Display for NeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::TooManyPersons { persons, adults } = self;
        write!(f, "denominator {persons} is more than the {adults} people of 15 or more; expected fewer")
    }
}

impl std::error::Error for NeedError {}

/// Persons in need in every commune, for one denominator. Vectors follow the table of communes.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedEstimate {
    /// What the estimates add up to, as chosen.
    pub denominator: Denominator,
    /// The same in persons.
    pub national: u64,
    /// Persons in need; `None` where the population is unknown, or outside the field of the survey ([`Field`]). They add up
    /// to `national`, to the person.
    pub persons: TiVec<CommuneIx, Option<u32>>,
    /// The people of each commune, as far as known.
    pub compositions: TiVec<CommuneIx, Composition>,
    /// Where the figures come from.
    pub bases: TiVec<CommuneIx, Basis>,
    /// Ids of the indicators that were used, in the order of their weight in the estimate.
    pub indicators: Vec<&'static str>,
    /// Communes in the field of the survey of unknown population: the explicit unknown line.
    pub unknown: Vec<CommuneIx>,
    /// Communes outside the field of the survey: « hors champ ».
    pub outside: Vec<CommuneIx>,
    /// The other variants at the same denominator: those of the method, then half and twice the odds overseas.
    pub(super) variants: [TiVec<CommuneIx, u32>; 5],
    /// The published variant at each of [`Denominator::LEVELS`]; `None` when the country cannot bear them.
    pub(super) levels: Option<[TiVec<CommuneIx, u32>; 2]>,
    /// Whether a commune is overseas, in the field.
    pub(super) overseas: TiVec<CommuneIx, bool>,
}

impl NeedEstimate {
    /// Persons in need in some communes; those of unknown population add nothing.
    pub fn total(&self, communes: impl IntoIterator<Item = CommuneIx>) -> u64 {
        communes.into_iter().filter_map(|i| self.persons[i]).map(u64::from).sum()
    }
}

/// Estimates the persons in need of every commune.
///
/// The odds of need of a person of 15 or more come from the ages and diplomas of the commune ([`Composition::odds`]), and
/// overseas from what the survey found there; one national multiplier of the odds makes them add up to the denominator;
/// whole persons follow by largest remainders. The age or diploma that a commune lacks is taken from the smallest territory
/// around it that has it ([`fill`]). Where the survey did not go there is no estimate, and the denominator is that of its field.
///
/// # Errors
/// [`NeedError::TooManyPersons`] when the denominator exceeds the people of 15 or more.
pub fn estimate(
    communes: &TiSlice<CommuneIx, Commune>,
    indicators: &[Indicator],
    denominator: Denominator,
) -> Result<NeedEstimate, NeedError> {
    let people = Sources::new(&communes.raw, indicators).fill(&communes.raw);
    let compositions: TiVec<CommuneIx, Composition> = people.iter().map(|(composition, _)| *composition).collect();
    let fields: Vec<Field> = communes.iter().map(Field::of).collect();
    let populations: Vec<f64> =
        communes.iter().map(|commune| Field::population(commune).map_or(0.0, f64::from)).collect();
    let adults: Vec<f64> =
        compositions.iter().zip(&populations).map(|(c, population)| c.adults() * population).collect();
    let everybody: f64 = adults.iter().sum();
    let national = denominator.persons(populations.iter().sum(), everybody);

    let diploma = compositions.iter().zip(&adults).map(|(c, adults)| c.rate_by_diploma() * adults).sum::<f64>();
    let mean_diploma_odds = odds(if everybody > 0.0 { diploma / everybody } else { 0.154 });
    let variant = |method: Method, overseas: f64, national: u64| -> Result<TiVec<CommuneIx, u32>, NeedError> {
        let odds = |(c, field): (&Composition, &Field)| {
            let here = if *field == Field::Overseas { overseas } else { 1.0 };
            c.odds(method, mean_diploma_odds) * here
        };
        let places: Vec<(f64, f64)> = adults.iter().copied().zip(compositions.iter().zip(&fields).map(odds)).collect();
        let expected = rake_odds(&places, national as f64)
            .ok_or(NeedError::TooManyPersons { persons: national, adults: everybody as u64 })?;
        Ok(largest_remainder(&expected, national).into_iter().map(|persons| persons as u32).collect())
    };
    let central = variant(Method::Central, OVERSEAS_ODDS, national)?;
    let at_level = |level: u64| variant(Method::Central, OVERSEAS_ODDS, level).ok();
    let [low, high] = Denominator::LEVELS.map(at_level);
    let known = |(commune, persons): (&Commune, u32)| Field::population(commune).map(|_| persons);
    let present = |id: &&str| indicators.iter().any(|i| i.id == *id && i.readings.iter().any(|r| r.value().is_some()));
    let among = |keep: &dyn Fn(usize) -> bool| (0..communes.len()).filter(|i| keep(*i)).map(CommuneIx::from).collect();
    Ok(NeedEstimate {
        denominator,
        national,
        persons: communes.iter().zip(central).map(known).collect(),
        bases: people.iter().map(|(_, basis)| *basis).collect(),
        indicators: [ELDERLY, DIPLOMA, OLDEST, NONE_AMONG_LOW].into_iter().filter(present).collect(),
        unknown: among(&|i| fields[i] != Field::Outside && communes.raw[i].population.is_none()),
        outside: among(&|i| fields[i] == Field::Outside),
        variants: [
            variant(Method::Age, OVERSEAS_ODDS, national)?,
            variant(Method::Diploma, OVERSEAS_ODDS, national)?,
            variant(Method::Independent, OVERSEAS_ODDS, national)?,
            variant(Method::Central, 1.0, national)?,
            variant(Method::Central, OVERSEAS_ODDS * OVERSEAS_ODDS, national)?,
        ],
        levels: low.zip(high).map(|(low, high)| [low, high]),
        overseas: fields.iter().map(|field| *field == Field::Overseas).collect(),
        compositions,
    })
}

/// People of 75 or more among those of 65 or more, from their shares of all people and of those of 15 or more. Two vintages
/// can disagree by a hair: a part is never larger than its whole.
pub(super) fn among_elderly(oldest: f64, elderly: f64) -> Option<f64> {
    let whole = elderly * adults(elderly);
    (whole > 0.0).then(|| (oldest / whole).min(1.0))
}

/// The four figures as published, with the persons they speak of.
struct Sources {
    elderly: Vec<Option<(f64, f64)>>,
    oldest: Vec<Option<(f64, f64)>>,
    diploma: Vec<Option<(f64, f64)>>,
    none_among_low: Vec<Option<(f64, f64)>>,
}

impl Sources {
    fn new(communes: &[Commune], indicators: &[Indicator]) -> Self {
        let share = |id: &str, ordinal: usize| -> Option<f64> {
            let indicator = indicators.iter().find(|indicator| indicator.id == id)?;
            Some((indicator.readings.raw.get(ordinal)?.value()? / 100.0).clamp(0.0, 1.0))
        };
        let of = |value: &dyn Fn(usize) -> Option<(f64, f64)>| -> Vec<Option<(f64, f64)>> {
            let weighted = |(i, commune): (usize, &Commune)| {
                let (value, part) = value(i)?;
                let population = Field::population(commune).map_or(0.0, f64::from);
                Some((value, part * population))
            };
            communes.iter().enumerate().map(weighted).collect()
        };
        Self {
            elderly: of(&|i| share(ELDERLY, i).map(|value| (value, 1.0))),
            oldest: of(&|i| {
                let elderly = share(ELDERLY, i)?;
                Some((among_elderly(share(OLDEST, i)?, elderly)?, elderly * adults(elderly)))
            }),
            diploma: of(&|i| share(DIPLOMA, i).map(|value| (value, 1.0))),
            none_among_low: of(&|i| share(NONE_AMONG_LOW, i).map(|value| (value, 1.0))),
        }
    }

    fn fill(&self, communes: &[Commune]) -> Vec<(Composition, Basis)> {
        let elderly = fill(communes, &self.elderly, PUBLISHED_65_PLUS);
        let oldest = own_or(&self.oldest, PUBLISHED_75_AMONG_65);
        let diploma = fill(communes, &self.diploma, PUBLISHED_LOW_DIPLOMA);
        let no_diploma = own_or(&self.none_among_low, PUBLISHED_NONE_AMONG_LOW);
        let at = |i: usize| {
            let [elderly, oldest, diploma, no_diploma]: [Filled; 4] =
                [elderly[i], oldest[i], diploma[i], no_diploma[i]];
            let composition = Composition {
                aged_65_plus: elderly.value,
                oldest: oldest.value,
                low_diploma: diploma.value,
                no_diploma: no_diploma.value,
            };
            let basis = Basis {
                elderly: elderly.rung,
                oldest: oldest.rung,
                diploma: diploma.rung,
                no_diploma: no_diploma.rung,
            };
            (composition, basis)
        };
        (0..communes.len()).map(at).collect()
    }
}
