//! How evenly help is shared, in plain French, with the curve that says the same.

use std::fmt::Write;

use crate::domain::CommuneIx;
use crate::domain::Density;
use crate::domain::equity::Sample;
use crate::pages::figures::words;
use crate::tables::french;
use crate::tables::scope::Place;

use super::lens::Lens;

/// Points of the curve, and side of its drawing.
const STEPS: u32 = 40;
const SIDE: f64 = 200.0;

/// What is said of the sharing.
#[derive(Debug, Clone, PartialEq)]
pub struct Equity {
    /// Sentences.
    pub sentences: Vec<String>,
    /// The Lorenz curve as the `d` of a `path` in a square of 200; empty when there is nothing to share.
    pub curve: String,
    /// What the curve says, for who cannot see it.
    pub curve_said: String,
    /// By how densely communes are peopled.
    pub kinds: Vec<DensityGroup>,
}

/// Persons of one kind of commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DensityGroup {
    /// What kind.
    pub name: &'static str,
    /// Persons in need.
    pub persons: String,
    /// Minutes that half of them do not exceed.
    pub minutes: String,
    /// Their mean hours.
    pub hours: String,
}

/// Looks at the communes of a territory. `None` for one commune, inside which nothing is compared.
#[must_use]
pub fn equity(lens: &Lens<'_>, place: &Place) -> Option<Equity> {
    if place.communes.len() < 2 {
        return None;
    }
    let hours = lens.basis.hours(&place.communes);
    let lorenz = hours.lorenz(STEPS);
    let half = lorenz.get(STEPS as usize / 2).map(|(_, held)| 100.0 * held);
    Some(Equity {
        sentences: sentences(lens, &hours, half),
        curve: curve(&lorenz),
        curve_said: half.map_or_else(String::new, |half| {
            let half = french::measure(half, 0, "%");
            format!("Courbe de Lorenz : la moitié la moins bien servie des personnes a {half} des heures.")
        }),
        kinds: kinds(lens, place),
    })
}

fn sentences(lens: &Lens<'_>, hours: &Sample, half: Option<f64>) -> Vec<String> {
    let (Some(gini), Some(tails), Some(worst)) = (hours.gini(), hours.tails(), hours.worst_tenth()) else {
        return vec!["Le partage des heures n'est pas connu.".into()];
    };
    let reading = match gini {
        even if even < 0.2 => "un partage assez égal",
        some if some < 0.35 => "un partage inégal",
        _ => "un partage très inégal",
    };
    let mut sentences = vec![format!(
        "Indice de Gini des heures d'ouverture à portée {} : {} (0 : chacun a autant ; 1 : un seul a tout). C'est {reading}.",
        lens.view.mode.words(),
        french::decimal(gini, 2)
    )];
    if let Some(half) = half {
        let half = french::measure(half, 0, "%");
        sentences.push(format!("La moitié des personnes, la moins bien servie, a {half} des heures."));
    }
    let (low, high) = (french::measure(tails.p10, 1, "h"), french::measure(tails.p90, 1, "h"));
    sentences.push(match tails.ratio() {
        Some(ratio) => format!(
            "Une personne sur dix a {low} par an ou moins ; une sur dix, {high} ou plus : {} fois plus (rapport P90/P10).",
            french::decimal(ratio, 1)
        ),
        None => format!("Une personne sur dix n'a aucune heure à portée ; une sur dix a {high} par an ou plus."),
    });
    sentences.push(format!(
        "Le dixième le moins bien servi a en moyenne {} par personne et par an, soit {} de toutes les heures au lieu de 10\u{a0}%.",
        french::measure(worst.mean, 1, "h"),
        french::measure(100.0 * worst.share, 1, "%")
    ));
    sentences
}

fn curve(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (i, (persons, held)) in points.iter().enumerate() {
        let mark = if i == 0 { 'M' } else { 'L' };
        let _ = write!(d, "{mark}{:.1} {:.1}", persons * SIDE, (1.0 - held) * SIDE);
    }
    d
}

fn kinds(lens: &Lens<'_>, place: &Place) -> Vec<DensityGroup> {
    let names = [
        (Some(Density::Dense), "Communes denses (1\u{202f}500 habitants au km² ou plus)"),
        (Some(Density::Intermediate), "Communes intermédiaires (de 300 à 1\u{202f}500)"),
        (Some(Density::Sparse), "Communes peu denses (moins de 300)"),
        (None, "Densité inconnue"),
    ];
    let kind = |(kind, name): (Option<Density>, &'static str)| {
        let is_such = |i: &CommuneIx| Density::of(&lens.atlas.communes()[*i]) == kind;
        let communes: Vec<CommuneIx> = place.communes.iter().copied().filter(is_such).collect();
        let summary = lens.of_part(place, name, &communes);
        let told = |id: &str| words(&lens.figure(id), &summary);
        (!communes.is_empty()).then(|| DensityGroup {
            name,
            persons: told("persons_in_need"),
            minutes: told("minutes_median"),
            hours: told("hours_per_person_year"),
        })
    };
    names.into_iter().filter_map(kind).collect()
}
