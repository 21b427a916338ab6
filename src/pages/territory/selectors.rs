//! The choices of the form, of the links that sort, and of the downloads.

use crate::access::{Mode, Threshold};
use crate::domain::Level;
use crate::domain::need::Preset;

use crate::tables::scope::Place;

use super::lens::Lens;
use super::place::levels_below;
use super::view::{Order, View};

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As in the address.
    pub value: &'static str,
    /// What a visitor reads.
    pub label: String,
    /// Whether it is the present one.
    pub selected: bool,
}

/// A list of choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// Name in the address.
    pub name: &'static str,
    /// What a visitor reads.
    pub label: &'static str,
    /// The entries.
    pub choices: Vec<Choice>,
}

/// A link that may be the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What a visitor reads.
    pub words: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the present one.
    pub current: bool,
}

/// The lists of the form.
#[must_use]
pub fn selects(lens: &Lens<'_>, place: &Place, level: Option<Level>) -> Vec<Select> {
    let view = lens.view;
    let presets = Preset::ALL.iter().map(|preset| Choice {
        value: preset.id,
        label: preset.label.into(),
        selected: preset.id == lens.preset.id,
    });
    let modes = [Mode::Car, Mode::Bicycle, Mode::Walk].into_iter().map(|mode| Choice {
        value: mode.slug(),
        label: mode.words().into(),
        selected: mode == view.mode,
    });
    let thresholds = Threshold::ALL.into_iter().map(|threshold| Choice {
        value: threshold.name(),
        label: format!("{}\u{a0}minutes", threshold.name()),
        selected: threshold == view.threshold,
    });
    let levels = levels_below(place).iter().map(|below| Choice {
        value: below.plural(),
        label: level_words(*below).into(),
        selected: level == Some(*below),
    });
    let mut selects = vec![
        Select { name: "denominateur", label: "Chiffre national", choices: presets.collect() },
        Select { name: "mode", label: "Se déplacer", choices: modes.collect() },
        Select { name: "seuil", label: "En moins de", choices: thresholds.collect() },
    ];
    if levels_below(place).len() > 1 {
        selects.push(Select { name: "par", label: "Détail par", choices: levels.collect() });
    }
    selects
}

/// A level, after « Détail par » or « par ».
#[must_use]
pub fn level_words(level: Level) -> &'static str {
    match level {
        Level::Region => "région",
        Level::Departement => "département",
        Level::Epci => "intercommunalité",
        Level::Commune => "commune",
    }
}

/// The same of several.
#[must_use]
pub fn levels_words(level: Level) -> &'static str {
    match level {
        Level::Region => "régions",
        Level::Departement => "départements",
        Level::Epci => "intercommunalités",
        Level::Commune => "communes",
    }
}

/// The links that sort the table.
#[must_use]
pub fn sorts(view: View, path: &str) -> Vec<Link> {
    let link = |order: Order| Link {
        words: order.words().into(),
        href: format!("{}#tableau", View { order, ..view }.address(path)),
        current: order == view.order,
    };
    Order::ALL.map(link).to_vec()
}

/// What can be downloaded of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The subject.
    pub title: &'static str,
    /// Format and address.
    pub files: Vec<(&'static str, String)>,
}

/// A title, the subject in the address, and the choices that follow it.
type Subject<'c> = (&'static str, &'static str, &'c [(&'c str, &'c str)]);

/// The addresses of the data of a territory, commune by commune, under the same choices as the page.
#[must_use]
pub fn downloads(lens: &Lens<'_>, place: &Place) -> Vec<Download> {
    if place.district.is_some() {
        // Every other file tells of whole communes.
        return Vec::new();
    }
    let number = ("denominator", lens.preset.id);
    let mode = ("mode", lens.view.mode.name());
    let minutes = ("threshold_min", lens.view.minutes());
    let left_out = ("table", "left_out");
    let subjects: [Subject<'_>; 5] = [
        ("Besoin", "need", &[number]),
        ("Temps d'accès et heures par personne", "access", &[number, mode]),
        ("Couverture", "coverage", &[number, mode]),
        ("Équité", "equity", &[number, mode]),
        ("Communes au-delà du seuil", "equity", &[number, mode, minutes, left_out]),
    ];
    let formats = [("CSV", "csv"), ("XLSX", "xlsx"), ("GeoJSON", "geojson")];
    let download = |(title, subject, choices): Subject<'_>| {
        let chosen: String = choices.iter().map(|(name, value)| format!("&{name}={value}")).collect();
        let file = |(name, format): (&'static str, &str)| {
            (name, format!("/api/{subject}?territory={}&by=communes{chosen}&format={format}", place.path()))
        };
        Download { title, files: formats.map(file).to_vec() }
    };
    subjects.map(download).to_vec()
}
