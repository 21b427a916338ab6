//! A what-if searches only where something changes: the answers are those of searching all of France again.

use std::collections::BTreeSet;

use mediane::access::{Change, Mode, Site};
use mediane::atlas::Atlas;
use mediane::domain::{Degrees, Position, SiteIx};

use super::france;

/// Communes whose venues close, and places where some open.
type Changed = (&'static [&'static str], &'static [(f64, f64)]);

/// The site of a venue that would open there.
fn opened(atlas: &Atlas, ordinal: SiteIx, (lon, lat): (f64, f64)) -> Site {
    let position = Position::in_france(Degrees { lon, lat }).unwrap();
    let commune = atlas.commune_at(position).map(|commune| (commune, atlas.communes()[commune].code));
    Site::in_commune(ordinal, position, commune)
}

#[test]
fn what_changes_nothing_elsewhere_is_not_looked_for_elsewhere() {
    let Some(france) = france() else { return };
    let atlas = &*france.atlas;
    let access = &atlas.analysis().access;
    let of_commune = |code: &str| -> BTreeSet<SiteIx> {
        let there = |site: &&Site| {
            let venue = &atlas.venues()[mediane::domain::VenueIx::of_site(site.ordinal)];
            venue.commune.is_some_and(|commune| commune.as_str() == code)
        };
        access.sites().iter().filter(there).map(|site| site.ordinal).collect()
    };
    let changes: [Changed; 6] = [
        // On land far from the sea; where a river and the sea divide; two places far apart; an island; overseas.
        (&[], &[(1.26, 45.83)]),
        (&["17300"], &[(-1.174, 46.014)]),
        (&["23096"], &[(2.35, 48.85), (7.25, 43.7)]),
        (&["29155", "56152"], &[]),
        (&["97302"], &[(-54.03, 3.64)]),
        (&["98818"], &[(-149.57, -17.53)]),
    ];
    for (closed, added) in changes {
        let closed: BTreeSet<SiteIx> = closed.iter().flat_map(|code| of_commune(code)).collect();
        let added: Vec<Site> =
            access.new_ordinals().zip(added).map(|(ordinal, at)| opened(atlas, ordinal, *at)).collect();
        let open = access.sites().iter().filter(|site| !closed.contains(&site.ordinal)).copied();
        let open: Vec<Site> = open.chain(added.iter().map(|site| site.opening())).collect();
        let anew = access.times().nearest(&open);
        let change = Change { closed, added };
        let after = access.scenario(&change);
        for mode in Mode::ALL {
            let after = after.nearest(mode);
            let differ =
                after.iter().zip(anew[mode].iter()).filter(|(after, anew)| after.time() != anew.time()).count();
            assert_eq!(differ, 0, "{mode:?}, {} closed, {:?}", change.closed.len(), change.added);
            let changed =
                after.iter().zip(access.nearest(mode)).filter(|(after, before)| after.time() != before.time()).count();
            assert!(changed > 0, "{mode:?}: a change that changes nothing shows nothing, {change:?}");
        }
    }
}
