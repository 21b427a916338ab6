//! Where the next posts should go, with a bound that no plan can pass; then the check that trusts nothing of the search.
//!
//! `cargo run --release --example plan -- EDITION departements/23 5`

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;

use mediane::ingest::edition;
use mediane::placement::Threads;
use mediane::planning::{Document, Request, Study};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, territory, posts] = arguments.as_slice() else {
        return Err("expected: EDITION LEVEL/CODE POSTS".into());
    };

    // A request is made of the same fields as a command line or an address; what is not said is as usual.
    let asked = [("territory", territory), ("posts", posts)];
    let pairs: Vec<(String, String)> = asked.map(|(name, value)| (name.to_owned(), value.clone())).into();
    let request = Request::from_pairs(&pairs)?;

    let atlas = edition::open(Path::new(folder))?;
    let study = Study::new(&atlas, &request)?;
    let plan = study.solve(Threads::Two, &mut |standing| {
        eprintln!("{:.1} s: gap {:?} %", standing.elapsed.as_secs_f64(), standing.gap_percent);
        ControlFlow::Continue(())
    });
    println!("value {:.1}, no plan is beyond {:.1}", study.in_measure(plan.objective), study.in_measure(plan.bound));

    // The document holds the request, the sites and the proof: anybody with the edition can check it.
    let document = Document::from_json(&Document::new(&study, &plan, None).to_json())?;
    let (_, checked) = document.verify(&atlas)?;
    println!("{} posts, the plan stands", checked.posts());
    Ok(())
}
