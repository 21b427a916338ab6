//! An outline that somebody drew: corners in order, no side across another.

use geo::line_intersection::line_intersection;
use geo::{Area as _, Line, LineString, Polygon};

use super::error::RequestError;
use crate::domain::{Degrees, Position};

/// Corners of an outline at most.
const MOST_CORNERS: usize = 1_000;

/// Reads `2,46;2.5,46;2.25,46.3`. The first corner may be said again at the end.
pub(super) fn outline(text: &str) -> Result<Polygon, RequestError> {
    let mut ring: Vec<(f64, f64)> = Vec::new();
    let said: Vec<&str> = text.split(';').collect();
    if !(3..=MOST_CORNERS).contains(&said.len()) {
        let message = format!("expected 3 to {MOST_CORNERS} corners, longitude,latitude, separated by semicolons");
        return Err(RequestError::new("territory", format!("{} corners", said.len()), message));
    }
    for corner in said {
        let at = corner.split_once(',').ok_or("expected longitude,latitude".to_owned());
        let at = at.and_then(|(lon, lat)| position_of(lon, lat));
        let at = at.map_err(|message| RequestError::new("territory", corner, message))?;
        ring.push((at.lon(), at.lat()));
    }
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let wrong = |message: String| RequestError::new("territory", format!("{} corners", ring.len()), message);
    if let Some((one, other)) = crossing(&ring) {
        return Err(wrong(format!(
            "the side from corner {one} to the next meets the side from corner {other}: expected the corners in order around the area"
        )));
    }
    let polygon = Polygon::new(LineString::from(ring.clone()), Vec::new());
    if polygon.unsigned_area() == 0.0 {
        return Err(wrong("these corners enclose nothing: expected at least three that are not in a line".into()));
    }
    Ok(polygon)
}

/// The first two sides that meet elsewhere than at the corner that follows one and begins the other: the numbers of the
/// corners where they begin, from 1.
fn crossing(ring: &[(f64, f64)]) -> Option<(usize, usize)> {
    let side = |rank: usize| Line::new(ring[rank], ring[(rank + 1) % ring.len()]);
    let meet = |one: usize, other: usize| match line_intersection(side(one), side(other)) {
        None => false,
        Some(geo::LineIntersection::Collinear { intersection }) => intersection.start != intersection.end,
        Some(geo::LineIntersection::SinglePoint { .. }) => other != one + 1 && !(one == 0 && other == ring.len() - 1),
    };
    let pairs = (0..ring.len()).flat_map(|one| (one + 1..ring.len()).map(move |other| (one, other)));
    // Three corners in a line are said in other words.
    pairs.filter(|_| ring.len() > 3).find(|(one, other)| meet(*one, *other)).map(|(one, other)| (one + 1, other + 1))
}

pub(super) fn position_of(lon: &str, lat: &str) -> Result<Position, String> {
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| format!("{text:?} is not a number of degrees"));
    Position::in_france(Degrees { lon: number(lon)?, lat: number(lat)? }).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_is_drawn_around_an_area_and_crosses_itself_nowhere() {
        let good = [
            "2,46;3,46;2.5,47",
            // Said again at the end; a corner twice; three corners in a line; a notch.
            "2,46;3,46;2.5,47;2,46",
            "2,46;3,46;3,46;2.5,47",
            "2,46;2.5,46;3,46;3,47;2,47",
            "2,46;3,46;3,47;2.5,46.2;2,47",
        ];
        for text in good {
            assert!(outline(text).is_ok(), "{text}: {:?}", outline(text));
        }
        let bow_tie = outline("2,46;3,47;3,46;2,47").unwrap_err();
        assert_eq!((bow_tie.field, bow_tie.value.as_str()), ("territory", "4 corners"));
        assert!(bow_tie.message.contains("corner 1 to the next meets the side from corner 3"), "{bow_tie}");
        let bad = [
            // A corner on a side; a way there and back; a corner passed twice.
            ("2,46;3,46;2.5,46;2.5,47", "meets"),
            ("2,46;3,46;4,47;3,46;2,45", "meets"),
            ("2,46;3,46;2.5,46.5;3,47;2,47;2.5,46.5", "meets"),
            ("2,46;2.5,46;3,46", "enclose nothing"),
            ("2,46;2,46;2,46", "enclose nothing"),
            ("2,46;3,46;2,46", "enclose nothing"),
        ];
        for (text, said) in bad {
            let error = outline(text).expect_err(text);
            assert!(error.message.contains(said), "{text}: {error}");
        }
    }
}
