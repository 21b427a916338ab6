//! The road network of an edition: two tables, nodes and arcs, and back.

use polars::prelude::PolarsResult;

use crate::access::roads::RoadNetwork;
use crate::access::{Mode, roads};
use crate::domain::{Degrees, Position};

use super::columns::{Columns, ReadColumns, missing};

/// Nodes, in the order that arcs count them; none without a network.
#[must_use]
pub(super) fn nodes(network: Option<&RoadNetwork>) -> Columns {
    let count = network.map_or(0, RoadNetwork::nodes) as u32;
    let at = |node| network.map(|network| network.position(node));
    let mut table = Columns::new(count as usize);
    table.number("longitude", (0..count).map(|node| at(node).map(Position::lon)));
    table.number("latitude", (0..count).map(|node| at(node).map(Position::lat)));
    table
}

/// Arcs: rank of the mode (walk, bicycle, car), node left, node reached, milliseconds.
#[must_use]
pub(super) fn arcs(network: Option<&RoadNetwork>) -> Columns {
    let of_mode = |(network, mode): (&RoadNetwork, Mode)| -> Vec<[u32; 4]> {
        let graph = network.graph(mode);
        let nodes = 0..graph.nodes() as u32;
        nodes.flat_map(|from| graph.from(from).iter().map(move |arc| [mode as u32, from, arc.to, arc.ms])).collect()
    };
    let all: Vec<[u32; 4]> =
        network.into_iter().flat_map(|network| Mode::ALL.map(|mode| (network, mode))).flat_map(of_mode).collect();
    let mut table = Columns::new(all.len());
    for (column, name) in ["mode", "from", "to", "ms"].into_iter().enumerate() {
        table.whole(name, all.iter().map(|arc| Some(arc[column])));
    }
    table
}

/// The network of two tables; `None` when they are empty.
///
/// # Errors
/// A column that is missing, or a value that no network has.
pub(super) fn read(nodes: &ReadColumns, arcs: &ReadColumns) -> PolarsResult<Option<RoadNetwork>> {
    let ends = nodes.number("longitude")?.into_iter().zip(nodes.number("latitude")?);
    let position = |(lon, lat): (Option<f64>, Option<f64>)| Position::new(Degrees { lon: lon?, lat: lat? }).ok();
    let positions: Vec<Position> = ends.map(position).collect::<Option<_>>().ok_or_else(|| missing("longitude"))?;
    if positions.is_empty() {
        return Ok(None);
    }
    let mut of_modes: [Vec<(u32, roads::Arc)>; 3] = Default::default();
    let columns = [arcs.whole("mode")?, arcs.whole("from")?, arcs.whole("to")?, arcs.whole("ms")?];
    for arc in 0..columns[0].len() {
        let [Some(mode), Some(from), Some(to), Some(ms)] = columns.each_ref().map(|column| column[arc]) else {
            return Err(missing("mode"));
        };
        let there = (from.max(to) as usize) < positions.len();
        let of_mode = of_modes.get_mut(mode as usize).filter(|_| there).ok_or_else(|| missing("from"))?;
        of_mode.push((from, roads::Arc { to, ms }));
    }
    Ok(Some(RoadNetwork::new(positions, of_modes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(network: Option<&RoadNetwork>) -> Option<RoadNetwork> {
        let folder = tempfile::tempdir().unwrap();
        let written = |name: &str, columns: Columns| {
            let path = folder.path().join(name);
            columns.write(&path, None).unwrap();
            ReadColumns::read(std::fs::read(path).unwrap()).unwrap()
        };
        read(&written("nodes", nodes(network)), &written("arcs", arcs(network))).unwrap()
    }

    #[test]
    fn a_network_survives_the_round_trip_and_none_stays_none() {
        let positions: Vec<Position> =
            (0..60).map(|i| Position::new(Degrees { lon: 1.5 + 0.001 * f64::from(i), lat: 46.0 }).unwrap()).collect();
        let arcs = |step: u32| (0..59).map(|from| (from, roads::Arc { to: from + 1, ms: 10 * step + from })).collect();
        let network = RoadNetwork::new(positions, [arcs(1), arcs(2), arcs(3)]);
        assert_eq!(round_trip(Some(&network)), Some(network));
        assert_eq!(round_trip(None), None);
    }
}
