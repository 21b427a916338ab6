//! The columns that a match adds.

/// The columns that matching adds, in this order.
pub const OUTPUT_COLUMNS: [&str; 4] = ["nearest_venue_id", "nearest_venue_name", "nearest_distance_m", "nearest_basis"];
