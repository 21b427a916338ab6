//! How many people are far from digital tools in the whole country: a scenario, never a constant.

/// The number that the estimates of all communes add up to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Denominator {
    /// A number of persons.
    Persons(u32),
    /// A share of the known population, in [0, 1].
    Share(f64),
}

/// A published figure that can be chosen by its short name. They contradict one another; every answer says which it used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preset {
    /// Short name used in addresses.
    pub id: &'static str,
    /// The figure.
    pub denominator: Denominator,
    /// What a visitor reads.
    pub label: &'static str,
}

impl Denominator {
    /// The figures that the texts of the national plan give, with their year, the default first. For comparison, INSEE
    /// Première 1953 (2023) finds 15.4 % of people of 15 or more in 2021, about 8 million.
    pub const PRESETS: [Preset; 4] = [
        Preset { id: "13m", denominator: Self::Persons(13_000_000), label: "13 millions de personnes (2018)" },
        Preset { id: "8m", denominator: Self::Persons(8_000_000), label: "8 millions de personnes (2021)" },
        Preset { id: "15pc", denominator: Self::Share(0.15), label: "15 % de la population (2018)" },
        Preset { id: "20pc", denominator: Self::Share(0.20), label: "20 % de la population (2018)" },
    ];

    /// The published figure with this short name.
    #[must_use]
    pub fn preset(id: &str) -> Option<Self> {
        Self::PRESETS.iter().find(|preset| preset.id == id).map(|preset| preset.denominator)
    }

    /// The rank in [`Denominator::PRESETS`] of the figure with this short name.
    #[must_use]
    pub fn rank_of(id: &str) -> Option<usize> {
        Self::PRESETS.iter().position(|preset| preset.id == id)
    }

    /// The number of persons, for a known population; a share is rounded to the nearest person.
    #[must_use]
    pub fn persons(self, population: u64) -> u64 {
        match self {
            Self::Persons(persons) => u64::from(persons),
            Self::Share(share) => (share * population as f64).round() as u64,
        }
    }
}

impl Default for Denominator {
    fn default() -> Self {
        Self::PRESETS[0].denominator
    }
}
