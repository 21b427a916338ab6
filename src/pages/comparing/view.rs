//! Two things compared, as a planner reads them: one sentence, the figures side by side, the sites of both and of one, who
//! receives what.

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::http::State;
use crate::pages::planner::{Line, Question, Shares, counted, heading, line_of};
use crate::pages::territory::href;
use crate::pages::territory::selectors::levels_words;
use crate::pages::what_if::Scene;
use crate::planning::{Compared, ComparedTerritory, NewSite, Request, Side, compare};
use crate::scenario::resolve;
use crate::searches::report;
use crate::searches::sentence::percent;
use crate::tables::french;
use crate::tables::scope::Place;

use super::drawing::{Panel, panels};
use super::operand::Ready;

/// Most territories of a level that are told one by one.
const MOST: usize = 150;

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
}

/// Compares.
///
/// # Errors
/// Why there is no comparison, in French.
pub fn view(state: &State, ready: [Ready; 2], address: &str) -> Result<View, String> {
    let atlas: &Atlas = &state.atlas;
    let mut cautions = Vec::new();
    let request = measure(atlas, &ready)?;
    let mut sides = Vec::new();
    for one in &ready {
        sides.push(side(atlas, one, &mut cautions)?);
    }
    let of_plans = ready.iter().filter_map(|ready| match ready {
        Ready::Plan(solved, _) => Some(&solved.asked.request),
        _ => None,
    });
    let others: Vec<&Request> = of_plans.filter(|other| !same_measure(other, &request)).collect();
    if !others.is_empty() {
        cautions.push(
            "Les deux plans n'ont pas été cherchés pour les mêmes personnes, le même trajet ou le même existant\u{a0}: ici tous deux \
             sont comptés comme A."
                .to_owned(),
        );
    }
    let wrong = |error: crate::planning::RequestError| format!("ces deux plans ne se comptent pas ensemble ({error}).");
    let compared = compare(atlas, &request, [&sides[0], &sides[1]]).map_err(wrong)?;
    if compared.idle_closures > 0 {
        cautions.push(format!(
            "{} de la comparaison ne changent rien ici\u{a0}: ce lieu n'est pas de ceux que la mesure compte comme déjà là.",
            french::count(compared.idle_closures as u64, "fermeture", "fermetures")
        ));
    }
    let place = report::place(atlas, &request.territory);
    let letters = ["A", "B"];
    let told = |which: usize| Told {
        letter: letters[which],
        title: title(atlas, &ready[which], &sides[which]),
        href: match &ready[which] {
            Ready::Today => None,
            Ready::Plan(_, address) => Some(address.clone()),
            Ready::WhatIf(scene) => Some(scene.address()),
        },
        alone: alone(atlas, &sides[which], &compared, which),
    };
    Ok(View {
        sentence: sentence(&compared, [&sides[0], &sides[1]]),
        figures: figures(&compared, [&sides[0], &sides[1]]),
        shared: compared.shared.iter().map(|&(rank, _)| named(atlas, &sides[0].sites[rank])).collect(),
        shares: shares(atlas, &compared, &place),
        panels: panels(state, &place, &compared, [&sides[0], &sides[1]]),
        sides: [told(0), told(1)],
        measure: counted(&Question::of_request(&request)),
        place_href: (place.code != "polygon").then(|| href(&place)),
        place: place.name,
        cautions,
        address: address.to_owned(),
    })
}

/// The question whose people, ways and existing posts both are counted with: that of the first plan, else of the what-if.
fn measure(atlas: &Atlas, ready: &[Ready; 2]) -> Result<Request, String> {
    for one in ready {
        if let Ready::Plan(solved, _) = one {
            return Ok(solved.asked.request.clone());
        }
    }
    let scene = ready.iter().find_map(|ready| match ready {
        Ready::WhatIf(scene) => Some(scene),
        _ => None,
    });
    let scene = scene
        .ok_or("aujourd'hui ne se compare qu'à autre chose\u{a0}: collez l'adresse d'un plan ou d'un scénario.")?;
    let territory = scene.place.level.map_or_else(|| "france".to_owned(), |_| scene.place.path());
    let usual = crate::tables::choices::need(atlas, scene.view.preset).map_or("", |(preset, _)| preset.id);
    let pairs = [
        ("territory", territory.as_str()),
        ("existing", "venues"),
        ("mode", scene.view.mode.name()),
        ("minutes", scene.view.minutes()),
        ("denominator", usual),
    ];
    let pairs: Vec<(String, String)> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Request::from_pairs(&pairs).map_err(|error| format!("ce scénario ne peut être compté ({error})."))
}

fn same_measure(one: &Request, other: &Request) -> bool {
    one.territory == other.territory
        && one.demand == other.demand
        && one.denominator.id == other.denominator.id
        && one.reach == other.reach
        && one.existing == other.existing
        && one.conventions == other.conventions
}

fn side(atlas: &Atlas, ready: &Ready, cautions: &mut Vec<String>) -> Result<Side, String> {
    match ready {
        Ready::Today => Ok(Side::default()),
        Ready::Plan(solved, _) => Ok(Side::of_plan(&solved.answer)),
        Ready::WhatIf(scene) => imagined(atlas, scene, cautions),
    }
}

/// What a what-if opens and closes; a venue that moves does both.
fn imagined(atlas: &Atlas, scene: &Scene, cautions: &mut Vec<String>) -> Result<Side, String> {
    let question =
        resolve(scene.whole(), atlas).map_err(|_| "ce scénario ne vaut plus dans cette édition.".to_owned())?;
    let site = |id: String, name: String, position| NewSite {
        id,
        name,
        stops: vec![(position, atlas.commune_at(position))],
        posts: 1,
        cost_eur: None,
    };
    let names = question.document.add.iter().map(|added| added.name.clone());
    let added = (1..).zip(question.added.iter().zip(names)).map(|(number, (opening, name))| {
        let name = name.unwrap_or_else(|| format!("Lieu {number}"));
        site(format!("et-si-{number}"), name, opening.position)
    });
    let moved = question.moved.iter().map(|(&venue, &position)| {
        let venue = &atlas.venues()[venue];
        site(format!("et-si-{}", venue.id), format!("{}, déplacé", venue.name), position)
    });
    let gone = question.closed.iter().chain(question.moved.keys());
    if !question.timed.is_empty() || !question.stopped.is_empty() {
        cautions.push("Les horaires et les conventions du scénario ne sont pas dans cette comparaison\u{a0}: elle compte qui est à portée.".to_owned());
    }
    Ok(Side {
        sites: added.chain(moved).collect(),
        closed: gone.map(|&venue| atlas.venues()[venue].id.clone()).collect(),
    })
}

fn title(atlas: &Atlas, ready: &Ready, side: &Side) -> String {
    match ready {
        Ready::Today => "Aujourd'hui, rien de plus".to_owned(),
        Ready::Plan(solved, _) => format!(
            "{}, {} ({})",
            report::place(atlas, &solved.asked.request.territory).name,
            french::count(posts(side), "poste nouveau", "postes nouveaux"),
            solved.asked.request.objective.kind.title
        ),
        Ready::WhatIf(scene) => format!(
            "Et si… à {}\u{a0}: {}, {}",
            scene.place.name,
            french::count(side.sites.len() as u64, "lieu ouvre", "lieux ouvrent"),
            french::count(side.closed.len() as u64, "ferme", "ferment")
        ),
    }
}

fn posts(side: &Side) -> u64 {
    side.sites.iter().map(|site| site.posts).sum()
}

/// Euros a year; nothing where one of the sites has no price.
fn cost(side: &Side) -> Option<u64> {
    side.sites.iter().map(|site| site.cost_eur).sum()
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

/// « B couvre 1 200 personnes de plus que A, avec 2 postes de moins. 4 sites sont dans les deux. »
fn sentence(compared: &Compared, sides: [&Side; 2]) -> String {
    let [_, first, second] = compared.covered;
    let covers = match second.cmp(&first) {
        std::cmp::Ordering::Equal => "A et B ont autant de personnes à portée".to_owned(),
        std::cmp::Ordering::Greater => {
            format!("B a {} à portée de plus que A", french::count(second - first, "personne", "personnes"))
        }
        std::cmp::Ordering::Less => {
            format!("B a {} à portée de moins que A", french::count(first - second, "personne", "personnes"))
        }
    };
    let [one, other] = sides.map(posts);
    let with = match other.cmp(&one) {
        std::cmp::Ordering::Equal => format!(", avec autant de postes nouveaux ({})", french::integer(one)),
        std::cmp::Ordering::Greater => format!(", avec {} de plus", french::count(other - one, "poste", "postes")),
        std::cmp::Ordering::Less => format!(", avec {} de moins", french::count(one - other, "poste", "postes")),
    };
    let both = match (compared.shared.len(), one, other) {
        (_, 0, _) | (_, _, 0) => String::new(),
        (0, ..) => " Aucun site n'est dans les deux.".to_owned(),
        (1, ..) => " Un seul site est dans les deux.".to_owned(),
        (many, ..) => format!(" {many} sites sont dans les deux."),
    };
    format!("{covers}{with}.{both}")
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
    let ([one, other], [cost_one, cost_other]) = (sides.map(posts), sides.map(cost));
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
        rows.truncate(MOST);
        let summary = match level {
            Level::Commune => {
                format!("Les {} communes où ils diffèrent, sur {}", rows.len(), french::integer(all as u64))
            }
            _ => format!("Les {} {}", rows.len(), levels_words(level)),
        };
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
