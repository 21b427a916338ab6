//! A plan as a planner reads it: the sentence, the sites with their reasons, who is left out, what else could be done.

use crate::atlas::Atlas;
use crate::domain::Level;
use crate::domain::need::Denominator;
use crate::http::State;
use crate::http::pages::french;
use crate::http::pages::territory::{href, href_of};
use crate::http::placements::{Solved, report};
use crate::planning::{Answer, Measure, SiteAnswer, Status, Strawman, Variant};

use super::curves::{NextPost, next_post};
use super::figures::{minutes, percent, said, sentence};
use super::map::{Panel, panels};
use super::question::Question;
use super::words::{CANDIDATES, DEMANDS, EXISTING, MODES, OBJECTIVES, named, word};

/// Communes named in a reason.
const NAMED: usize = 2;
/// Communes that are left out and named.
const LEFT_OUT: usize = 40;
/// Sites in the table; the files hold them all.
const SITES: usize = 200;

/// A figure with its title and what it stands beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The number.
    pub value: String,
    /// What it counts.
    pub title: &'static str,
    /// What it stands beside.
    pub beside: String,
}

/// One site with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    /// Number on the map.
    pub rank: u32,
    /// Name, with the commune where that says more.
    pub name: String,
    /// The page of its commune.
    pub href: Option<String>,
    /// Posts, when there is more than one.
    pub posts: String,
    /// Why it is there when nobody chose it.
    pub note: String,
    /// Who gains.
    pub who: String,
    /// Minutes saved.
    pub minutes: String,
    /// What the plan loses without it.
    pub without: String,
    /// What would replace it.
    pub second: String,
}

/// A line of two or three cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// First cell.
    pub title: String,
    /// Where it leads, if anywhere.
    pub href: Option<String>,
    /// The others.
    pub cells: Vec<String>,
}

/// Everything the page says of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub place: String,
    pub place_href: Option<String>,
    pub sentence: String,
    pub keys: Vec<Key>,
    pub panels: Vec<Panel>,
    pub existing: bool,
    pub sites: Vec<SiteRow>,
    pub more_sites: String,
    pub left_out: Vec<Line>,
    pub left_out_sum: String,
    pub more_left_out: String,
    pub next: Option<NextPost>,
    pub others: Vec<Line>,
    pub real: Option<String>,
    pub variants: Vec<Line>,
    pub assumptions: String,
    pub certificate: Vec<(&'static str, String)>,
    pub files: Vec<(&'static str, String)>,
    pub address: String,
    pub with_sensitivity: Option<String>,
}

/// Reads a plan.
#[must_use]
pub fn view(state: &State, solved: &Solved, question: &Question, job: &str) -> View {
    let atlas: &Atlas = &state.atlas;
    let (answer, request) = (&solved.answer, &solved.asked.request);
    let place = report::place(atlas, &request.territory);
    let more = answer.sites.len().saturating_sub(SITES);
    let left: u64 = answer.left_out.iter().map(|left| left.persons).sum();
    let named_left = answer.left_out.iter().take(LEFT_OUT).map(|left| {
        let commune = &atlas.communes()[left.commune as usize];
        Line {
            title: commune.name.clone(),
            href: Some(href_of(Level::Commune, commune.code.as_str())),
            cells: vec![french::integer(left.persons), way(left.minutes)],
        }
    });
    let more_left = answer.left_out.len().saturating_sub(LEFT_OUT);
    View {
        place_href: (place.code != "polygon").then(|| href(&place)),
        panels: panels(state, &place, answer, &solved.existing),
        place: place.name,
        sentence: sentence(&answer.summary, request),
        keys: keys(answer),
        existing: answer.summary.existing_posts > 0,
        sites: answer.sites.iter().take(SITES).map(|site| row(atlas, site, solved)).collect(),
        more_sites: if more > 0 { french::count(more as u64, "autre site", "autres sites") } else { String::new() },
        left_out: named_left.collect(),
        left_out_sum: format!(
            "{} dans {}",
            french::count(left, "personne", "personnes"),
            french::count(answer.left_out.len() as u64, "commune", "communes")
        ),
        more_left_out: if more_left > 0 { french::count(more_left as u64, "autre", "autres") } else { String::new() },
        next: next_post(answer, request),
        others: answer.strawmen.iter().filter(|other| other.name != REAL).map(other).collect(),
        real: answer.strawmen.iter().find(|other| other.name == REAL).map(real),
        variants: solved.variants.iter().map(variant).collect(),
        assumptions: assumptions(question),
        certificate: certificate(state, solved),
        files: ["CSV", "XLSX", "GeoJSON"]
            .map(|name| (name, format!("/api/placements/{job}?format={}", name.to_lowercase())))
            .into_iter()
            .chain([("plan.json", format!("/api/placements/{job}/plan.json"))])
            .collect(),
        address: question.address(),
        with_sensitivity: (!solved.asked.sensitivity).then(|| format!("{}&sensitivity=yes", question.address())),
    }
}

/// Name of the comparison with the posts that exist.
const REAL: &str = "real-allocation";

fn keys(answer: &Answer) -> Vec<Key> {
    let whole = &answer.summary;
    let share = |part: u64| percent(100.0 * part as f64 / whole.persons.max(1) as f64);
    let gained = whole.covered_after.saturating_sub(whole.covered_before);
    let mut keys = vec![
        Key {
            value: format!("+\u{a0}{}", french::integer(gained)),
            title: "personnes à portée d'un poste",
            beside: format!(
                "{} des personnes comptées, au lieu de {}",
                share(whole.covered_after),
                share(whole.covered_before)
            ),
        },
        Key {
            value: french::integer(whole.posts),
            title: if whole.posts < 2 { "poste nouveau" } else { "postes nouveaux" },
            beside: format!(
                "{}\u{a0}€ par an{}",
                french::integer(whole.cost_eur),
                if whole.existing_posts > 0 {
                    format!("\u{a0}; {} déjà", french::count(whole.existing_posts, "poste est là", "postes sont là"))
                } else {
                    String::new()
                }
            ),
        },
    ];
    if let (Some(before), Some(after)) = (whole.minutes_before.or(Some(f64::NAN)), whole.minutes_after) {
        let today = if before.is_nan() {
            "rien n'est là aujourd'hui".into()
        } else {
            format!("{} aujourd'hui", french::measure(before, 1, "min"))
        };
        keys.push(Key {
            value: french::measure(after, 1, "min"),
            title: "de trajet moyen jusqu'au poste le plus proche",
            beside: today,
        });
    }
    keys
}

fn row(atlas: &Atlas, site: &SiteAnswer, solved: &Solved) -> SiteRow {
    let (measure, request) = (solved.answer.summary.measure, &solved.asked.request);
    let names = |communes: &[u32]| -> Vec<&str> {
        communes.iter().map(|&commune| atlas.communes()[commune as usize].name.as_str()).collect()
    };
    let commune = site.commune.map(|commune| &atlas.communes()[commune as usize]);
    let elsewhere = commune.filter(|commune| commune.name != site.name).map(|commune| commune.name.as_str());
    let stops =
        if site.stops.len() > 1 { format!("Étapes\u{a0}: {}", named(&names(&site.stops), 4)) } else { String::new() };
    let forced = if site.forced { "Imposé par la question. " } else { "" };
    let places = named(&names(&site.serves), NAMED);
    let at = |persons: u64| {
        let persons = french::count(persons, "personne", "personnes");
        if places.is_empty() { persons } else { format!("{persons}\u{a0}: {places}") }
    };
    SiteRow {
        rank: site.rank,
        name: elsewhere.map_or_else(|| site.name.clone(), |commune| format!("{}, {commune}", site.name)),
        href: commune.map(|commune| href_of(Level::Commune, commune.code.as_str())),
        posts: if site.posts > 1 { french::count(site.posts.into(), "poste", "postes") } else { String::new() },
        note: format!("{forced}{stops}"),
        who: match site.persons_gained {
            0 => format!("Plus près de {}", at(site.persons)),
            gained if gained == site.persons => at(gained),
            gained => format!("{}, dont {} à portée pour la première fois", at(site.persons), french::integer(gained)),
        },
        minutes: minutes(site.minutes_before, site.minutes_after),
        without: loss(measure, site.marginal, solved),
        second: site.runner_up.as_ref().map_or_else(
            || "aucun".to_owned(),
            |(_, name, lost)| match measure {
                Measure::Posts | Measure::Euros => name.clone(),
                _ if *lost <= 0.0 => format!("{name}, aussi bien"),
                _ => format!(
                    "{name}\u{a0}: {} de {}",
                    said(measure, *lost, request),
                    if measure == Measure::MeanWay { "plus" } else { "moins" }
                ),
            },
        ),
    }
}

/// What goes with a site, in the measure of the plan; persons where the plan counts posts or shares.
fn loss(measure: Measure, value: f64, solved: &Solved) -> String {
    match measure {
        Measure::MeanWay => format!("+\u{a0}{}", said(measure, value, &solved.asked.request)),
        Measure::Persons | Measure::PersonEquivalents => {
            format!("−\u{a0}{}", french::integer(value.max(0.0).round() as u64))
        }
        _ => french::integer(value.max(0.0).round() as u64),
    }
}

fn way(minutes: Option<f64>) -> String {
    minutes.map_or_else(|| "hors d'atteinte".into(), |minutes| french::measure(minutes, 0, "min"))
}

/// What the pointer reads over a commune that stays out of reach.
#[must_use]
pub fn left_out_words(name: &str, persons: u64) -> String {
    format!("{name}\u{a0}: {} hors de portée", french::count(persons, "personne", "personnes"))
}

fn other(other: &Strawman) -> Line {
    let title = match other.name {
        "nothing" => "Rien de plus",
        "by-population" => "Autant de postes, au prorata de la population",
        "random" => "Autant de postes, au hasard",
        name => name,
    };
    Line {
        title: title.to_owned(),
        href: None,
        cells: vec![french::integer(other.posts), french::integer(other.covered), better(other)],
    }
}

fn better(other: &Strawman) -> String {
    other
        .ours_is_better_percent
        .map_or_else(|| "sans comparaison".into(), |better| format!("+\u{a0}{}", percent(better)))
}

/// The posts that exist beside as many placed by us.
fn real(other: &Strawman) -> String {
    let more = other.our_covered.saturating_sub(other.covered);
    format!(
        "Les {} de la dernière liste, tels qu'ils sont répartis, ont {} à portée. Autant de postes placés par cette méthode, \
         sans rien avant, en auraient {} de plus{}. Le poste est compté à la commune de son employeur, pas là où le \
         conseiller travaille.",
        french::count(other.posts, "poste", "postes"),
        french::count(other.covered, "personne", "personnes"),
        french::integer(more),
        other.ours_is_better_percent.map_or_else(String::new, |better| format!(" (+\u{a0}{})", percent(better))),
    )
}

fn variant(variant: &Variant) -> Line {
    let value = variant.value.as_str();
    let title = match variant.field {
        "denominator" => {
            let preset = Denominator::PRESETS.iter().find(|preset| preset.id == value);
            format!("Chiffre national\u{a0}: {}", preset.map_or(value, |preset| preset.label))
        }
        "minutes" => format!("À portée\u{a0}: {value}\u{a0}minutes"),
        "radius_km" => format!("À portée\u{a0}: {}\u{a0}km", value.replace('.', ",")),
        _ => word(&DEMANDS, value).to_owned(),
    };
    let cells = vec![percent(100.0 * variant.overlap), french::integer(variant.covered)];
    Line { title, href: None, cells }
}

/// What the plan rests on, in a sentence.
fn assumptions(question: &Question) -> String {
    let near = match question.value("radius_km") {
        "" => format!("{}\u{a0}minutes {}", question.value("minutes"), word(&MODES, question.value("mode"))),
        km => format!("{km}\u{a0}km à vol d'oiseau"),
    };
    let said = |words: &str| {
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    };
    format!(
        "{}\u{a0}; à portée\u{a0}: {near}\u{a0}; on compte\u{a0}: {}\u{a0}; sites possibles\u{a0}: {}\u{a0}; déjà là\u{a0}: {}.",
        word(&OBJECTIVES, question.value("objective")),
        said(word(&DEMANDS, question.value("demand"))),
        said(word(&CANDIDATES, question.value("candidates"))),
        said(word(&EXISTING, question.value("existing"))),
    )
}

fn certificate(state: &State, solved: &Solved) -> Vec<(&'static str, String)> {
    let (whole, request) = (&solved.answer.summary, &solved.asked.request);
    let edition = &state.atlas.edition().id;
    let instance = request.fingerprint(edition);
    vec![
        ("Valeur", said(whole.measure, whole.value, request)),
        ("Borne démontrée", said(whole.measure, whole.bound, request)),
        (
            "Écart",
            match whole.status {
                Status::Optimal => "0\u{a0}%\u{a0}: le plan est optimal".to_owned(),
                Status::WithinGap => percent(whole.gap_percent),
                Status::FallsShort => "ce qui est demandé n'est pas atteint".to_owned(),
            },
        ),
        (
            "Graine, tours, temps",
            format!("{}, {}, {}", request.seed, solved.rounds, french::measure(solved.seconds, 1, "s")),
        ),
        ("Édition", edition.clone()),
        ("Empreinte de la question", instance.chars().take(16).collect()),
    ]
}
