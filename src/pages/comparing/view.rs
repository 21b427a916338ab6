//! Two things compared, as a planner reads them: one sentence, the figures side by side, the sites of both and of one, who
//! receives what.

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::http::State;
use crate::pages::params::query;
use crate::pages::planner::{Line, Question, Shares, counted, heading, line_of};
use crate::pages::territory::href;
use crate::pages::territory::selectors::levels_words;
use crate::pages::what_if::Scene;
use crate::planning::{Compared, ComparedTerritory, NewSite, Request, Side};
use crate::scenario::address::address as of_document;
use crate::scenario::resolve;
use crate::searches::compared::{Comparison, Operand, compared, sentence_of};
use crate::searches::report;
use crate::searches::sentence::percent;
use crate::tables::french;
use crate::tables::scope::Place;

use super::drawing::{Panel, panels};
use super::operand::{Given, Ready};

/// Most territories of a level that are told one by one.
const MOST: usize = 150;

/// What the two are called.
const LETTERS: [&str; 2] = ["A", "B"];

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the template says what each is for")]
pub struct Told {
    pub letter: &'static str,
    pub title: String,
    pub href: Option<String>,
    /// Its own sites.
    pub alone: Vec<String>,
}

/// Everything the page says.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the template says what each is for")]
pub struct View {
    /// « deux plans comparés ».
    pub heading: &'static str,
    /// Whether either has sites of its own: today has none.
    pub has_sites: bool,
    pub place: String,
    pub place_href: Option<String>,
    pub sentence: String,
    pub sides: [Told; 2],
    pub figures: Vec<Line>,
    pub shared: Vec<String>,
    pub shares: Vec<Shares>,
    pub panels: Vec<Panel>,
    pub measure: String,
    pub cautions: Vec<String>,
    pub address: String,
    /// The same figures as files, where the API can be asked for both.
    pub files: Vec<(&'static str, String)>,
}

/// Compares.
///
/// # Errors
/// Why there is no comparison, in French.
pub fn view(state: &State, given: [Given; 2], address: &str) -> Result<View, String> {
    let atlas: &Atlas = &state.atlas;
    let mut cautions = Vec::new();
    let [first, second] = &given;
    let operands = [operand(state, first, &mut cautions)?, operand(state, second, &mut cautions)?];
    let found = compared(atlas, operands).map_err(|error| match error {
        Some(error) => format!("ces deux plans ne se comptent pas ensemble ({error})."),
        None => {
            "aujourd'hui ne se compare qu'à autre chose\u{a0}: collez l'adresse d'un plan ou d'un scénario, ou dites \
                 quoi compter (aujourdhui?territory=departements/87&existing=venues&edition=…)."
                .to_owned()
        }
    })?;
    let Comparison { request, sides, compared, same_measure, .. } = &found;
    if !same_measure {
        cautions.push(format!(
            "Les deux ne demandent pas de compter les mêmes personnes, le même trajet ou le même existant\u{a0}: ici tous deux sont \
             comptés comme {}.",
            LETTERS[found.measured_by]
        ));
    }
    if compared.idle_closures > 0 {
        cautions.push(format!(
            "{} de la comparaison ne changent rien ici\u{a0}: ce lieu n'est pas de ceux que la mesure compte comme déjà là.",
            french::count(compared.idle_closures as u64, "fermeture", "fermetures")
        ));
    }
    if found.editions.iter().any(Option::is_some) {
        cautions.push(
            "Deux éditions\u{a0}: les personnes, les trajets et les territoires sont ceux d'aujourd'hui, seuls les lieux sont ceux de \
             chaque édition. Une différence peut venir d'une liste mieux remplie autant que d'un lieu qui ouvre."
                .to_owned(),
        );
    }
    let place = report::place(atlas, &request.territory);
    let territories = given.each_ref().map(territory);
    if territories.iter().flatten().any(|territory| territory.path() != place.path()) {
        cautions.push(format!(
            "Les deux ne portent pas sur le même territoire\u{a0}: seules les personnes de {} sont comptées, et ce que l'autre apporte \
             ailleurs ne l'est pas.",
            place.name
        ));
    }
    let told = |which: usize| {
        let Given { ready, there, .. } = &given[which];
        Told {
            letter: LETTERS[which],
            title: title(there, state, ready, &sides[which]),
            href: match ready {
                Ready::Today(_) => None,
                Ready::Plan(_, address) => Some(address.clone()),
                Ready::WhatIf(scene) => Some(scene.address()),
            },
            alone: alone(atlas, &sides[which], compared, which),
        }
    };
    let both = [&sides[0], &sides[1]];
    let are_today = given.iter().all(|one| matches!(one.ready, Ready::Today(_)));
    Ok(View {
        heading: if are_today { "deux éditions comparées" } else { "deux plans comparés" },
        has_sites: !are_today,
        sentence: sentence_of(compared, both),
        figures: figures(compared, both),
        shared: compared.shared.iter().map(|&(rank, _)| named(atlas, &sides[0].sites[rank])).collect(),
        shares: shares(atlas, compared, &place),
        panels: panels(state, &place, compared, both),
        sides: [told(0), told(1)],
        measure: counted(&Question::of_request(request)),
        place_href: (place.code != "polygon").then(|| href(&place)),
        place: place.name,
        cautions,
        address: address.to_owned(),
        files: files(&given),
    })
}

/// The territory of a plan or a what-if; what exists today has none of its own.
fn territory(given: &Given) -> Option<Place> {
    match &given.ready {
        Ready::Today(_) => None,
        Ready::Plan(solved, _) => Some(report::place(&given.there.atlas, &solved.asked.request.territory)),
        Ready::WhatIf(scene) => Some(scene.place.clone()),
    }
}

/// What to take away: titles and addresses. A what-if that no address of the API can hold has none.
fn files(given: &[Given; 2]) -> Vec<(&'static str, String)> {
    const FILES: [(&str, &str, &str); 5] = [
        ("Classeur XLSX, toutes les tables", "xlsx", "territories"),
        ("Par territoire, CSV pour Excel", "csv-fr", "territories"),
        ("Communes qui diffèrent, GeoJSON", "geojson", "communes"),
        ("Sites, GeoJSON", "geojson", "sites"),
        ("Tout, JSON pour programmes", "json", "territories"),
    ];
    let of = |given: &Given| match &given.ready {
        Ready::Today(_) => Some(given.text.clone()),
        Ready::Plan(_, address) => Some(address.clone()),
        Ready::WhatIf(scene) => {
            let (preset, _) = crate::tables::choices::need(&given.there.atlas, scene.view.preset).ok()?;
            of_document(&scene.whole(), "", preset)
        }
    };
    let (Some(first), Some(second)) = (of(&given[0]), of(&given[1])) else { return Vec::new() };
    let file = |(title, format, table): (&'static str, &str, &str)| {
        let asked = query(&[("a", &first), ("b", &second), ("table", table), ("format", format)]);
        (title, format!("/api/comparison{asked}"))
    };
    FILES.map(file).into()
}

/// One of the two as it is counted.
fn operand(state: &State, given: &Given, cautions: &mut Vec<String>) -> Result<Operand, String> {
    let Given { ready, there, .. } = given;
    let elsewhere = (there.id() != state.id()).then(|| there.atlas.clone());
    let of = |measure: Option<Request>, is_plan, side| Operand { measure, is_plan, side, elsewhere };
    Ok(match ready {
        Ready::Today(measure) => of(measure.as_deref().cloned(), false, Side::default()),
        Ready::Plan(solved, _) => of(Some(solved.asked.request.clone()), true, Side::of_plan(&solved.answer)),
        Ready::WhatIf(scene) => {
            let (measure, side) = imagined(&there.atlas, scene, cautions)?;
            of(Some(measure), false, side)
        }
    })
}

/// What a what-if opens and closes, and what it is counted with.
fn imagined(atlas: &Atlas, scene: &Scene, cautions: &mut Vec<String>) -> Result<(Request, Side), String> {
    let question =
        resolve(scene.whole(), atlas).map_err(|_| "ce scénario ne vaut plus dans cette édition.".to_owned())?;
    if !question.timed.is_empty() || !question.stopped.is_empty() {
        cautions.push("Les horaires et les conventions du scénario ne sont pas dans cette comparaison\u{a0}: elle compte qui est à portée.".to_owned());
    }
    let names = question.document.add.iter().map(|added| added.name.clone());
    let opened = names.zip(question.added.iter().map(|opening| opening.position));
    let side = Side::imagined(atlas, opened, &question.moved, &question.closed);
    let territory = scene.place.level.map_or_else(|| "france".to_owned(), |_| scene.place.path());
    let usual = crate::tables::choices::need(atlas, scene.view.preset).map_or("", |(preset, _)| preset.id);
    let measure = Request::of_venues(&territory, scene.view.mode.name(), scene.view.minutes(), usual);
    Ok((measure.map_err(|error| format!("ce scénario ne peut être compté ({error})."))?, side))
}

fn title(there: &State, state: &State, ready: &Ready, side: &Side) -> String {
    let atlas = &there.atlas;
    let told = match ready {
        Ready::Today(_) => "Ce qui existe, rien de plus".to_owned(),
        Ready::Plan(solved, _) => format!(
            "{}, {} ({})",
            report::place(atlas, &solved.asked.request.territory).name,
            french::count(side.posts(), "poste nouveau", "postes nouveaux"),
            solved.asked.request.objective.kind.title
        ),
        Ready::WhatIf(scene) => format!(
            "Et si… à {}\u{a0}: {}, {}",
            scene.place.name,
            french::count(side.sites.len() as u64, "lieu ouvre", "lieux ouvrent"),
            french::count(side.closed.len() as u64, "ferme", "ferment")
        ),
    };
    if there.id() == state.id() {
        return told;
    }
    let edition = there.title();
    format!("{told}, dans l'édition {}", edition.as_of.map_or(edition.id, french::date))
}

fn named(atlas: &Atlas, site: &NewSite) -> String {
    let commune =
        site.stops.first().and_then(|(_, commune)| *commune).map(|commune| atlas.communes()[commune].name.as_str());
    match commune.filter(|commune| !site.name.contains(commune)) {
        Some(commune) => format!("{}, {commune}", site.name),
        None => site.name.clone(),
    }
}

fn alone(atlas: &Atlas, side: &Side, compared: &Compared, which: usize) -> Vec<String> {
    let shared = |rank: usize| compared.shared.iter().any(|pair| [pair.0, pair.1][which] == rank);
    side.sites.iter().enumerate().filter(|(rank, _)| !shared(*rank)).map(|(_, site)| named(atlas, site)).collect()
}

/// What a table of territories holds: all of a level, the communes that differ, or the first of them.
fn summary_of(level: Level, told: usize, all: usize) -> String {
    let first = if told > MOST { format!("\u{a0}: les {MOST} plus grands écarts") } else { String::new() };
    match level {
        Level::Commune => format!(
            "{} où ils diffèrent, sur {}{first}",
            french::count(told as u64, "commune", "communes"),
            french::integer(all as u64)
        ),
        _ => format!("Les {} {}{first}", french::integer(told as u64), levels_words(level)),
    }
}

/// A difference with its sign.
fn signed(from: u64, to: u64) -> String {
    match to.cmp(&from) {
        std::cmp::Ordering::Equal => "0".to_owned(),
        std::cmp::Ordering::Greater => format!("+\u{a0}{}", french::integer(to - from)),
        std::cmp::Ordering::Less => format!("−\u{a0}{}", french::integer(from - to)),
    }
}

fn figures(compared: &Compared, sides: [&Side; 2]) -> Vec<Line> {
    let [today, first, second] = compared.covered;
    let share = |part: u64| percent(100.0 * part as f64 / compared.persons.max(1) as f64);
    let minutes =
        |minutes: Option<f64>| minutes.map_or_else(|| "—".to_owned(), |value| french::measure(value, 1, "min"));
    let line = |title: &str, cells: [String; 4]| Line { title: title.to_owned(), href: None, cells: cells.into() };
    let euros = |cost: Option<u64>| {
        cost.map_or_else(|| "inconnu".to_owned(), |cost| format!("{}\u{a0}€", french::integer(cost)))
    };
    let ([one, other], [cost_one, cost_other]) = (sides.map(Side::posts), sides.map(Side::cost_eur));
    let minutes_apart = match (compared.minutes[1], compared.minutes[2]) {
        (Some(a), Some(b)) if (b - a).abs() < 0.05 => "0".to_owned(),
        (Some(a), Some(b)) if b > a => format!("+\u{a0}{}", french::measure(b - a, 1, "min")),
        (Some(a), Some(b)) => format!("−\u{a0}{}", french::measure(a - b, 1, "min")),
        _ => "—".to_owned(),
    };
    vec![
        line(
            "Personnes à portée",
            [french::integer(today), french::integer(first), french::integer(second), signed(first, second)],
        ),
        line("Part des personnes comptées", [share(today), share(first), share(second), String::new()]),
        line(
            "Trajet moyen jusqu'au plus proche",
            [minutes(compared.minutes[0]), minutes(compared.minutes[1]), minutes(compared.minutes[2]), minutes_apart],
        ),
        line("Postes nouveaux", ["0".to_owned(), french::integer(one), french::integer(other), signed(one, other)]),
        line(
            "Par an",
            [
                euros(Some(0)),
                euros(cost_one),
                euros(cost_other),
                match (cost_one, cost_other) {
                    (Some(a), Some(b)) => format!("{}\u{a0}€", signed(a, b)),
                    _ => "—".to_owned(),
                },
            ],
        ),
    ]
}

fn shares(atlas: &Atlas, compared: &Compared, place: &Place) -> Vec<Shares> {
    let levels = match place.level {
        None if place.code != "polygon" => [Level::Region, Level::Departement],
        Some(Level::Region) => [Level::Departement, Level::Epci],
        _ => [Level::Epci, Level::Commune],
    };
    let told = levels.into_iter().map(|level| {
        let mut rows: Vec<ComparedTerritory> = if level == Level::Commune {
            communes(atlas, compared)
        } else {
            compared.territories.iter().filter(|of| of.level == level).cloned().collect()
        };
        rows.sort_by_key(|of| {
            (std::cmp::Reverse(of.covered[2].abs_diff(of.covered[1])), std::cmp::Reverse(of.persons))
        });
        let all = rows.len();
        // Communes where nothing differs are left out: they are too many.
        rows.retain(|of| level != Level::Commune || of.covered[1] != of.covered[2]);
        let summary = summary_of(level, rows.len(), all);
        rows.truncate(MOST);
        let lines: Vec<Line> = rows.iter().map(|of| line(atlas, of)).collect();
        // One territory shares out nothing; one commune that differs is told.
        (lines.len() > usize::from(level != Level::Commune)).then(|| Shares { title: heading(level), summary, lines })
    });
    told.flatten().collect()
}

/// Communes as territories of their own; posts are not told by commune.
fn communes(atlas: &Atlas, compared: &Compared) -> Vec<ComparedTerritory> {
    let of = |&(commune, persons, covered): &(crate::domain::CommuneIx, u64, [u64; 3])| ComparedTerritory {
        level: Level::Commune,
        code: Some(atlas.communes()[commune].code.to_string()),
        posts: [0; 2],
        persons,
        covered,
    };
    compared.communes.iter().map(of).collect()
}

fn line(atlas: &Atlas, of: &ComparedTerritory) -> Line {
    let [today, first, second] = of.covered;
    let posts = |posts: u64| if of.level == Level::Commune { String::new() } else { french::integer(posts) };
    let cells = vec![
        posts(of.posts[0]),
        posts(of.posts[1]),
        french::integer(of.persons),
        french::integer(today),
        french::integer(first),
        french::integer(second),
        signed(first, second),
    ];
    line_of(atlas, of.level, of.code.as_deref(), cells)
}
