//! Where the next posts should go.

mod benefit;
mod branch;
mod dual;
mod engine;
mod error;
mod greedy;
mod model;
mod open;
mod pairs;
mod problem;
mod random;
mod reading;
mod rows;
mod search;
mod swap;

pub use error::ProblemError;
pub use pairs::{Pair, Pairs};
pub use problem::{Draft, Limit, Objective, Problem, Site};

#[doc(hidden)]
pub fn experiment(problem: &Problem, rounds: f64, knobs: Vec<f64>, what: &str) {
    let t = cpu();
    let model = model::Model::new(problem);
    eprintln!("model {:.3} demand {} sites {} pairs {}", cpu() - t, model.demand(), model.sites(), model.reach.items());
    let show = |v: i64| match problem.objective { Objective::Median { penalty } => problem.weights.iter().sum::<i64>() * i64::from(penalty) - v, _ => v };
    let t = cpu();
    let w = std::time::Instant::now();
    let mut last = (0, 0);
    let mut next = 0.0;
    engine::experiment(&model, rounds as u32, knobs, |s| if (s.value, s.bound) != last && (what.contains('v') && cpu() - t >= next || s.rounds == rounds as u32) { last = (s.value, s.bound); next = (cpu() - t) * 1.25;
        println!("  cpu(main) {:.2} wall {:.2} round {} value {} bound {} gap {:.4}%", cpu() - t, w.elapsed().as_secs_f64(), s.rounds, show(s.value), show(s.bound), 100.0 * (s.bound - s.value) as f64 / show(s.value) as f64);
    });
}

fn cpu() -> f64 { std::fs::read_to_string("/proc/self/schedstat").unwrap().split(' ').next().unwrap().parse::<f64>().unwrap() * 1e-9 }
