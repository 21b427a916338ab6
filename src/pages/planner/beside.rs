//! What stands beside a plan: other ways to spend as much, and the same question under other assumptions.

use crate::domain::need::Preset;
use crate::pages::addresses::COMPARE_PLANS;
use crate::pages::params::query;
use crate::placement::Shape;
use crate::planning::{Alternative, Alternatives, Area, Baseline, Goal, Limit, Measure, Request, Status, Variant};
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

/// How much better the plan is: in percent where the column before counts what the plan counts; else both values in its measure.
fn better(other: &Baseline, solved: &Solved) -> String {
    let (summary, request) = (&solved.answer.summary, &solved.asked.request);
    let asked = request.objective.share * summary.persons as f64;
    match other.ours_is_better_percent {
        // What does not do what is asked is no cheaper way to do it.
        _ if request.objective.kind.shape == Shape::Spent && (other.covered as f64) < asked.floor() => {
            format!("n'atteint pas {}", share(request))
        }
        _ if !counts_reach(summary.measure, request.objective) => both(other, request),
        Some(better) => format!("+\u{a0}{}", percent(better)),
        None => "sans comparaison".into(),
    }
}

/// Whether a value is the number of persons within reach: those who are received are others.
fn counts_reach(measure: Measure, goal: Goal) -> bool {
    measure == Measure::Persons && goal.kind.shape != Shape::Served
}

/// The title of the column that compares.
#[must_use]
pub fn title(solved: &Solved) -> &'static str {
    let (measure, goal) = (solved.answer.summary.measure, solved.asked.request.objective);
    match goal.kind.shape {
        _ if counts_reach(measure, goal) => "Le plan fait mieux de",
        Shape::Served => "Personnes reçues avec le plan",
        _ => "Ce que vaut le plan",
    }
}

fn both(other: &Baseline, request: &Request) -> String {
    let said = |value: f64| said(other.measure, value, request);
    format!("{} au lieu de {}", said(other.our_value), said(other.value))
}

/// The posts that exist beside as many placed by us: by which objective, and what of the question was set aside for it.
#[must_use]
pub fn real(other: &Baseline, solved: &Solved) -> String {
    real_beside(other, &solved.asked.request)
}

fn real_beside(other: &Baseline, request: &Request) -> String {
    let alone = match request.territory {
        Area::Nation => "",
        _ => " et sans ceux d'à côté",
    };
    let persons = |number: u64| french::count(number, "personne", "personnes");
    // Number and percentage are of one thing: what the values count.
    let more = other.ours_is_better_percent.filter(|percent| *percent > 0.0);
    let more = more.map_or_else(String::new, |better| format!(" (+\u{a0}{})", percent(better)));
    let gained = (other.our_value - other.value).max(0.0).round() as u64;
    let received = other.goal.kind.shape == Shape::Served;
    let do_now = match other.measure {
        Measure::Persons if received => {
            format!("permettent de recevoir {}", persons(other.value.max(0.0).round() as u64))
        }
        _ => format!("ont {} à portée", persons(other.covered)),
    };
    let (aside, by) = (set_aside(request), other.goal.kind.title);
    let ours = format!("autant de postes placés dans les communes, {aside}, avec l'objectif «\u{a0}{by}\u{a0}»,");
    let compared = match other.measure {
        Measure::Persons if gained == 0 => format!("{} ne feraient pas mieux", french::capital(&ours)),
        Measure::Persons if received => {
            format!("{} permettraient d'en recevoir {} de plus{more}", french::capital(&ours), french::integer(gained))
        }
        Measure::Persons => format!("{} en auraient {} de plus{more}", french::capital(&ours), french::integer(gained)),
        Measure::MeanWay => {
            format!("Avec {ours} {} serait de {}", other.goal.kind.subject, both(other, request))
        }
        _ => format!("{} vaudraient {}{more}", french::capital(&ours), both(other, request)),
    };
    let asked = if other.goal.kind.name == request.objective.kind.name {
        String::new()
    } else {
        format!(" Le plan, lui, a un autre objectif\u{a0}: «\u{a0}{}\u{a0}».", request.objective.kind.title)
    };
    format!(
        "Les {} de la dernière liste, tels qu'ils sont répartis{alone}, {do_now}. {compared}.{asked} Le poste est compté à la \
         commune de son employeur, pas là où le conseiller travaille.",
        french::count(other.posts, "poste", "postes"),
    )
}

/// What of the question does not hold for the posts that stand beside the real ones.
fn set_aside(request: &Request) -> String {
    let imposed = !request.forced.is_empty() || !request.forbidden.is_empty();
    let parts = [
        (true, "sans rien avant"),
        (request.itinerant.is_some(), "sans tournées"),
        (imposed, "sans sites imposés ni exclus"),
    ];
    parts.into_iter().filter(|(is_so, _)| *is_so).map(|(_, words)| words).collect::<Vec<_>>().join(", ")
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
pub fn core(alternatives: &Alternatives, asked: usize, sites: usize) -> String {
    let found = alternatives.plans.len();
    let plans = french::count(found as u64 + 1, "plan", "plans");
    let fewer = match found {
        found if found >= asked => String::new(),
        1 => format!("Un seul autre plan a été trouvé, sur les {asked} demandés. "),
        found => format!("{found} autres plans ont été trouvés, sur les {asked} demandés. "),
    };
    let shared = match alternatives.core.len() {
        0 => format!(
            "Aucun site n'est dans les {plans} à la fois\u{a0}: chacun peut être ailleurs, au prix que dit l'écart de chaque plan."
        ),
        1 => format!("Un seul site sur {sites} est dans les {plans}\u{a0}: {}.", names(&alternatives.core)),
        many => format!("{many} sites sur {sites} sont dans les {plans}\u{a0}: {}.", names(&alternatives.core)),
    };
    fewer + &shared
}

/// What a proof hangs on: the assumption that leaves the fewest posts where they are.
#[must_use]
pub fn hangs_on(status: Status, variants: &[Variant]) -> Option<String> {
    let least = variants.iter().min_by(|a, b| a.overlap.total_cmp(&b.overlap))?;
    let Line { title, .. } = variant(least);
    let proven =
        if status == Status::Optimal { "Démontré pour ces hypothèses" } else { "Cherché pour ces hypothèses" };
    Some(format!(
        "{proven}. Avec une autre («\u{a0}{title}\u{a0}»), {} des postes resteraient au même endroit.",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::ObjectiveKind;
    use crate::planning::Rounds;

    fn goal(name: &str) -> Goal {
        Goal::of(ObjectiveKind::named(name).unwrap(), Request::defaults().reach)
    }

    fn baseline(objective: &str, measure: Measure, [value, our_value]: [f64; 2], covered: [u64; 2]) -> Baseline {
        Baseline {
            name: REAL,
            goal: goal(objective),
            measure,
            posts: 12,
            value,
            covered: covered[0],
            our_value,
            our_covered: covered[1],
            ours_is_better_percent: Some(100.0 * (our_value - value) / value),
        }
    }

    fn told(other: &Baseline, request: &Request) -> String {
        real_beside(other, request).replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn number_and_percentage_are_of_what_the_objective_counts() {
        let asked = Request { objective: goal("capacity"), ..Request::defaults() };
        // As many are received, though more live within reach.
        let same = baseline("capacity", Measure::Persons, [1_500.0, 1_500.0], [14_792, 15_979]);
        let said = told(&same, &asked);
        assert!(
            said.contains("permettent de recevoir 1 500 personnes.") && said.contains("ne feraient pas mieux."),
            "{said}"
        );
        assert!(!said.contains("1 187") && !said.contains('%'), "{said}");
        let more = baseline("capacity", Measure::Persons, [1_500.0, 1_620.0], [14_792, 15_979]);
        let said = told(&more, &asked);
        assert!(said.contains("permettraient d'en recevoir 120 de plus (+ 8,0 %)."), "{said}");
        let reach = baseline("coverage", Measure::Persons, [10_000.0, 13_029.0], [10_000, 13_029]);
        let said = told(&reach, &Request { objective: goal("coverage"), ..Request::defaults() });
        assert!(
            said.contains("ont 10 000 personnes à portée.") && said.contains("3 029 de plus (+ 30,3 %)."),
            "{said}"
        );
        assert!(!said.contains("autre objectif"), "{said}");
    }

    #[test]
    fn what_is_compared_is_named_where_it_is_not_what_was_asked() {
        let other = baseline("coverage", Measure::Persons, [10_000.0, 13_029.0], [10_000, 13_029]);
        let rounds = Some(Rounds { stops: 4, minutes: 30 });
        let asked = Request { objective: goal("leximin"), itinerant: rounds, ..Request::defaults() };
        let said = told(&other, &asked);
        assert!(
            said.contains(
                "sans rien avant, sans tournées, avec l'objectif « Le plus de personnes à portée d'un poste »"
            ),
            "{said}"
        );
        assert!(said.contains("un autre objectif : « D'abord les territoires les moins bien servis »."), "{said}");
    }

    #[test]
    fn fewer_plans_than_were_asked_for_are_said_to_be_fewer() {
        let plan = || Alternative {
            posts: 6,
            cost_eur: 300_000,
            covered: 10,
            value: 10.0,
            gap_percent: Some(0.1),
            difference: 0.5,
            gone: Vec::new(),
            come: Vec::new(),
        };
        let found = Alternatives { core: Vec::new(), plans: vec![plan(), plan(), plan()] };
        let said = core(&found, 4, 6).replace('\u{a0}', " ");
        assert!(
            said.starts_with("3 autres plans ont été trouvés, sur les 4 demandés. Aucun site n'est dans les 4 plans"),
            "{said}"
        );
        assert!(core(&found, 3, 6).starts_with("Aucun site"));
    }

    #[test]
    fn a_plan_that_is_not_proven_is_not_said_to_be() {
        let variant = Variant { field: "minutes", value: "12".into(), overlap: 0.5, posts: 6, covered: 10 };
        let told = |status| hangs_on(status, std::slice::from_ref(&variant)).unwrap();
        assert!(told(Status::Optimal).starts_with("Démontré pour ces hypothèses."));
        for status in [Status::WithinGap, Status::FallsShort, Status::OptimalForTheLeast] {
            assert!(!told(status).contains("Démontré"), "{status:?}");
        }
    }
}
