//! The binary format, `.osm.pbf`: <https://wiki.openstreetmap.org/wiki/PBF_Format>.

use std::path::Path;

use osmpbf::{Element as Found, ElementReader};

use super::Element;
use crate::domain::Degrees;

/// Gives every node and way of a file, in its order.
pub(super) fn visit(path: &Path, with: &mut dyn FnMut(Element<'_>)) -> Result<(), String> {
    let reader = ElementReader::from_path(path).map_err(|error| error.to_string())?;
    let read = reader.for_each(|found| match found {
        Found::Node(node) => {
            let tags: Vec<(&str, &str)> = node.tags().collect();
            with(Element::Node { id: node.id(), degrees: Degrees { lon: node.lon(), lat: node.lat() }, tags: &tags });
        }
        Found::DenseNode(node) => {
            let tags: Vec<(&str, &str)> = node.tags().collect();
            with(Element::Node { id: node.id(), degrees: Degrees { lon: node.lon(), lat: node.lat() }, tags: &tags });
        }
        Found::Way(way) => {
            let tags: Vec<(&str, &str)> = way.tags().collect();
            let nodes: Vec<i64> = way.refs().collect();
            with(Element::Way { nodes: &nodes, tags: &tags });
        }
        Found::Relation(_) => {}
    });
    read.map_err(|error| error.to_string())
}
