//! What the analysis says of every territory, for tiles and maps: worked out once, at the first question.

use std::collections::BTreeMap;

use crate::access::{Mode, Reach, THRESHOLDS};
use crate::atlas::{Analysis, Atlas, Need};
use crate::domain::equity::Sample;
use crate::domain::need::Denominator;
use crate::domain::{Level, Worse};
use crate::editions::Snapshot;

/// Minutes that stand for three hours or more, and for places that no venue can be reached from.
const LONGEST_MINUTES: f64 = 180.0;
/// The threshold of the coverage that maps show: 15 minutes.
const THRESHOLD: usize = 1;

/// A figure that a map can show. All rest on the first national number that the edition can bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapFigure {
    /// Persons in need per thousand inhabitants.
    NeedShare,
    /// The index for comparing places, 1 to 10.
    Rank,
    /// Minutes by car of the person in the middle.
    CarMinutes,
    /// Per cent of the persons in need within 15 minutes by car.
    Coverage,
    /// Opening hours per year and person in need within reach by car.
    HoursPerPerson,
}

impl MapFigure {
    /// Every figure, in the order of menus.
    pub const ALL: [MapFigure; 5] =
        [Self::NeedShare, Self::Rank, Self::CarMinutes, Self::Coverage, Self::HoursPerPerson];

    /// Name in tiles and addresses.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NeedShare => "need-share",
            Self::Rank => "rank",
            Self::CarMinutes => "car-minutes",
            Self::Coverage => "coverage-15-car",
            Self::HoursPerPerson => "hours-per-person",
        }
    }

    /// What a visitor reads.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NeedShare => "Personnes éloignées du numérique (estimation)",
            Self::Rank => "Indice de fragilité numérique",
            Self::CarMinutes => "Minutes en voiture jusqu'au lieu le plus proche (estimation)",
            Self::Coverage => "Part des personnes à moins de 15 minutes en voiture d'un lieu (estimation)",
            Self::HoursPerPerson => "Heures d'ouverture par personne et par an (estimation)",
        }
    }

    /// What it measures, in a sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::NeedShare => {
                "Personnes éloignées du numérique pour 1\u{202f}000 habitants, d'après l'âge et le diplôme."
            }
            Self::Rank => "Moyenne de scores de 1 à 10 ; 10 est le plus fragile. Sert à comparer, pas à compter.",
            Self::CarMinutes => "Temps que la moitié des personnes éloignées du numérique ne dépasse pas.",
            Self::Coverage => "Part des personnes éloignées du numérique dont la commune est à moins de 15 minutes.",
            Self::HoursPerPerson => {
                "Heures d'ouverture à portée en voiture, partagées entre les personnes qui y ont accès."
            }
        }
    }

    /// Unit written after the number.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::NeedShare => "pour 1\u{202f}000",
            Self::Rank => "",
            Self::CarMinutes => "min",
            Self::Coverage => "%",
            Self::HoursPerPerson => "h",
        }
    }

    /// Digits after the decimal mark.
    #[must_use]
    pub fn decimals(self) -> u8 {
        u8::from(self != Self::NeedShare)
    }

    /// Which way is worse.
    #[must_use]
    pub fn worse(self) -> Worse {
        match self {
            Self::NeedShare | Self::Rank | Self::CarMinutes => Worse::Higher,
            Self::Coverage | Self::HoursPerPerson => Worse::Lower,
        }
    }
}

/// The figures of one territory, in the order of [`MapFigure::ALL`], and its persons in need.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Line {
    values: [Option<f64>; 5],
    persons: Option<u64>,
}

/// The figures of every territory; unknown ones are absent.
#[derive(Debug, Default)]
pub struct MapFigures(BTreeMap<Level, Vec<Line>>);

impl MapFigures {
    /// Those of an edition, worked out at the first question.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    /// Works them out. An edition too small for every national number has only figures that need none.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let analysis = atlas.analysis();
        let need = (0..Denominator::PRESETS.len()).find_map(|preset| analysis.need(atlas, preset).ok());
        let line = |communes: &[u32]| line(atlas, analysis, need, communes);
        let above = |level| (level, atlas.territories(level).iter().map(|t| line(&t.communes)).collect());
        let communes = (0..atlas.communes().len() as u32).map(|i| line(&[i])).collect();
        let levels = [Level::Region, Level::Departement, Level::Epci].into_iter().map(above);
        Self(levels.chain([(Level::Commune, communes)]).collect())
    }

    /// A figure of a territory by its row, rounded as it is shown.
    #[must_use]
    pub fn of(&self, level: Level, row: usize, figure: MapFigure) -> Option<f64> {
        let value = self.0.get(&level)?.get(row)?.values[figure as usize]?;
        let scale = 10_f64.powi(i32::from(figure.decimals()));
        Some((value * scale).round() / scale)
    }

    /// Persons in need of a territory by its row.
    #[must_use]
    pub fn persons(&self, level: Level, row: usize) -> Option<u64> {
        self.0.get(&level)?.get(row)?.persons
    }
}

fn line(atlas: &Atlas, analysis: &Analysis, need: Option<&Need>, communes: &[u32]) -> Line {
    let populations = communes.iter().filter_map(|&i| Some((i, atlas.communes()[i as usize].population?.0)));
    let inhabitants: u64 = populations.clone().map(|(_, persons)| u64::from(persons)).sum();
    let ranked = populations.filter_map(|(i, people)| Some((analysis.rank.index[i as usize]?, f64::from(people))));
    let (sum, weight) =
        ranked.fold((0.0, 0.0), |(sum, weight), (index, people)| (sum + index * people, weight + people));
    let mut line = Line::default();
    line.values[MapFigure::Rank as usize] = (weight > 0.0).then(|| sum / weight);
    let Some(need) = need.filter(|_| inhabitants > 0) else { return line };
    let own = |value: &dyn Fn(u32) -> Option<f64>| {
        let persons: Vec<Option<u32>> = communes.iter().map(|&i| need.estimate.persons[i as usize]).collect();
        Sample::new(&communes.iter().map(|&i| value(i)).collect::<Vec<_>>(), &persons)
    };
    let reaches = analysis.access.nearest(Mode::Car);
    let minutes = own(&|i| match reaches[i as usize] {
        Reach::Reached(nearest) => Some(nearest.time.minutes().min(LONGEST_MINUTES)),
        Reach::Unreachable => Some(LONGEST_MINUTES),
        Reach::Unknown => None,
    });
    let near = analysis.coverage(need, reaches, communes, &[THRESHOLDS[THRESHOLD]]);
    let hours = own(&|i| need.hours_per_person[Mode::Car as usize].get(i as usize).copied());
    let persons = need.estimate.total(communes.iter().copied());
    line.persons = Some(persons);
    line.values[MapFigure::NeedShare as usize] = Some(1_000.0 * persons as f64 / inhabitants as f64);
    line.values[MapFigure::CarMinutes as usize] = minutes.quantile(0.5);
    line.values[MapFigure::Coverage as usize] = near.share(0).map(|share| 100.0 * share);
    line.values[MapFigure::HoursPerPerson as usize] = hours.mean();
    line
}
