//! All places within a radius of a place, in no order: for millions of pairs, where an R-tree would be too slow.

use crate::domain::{Metres, Position};
use crate::spatial::{Neighbour, sphere};

/// Bands of latitude in the radius that the index is made for.
const BANDS_PER_RADIUS: f64 = 4.0;
/// Degrees by which a window of longitude is widened against rounding.
const SLACK: f64 = 1e-9;

/// Places in bands of latitude, each sorted by longitude. Built once, then read by any number of threads.
#[derive(Debug, Clone)]
pub struct NearPairs<Ix> {
    /// Degrees of latitude in a band.
    height: f64,
    /// Where each band begins in the vectors below; one more than there are bands.
    starts: Vec<u32>,
    longitudes: Vec<f64>,
    vectors: Vec<[f64; 3]>,
    ordinals: Vec<Ix>,
}

impl<Ix: Copy + Ord> NearPairs<Ix> {
    /// Sorts places given by ordinal, for searches of about `radius`; others work, more slowly.
    #[must_use]
    pub fn new(places: impl IntoIterator<Item = (Ix, Position)>, radius: Metres) -> Self {
        let height = (sphere::angle(radius).to_degrees() / BANDS_PER_RADIUS).clamp(1e-3, 10.0);
        let mut places: Vec<(usize, Ix, Position)> =
            places.into_iter().map(|(ordinal, at)| (band(at.lat(), height), ordinal, at)).collect();
        places.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.lon().total_cmp(&b.2.lon())).then(a.1.cmp(&b.1)));
        let mut starts = vec![0; band(90.0, height) + 2];
        for (band, ..) in &places {
            starts[band + 1] += 1;
        }
        for band in 1..starts.len() {
            starts[band] += starts[band - 1];
        }
        Self {
            height,
            starts,
            longitudes: places.iter().map(|(_, _, at)| at.lon()).collect(),
            vectors: places.iter().map(|(_, _, at)| at.unit_vector()).collect(),
            ordinals: places.iter().map(|(_, ordinal, _)| *ordinal).collect(),
        }
    }

    /// Calls `found` with every place whose great circle from `from` is at most `radius`.
    pub fn within(&self, from: Position, radius: Metres, mut found: impl FnMut(Neighbour<Ix>)) {
        let (angle, chord) = (sphere::angle(radius), sphere::chord(radius));
        // The widest part of the cap: sin Δλ = sin ρ / cos φ, unless a pole lies in it.
        let holds_a_pole = from.lat().abs().to_radians() + angle >= std::f64::consts::FRAC_PI_2;
        let width =
            if holds_a_pole { 180.0 } else { (angle.sin() / from.lat().to_radians().cos()).asin().to_degrees() };
        let (west, east) = (from.lon() - width - SLACK, from.lon() + width + SLACK);
        let windows = match (west < -180.0, east > 180.0) {
            _ if width >= 90.0 => [(-180.0, 180.0), (1.0, 0.0)],
            (true, _) => [(west + 360.0, 180.0), (-180.0, east)],
            (_, true) => [(west, 180.0), (-180.0, east - 360.0)],
            _ => [(west, east), (1.0, 0.0)],
        };
        let vector = from.unit_vector();
        let reach = angle.to_degrees() + SLACK;
        for band in band(from.lat() - reach, self.height)..=band(from.lat() + reach, self.height) {
            let (start, end) = (self.starts[band] as usize, self.starts[band + 1] as usize);
            for (west, east) in windows.iter().filter(|(west, east)| west <= east) {
                let longitudes = &self.longitudes[start..end];
                let first = start + longitudes.partition_point(|lon| lon < west);
                let last = start + longitudes.partition_point(|lon| lon <= east);
                for (ordinal, to) in self.ordinals[first..last].iter().zip(&self.vectors[first..last]) {
                    let chord2 = sphere::chord2(*to, vector);
                    if chord2 <= chord * chord {
                        found(Neighbour { ordinal: *ordinal, chord2 });
                    }
                }
            }
        }
    }
}

fn band(latitude: f64, height: f64) -> usize {
    ((latitude.clamp(-90.0, 90.0) + 90.0) / height) as usize
}
