//! The cases of contours, asked where `GeoJSON` comes in: lists of venues. Contours themselves come with the project.

use super::super::workshop::Workshop;

/// A feature that nothing is wrong with, with another geometry and other properties.
fn feature(geometry: &str, more: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{\"id\":\"x1\",\"nom\":\"Espace\",\"commune\":\"Guéret\",\
         \"code_postal\":\"23000\",\"code_insee\":\"23096\",\"adresse\":\"1 rue de la Paix\"{more}}}}}"
    )
}

fn collection(more: &str, features: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\"{more},\"features\":[{features}]}}")
}

fn point(coordinates: &str) -> String {
    format!("{{\"type\":\"Point\",\"coordinates\":{coordinates}}}")
}

/// Writes the file of a case and its description; `false` for the cases that only contours can be.
pub fn prepare(workshop: &Workshop, id: &str) -> bool {
    let at = |coordinates: &str| collection("", &feature(&point(coordinates), ""));
    let good = || at("[1.87215,46.17013]");
    let text = match id.strip_prefix("GEO-").and_then(|number| number.parse::<u32>().ok()) {
        Some(1) => "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Fea".into(),
        Some(2) => at(&format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))),
        Some(3) => {
            let open = "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(1_000);
            collection("", &feature(&format!("{open}{}{}", point("[1.87,46.17]"), "]}".repeat(1_000)), ""))
        }
        Some(6) => at("[NaN,46.17]"),
        Some(7) => at("[1e400,46.17]"),
        Some(8) => at("[\"1.87215\",\"46.17013\"]"),
        Some(9) => collection(
            ",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::2154\"}}",
            &feature(&point("[612345.0,6564321.0]"), ""),
        ),
        Some(10) => at("[612345.0,6564321.0]"),
        Some(11) => at("[46.17013,1.87215]"),
        Some(17) => collection("", &feature("null", "")),
        Some(18) => collection("", &feature("{\"type\":\"LineString\",\"coordinates\":[[1.8,46.1],[1.9,46.2]]}", "")),
        Some(28) => "{\"type\":\"Topology\",\"objects\":{},\"arcs\":[]}".into(),
        Some(30) => format!("{}\n{}\n", feature(&point("[1.87215,46.17013]"), ""), feature(&point("[1.88,46.17]"), "")),
        Some(31) => {
            collection("", &feature("{\"type\":\"Point\",\"type\":\"Polygon\",\"coordinates\":[1.87215,46.17013]}", ""))
        }
        Some(32) => {
            collection("", &feature(&point("[1.87215,46.17013]"), &format!(",\"divers\":\"{}\"", "a".repeat(10 << 20))))
        }
        Some(33) => at("[1.87215,46.17013,35.0,0]"),
        Some(34) => format!("\u{feff}{}\r\n  \r\n", good().replace(',', ",\r\n ")),
        Some(35) => at("[1.87215123456789012,46.17013123456789012]"),
        Some(36) => "<?xml version=\"1.0\"?><ows:ExceptionReport><ows:Exception/></ows:ExceptionReport>".into(),
        _ => return false,
    };
    let name = id.to_lowercase();
    workshop.source(&name, &format!("format = 'geojson'\nfile = '{name}.geojson'\n"));
    workshop.file(&format!("{name}.geojson"), text);
    true
}
