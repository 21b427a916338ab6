//! Road networks from OpenStreetMap extracts: `.osm.pbf`, `.osm.gz` and `.osm`. What tags mean is in `access::roads`.

mod drawn;
mod pbf;
mod xml;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::access::roads::{RawWay, RoadBuilder, RoadNetwork, StopsCars, blocks_cars, rules};
use crate::domain::{Degrees, Metres, Position};

pub use drawn::read_drawn;

/// Of roads without junctions one node stays every so many metres, to join places to.
const SPACING_M: f64 = 200.0;

/// A network and what the file did not hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadRoads {
    /// The network.
    pub network: RoadNetwork,
    /// Ways on which somebody may travel.
    pub ways: usize,
    /// Nodes of these ways that the extract leaves out: it is cut through them.
    pub missing_nodes: usize,
}

/// Why a file could not be read.
#[derive(Debug)]
pub struct RoadsError {
    path: PathBuf,
    message: String,
}

impl fmt::Display for RoadsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for RoadsError {}

/// What a file holds, one thing at a time.
enum Element<'a> {
    Node { id: i64, degrees: Degrees, tags: &'a [(&'a str, &'a str)] },
    Way { nodes: &'a [i64], tags: &'a [(&'a str, &'a str)] },
}

/// Reads the roads of an extract. The file is read twice: for the ways, then for the nodes they need, so that the buildings of a
/// country never fill the memory.
///
/// # Errors
/// A file that is missing, damaged, of another kind, or that holds no road.
pub fn read(path: &Path) -> Result<ReadRoads, RoadsError> {
    let mut ways = Vec::new();
    visit(path, &mut |element| {
        if let Element::Way { nodes, tags } = element
            && let Some(rules) = rules(|key| value(tags, key))
        {
            ways.push(RawWay { nodes: nodes.to_vec(), rules });
        }
    })?;
    let mut read = ReadRoads { ways: ways.len(), ..ReadRoads::default() };
    let mut builder = RoadBuilder::new(ways);
    visit(path, &mut |element| {
        if let Element::Node { id, degrees, tags } = element
            && builder.needs(id)
            && let Ok(position) = Position::new(degrees)
        {
            let stops_cars = if blocks_cars(|key| value(tags, key)) { StopsCars::Yes } else { StopsCars::No };
            builder.place(id, position, stops_cars);
        }
    })?;
    read.missing_nodes = builder.missing();
    read.network = builder.contracted(Metres::new(SPACING_M).expect("a constant")).build();
    if read.network.nodes() == 0 {
        return Err(refuse(path, "no road; expected an extract of OpenStreetMap".to_owned()));
    }
    Ok(read)
}

fn refuse(path: &Path, message: String) -> RoadsError {
    RoadsError { path: path.to_owned(), message }
}

/// Gives every node and way of a file, in its order.
fn visit(path: &Path, with: &mut dyn FnMut(Element<'_>)) -> Result<(), RoadsError> {
    let extension =
        |path: &Path| path.extension().map(|text| text.to_string_lossy().to_lowercase()).unwrap_or_default();
    let outer = extension(path);
    let inner = path.file_stem().map(|stem| extension(Path::new(stem))).unwrap_or_default();
    let visited = match (inner.as_str(), outer.as_str()) {
        (_, "pbf") => pbf::visit(path, with),
        (_, "osm") | ("osm", "gz") => xml::visit(path, with),
        _ => Err("expected a file named .osm.pbf, .osm.gz or .osm".to_owned()),
    };
    visited.map_err(|message| refuse(path, message))
}

fn value<'a>(tags: &[(&'a str, &'a str)], key: &str) -> Option<&'a str> {
    tags.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests;
