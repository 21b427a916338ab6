//! The middle of a commune, which a geocoder gives for want of a better point: in Guyane it lies in the forest, 60 km from the
//! town, and nobody lives or goes there.

use geo::Centroid;

use crate::domain::{CommuneIx, Degrees, Level, Position};

use super::reference::Reference;

/// From the town hall, less than this is the town: its middle is as good a point as another.
const TOWN_M: f64 = 1_500.0;
/// This near to the middle is the middle, whatever the street.
const SAME_M: f64 = 50.0;
/// Farther from the town hall than this no town reaches.
const FAR_M: f64 = 10_000.0;
/// Of the way from the town hall to the middle, what middles differ by: that of the geocoder is not that of our contour.
const SLACK: f64 = 0.17;
/// The same, of a row without a street, which no geocoder could place any better.
const SLACK_WITHOUT_STREET: f64 = 0.25;

/// Whether a point is only the middle of its commune, away from the town.
#[must_use]
pub fn is_the_middle(position: Position, commune: CommuneIx, has_street: bool, reference: &Reference) -> bool {
    let commune = &reference.communes[commune];
    let away = commune.point.map_or(0.0, |hall| hall.geodesic_to(position).value());
    if away <= TOWN_M {
        return false;
    }
    let contour = reference.contours.get(&Level::Commune).and_then(|all| all.get(commune.code.as_str()));
    let middle = contour.and_then(|contour| contour.centroid());
    let middle = middle.and_then(|point| Position::in_france(Degrees { lon: point.x(), lat: point.y() }).ok());
    let Some(off) = middle.map(|middle| middle.geodesic_to(position).value()) else { return false };
    let slack = match has_street {
        true if away > FAR_M => SLACK,
        true => 0.0,
        false => SLACK_WITHOUT_STREET,
    };
    off <= SAME_M.max(slack * away)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CommuneCode;
    use crate::ingest::reference;

    #[test]
    fn the_middle_of_a_commune_is_no_place() {
        let reference =
            reference::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories")).unwrap();
        let is = |code: &str, lat: f64, lon: f64, street: bool| {
            let commune = reference.places.by_code(CommuneCode::parse(code).unwrap()).unwrap();
            let position = Position::in_france(Degrees { lon, lat }).unwrap();
            is_the_middle(position, commune, street, &reference)
        };
        // Libraries of 2020, as the geocoder placed them: Goyave, Iracoubo, Roura, Saint-Laurent-du-Maroni, Maripasoula, Papaïchton,
        // Saint-Louis de Marie-Galante without a street, Kourou and Bois-de-Nèfles with one.
        for (code, lat, lon, street) in [
            ("97114", 16.123_216, -61.612_93, false),
            ("97303", 5.240_558, -53.328_534, false),
            ("97310", 4.475_41, -52.493_671, false),
            ("97311", 4.947_303, -54.027_754, false),
            ("97353", 3.048_65, -53.638_976, false),
            ("97362", 4.016_488, -54.039_335, false),
            ("97304", 4.910_723, -52.737_962, true),
        ] {
            assert!(is(code, lat, lon, street), "{code}");
        }
        // Their town halls, and libraries that a geocoder placed in their streets and villages.
        for code in ["97304", "97311", "13004", "33063", "75056"] {
            let commune = reference.places.by_code(CommuneCode::parse(code).unwrap()).unwrap();
            let hall = reference.communes[commune].point.unwrap();
            assert!(!is_the_middle(hall, commune, false, &reference), "{code}");
        }
    }
}
