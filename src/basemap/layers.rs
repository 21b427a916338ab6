//! Which layers of a file of vector tiles the map draws: by the names that the three schemas in use give them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// What is drawn, and the layers it is drawn from in the schemas of Protomaps (version 4), `OpenMapTiles` (3.15) and Shortbread
/// (1.0); the script of the map (`web/src/map/base.js`) has one way to draw each role.
pub const ROLES: [(&str, &[&str]); 6] = [
    ("land", &["earth"]),
    ("green", &["landcover", "landuse", "park", "land"]),
    ("water", &["water", "ocean", "water_polygons", "waterway", "water_lines"]),
    ("buildings", &["buildings", "building"]),
    ("roads", &["roads", "transportation", "streets"]),
    ("names", &["roads", "transportation_name", "street_labels"]),
];

/// The layers of a file by what is drawn from them, in the order of [`ROLES`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drawn(pub BTreeMap<&'static str, Vec<String>>);

impl Drawn {
    /// Reads the metadata of a file.
    ///
    /// # Errors
    /// When none of its layers is one that is drawn: which it has, and which were expected.
    pub fn of(metadata: &Json) -> Result<Self, String> {
        let layers = metadata["vector_layers"].as_array().map(Vec::as_slice).unwrap_or_default();
        let names: Vec<&str> = layers.iter().filter_map(|layer| layer["id"].as_str()).collect();
        let of = |known: &[&str]| known.iter().filter(|known| names.contains(known)).map(ToString::to_string).collect();
        let drawn: BTreeMap<&str, Vec<String>> = ROLES.iter().map(|(role, known)| (*role, of(known))).collect();
        if drawn.values().all(Vec::is_empty) {
            let mut expected: Vec<&str> = ROLES.iter().flat_map(|(_, known)| *known).copied().collect();
            expected.sort_unstable();
            expected.dedup();
            let has = if names.is_empty() { "no layer".to_owned() } else { format!("layers {}", shown(&names)) };
            return Err(format!("it has {has}, and none that the map draws: expected some of {}", expected.join(", ")));
        }
        Ok(Self(drawn.into_iter().filter(|(_, layers)| !layers.is_empty()).collect()))
    }
}

/// The first names; a file may have hundreds, of any length.
fn shown(names: &[&str]) -> String {
    const MOST: usize = 12;
    let short = |name: &&str| name.chars().take(40).collect::<String>();
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", names.iter().take(MOST).map(short).collect::<Vec<_>>().join(", "))
}
