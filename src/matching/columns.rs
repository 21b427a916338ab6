//! The columns that a match adds.

/// The columns that matching adds, in this order. The basis begins with `far:` where the nearest venue is farther than
/// [`FAR_M`](crate::domain::units::FAR_M): it is named, as on the page and by the API, and it is not near.
pub const OUTPUT_COLUMNS: [&str; 4] = ["nearest_venue_id", "nearest_venue_name", "nearest_distance_m", "nearest_basis"];
