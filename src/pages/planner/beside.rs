//! What stands beside a plan: other ways to spend as much, and the same question under other assumptions.

use crate::domain::need::Preset;
use crate::pages::addresses::COMPARE_PLANS;
use crate::pages::params::query;
use crate::placement::Shape;
use crate::planning::{Alternative, Alternatives, Area, Baseline, Limit, Measure, Request, Variant};
use crate::searches::{ALTERNATIVES, Solved};
use crate::tables::french;

use super::question::Question;
use super::words::{DEMANDS, word};
use crate::searches::sentence::{percent, said, share};

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

/// Name of the comparison with the posts that exist.
pub const REAL: &str = "real-allocation";

/// One way beside the plan.
#[must_use]
pub fn other(other: &Baseline, solved: &Solved) -> Line {
    let request = &solved.asked.request;
    let as_much = match request.limit {
        _ if request.objective.kind.shape == Shape::Spent => "La même part",
        Limit::BudgetEur(_) => "Le même budget",
        Limit::Posts(_) | Limit::AsItTakes => "Autant de postes",
    };
    let title = match other.name {
        "nothing" => "Rien de plus".to_owned(),
        "by-population" => format!("{as_much}, au prorata de la population"),
        "random" => format!("{as_much}, au hasard"),
        name => name.to_owned(),
    };
    Line {
        title,
        href: None,
        cells: vec![french::integer(other.posts), french::integer(other.covered), better(other, solved)],
    }
}

/// How much better the plan is: in percent where persons are counted, as the column before does; else both values in its measure.
fn better(other: &Baseline, solved: &Solved) -> String {
    let (measure, request) = (solved.answer.summary.measure, &solved.asked.request);
    let asked = request.objective.share * solved.answer.summary.persons as f64;
    match other.ours_is_better_percent {
        // What does not do what is asked is no cheaper way to do it.
        _ if request.objective.kind.shape == Shape::Spent && (other.covered as f64) < asked.floor() => {
            format!("n'atteint pas {}", share(request))
        }
        _ if measure != Measure::Persons => both(other, measure, request),
        Some(better) => format!("+\u{a0}{}", percent(better)),
        None => "sans comparaison".into(),
    }
}

fn both(other: &Baseline, measure: Measure, request: &Request) -> String {
    format!("{} au lieu de {}", said(measure, other.our_value, request), said(measure, other.value, request))
}

/// The posts that exist beside as many placed by us.
#[must_use]
pub fn real(other: &Baseline, solved: &Solved) -> String {
    // Where the question counts neither persons nor ways, these posts are compared by whom they reach.
    let more_of = match solved.answer.summary.measure {
        Measure::MeanWay => format!(" ({})", both(other, Measure::MeanWay, &solved.asked.request)),
        _ => other.ours_is_better_percent.map_or_else(String::new, |better| format!(" (+\u{a0}{})", percent(better))),
    };
    let more = other.our_covered.saturating_sub(other.covered);
    let alone = match solved.asked.request.territory {
        Area::Nation => "",
        _ => " et sans ceux d'à côté",
    };
    format!(
        "Les {} de la dernière liste, tels qu'ils sont répartis{alone}, ont {} à portée. Autant de postes placés par cette méthode, \
         sans rien avant, en auraient {} de plus{}. Le poste est compté à la commune de son employeur, pas là où le \
         conseiller travaille.",
        french::count(other.posts, "poste", "postes"),
        french::count(other.covered, "personne", "personnes"),
        french::integer(more),
        more_of,
    )
}

/// One plan beside the best: its rank, what it does, where it differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPlan {
    /// « Plan 2 ».
    pub title: String,
    /// The question that leads to it: the same without the sites that it leaves.
    pub href: String,
    /// What compares it with the best plan.
    pub compare: String,
    /// Persons within reach, distance to the bound, posts.
    pub cells: [String; 3],
    /// Sites of the best plan that it leaves.
    pub gone: String,
    /// Sites that it has instead.
    pub come: String,
}

/// The plans beside the best.
#[must_use]
pub fn other_plans(alternatives: &Alternatives, question: &Question) -> Vec<OtherPlan> {
    let plan = |(rank, plan): (usize, &Alternative)| {
        let alone = question.without(ALTERNATIVES);
        let href = alone.forbidding(plan.gone.iter().map(|(id, _)| id.as_str())).address();
        OtherPlan {
            title: format!("Plan {rank}"),
            compare: compared(&alone.address(), &href),
            href,
            cells: [
                french::integer(plan.covered),
                plan.gap_percent.map_or_else(|| "inconnu".to_owned(), percent),
                french::integer(plan.posts),
            ],
            gone: names(&plan.gone),
            come: names(&plan.come),
        }
    };
    (2..).zip(&alternatives.plans).map(plan).collect()
}

/// The address that compares two addresses.
#[must_use]
pub fn compared(one: &str, other: &str) -> String {
    format!("{COMPARE_PLANS}{}", query(&[("plan", one), ("avec", other)]))
}

/// Names that are written out in a list; how many more there are is said.
const NAMED: usize = 8;

/// « Guéret, Aubusson et 3 autres ».
fn names(sites: &[(String, String)]) -> String {
    let named: Vec<&str> = sites.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    match sites.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} et {}", named.join(", "), french::count(more as u64, "autre", "autres")),
    }
}

/// The sites to be sure of: those of every plan, and what they are out of.
#[must_use]
pub fn core(alternatives: &Alternatives, sites: usize) -> String {
    let plans = french::count(alternatives.plans.len() as u64 + 1, "plan", "plans");
    match alternatives.core.len() {
        0 => format!(
            "Aucun site n'est dans les {plans} à la fois\u{a0}: le choix des lieux est libre, à peu de chose près."
        ),
        1 => format!("Un seul site sur {sites} est dans les {plans}\u{a0}: {}.", names(&alternatives.core)),
        many => format!("{many} sites sur {sites} sont dans les {plans}\u{a0}: {}.", names(&alternatives.core)),
    }
}

/// What a proof hangs on: the assumption that leaves the fewest posts where they are.
#[must_use]
pub fn hangs_on(variants: &[Variant]) -> Option<String> {
    let least = variants.iter().min_by(|a, b| a.overlap.total_cmp(&b.overlap))?;
    let Line { title, .. } = variant(least);
    Some(format!(
        "Démontré pour ces hypothèses. Avec une autre («\u{a0}{title}\u{a0}»), {} des postes resteraient au même endroit.",
        percent(100.0 * least.overlap)
    ))
}

/// One assumption changed.
#[must_use]
pub fn variant(variant: &Variant) -> Line {
    let value = variant.value.as_str();
    let title = match variant.field {
        "denominator" => {
            let preset = Preset::named(value);
            format!("Chiffre national\u{a0}: {}", preset.map_or(value, |preset| preset.label))
        }
        "minutes" => format!("À portée\u{a0}: {value}\u{a0}minutes"),
        "radius_km" => format!("À portée\u{a0}: {}\u{a0}km", value.replace('.', ",")),
        _ => word(&DEMANDS, value).to_owned(),
    };
    let cells = vec![percent(100.0 * variant.overlap), french::integer(variant.covered)];
    Line { title, href: None, cells }
}
