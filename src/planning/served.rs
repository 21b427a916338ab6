//! The points that new posts serve: where the people are who have one nearest, and their ways before and after.

use std::collections::BTreeMap;

use super::answer::{Served, SiteAnswer};
use super::study::Study;

/// Points by the rank of their site, then by their number. `serves` has them by the id of sites in the problem.
pub(super) fn served(
    study: &Study,
    sites: &[SiteAnswer],
    serves: &BTreeMap<u32, Vec<usize>>,
    [before, after]: [&[Option<u32>]; 2],
) -> Vec<Served> {
    let demand = study.atlas.analysis().access.times().demand();
    let ranks: BTreeMap<&str, usize> = sites.iter().enumerate().map(|(rank, site)| (site.id.as_str(), rank)).collect();
    let of = |(site, points): (&u32, &Vec<usize>)| {
        let rank = ranks.get(study.places[*site as usize].id.as_str()).copied();
        let point = |number: usize| {
            Some(Served {
                number,
                position: demand.points[study.people.points[number]].position?,
                commune: study.people.communes[number],
                persons: study.people.persons[number],
                site: rank?,
                seconds: [before[number], after[number]],
            })
        };
        points.iter().filter_map(|&number| point(number)).collect::<Vec<_>>()
    };
    let mut all: Vec<Served> = serves.iter().flat_map(of).collect();
    all.sort_by_key(|served| (served.site, served.number));
    all
}
