//! The form of the planner: three questions in one column, further choices below, every value as it was left.

use crate::atlas::Atlas;
use crate::domain::text::fold_place;
use crate::domain::{Level, Territory};
use crate::pages::addresses::territory_value;
use crate::tables::scope::Place;

use super::entries::{Control, Entry, Fault, Group, Maker, OwnedChoice, Part, choice};
use super::further::further;
use super::question::{Question, fair_posts};
use super::words::{MODES, OBJECTIVES};

/// The whole form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The three questions.
    pub questions: Vec<Part>,
    /// Further choices.
    pub further: Vec<Part>,
    /// Whether the further choices are shown: one of them is at fault.
    pub open: bool,
    /// A fault that belongs to no field of the form.
    pub fault: Option<String>,
}

/// The form as it was left. `place` is the territory asked about, where there is such a one.
#[must_use]
pub fn form(atlas: &Atlas, question: &Question, place: Option<&Place>, fault: Option<&Fault>) -> Form {
    let make = Maker::new(question, fault);
    let questions = vec![
        Part { title: "Où ?", entries: vec![territory(atlas, &make, place)] },
        Part {
            title: "Pour quoi ?",
            entries: vec![
                make.select("objective", "Ce qu'on cherche", "", &OBJECTIVES),
                make.number("minutes", "À portée veut dire, en minutes", ""),
                make.select("mode", "Se déplacer", "", &MODES),
            ],
        },
        Part { title: "Avec combien ?", entries: means(atlas, &make, place) },
    ];
    let further = further(&make);
    let mut names = questions.iter().chain(&further).flat_map(|part| &part.entries);
    let orphan = fault.filter(|fault| names.all(|entry| entry.name != fault.field));
    Form {
        open: further.iter().flat_map(|part| &part.entries).any(|entry| entry.fault.is_some()),
        fault: orphan.map(|fault| fault.words.clone()),
        questions,
        further,
    }
}

fn means(atlas: &Atlas, make: &Maker<'_>, place: Option<&Place>) -> Vec<Entry> {
    let (given, budget) = (make.question.value("posts"), make.question.value("budget_eur"));
    let fair =
        place.filter(|_| given.is_empty() && budget.is_empty()).map(|place| fair_posts(atlas, place).to_string());
    let posts = Control::Number(fair.unwrap_or_else(|| given.to_owned()));
    let hint = "Le plan national de 2021 en prévoyait encore 2\u{202f}400 pour toute la France.";
    vec![
        make.entry("posts", "Nombre de postes à ajouter", hint, posts),
        make.number("budget_eur", "ou budget, en euros par an", "S'il est indiqué, il remplace le nombre de postes."),
    ]
}

/// France, régions, départements; the intercommunalités of the département that is chosen; whatever else was chosen.
fn territory(atlas: &Atlas, make: &Maker<'_>, place: Option<&Place>) -> Entry {
    let present = make.question.value("territory");
    let group = |title: &str, level: Level, keep: &dyn Fn(&Territory) -> bool| {
        let kept = atlas.territories(level).iter().filter(|territory| keep(territory));
        let mut choices: Vec<OwnedChoice> = kept
            .map(|territory| {
                let value = territory_value(level, &territory.code);
                choice(&value, &territory.name, value == present)
            })
            .collect();
        choices.sort_by_cached_key(|choice| fold_place(&choice.label));
        Group { title: title.to_owned(), choices }
    };
    let mut groups =
        vec![Group { title: String::new(), choices: vec![choice("france", "Toute la France", present == "france")] }];
    if let Some(place) = place.filter(|place| place.level == Some(Level::Departement)) {
        let inside = |territory: &Territory| territory.communes.iter().any(|commune| place.communes.contains(commune));
        groups.push(group(&format!("Intercommunalités\u{a0}: {}", place.name), Level::Epci, &inside));
    }
    groups.push(group("Départements", Level::Departement, &|_| true));
    groups.push(group("Régions", Level::Region, &|_| true));
    if groups.iter().flat_map(|group| &group.choices).all(|choice| !choice.selected) {
        let label = place.map_or(present, |place| place.name.as_str());
        groups.insert(1, Group { title: "Choisi".into(), choices: vec![choice(present, label, true)] });
    }
    groups.retain(|group| !group.choices.is_empty());
    let hint = "Une intercommunalité ou une commune se choisit depuis sa page.";
    make.entry("territory", "Territoire", hint, Control::Select(groups))
}
