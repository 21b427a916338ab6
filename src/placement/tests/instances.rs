//! Small questions made by chance, of every kind.

use crate::placement::random::Random;
use crate::placement::{Draft, Limit, Objective, ObjectiveKind, Pair, Pairs, Problem, Shape, Site};

/// The objective of a name that takes nothing beside what is near.
pub fn of(name: &str, near: u32) -> Objective {
    Objective::new(ObjectiveKind::named(name).expect("a test names an objective"), near)
}

pub fn gradual(near: u32, beyond: u32) -> Objective {
    Objective { beyond, ..of("gradual", near) }
}

pub fn sharing(name: &str, near: u32, share: f64) -> Objective {
    Objective { share, ..of(name, near) }
}

pub fn capacity(near: u32, persons_per_post: f64) -> Objective {
    Objective { persons_per_post, ..of("capacity", near) }
}

/// What a good plan is, in all ways that can be asked.
pub fn objectives() -> [Objective; 9] {
    [
        Objective::coverage(30),
        gradual(15, 50),
        Objective::median(70),
        Objective { beyond: 80, ..of("excess", 20) },
        of("centre", 150),
        sharing("set-cover", 35, 0.6),
        capacity(40, 60.0),
        sharing("floor", 35, 0.3),
        of("leximin", 35),
    ]
}

/// Points and sites on a square of side 100, a few of which exist, are forced or forbidden.
pub fn draft(seed: u64, sites: usize, demand: usize, objective: Objective) -> Draft {
    let mut random = Random::new(seed);
    let mut point = || [random.below(100) as f64, random.below(100) as f64];
    let homes: Vec<[f64; 2]> = (0..demand).map(|_| point()).collect();
    let places: Vec<[f64; 2]> = (0..sites).map(|_| point()).collect();
    let distance = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]).round() as u32;
    let rows = homes.iter().map(|&home| {
        let pairs = (0..).zip(&places).map(|(site, &place)| Pair { site, cost: distance(home, place) });
        pairs.filter(|pair| pair.cost <= 100).collect::<Vec<_>>()
    });
    let pairs = Pairs::from_rows(sites, rows).unwrap();
    let kind = |random: &mut Random| match random.below(12) {
        0 => Site::EXISTING,
        1 => Site::FORCED,
        2 => Site::FORBIDDEN,
        _ => Site { price_eur: 40_000 + 10_000 * random.below(2) as u32, ..Site::CANDIDATE },
    };
    let roomy = objective.shape() == Shape::Served;
    let room = |site: Site| Site { most_posts: if roomy { 2 * site.most_posts } else { site.most_posts }, ..site };
    let sites: Vec<Site> = (0..sites).map(|_| room(kind(&mut random))).collect();
    let limit = match random.below(2) {
        0 => Limit::Posts(2 + random.below(3) as u64),
        _ => Limit::BudgetEur(100_000 + 10_000 * random.below(12) as u64),
    };
    Draft {
        demand: (0..demand).map(|_| random.below(60) as f64).collect(),
        sites,
        pairs,
        objective,
        limit,
        territories: (0..demand as u32).map(|rank| rank % 3).collect(),
    }
}

/// Sound questions of one kind; drafts that have no answer are left out.
pub fn problems(count: usize, sites: usize, demand: usize, objective: Objective) -> Vec<Problem> {
    let drafts = (0..).map(|seed| draft(seed, sites, demand, objective));
    drafts.filter_map(|draft| Problem::new(draft).ok()).take(count).collect()
}
