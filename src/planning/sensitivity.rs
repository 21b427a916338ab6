//! How much of a plan stays when an assumption changes.

use std::collections::BTreeMap;

use super::answer::Variant;
use super::document::openings_by_id;
use super::request::{DemandKind, Reach, Request};
use super::study::Study;
use crate::domain::need::Preset;
use crate::placement::{Plan, Threads};
use std::ops::ControlFlow;

impl Study<'_> {
    /// The same question with one assumption changed at a time, each searched for so many rounds: what of the plan stays.
    /// Those that were known when it is to `stop`.
    #[must_use]
    pub fn sensitivity(&self, plan: &Plan, rounds: u32, stop: &dyn Fn() -> bool) -> Vec<Variant> {
        variants(self, plan, rounds, stop)
    }
}

/// The variants that have an answer.
fn variants(study: &Study, plan: &Plan, rounds: u32, stop: &dyn Fn() -> bool) -> Vec<Variant> {
    let own = openings_by_id(study, plan);
    let variant = |(field, value, request): (&'static str, String, Request)| {
        let request = Request { rounds, seconds: None, ..request };
        let other = Study::new(study.atlas, &request).ok()?;
        let go_on = |_: &_| if stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let plan = other.solve(Threads::One, &mut { go_on });
        if stop() {
            return None;
        }
        let there: BTreeMap<String, u32> = openings_by_id(&other, &plan).into_iter().collect();
        let stay = |(id, posts): &(String, u32)| u64::from(*posts.min(there.get(id).unwrap_or(&0)));
        let (stay, all) =
            (own.iter().map(stay).sum::<u64>(), own.iter().map(|(_, posts)| u64::from(*posts)).sum::<u64>());
        let covered = other.covered(&plan.openings);
        Some(Variant { field, value, overlap: stay as f64 / all.max(1) as f64, posts: plan.posts(), covered })
    };
    changes(&study.request).into_iter().take_while(|_| !stop()).filter_map(variant).collect()
}

/// One assumption changed at a time.
fn changes(request: &Request) -> Vec<(&'static str, String, Request)> {
    let mut changes = Vec::new();
    let estimated = !matches!(request.demand, DemandKind::Population | DemandKind::Indicator(_));
    for preset in Preset::ALL.iter().filter(|_| estimated) {
        if *preset != *request.denominator {
            changes.push(("denominator", preset.id.to_owned(), Request { denominator: preset, ..request.clone() }));
        }
    }
    let reaches = [(3, 4), (5, 4)].map(|(part, whole)| match request.reach {
        Reach::Radius { metres } => {
            let metres = metres * part / whole;
            ("radius_km", (f64::from(metres) / 1_000.0).to_string(), Reach::Radius { metres })
        }
        Reach::Minutes { mode, minutes } => {
            let minutes = (minutes * part / whole).max(1);
            ("minutes", minutes.to_string(), Reach::Minutes { mode, minutes })
        }
    });
    for (field, value, reach) in reaches {
        changes.push((field, value, Request { reach, ..request.clone() }));
    }
    for (value, demand) in [
        ("need", DemandKind::Need),
        ("offline", DemandKind::Offline),
        ("expected", DemandKind::Expected),
        ("population", DemandKind::Population),
    ] {
        if demand != request.demand {
            changes.push(("demand", value.to_owned(), Request { demand, ..request.clone() }));
        }
    }
    changes
}
