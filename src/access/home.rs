//! At home: how far people are from the places of their own demand point. Where in it they live nobody knows, so one rule
//! stands for the map, and it is the same wherever a time is shown: a commune with `n` places of its own has its nearest at
//! the mean distance of its residents to the nearest of `n` places. Were each in the middle of an equal part of the area, that
//! would be the mean distance to one over √n; venues stand together, and against road times it falls as n to the power 0.31.
//!
//! Places that open now count as one, however many: the list of tomorrow may say more, but nobody knows yet whom of the
//! commune the second one would be nearer to. So the worth of a place does not hang on what else opens beside it.

use std::collections::HashMap;

use super::demand::{Demand, DemandPoint, Site};
use crate::domain::{Metres, PointIx, SiteIx};
use crate::spatial::sphere;

/// How fast the mean distance falls with the number of places: 0.5 were they spread evenly (`docs/adr/0023-times-over-land.md`).
const TOGETHER: f64 = 0.31;

impl DemandPoint {
    /// Mean distance of the residents to a site elsewhere whose great circle from the centre is `crow`: no shorter than to
    /// their own centre.
    #[must_use]
    pub fn distance_elsewhere(&self, crow: Metres) -> Metres {
        if crow < self.reach { self.reach } else { crow }
    }

    /// Mean distance of the residents to the nearest of `places` places of their own: (2/3)·√(area / π) / places^0.31.
    #[must_use]
    pub fn distance_at_home(&self, places: u32) -> Metres {
        Metres::new(self.reach.value() / f64::from(places.max(1)).powf(TOGETHER))
            .expect("a part of a length is a length")
    }
}

/// The sites of a list that lie in demand points.
#[derive(Debug, Clone, Default)]
pub struct AtHome(HashMap<PointIx, Own>);

/// The sites in one demand point.
#[derive(Debug, Clone, Copy)]
struct Own {
    standing: u32,
    opening: bool,
    /// Ordinal of the site nearest to the centre, ties to the smallest.
    nearest: SiteIx,
    chord2: f64,
}

impl AtHome {
    /// Counts the sites of each demand point of known position.
    #[must_use]
    pub fn of(demand: &Demand, sites: &[Site]) -> Self {
        let mut all: HashMap<PointIx, Own> = HashMap::new();
        for site in sites {
            let centre = |point: PointIx| Some((point, demand.points[point].position?));
            let Some((point, centre)) = site.point.and_then(centre) else { continue };
            let chord2 = sphere::chord2(centre.unit_vector(), site.position.unit_vector());
            let own = all.entry(point).or_insert(Own { standing: 0, opening: false, nearest: site.ordinal, chord2 });
            own.standing += site.standing;
            own.opening |= site.standing == 0;
            if chord2 < own.chord2 || (chord2 <= own.chord2 && site.ordinal < own.nearest) {
                (own.nearest, own.chord2) = (site.ordinal, chord2);
            }
        }
        Self(all)
    }

    /// For a demand point with sites of its own: how many places they count as, and the ordinal of the one that stands for
    /// all of them.
    #[must_use]
    pub fn places(&self, point: PointIx) -> Option<(u32, SiteIx)> {
        self.0.get(&point).map(|own| (own.standing + u32::from(own.opening), own.nearest))
    }

    /// How many places of a demand point stand already.
    #[must_use]
    pub fn standing(&self, point: PointIx) -> u32 {
        self.0.get(&point).map_or(0, |own| own.standing)
    }
}
