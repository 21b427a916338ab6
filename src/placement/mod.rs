//! Where the next posts should go.

mod anneal;
mod benefit;
mod dual;
mod error;
mod greedy;
mod model;
mod open;
mod pairs;
mod problem;
mod random;
mod reading;
mod rows;
mod swap;

pub use error::ProblemError;
pub use pairs::{Pair, Pairs};
pub use problem::{Draft, Limit, Objective, Problem, Site};

#[doc(hidden)]
pub fn experiment(problem: &Problem, seconds: f64, knobs: Vec<f64>, what: &str) {
    dual::KNOB.set(knobs).unwrap();
    let t = std::time::Instant::now();
    let model = model::Model::new(problem);
    eprintln!("model {:.3} demand {} sites {} pairs {}", t.elapsed().as_secs_f64(), model.demand(), model.sites(), model.reach.items());
    let show = |v: i64| match problem.objective { Objective::Median { penalty } => problem.weights.iter().sum::<i64>() * i64::from(penalty) - v, _ => v };
    let t = std::time::Instant::now();
    let g = greedy::greedy(&model);
    eprintln!("greedy {:.3} {}", t.elapsed().as_secs_f64(), show(g.value));
    let mut s = anneal::Search::new(g, 1);
    eprintln!("swap {:.3} {}", t.elapsed().as_secs_f64(), show(s.best_value));
    if what.contains('s') {
        let t = std::time::Instant::now();
        let mut last = 0;
        let mut shown = 0.0;
        while t.elapsed().as_secs_f64() < seconds {
            s.run(5_000_000);
            if s.best_value != last && t.elapsed().as_secs_f64() > shown {
                last = s.best_value; shown = t.elapsed().as_secs_f64() * 1.2;
                eprintln!("  search {:.2} {}", t.elapsed().as_secs_f64(), show(last));
            }
        }
        eprintln!("  search {:.2} {}", t.elapsed().as_secs_f64(), show(s.best_value));
    }
    if what.contains('d') {
        let t = std::time::Instant::now();
        let mut d = dual::Dual::new(&model);
        let mut k = 0.0;
        while t.elapsed().as_secs_f64() < seconds {
            let before = d.turns;
            d.run(s.best_value, 2_000_000);
            if t.elapsed().as_secs_f64() > k { k = 0.2 + t.elapsed().as_secs_f64() * 1.25;
            eprintln!("  dual {:.2} turns {} bound {} gap {:.4}%", t.elapsed().as_secs_f64(), d.turns, show(d.bound), 100.0 * (d.bound - s.best_value) as f64 / show(s.best_value) as f64); }
            if d.turns == before { break }
        }
        eprintln!("  dual {:.2} turns {} bound {} gap {:.4}%", t.elapsed().as_secs_f64(), d.turns, show(d.bound), 100.0 * (d.bound - s.best_value) as f64 / show(s.best_value) as f64);
    }
}
