//! The box around everything that the tiles of a layer draw: a client asks for no tile outside of it.

use geo::{BoundingRect, Rect};

use super::Layer;
use crate::api::bounds::{Boxes, join};
use crate::api::collections;
use crate::editions::Snapshot;
use crate::maps::shapes::drawn_as_discs;

/// The box of each layer, in the order of [`Layer::ALL`].
struct Drawn([Option<Rect>; Layer::ALL.len()]);

/// West, south, east and north of what is drawn, discs of territories without a contour included; `None` when nothing is.
pub(super) fn bounds(snapshot: &Snapshot, layer: Layer) -> Option<[f64; 4]> {
    let boxes = Boxes::kept(snapshot);
    let drawn: &Drawn = snapshot.kept(|atlas| {
        Drawn(Layer::ALL.map(|layer| {
            let features = collections::by_name(layer.name()).and_then(|(rank, _)| boxes.around(rank));
            let discs = match layer {
                Layer::Territories(level) => drawn_as_discs(atlas, level),
                Layer::Venues => return features,
            };
            features.into_iter().chain(discs.values().filter_map(BoundingRect::bounding_rect)).reduce(join)
        }))
    });
    let rank = Layer::ALL.into_iter().position(|other| other == layer)?;
    drawn.0[rank].map(|around| [around.min().x, around.min().y, around.max().x, around.max().y])
}
