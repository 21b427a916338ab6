//! The table of need and access, commune by commune: what the service shows, for those who want to count on their own.

use crate::access::{Mode, Reach};
use crate::atlas::Atlas;
use crate::atlas::figures::known_hours;
use crate::domain::VenueIx;
use crate::domain::need::Preset;

use super::columns::Columns;

/// One row per commune, ascending by code: persons in need under the default national number, and for each mode the
/// seconds to the nearest venue, its id, and hours per year and person within reach. Empty where unknown; `*_state` tells
/// the reached from the unreachable and from communes whose position nobody knows.
#[must_use]
pub(super) fn access(atlas: &Atlas) -> Columns {
    let analysis = atlas.analysis();
    let communes = atlas.communes();
    // A country too small for the default number has no persons, but it has minutes.
    let need = analysis.need(atlas, Preset::USUAL).ok();
    let persons = |of: &dyn Fn(&crate::atlas::Need) -> Option<u32>| need.and_then(of);
    let mut table = Columns::new(communes.len());
    table.text("code_insee", communes.iter().map(|c| Some(c.code.to_string())));
    table.whole("persons_in_need", communes.keys().map(|i| persons(&|need| need.estimate.persons[i])));
    table.whole("persons_offline", communes.keys().map(|i| persons(&|need| need.profiles.offline[i])));
    table.whole("persons_weak_skills", communes.keys().map(|i| persons(&|need| need.profiles.weak_skills[i])));
    table.whole("persons_expected", communes.keys().map(|i| persons(&|need| need.expected[i])));
    table.number("rank_index", analysis.rank.index.iter().copied());
    for mode in Mode::ALL {
        let name = mode.name();
        let reaches = &analysis.access.nearest(mode).raw[..communes.len()];
        let venue =
            |reach: &Reach| reach.nearest().map(|nearest| atlas.venues()[VenueIx::of_site(nearest.site)].id.as_str());
        table.text(&format!("{name}_state"), reaches.iter().map(|reach| Some(state(*reach))));
        table.whole(&format!("{name}_s"), reaches.iter().map(|reach| reach.time().map(|time| time.0)));
        table.text(&format!("{name}_venue"), reaches.iter().map(venue));
        let hours_of = |(i, reach): (usize, &Reach)| {
            need.and_then(|need| known_hours(need, *reach, &need.hours_per_person[mode], i.into()))
        };
        table.number(&format!("{name}_hours_per_person"), reaches.iter().enumerate().map(hours_of));
        let labelled = &analysis.france_services[mode].raw[..communes.len()];
        table.whole(&format!("{name}_france_services_s"), labelled.iter().map(|reach| reach.time().map(|time| time.0)));
    }
    table
}

fn state(reach: Reach) -> &'static str {
    match reach {
        Reach::Reached(_) => "reached",
        Reach::Unreachable => "unreachable",
        Reach::Unknown => "unknown",
    }
}
