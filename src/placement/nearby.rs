//! Pairs by distance: which sites lie within a radius of which demand points, as the crow flies.
