//! `TopoJSON`: contours that share their borders. Only what `data/territories/contours.topojson.gz` uses.
//!
//! Source: *The `TopoJSON` Format Specification* 1.0 (Bostock and Metcalf, 2013).

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde::Deserialize;

use crate::spatial::Contour;

#[derive(Deserialize)]
struct Topology {
    #[serde(default)]
    transform: Option<Transform>,
    arcs: Vec<Vec<[f64; 2]>>,
    objects: BTreeMap<String, Object>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    arcs: serde_json::Value,
    #[serde(default)]
    properties: Properties,
}

#[derive(Deserialize, Default)]
struct Properties {
    #[serde(default)]
    code: String,
}

/// Contours by object name and code.
pub type Contours = BTreeMap<String, BTreeMap<String, Contour>>;

/// Reads every object of a topology.
///
/// # Errors
/// A sentence on what is not as the specification says.
pub fn read(json: &[u8]) -> Result<Contours, String> {
    let topology: Topology = serde_json::from_slice(json).map_err(|e| format!("not a topology: {e}"))?;
    let arcs = decode(&topology);
    let mut contours = Contours::new();
    for (name, object) in topology.objects {
        let layer = contours.entry(name).or_default();
        for geometry in object.geometries {
            let polygons: Vec<Vec<Vec<i64>>> = match geometry.kind.as_deref() {
                Some("Polygon") => vec![read_arcs(geometry.arcs)?],
                Some("MultiPolygon") => read_arcs(geometry.arcs)?,
                None => continue,
                Some(other) => return Err(format!("geometry of type {other}; expected Polygon or MultiPolygon")),
            };
            let polygons = polygons.iter().map(|rings| polygon(rings, &arcs)).collect::<Result<Vec<_>, _>>()?;
            layer.insert(geometry.properties.code, Contour::new(MultiPolygon::new(polygons)));
        }
    }
    Ok(contours)
}

fn read_arcs<T: for<'de> Deserialize<'de>>(arcs: serde_json::Value) -> Result<T, String> {
    serde_json::from_value(arcs).map_err(|e| format!("arcs of a geometry: {e}"))
}

fn decode(topology: &Topology) -> Vec<Vec<Coord>> {
    let Some(transform) = &topology.transform else {
        return topology.arcs.iter().map(|arc| arc.iter().map(|&[x, y]| Coord { x, y }).collect()).collect();
    };
    let decode_arc = |arc: &Vec<[f64; 2]>| {
        let (mut x, mut y) = (0.0, 0.0);
        let absolute = |&[dx, dy]: &[f64; 2]| {
            (x, y) = (x + dx, y + dy);
            Coord {
                x: x * transform.scale[0] + transform.translate[0],
                y: y * transform.scale[1] + transform.translate[1],
            }
        };
        arc.iter().map(absolute).collect()
    };
    topology.arcs.iter().map(decode_arc).collect()
}

fn polygon(rings: &[Vec<i64>], arcs: &[Vec<Coord>]) -> Result<Polygon, String> {
    let mut lines = rings.iter().map(|ring| line(ring, arcs)).collect::<Result<Vec<_>, _>>()?.into_iter();
    let exterior = lines.next().ok_or("a polygon without a ring")?;
    Ok(Polygon::new(exterior, lines.collect()))
}

/// Joins the arcs of a ring; a negative index `!i` is arc `i` walked backwards, and neighbours share an end point.
fn line(ring: &[i64], arcs: &[Vec<Coord>]) -> Result<LineString, String> {
    let mut coords: Vec<Coord> = Vec::new();
    for &index in ring {
        let (at, backwards) = if index < 0 { (!index, true) } else { (index, false) };
        let arc = usize::try_from(at).ok().and_then(|at| arcs.get(at)).ok_or(format!("no arc of index {index}"))?;
        coords.pop();
        if backwards {
            coords.extend(arc.iter().rev());
        } else {
            coords.extend(arc);
        }
    }
    Ok(LineString::new(coords))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_every_vertex_of_their_border() {
        let json = br#"{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[10,20]},
            "arcs":[[[2,0],[0,4]],[[2,4],[-2,0],[0,-4],[2,0]],[[2,4],[2,0],[0,-4],[-2,0]]],
            "objects":{"communes":{"type":"GeometryCollection","geometries":[
                {"type":"Polygon","arcs":[[0,1]],"properties":{"code":"01001"}},
                {"type":"MultiPolygon","arcs":[[[-1,-3]]],"properties":{"code":"01002"}},
                {"type":null,"properties":{"code":"01003"}}]}}}"#;
        let contours = read(json);
        // The second ring walks arc 2 backwards, then arc 0 backwards.
        let communes = &contours.unwrap()["communes"];
        assert_eq!(communes.len(), 2, "a geometry without a type is no contour");
        let west: Vec<Coord> = communes["01001"].0[0].exterior().0.clone();
        assert_eq!(west[0], Coord { x: 11.0, y: 20.0 });
        assert_eq!(west.first(), west.last(), "rings are closed");
        for end in [Coord { x: 11.0, y: 20.0 }, Coord { x: 11.0, y: 22.0 }] {
            assert!(communes["01002"].0[0].exterior().0.contains(&end));
        }
    }
}
