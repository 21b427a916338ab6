//! The base that an edition brings along, where it was built with an extract of `OpenStreetMap`: a file of tiles among its own.

/// Name of the file.
pub const NAME: &str = "base.pmtiles";
/// First and last zoom of its tiles; maps enlarge the last.
pub const ZOOMS: [u8; 2] = [6, 14];
/// Who made what is drawn, as its licence asks.
pub const ATTRIBUTION: &str = "© les contributeurs d’OpenStreetMap (ODbL)";
/// What is drawn of it, by layer, in the roles of [`super::ROLES`].
pub const DRAWN: [(&str, &[&str]); 4] =
    [("green", &["green"]), ("water", &["water"]), ("roads", &["roads"]), ("names", &["water", "roads"])];
