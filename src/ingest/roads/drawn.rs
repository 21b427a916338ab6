//! What the map draws of an extract: read apart from the network, which has neither names nor bends.

use std::path::Path;

use super::{Element, RoadsError, value, visit};
use crate::access::roads::{Drawn, Sight, seen};
use crate::domain::Position;

/// A way that is drawn, before its nodes are known.
struct Way {
    sight: Sight,
    name: Option<String>,
    nodes: Vec<i64>,
}

/// Reads what people recognise of an extract, in the order of the file, which is read twice as [`super::read`] does. A line is cut
/// where a node is missing; an area that misses one is left out.
///
/// # Errors
/// Those of [`super::read`]; a file without roads is an answer here.
pub fn read_drawn(path: &Path) -> Result<Vec<Drawn>, RoadsError> {
    let mut ways = Vec::new();
    visit(path, &mut |element| {
        if let Element::Way { nodes, tags } = element
            && let Some(sight) = seen(|key| value(tags, key), nodes.len() > 3 && nodes.first() == nodes.last())
        {
            let name = value(tags, "name:fr").or(value(tags, "name")).map(str::trim).filter(|name| !name.is_empty());
            ways.push(Way { sight, name: name.map(ToOwned::to_owned), nodes: nodes.to_vec() });
        }
    })?;
    let mut ids: Vec<i64> = ways.iter().flat_map(|way| way.nodes.iter().copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut places: Vec<Option<Position>> = vec![None; ids.len()];
    visit(path, &mut |element| {
        if let Element::Node { id, degrees, .. } = element
            && let Ok(node) = ids.binary_search(&id)
        {
            places[node] = Position::new(degrees).ok();
        }
    })?;
    let place = |id: &i64| ids.binary_search(id).ok().and_then(|node| places[node]);
    Ok(ways.into_iter().flat_map(|way| lines(&way, place)).collect())
}

fn lines(way: &Way, place: impl Fn(&i64) -> Option<Position>) -> Vec<Drawn> {
    let places: Vec<Option<Position>> = way.nodes.iter().map(place).collect();
    if way.sight.is_area && places.contains(&None) {
        return Vec::new();
    }
    let runs = places.split(Option::is_none).filter(|run| run.len() > 1);
    let line = |run: &[Option<Position>]| Drawn {
        sight: way.sight,
        name: way.name.clone(),
        points: run.iter().flatten().copied().collect(),
    };
    runs.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::roads::Ground;

    fn read(osm: &str) -> Vec<(Ground, &'static str, Option<String>, usize)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("essai.osm");
        std::fs::write(&path, format!("<osm version=\"0.6\">{osm}</osm>")).unwrap();
        let drawn = read_drawn(&path).unwrap();
        drawn.into_iter().map(|one| (one.sight.ground, one.sight.kind, one.name, one.points.len())).collect()
    }

    #[test]
    fn a_line_is_cut_where_the_extract_is_and_an_area_that_is_cut_is_none() {
        let nodes: String = (1..=5).map(|id| format!("<node id=\"{id}\" lat=\"46.{id}\" lon=\"1.{id}\"/>")).collect();
        let way = |nodes: &[i64], tags: &[(&str, &str)]| {
            let nodes: String = nodes.iter().map(|node| format!("<nd ref=\"{node}\"/>")).collect();
            let tags: String = tags.iter().map(|(k, v)| format!("<tag k=\"{k}\" v=\"{v}\"/>")).collect();
            format!("<way id=\"9\">{nodes}{tags}</way>")
        };
        let street = way(&[1, 2, 7, 3, 4, 5], &[("highway", "residential"), ("name", "Rue Neuve")]);
        let (lake, cut) = ([("natural", "water")], way(&[1, 2, 8, 1], &[("natural", "water")]));
        let found = read(&format!("{nodes}{street}{}{cut}", way(&[1, 2, 3, 1], &lake)));
        let name = Some("Rue Neuve".to_owned());
        assert_eq!(
            found,
            [
                (Ground::Roads, "minor", name.clone(), 2),
                (Ground::Roads, "minor", name, 3),
                (Ground::Water, "water", None, 4)
            ]
        );
    }
}
