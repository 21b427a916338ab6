//! What people recognise of an extract on a map: streets, railways, water, woods and parks, with their names.
//!
//! Kinds are written in the words that the script of the map draws (`web/src/map/base.js`). Zooms are choices (2026): a tile of a
//! town stays below a hundred kilobytes, and what is shown can be told apart.

use crate::domain::Position;

/// A layer of the base of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Woods and parks, as areas.
    Green,
    /// Rivers as lines, lakes as areas.
    Water,
    /// Streets, paths, railways.
    Roads,
}

impl Ground {
    /// Every layer, in the order in which they lie upon each other.
    pub const ALL: [Self; 3] = [Self::Green, Self::Water, Self::Roads];

    /// Name inside the tiles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Water => "water",
            Self::Roads => "roads",
        }
    }
}

/// What a way is to who looks at a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sight {
    /// The layer it is drawn in.
    pub ground: Ground,
    /// What it is, in the words of the script.
    pub kind: &'static str,
    /// Whether its outline encloses what is shown.
    pub is_area: bool,
    /// The first zoom that shows it.
    pub from: u32,
}

/// A line or an area of the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// What it is.
    pub sight: Sight,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its line; the outline of an area ends where it began.
    pub points: Vec<Position>,
}

/// Streets by the tag `highway`: kind, and first zoom.
const STREETS: [(&str, &str, u32); 21] = [
    ("motorway", "motorway", 6),
    ("trunk", "trunk", 6),
    ("primary", "primary", 8),
    ("secondary", "secondary", 9),
    ("tertiary", "tertiary", 10),
    ("motorway_link", "motorway", 11),
    ("trunk_link", "trunk", 11),
    ("primary_link", "primary", 12),
    ("secondary_link", "secondary", 12),
    ("tertiary_link", "tertiary", 12),
    ("unclassified", "minor", 12),
    ("residential", "minor", 12),
    ("living_street", "minor", 12),
    ("pedestrian", "minor", 13),
    ("road", "minor", 13),
    ("service", "service", 14),
    ("track", "path", 14),
    ("path", "path", 14),
    ("footway", "path", 14),
    ("cycleway", "path", 14),
    ("steps", "path", 14),
];
const RAILWAYS: [(&str, u32); 4] = [("rail", 9), ("light_rail", 12), ("tram", 12), ("narrow_gauge", 12)];
const WATERWAYS: [(&str, u32); 3] = [("river", 8), ("canal", 10), ("stream", 12)];
/// Tags of areas: key, value, kind, layer.
const AREAS: [(&str, &str, &str, Ground); 9] = [
    ("natural", "water", "water", Ground::Water),
    ("waterway", "riverbank", "water", Ground::Water),
    ("landuse", "reservoir", "water", Ground::Water),
    ("landuse", "basin", "water", Ground::Water),
    ("natural", "wood", "wood", Ground::Green),
    ("landuse", "forest", "forest", Ground::Green),
    ("leisure", "park", "park", Ground::Green),
    ("leisure", "garden", "garden", Ground::Green),
    ("landuse", "cemetery", "cemetery", Ground::Green),
];
/// First zoom of lakes, and of woods and parks.
const LAKES_FROM: u32 = 9;
const GREEN_FROM: u32 = 11;

/// What a way is to who looks at a map, by its tags; `None` for what no map of people shows. Only a closed way encloses an area.
pub fn seen<'a>(tag: impl Fn(&str) -> Option<&'a str>, is_closed: bool) -> Option<Sight> {
    let under_ground = tag("tunnel").is_some_and(|tunnel| tunnel != "no");
    if let Some(class) = tag("highway") {
        let &(_, kind, from) = STREETS.iter().find(|(known, _, _)| *known == class)?;
        // Lanes of a car park tell nobody where they are.
        let is_aside = tag("service").is_some_and(|service| service != "alley");
        let is_inside = tag("indoor") == Some("yes") || tag("area") == Some("yes");
        return (!is_aside && !is_inside).then_some(Sight { ground: Ground::Roads, kind, is_area: false, from });
    }
    if let Some(class) = tag("railway") {
        let &(kind, from) = RAILWAYS.iter().find(|(known, _)| *known == class)?;
        let is_main = !under_ground && tag("service").is_none();
        return is_main.then_some(Sight { ground: Ground::Roads, kind, is_area: false, from });
    }
    if is_closed && let Some(&(_, _, kind, ground)) = AREAS.iter().find(|(key, value, _, _)| tag(key) == Some(*value)) {
        let from = if ground == Ground::Water { LAKES_FROM } else { GREEN_FROM };
        return Some(Sight { ground, kind, is_area: true, from });
    }
    let class = tag("waterway").filter(|_| !under_ground)?;
    let &(kind, from) = WATERWAYS.iter().find(|(known, _)| *known == class)?;
    Some(Sight { ground: Ground::Water, kind, is_area: false, from })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &[(&'static str, &'static str)], is_closed: bool) -> Option<(Ground, &'static str, bool)> {
        let tag = |key: &str| tags.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        seen(tag, is_closed).map(|sight| (sight.ground, sight.kind, sight.is_area))
    }

    #[test]
    fn streets_rivers_lakes_and_parks_are_seen_and_car_parks_tunnels_and_buildings_are_not() {
        assert_eq!(of(&[("highway", "residential")], false), Some((Ground::Roads, "minor", false)));
        assert_eq!(of(&[("highway", "trunk_link")], false), Some((Ground::Roads, "trunk", false)));
        assert_eq!(of(&[("railway", "rail")], false), Some((Ground::Roads, "rail", false)));
        assert_eq!(of(&[("waterway", "river")], false), Some((Ground::Water, "river", false)));
        assert_eq!(of(&[("natural", "water")], true), Some((Ground::Water, "water", true)));
        assert_eq!(of(&[("leisure", "park")], true), Some((Ground::Green, "park", true)));
        for hidden in [
            &[("highway", "service"), ("service", "parking_aisle")][..],
            &[("highway", "proposed")],
            &[("railway", "rail"), ("tunnel", "yes")],
            &[("waterway", "stream"), ("tunnel", "culvert")],
            &[("building", "yes")],
        ] {
            assert_eq!(of(hidden, true), None, "{hidden:?}");
        }
        assert_eq!(of(&[("natural", "water")], false), None, "a piece of an outline encloses nothing");
        assert_eq!(
            of(&[("highway", "residential")], true),
            Some((Ground::Roads, "minor", false)),
            "a street may turn round"
        );
    }
}
