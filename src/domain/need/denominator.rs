//! How many people are far from digital tools in the whole country: a scenario, never a constant.

/// The number that the estimates of all communes add up to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Denominator {
    /// A number of persons.
    Persons(u32),
    /// A share of the known population, in [0, 1].
    Share(f64),
    /// A share of the people of 15 or more, in [0, 1]: what INSEE's surveys publish.
    ShareOfAdults(f64),
}

/// A published figure that can be chosen by its short name. They contradict one another; every answer says which it used.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Short name used in addresses.
    pub id: &'static str,
    /// The figure.
    pub denominator: Denominator,
    /// What a visitor reads.
    pub label: &'static str,
    /// Year that the figure speaks of.
    pub year: u16,
    /// Who published it, in French, as a visitor reads it.
    pub provenance: &'static str,
    /// Those who do without the internet, among the persons of this figure; `None` where no text says it.
    pub offline: Option<Offline>,
}

/// The people of a figure who do without the internet. Two texts count two things: the more people of the smaller figure are
/// no contradiction, and one word for both would be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offline {
    /// Their share among the persons of the figure.
    pub share: f64,
    /// What they do or do not, in French, after « ils » or a number.
    pub who: &'static str,
}

/// 6.7 million people who never go online, of 13 million (figures of the national plan, 2018): for that figure only.
const OFFLINE_OF_13_MILLION: Offline = Offline { share: 6.7 / 13.0, who: "ne vont jamais sur internet" };
/// 13.9 of 15.4 points: no use of Internet for three months, of the *illectronisme* (INSEE Première 1953, survey of 2021).
const OFFLINE_OF_INSEE: Offline = Offline { share: 13.9 / 15.4, who: "n'ont pas utilisé internet depuis trois mois" };

impl PartialEq for Preset {
    /// One short name, one figure.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Preset {}

impl Preset {
    /// The published figures, with their year, the default first.
    pub const ALL: &'static [Preset; 5] = &[
        Preset {
            id: "13m",
            denominator: Denominator::Persons(13_000_000),
            label: "13 millions de personnes (2018)",
            year: 2018,
            provenance: "plan national pour un numérique inclusif, 2018",
            offline: Some(OFFLINE_OF_13_MILLION),
        },
        Preset {
            id: "8m",
            denominator: Denominator::Persons(8_000_000),
            label: "8 millions de personnes (2021)",
            year: 2021,
            provenance: "INSEE, enquête TIC ménages 2021 (15,4 % des 15 ans ou plus), arrondi",
            offline: Some(OFFLINE_OF_INSEE),
        },
        Preset {
            id: "15pc",
            denominator: Denominator::Share(0.15),
            label: "15 % de la population (2018)",
            year: 2018,
            provenance: "textes du plan national, 2018, de l’ordre des taux de l’INSEE",
            offline: Some(OFFLINE_OF_INSEE),
        },
        Preset {
            id: "20pc",
            denominator: Denominator::Share(0.20),
            label: "20 % de la population (2018)",
            year: 2018,
            provenance: "textes du plan national, 2018",
            offline: None,
        },
        Preset {
            id: "insee-2021",
            denominator: Denominator::ShareOfAdults(0.154),
            label: "15,4 % des 15 ans ou plus (INSEE, 2021)",
            year: 2021,
            provenance: "INSEE Première n° 1953, enquête TIC ménages 2021, hors Mayotte et collectivités d’outre-mer",
            offline: Some(OFFLINE_OF_INSEE),
        },
    ];
    /// The one of whoever chooses none.
    pub const USUAL: &'static Preset = &Self::ALL[0];

    /// The figure with this short name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|preset| preset.id == id)
    }
}

impl Denominator {
    /// The lowest and the highest of the round numbers that texts of one year give (2021): 8 to 13 million persons. The
    /// level of every estimate is as uncertain as that, whatever the ages and diplomas of its people.
    pub const LEVELS: [u64; 2] = [8_000_000, 13_000_000];

    /// The published figure with this short name.
    #[must_use]
    pub fn preset(id: &str) -> Option<Self> {
        Preset::named(id).map(|preset| preset.denominator)
    }

    /// The number of persons, for a known population, some of it of 15 or more; a share is rounded to the nearest person.
    #[must_use]
    pub fn persons(self, population: f64, adults: f64) -> u64 {
        match self {
            Self::Persons(persons) => u64::from(persons),
            Self::Share(share) => (share * population).round() as u64,
            Self::ShareOfAdults(share) => (share * adults).round() as u64,
        }
    }
}

impl Default for Denominator {
    fn default() -> Self {
        Preset::USUAL.denominator
    }
}
