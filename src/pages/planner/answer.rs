//! A plan as a planner reads it: the sentence, the sites with their reasons, who is left out, what else could be done.

use crate::access::THRESHOLDS;
use crate::atlas::Atlas;
use crate::domain::{Level, Seconds};
use crate::http::State;
use crate::pages::addresses::{PLANNER, WHAT_IF};
use crate::pages::params::query;
use crate::pages::territory::href;
use crate::planning::{Area, Reach, SiteAnswer, Status};
use crate::scenario::document::{Added, Coordinates, Document};
use crate::searches::report;
use crate::searches::{ALTERNATIVES, SENSITIVITY, Solved};
use crate::searches::{least, there};
use crate::tables::french;
use crate::tables::scope::Place;
use crate::tables::table::rounded;

use super::beside::{self, Line, OtherPlan, REAL};
use super::curves::{NextPost, next_post};
use super::keys::{Key, keys, remains, silent, struck};
use super::map::{Panel, panels};
use super::question::Question;
use super::reasons::{self, SiteRow};
use super::shares::{Shares, shares};
use super::spare::{Spare, spare};
use super::words::{CANDIDATES, DEMANDS, EXISTING, MODES, OBJECTIVES, word};
use crate::searches::sentence::{percent, said, sentence};

/// Communes that are left out and named.
const LEFT_OUT: usize = 15;
/// Sites of a plan that one address can hold as a what-if.
const MOST_OPENED: usize = 40;
/// Sites in the table; the files hold them all.
const SITES: usize = 60;

/// Everything the page says of a plan.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the template says what each is for")]
pub struct View {
    /// Name of the territory, and its page.
    pub place: String,
    pub place_href: Option<String>,
    /// « 5 postes nouveaux ».
    pub posts: String,
    /// What the plan does, and what no plan can do.
    pub sentence: String,
    /// Why this is not quite what was asked.
    pub note: Option<String>,
    /// What the clock ended, and what it left no time for.
    pub struck: Option<String>,
    /// What is left of a budget, and what one more post costs.
    pub remains: Option<String>,
    /// Which territories stay below, are worst off, or take no part.
    pub least: Vec<String>,
    /// How many sites have nobody who could be called.
    pub silent: String,
    /// When the means are not all of use: what to ask instead.
    pub spare: Option<Spare>,
    pub keys: Vec<Key>,
    pub panels: Vec<Panel>,
    pub existing: bool,
    /// What the squares of the map are.
    pub square: &'static str,
    pub gaps: bool,
    /// Whether some post goes round.
    pub goes_round: bool,
    pub sites: Vec<SiteRow>,
    pub more_sites: String,
    pub left_out: Vec<Line>,
    pub left_out_sum: String,
    pub more_left_out: String,
    pub shares: Vec<Shares>,
    pub next: Option<NextPost>,
    pub others: Vec<Line>,
    /// What their last column tells.
    pub others_title: &'static str,
    pub real: Option<String>,
    pub variants: Vec<Line>,
    pub hangs_on: Option<String>,
    pub other_plans: Vec<OtherPlan>,
    pub core: String,
    pub with_alternatives: Option<String>,
    pub assumptions: String,
    pub certificate: Vec<(&'static str, String)>,
    pub files: Vec<(&'static str, String)>,
    pub address: String,
    pub with_sensitivity: Option<String>,
    /// What leads to a comparison: with today, and with something else that is to be chosen.
    pub with_today: String,
    pub compare: String,
    /// The plan as a what-if, where its sites fit in an address.
    pub what_if: Option<String>,
}

/// Reads a plan.
#[must_use]
pub fn view(state: &State, solved: &Solved, question: &Question, job: &str, base: &str) -> View {
    let atlas: &Atlas = &state.atlas;
    let (answer, request) = (&solved.answer, &solved.asked.request);
    let place = report::place(atlas, &request.territory);
    let more = answer.sites.len().saturating_sub(SITES);
    let left: u64 = answer.left_out.iter().map(|left| left.persons).sum();
    let named_left = answer.left_out.iter().take(LEFT_OUT).map(|left| reasons::left_out(atlas, left, request));
    let more_left = answer.left_out.len().saturating_sub(LEFT_OUT);
    let panels = panels(state, &place, answer, &solved.existing);
    View {
        gaps: panels.iter().flat_map(|panel| &panel.grounds).any(|ground| ground.left_out),
        existing: panels.iter().any(|panel| !panel.existing.is_empty()),
        square: there::square(request.existing),
        place_href: (place.code != "polygon").then(|| href(&place)),
        panels,
        place: place.name.clone(),
        posts: french::count(answer.summary.posts, "poste nouveau", "postes nouveaux"),
        spare: spare(answer, solved, question),
        sentence: sentence(&answer.summary, request),
        note: place.replaced.as_ref().map(|old| whole_commune(old, &place)),
        struck: struck(answer, request),
        remains: remains(answer, request).or_else(|| question.not_a_ceiling(answer.summary.posts)),
        least: least::told(atlas, answer.least.as_ref(), request),
        goes_round: answer.sites.iter().any(|site| site.round.len() > 1),
        silent: silent(answer),
        keys: keys(answer, request),
        sites: answer.sites.iter().take(SITES).map(|site| reasons::row(atlas, site, solved)).collect(),
        more_sites: if more > 0 { french::count(more as u64, "autre site", "autres sites") } else { String::new() },
        left_out: named_left.collect(),
        left_out_sum: format!(
            "{} dans {}",
            french::count(left, "personne", "personnes"),
            french::count(answer.left_out.len() as u64, "commune", "communes")
        ),
        more_left_out: if more_left > 0 { french::count(more_left as u64, "autre", "autres") } else { String::new() },
        shares: shares(atlas, answer, &request.territory),
        next: next_post(answer, request),
        others: answer
            .baselines
            .iter()
            .filter(|other| other.name != REAL)
            .map(|other| beside::other(other, solved))
            .collect(),
        others_title: beside::title(solved),
        real: answer.baselines.iter().find(|other| other.name == REAL).map(|other| beside::real(other, solved)),
        variants: solved.variants.iter().map(beside::variant).collect(),
        hangs_on: beside::hangs_on(answer.summary.status, &solved.variants),
        other_plans: beside::other_plans(&solved.alternatives, question),
        core: beside::core(&solved.alternatives, solved.asked.alternatives, answer.sites.len()),
        with_alternatives: (solved.asked.alternatives == 0 && answer.summary.posts > 0)
            .then(|| question.with(ALTERNATIVES, "2").address()),
        assumptions: assumptions(&state.atlas, question),
        certificate: certificate(state, solved),
        files: files(job, &request.territory),
        address: format!("{base}{}", question.address()),
        with_today: beside::compared(&question.address(), "aujourdhui"),
        compare: beside::compared(&question.address(), ""),
        what_if: what_if(atlas, solved),
        with_sensitivity: (!solved.asked.sensitivity).then(|| question.with(SENSITIVITY, "yes").address()),
    }
}

/// What is said where the code of an arrondissement, or of a commune of the past, was asked for.
fn whole_commune(old: &str, place: &Place) -> String {
    format!(
        "Le code {old} n'est pas celui d'une commune d'aujourd'hui\u{a0}: le plan est pour toute la commune de {} ({}).",
        place.name, place.code
    )
}

/// The sites of a plan as venues that open, where they are; `None` where there are too many, or where the territory was drawn.
fn what_if(atlas: &Atlas, solved: &Solved) -> Option<String> {
    let request = &solved.asked.request;
    let place = report::place(atlas, &request.territory);
    let sites: Vec<&SiteAnswer> = solved.answer.sites.iter().collect();
    if sites.is_empty() || sites.len() > MOST_OPENED || place.code == "polygon" {
        return None;
    }
    let added = sites.iter().flat_map(|site| {
        site.receives_at.iter().map(|(at, _)| Added {
            name: Some(site.name.chars().take(100).collect()),
            ..Added::at(Coordinates::of(rounded(at.lon(), 6), rounded(at.lat(), 6)))
        })
    });
    let document = Document { add: added.collect(), ..Document::default() };
    // What is near stays near, where the page has that threshold.
    let path = place.path();
    let mut pairs = vec![("territoire", path.as_str())];
    let minutes = match request.reach {
        Reach::Minutes { minutes, .. } => minutes,
        Reach::Radius { .. } => 0,
    };
    let threshold = minutes.to_string();
    if let Reach::Minutes { mode, .. } = request.reach {
        pairs.push(("mode", mode.slug()));
        if THRESHOLDS.contains(&Seconds::from_minutes(minutes)) {
            pairs.push(("seuil", &threshold));
        }
    }
    let changes = document.json();
    pairs.push(("changements", &changes));
    Some(format!("{WHAT_IF}{}", query(&pairs)))
}

/// What to take away: titles and addresses.
fn files(job: &str, area: &Area) -> Vec<(&'static str, String)> {
    const FILES: [(&str, &str); 7] = [
        ("Classeur XLSX, toutes les tables sauf les points servis", "?format=xlsx"),
        ("Sites, CSV pour Excel", "?format=csv-fr"),
        ("Par territoire, CSV pour Excel", "?format=csv-fr&table=territories"),
        ("Sites, CSV pour programmes", "?format=csv"),
        ("Sites, GeoJSON", "?format=geojson"),
        ("Points servis, GeoJSON", "?format=geojson&table=served"),
        ("Plan et preuve, plan.json", "/plan.json"),
    ];
    let mut files = vec![
        ("Carte avec les noms, SVG", format!("{PLANNER}/{job}/carte.svg")),
        ("Note DOCX avec la carte, à compléter", format!("{PLANNER}/{job}/note.docx")),
    ];
    files.extend(FILES.map(|(title, rest)| (title, format!("/api/placements/{job}{rest}"))));
    if let Area::Territory { level: Level::Departement, code } = area {
        let address = format!("/api/monitoring/departements/{code}/annex?format=docx");
        files.push(("Annexe au schéma départemental d'accessibilité, DOCX", address));
    }
    files
}

/// What the plan rests on, in a sentence.
pub(super) fn assumptions(atlas: &Atlas, question: &Question) -> String {
    let objective = format!("{}{}", word(&OBJECTIVES, question.value("objective")), question.asked_of_share());
    let day = atlas.posts_vintage().filter(|_| question.value("existing") == "posts");
    let day = day.map_or_else(String::new, |day| format!(" ({})", french::vintage(day)));
    format!("{objective}\u{a0}; {}{day}\u{a0}; sites possibles\u{a0}: {}.", counted(question), candidates(question))
}

/// What is near, who counts and what is there already.
#[must_use]
pub fn counted(question: &Question) -> String {
    let near = match question.value("radius_km") {
        "" => format!("{}\u{a0}minutes {}", question.value("minutes"), word(&MODES, question.value("mode"))),
        km => format!("{}\u{a0}km à vol d'oiseau", km.replace('.', ",")),
    };
    let said = |words: &str| {
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    };
    format!(
        "à portée\u{a0}: {near}\u{a0}; on compte\u{a0}: {}\u{a0}; déjà là\u{a0}: {}",
        said(word(&DEMANDS, question.value("demand"))),
        said(word(&EXISTING, question.value("existing"))),
    )
}

/// Where posts may go, and from how many inhabitants a town hall is proposed.
fn candidates(question: &Question) -> String {
    let words = word(&CANDIDATES, question.value("candidates"));
    let words = words.replacen("Les ", "les ", 1).replacen("Toutes", "toutes", 1).replacen("Ma ", "ma ", 1);
    if question.value("candidates") != "hosts" {
        return words;
    }
    let least = Some(question.value("least_inhabitants")).filter(|text| !text.is_empty()).unwrap_or("500");
    format!("{words} à partir de {least}\u{a0}habitants")
}

fn certificate(state: &State, solved: &Solved) -> Vec<(&'static str, String)> {
    let (whole, request) = (&solved.answer.summary, &solved.asked.request);
    let edition = &state.atlas.edition().id;
    let instance = request.fingerprint(edition);
    let told = vec![
        ("Valeur", said(whole.measure, whole.value, request)),
        ("Borne démontrée", said(whole.measure, whole.bound, request)),
        (
            "Écart",
            match whole.status {
                Status::Optimal if request.itinerant.is_some() => {
                    "0\u{a0}%\u{a0}: aucun autre choix parmi les tournées proposées ne vaut mieux".to_owned()
                }
                Status::Optimal => "0\u{a0}%\u{a0}: le plan est optimal".to_owned(),
                Status::OptimalForTheLeast => {
                    "0\u{a0}% pour le territoire le moins bien servi\u{a0}; pour les suivants, rien n'est démontré"
                        .to_owned()
                }
                Status::WithinGap => whole.gap_percent.map_or_else(|| "inconnu".to_owned(), percent),
                Status::FallsShort => "ce qui est demandé n'est pas atteint".to_owned(),
            },
        ),
        (
            "Borne, quelles que soient les étapes",
            whole.any_rounds.map_or_else(String::new, |bound| said(whole.measure, bound, request)),
        ),
        (
            "Graine, tours, temps",
            format!(
                "{}, {}, {}{}",
                request.seed,
                solved.rounds,
                french::measure(solved.seconds, 1, "s"),
                if whole.stopped {
                    "\u{a0}; recherche arrêtée par la montre\u{a0}: la même question peut recevoir une autre réponse"
                } else {
                    ""
                }
            ),
        ),
        ("Édition", edition.clone()),
        ("Empreinte de la question", instance.chars().take(16).collect()),
    ];
    told.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
