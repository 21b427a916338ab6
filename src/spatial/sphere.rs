//! The sphere that the great circle is measured on, and the chords of it: the one place where they are written down.
//!
//! A chord is the straight line through the unit sphere between two of its points. It grows with the great circle, so it
//! orders places alike, and costs no trigonometry.

use crate::domain::Metres;

/// Mean radius R₁ of the WGS 84 ellipsoid, in metres (Moritz, *Geodetic Reference System 1980*, 2000).
pub const MEAN_RADIUS_M: f64 = 6_371_008.771_4;

/// The square of the chord between two unit vectors.
#[must_use]
pub fn chord2(a: [f64; 3], b: [f64; 3]) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)
}

/// The great circle whose chord has this square: half a chord is the sine of half the angle.
#[must_use]
pub fn great_circle(chord2: f64) -> Metres {
    // Two rounded unit vectors can lie a hair more than 2 apart; asin takes no more than 1.
    let half_chord = (chord2.sqrt() / 2.0).min(1.0);
    Metres::new(2.0 * MEAN_RADIUS_M * half_chord.asin()).expect("an arc of at most half a turn is finite")
}

/// The angle of a length along the great circle, at most half a turn.
#[must_use]
pub fn angle(length: Metres) -> f64 {
    (length.value() / MEAN_RADIUS_M).min(std::f64::consts::PI)
}

/// The chord of a length along the great circle.
#[must_use]
pub fn chord(length: Metres) -> f64 {
    2.0 * (angle(length) / 2.0).sin()
}
