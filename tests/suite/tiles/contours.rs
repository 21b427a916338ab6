//! The contours of `data/territories`, read the plain way.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use geo::{LineString, MultiPolygon, Polygon};
use serde_json::Value;

/// Contours of one object of the topology, by code.
pub struct Topology {
    json: Value,
    arcs: Vec<Vec<(f64, f64)>>,
}

impl Topology {
    /// Reads the file that the repository carries.
    pub fn of_the_repository() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories/contours.topojson.gz");
        let mut text = String::new();
        GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        let scale = json["transform"]["scale"][0].as_f64().unwrap();
        let arcs = json["arcs"].as_array().unwrap().iter().map(|arc| {
            let (mut x, mut y) = (0, 0);
            let steps = arc.as_array().unwrap().iter();
            steps
                .map(|step| {
                    x += step[0].as_i64().unwrap();
                    y += step[1].as_i64().unwrap();
                    (x as f64 * scale, y as f64 * scale)
                })
                .collect()
        });
        Self { arcs: arcs.collect(), json }
    }

    /// The contours of `communes`, `epcis`, `departements` or `regions` whose code passes.
    pub fn contours(&self, object: &str, keep: impl Fn(&str) -> bool) -> BTreeMap<String, MultiPolygon> {
        let geometries = self.json["objects"][object]["geometries"].as_array().unwrap().iter();
        let named = geometries.map(|geometry| (geometry["properties"]["code"].as_str().unwrap(), geometry));
        named.filter(|(code, _)| keep(code)).map(|(code, geometry)| (code.to_owned(), self.areas(geometry))).collect()
    }

    fn areas(&self, geometry: &Value) -> MultiPolygon {
        let arcs = geometry["arcs"].as_array().unwrap();
        match geometry["type"].as_str().unwrap() {
            "Polygon" => MultiPolygon::new(vec![self.polygon(arcs)]),
            _ => arcs.iter().map(|polygon| self.polygon(polygon.as_array().unwrap())).collect(),
        }
    }

    fn polygon(&self, rings: &[Value]) -> Polygon {
        let mut rings = rings.iter().map(|ring| self.ring(ring.as_array().unwrap()));
        Polygon::new(rings.next().unwrap(), rings.collect())
    }

    /// Joins arcs; `!i` is the arc `i` run backwards, and each begins where the one before ended.
    fn ring(&self, arcs: &[Value]) -> LineString {
        let mut ring: Vec<(f64, f64)> = Vec::new();
        for arc in arcs.iter().map(|arc| arc.as_i64().unwrap()) {
            ring.pop();
            match usize::try_from(arc) {
                Ok(arc) => ring.extend(&self.arcs[arc]),
                Err(_) => ring.extend(self.arcs[!arc as usize].iter().rev()),
            }
        }
        ring.into()
    }
}
