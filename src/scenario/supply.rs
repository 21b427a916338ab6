//! Hours per person after a change, from what changes alone.
//!
//! A site divides its hours among the persons around it, who do not move: when sites close, open or change their hours, what
//! every other site offers stays as it was. So the difference is the supply of the changed sites, and that of one that
//! closes is negative. The whole of France is not summed again.

use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use super::Question;
use crate::access::{Catchments, Site, hours_of_posts};
use crate::atlas::{Analysis, Atlas, Need};
use crate::domain::{CommuneIx, PointIx, SiteIx, VenueIx};

/// Difference of the opening hours per year and person in need, by commune.
pub(crate) fn of_venues(atlas: &Atlas, need: &Need, question: &Question) -> TiVec<PointIx, f64> {
    let supply = &atlas.analysis().supply.hours;
    let gone = question.closed.iter().chain(question.moved.keys()).map(|&i| (i, -supply[SiteIx::of_venue(i)]));
    let timed = question.timed.iter().filter(|(venue, _)| !question.moved.contains_key(venue));
    let timed = timed.map(|(&i, hours)| (i, hours - supply[SiteIx::of_venue(i)]));
    let changed = gone.chain(timed).filter_map(|(i, hours)| Some((site(atlas, i)?, hours)));
    per_person(atlas, need, question, changed.chain(question.opened(atlas)))
}

/// Working hours of conseillers per year and person in need, by commune: before, and the difference. `None` when no post
/// ends.
pub(crate) fn of_posts(
    atlas: &Atlas,
    need: &Need,
    question: &Question,
) -> Option<(TiVec<PointIx, f64>, TiVec<PointIx, f64>)> {
    if question.stopped.is_empty() {
        return None;
    }
    let all = atlas.latest_posts().map(|(i, post)| (i, post.posts));
    let before = per_person(atlas, need, question, sites_of_posts(atlas, all));
    let ended = question.stopped.iter().map(|(&i, &posts)| (i, posts));
    let ended = sites_of_posts(atlas, ended).into_iter().map(|(site, hours)| (site, -hours));
    Some((before, per_person(atlas, need, question, ended)))
}

/// Posts by the commune of their employer: they work around it, nobody says where.
fn sites_of_posts(atlas: &Atlas, posts: impl Iterator<Item = (usize, u32)>) -> Vec<(Site, f64)> {
    let mut by_commune: BTreeMap<CommuneIx, u32> = BTreeMap::new();
    for (i, posts) in posts {
        if let Some(commune) = atlas.posts()[i].commune.and_then(|code| atlas.places().by_code(code)) {
            *by_commune.entry(commune).or_default() += posts;
        }
    }
    let site = |(commune, posts): (CommuneIx, u32)| {
        let known = &atlas.communes()[commune];
        let site = Site::in_commune(SiteIx::new(0), known.point?, Some((commune, known.code)));
        Some((site, hours_of_posts(posts.into())))
    };
    by_commune.into_iter().filter_map(site).collect()
}

/// A venue of the edition as a site.
fn site(atlas: &Atlas, venue: VenueIx) -> Option<Site> {
    let commune = atlas.venue_commune(venue).map(|i| (i, atlas.communes()[i].code));
    Some(Site::in_commune(SiteIx::of_venue(venue), atlas.venues()[venue].location.position()?, commune))
}

fn per_person(
    atlas: &Atlas,
    need: &Need,
    question: &Question,
    supply: impl IntoIterator<Item = (Site, f64)>,
) -> TiVec<PointIx, f64> {
    let access = &atlas.analysis().access;
    let (mut sites, mut hours) = (Vec::new(), TiVec::new());
    for (site, supplied) in supply {
        sites.push(Site { ordinal: hours.push_and_get_key(supplied), ..site });
    }
    let persons: TiVec<CommuneIx, f64> =
        need.estimate.persons.iter().map(|persons| f64::from(persons.unwrap_or(0))).collect();
    let catchments = Catchments::new(access.times(), question.mode, &sites, &Analysis::decay(), persons.len());
    catchments.supply_per_person(&hours, &persons)
}
