//! Geodesic distances from one place to many others nearby, without a sine in the loop.

use crate::domain::{Metres, Position};

/// Beyond this, the geodesic of [`Position::geodesic_to`] takes over.
const LONGEST_M: f64 = 100_000.0;
/// Radians of latitude or longitude beyond which the small-angle series are not used.
const WIDEST: f64 = 0.04;
const SEMI_MAJOR_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// Square of the second eccentricity of WGS 84.
const ECCENTRICITY2: f64 = FLATTENING * (2.0 - FLATTENING) / ((1.0 - FLATTENING) * (1.0 - FLATTENING));

/// A place that is measured from time and again: what Bowring's inverse formula needs of it, computed once.
///
/// Source: B. R. Bowring, *The direct and inverse problems for short geodesic lines on the ellipsoid*, Surveying and
/// Mapping 41 (1981). The letters are his. Held against Karney (2013): within a micrometre up to 10 km and a millimetre
/// up to 100 km; beyond, it is Karney.
#[derive(Debug, Clone, Copy)]
pub struct ShortLines {
    from: Position,
    sin_lat: f64,
    sin_2lat: f64,
    cos_2lat: f64,
    /// A = √(1 + e′² cos⁴ φ).
    a: f64,
    /// B = √(1 + e′² cos² φ).
    b: f64,
    b_cos_lat: f64,
    /// Radius of the sphere that fits the ellipsoid here, in metres.
    radius_m: f64,
}

impl ShortLines {
    /// Prepares to measure from a place.
    #[must_use]
    pub fn from(from: Position) -> Self {
        let (sin_lat, cos_lat) = from.lat().to_radians().sin_cos();
        let cos2 = cos_lat * cos_lat;
        let b2 = 1.0 + ECCENTRICITY2 * cos2;
        Self {
            from,
            sin_lat,
            sin_2lat: 2.0 * sin_lat * cos_lat,
            cos_2lat: 2.0 * cos2 - 1.0,
            a: (1.0 + ECCENTRICITY2 * cos2 * cos2).sqrt(),
            b: b2.sqrt(),
            b_cos_lat: b2.sqrt() * cos_lat,
            radius_m: SEMI_MAJOR_M * (1.0 + ECCENTRICITY2).sqrt() / b2,
        }
    }

    /// Length of the geodesic to another place.
    #[must_use]
    pub fn distance_to(&self, to: Position) -> Metres {
        let d_lat = (to.lat() - self.from.lat()).to_radians();
        let d_lon = (to.lon() - self.from.lon()).to_radians();
        if d_lat.abs() < WIDEST && d_lon.abs() < WIDEST {
            let metres = self.bowring(d_lat, d_lon);
            if metres <= LONGEST_M {
                return Metres::new(metres).expect("a short line has a finite length");
            }
        }
        self.from.geodesic_to(to)
    }

    /// Length of the geodesic to the nearest metre, the very number that [`Position::geodesic_to`] rounds to.
    #[must_use]
    pub fn whole_metres_to(&self, to: Position) -> Metres {
        let short = self.distance_to(to);
        // Only within a millimetre of a half can the two round apart.
        let is_near_half = (short.value().fract() - 0.5).abs() < 2e-3;
        let metres = if is_near_half { self.from.geodesic_to(to) } else { short };
        Metres::new(metres.value().round()).expect("the nearest integer of a finite length")
    }

    fn bowring(&self, d_lat: f64, d_lon: f64) -> f64 {
        let (sin_w, cos_w) = small_sin_cos(self.a * d_lon / 2.0);
        let (sin_x, cos_x) = small_sin_cos(d_lat * 2.0 / 3.0);
        let sin_2lat_plus_x = self.sin_2lat * cos_x + self.cos_2lat * sin_x;
        let stretch = 1.0 + 0.75 * ECCENTRICITY2 / (self.b * self.b) * d_lat * sin_2lat_plus_x;
        let (sin_d, cos_d) = small_sin_cos(d_lat / (2.0 * self.b) * stretch);
        let e = sin_d * cos_w;
        let f = sin_w / self.a * (self.b_cos_lat * cos_d - self.sin_lat * sin_d);
        2.0 * self.radius_m * small_asin((e * e + f * f).sqrt())
    }
}

/// Sine and cosine of an angle under 0.05, to the last digits.
fn small_sin_cos(angle: f64) -> (f64, f64) {
    let square = angle * angle;
    let sin = angle * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
    let cos = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    (sin, cos)
}

/// Arcsine of a number under 0.05, to the last digits.
fn small_asin(sin: f64) -> f64 {
    let square = sin * sin;
    sin * (1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0 + square * (15.0 / 336.0 + square * (105.0 / 3456.0)))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Degrees;
    use crate::spatial::testing::{BOXES, Seeded};

    /// The largest difference from Karney over seeded pairs in a box, up to a number of metres apart.
    fn worst_error_m(bounds: [f64; 4], longest_m: f64) -> f64 {
        let mut random = Seeded::new(31);
        let mut worst = 0.0_f64;
        for _ in 0..20_000 {
            let from = random.position_in(bounds);
            let reach = 10_f64.powf(random.between(-5.0, 0.0));
            let lon = from.lon() + random.between(-reach, reach) * 1.5;
            let Ok(to) = Position::new(Degrees { lon, lat: from.lat() + random.between(-reach, reach) }) else {
                continue;
            };
            let karney = from.geodesic_to(to).value();
            if karney <= longest_m {
                worst = worst.max((ShortLines::from(from).distance_to(to).value() - karney).abs());
            }
        }
        worst
    }

    #[test]
    fn short_lines_agree_with_karney_to_the_millimetre() {
        for bounds in BOXES.into_iter().chain([[-180.0, -90.0, 180.0, 90.0]]) {
            for (longest_m, tolerance_m) in [(10_000.0, 1e-6), (30_000.0, 2e-5), (100_000.0, 1e-3)] {
                let error_m = worst_error_m(bounds, longest_m);
                assert!(error_m <= tolerance_m, "{error_m} m over at most {longest_m} m in {bounds:?}");
            }
        }
    }

    #[test]
    fn whole_metres_are_those_of_karney() {
        let mut random = Seeded::new(34);
        for i in 0..100_000 {
            let from = random.position_in(BOXES[i % BOXES.len()]);
            let [lon, lat] = [from.lon() + random.between(-0.5, 0.5), from.lat() + random.between(-0.5, 0.5)];
            let to = Position::new(Degrees { lon, lat }).expect("France is far from the poles");
            let karney = Metres::new(from.geodesic_to(to).value().round()).expect("finite");
            assert_eq!(ShortLines::from(from).whole_metres_to(to), karney, "{from:?} {to:?}");
        }
    }

    #[test]
    fn long_lines_are_karney_to_the_bit() {
        let mut random = Seeded::new(32);
        for _ in 0..2_000 {
            let [from, to] = [(); 2].map(|()| random.position_in([-180.0, -90.0, 180.0, 90.0]));
            if from.geodesic_to(to).value() > 110_000.0 {
                assert_eq!(ShortLines::from(from).distance_to(to), from.geodesic_to(to), "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn a_place_is_at_no_distance_of_itself() {
        let place = Seeded::new(33).position_in_france();
        assert_eq!(ShortLines::from(place).distance_to(place), Metres::ZERO);
    }
}
