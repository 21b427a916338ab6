//! Between degrees and the metres of a plane.
//!
//! The datums of France (RGF93, ETRS89 and their overseas siblings) and WGS 84 are one here: they lie within a metre of each
//! other, and no grid of shifts is needed.

use proj4rs::Proj;

/// EPSG:2154, from the IGN's definition of Lambert-93 (NTG 71, 1995).
pub const LAMBERT_93: &str =
    "+proj=lcc +lat_1=49 +lat_2=44 +lat_0=46.5 +lon_0=3 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs";
/// EPSG:3035, from the regulation INSPIRE on grids (EU 1089/2010, annex II.2).
pub const LAEA_EUROPE: &str = "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs";
/// EPSG:3857, the sphere of web maps.
pub const WEB_MERCATOR: &str =
    "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +no_defs";

/// EPSG:5490, RGAF09 / UTM 20N: Guadeloupe, Martinique, Saint-Martin, Saint-Barthélemy.
pub const ANTILLES: &str = "+proj=utm +zone=20 +ellps=GRS80 +units=m +no_defs";
/// EPSG:2972, RGFG95 / UTM 22N.
pub const GUYANE: &str = "+proj=utm +zone=22 +ellps=GRS80 +units=m +no_defs";
/// EPSG:2975, RGR92 / UTM 40S.
pub const REUNION: &str = "+proj=utm +zone=40 +south +ellps=GRS80 +units=m +no_defs";
/// EPSG:4471, RGM04 / UTM 38S.
pub const MAYOTTE: &str = "+proj=utm +zone=38 +south +ellps=GRS80 +units=m +no_defs";
/// EPSG:4467, RGSPM06 / UTM 21N.
pub const SAINT_PIERRE_ET_MIQUELON: &str = "+proj=utm +zone=21 +ellps=GRS80 +units=m +no_defs";
/// EPSG:3163, RGNC91-93 / Lambert.
pub const NOUVELLE_CALEDONIE: &str = "+proj=lcc +lat_0=-21.5 +lon_0=166 +lat_1=-20.6666666666667 +lat_2=-22.3333333333333 \
     +x_0=400000 +y_0=300000 +ellps=GRS80 +units=m +no_defs";
/// EPSG:3297, RGPF / UTM 6S.
pub const POLYNESIE: &str = "+proj=utm +zone=6 +south +ellps=GRS80 +units=m +no_defs";

/// The way there and back, prepared once.
#[derive(Debug)]
pub struct Projection {
    degrees: Proj,
    plane: Proj,
}

impl Projection {
    /// Prepares a projection of the ellipsoid GRS80, or of the sphere of web maps.
    ///
    /// # Panics
    /// When the definition is not one of `proj`: definitions are constants.
    #[must_use]
    pub fn new(definition: &str) -> Self {
        let proj = |text: &str| Proj::from_proj_string(text).expect("definitions are constants that parse");
        let sphere = definition == WEB_MERCATOR;
        let degrees =
            if sphere { "+proj=longlat +a=6378137 +b=6378137 +no_defs" } else { "+proj=longlat +ellps=GRS80 +no_defs" };
        Self { degrees: proj(degrees), plane: proj(definition) }
    }

    /// East and north in metres, of longitude and latitude in degrees; `None` where the plane does not reach.
    #[must_use]
    pub fn metres(&self, [lon, lat]: [f64; 2]) -> Option<[f64; 2]> {
        let mut point = (lon.to_radians(), lat.to_radians(), 0.0);
        proj4rs::transform::transform(&self.degrees, &self.plane, &mut point).ok()?;
        (point.0.is_finite() && point.1.is_finite()).then_some([point.0, point.1])
    }

    /// Longitude and latitude in degrees, of east and north in metres; `None` where the plane names no place.
    #[must_use]
    pub fn degrees(&self, [east, north]: [f64; 2]) -> Option<[f64; 2]> {
        let mut point = (east, north, 0.0);
        proj4rs::transform::transform(&self.plane, &self.degrees, &mut point).ok()?;
        let [lon, lat] = [point.0.to_degrees(), point.1.to_degrees()];
        (lon.is_finite() && lat.is_finite()).then_some([lon, lat])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_point_stands_where_its_publisher_says() {
        // IOGP Guidance Note 7-2 (2019), example of Lambert azimuthal equal area: 50° N, 5° E.
        let degrees = Projection::new(LAEA_EUROPE).degrees([3_962_799.45, 2_999_718.85]).unwrap();
        assert!((degrees[0] - 5.0).abs() < 1e-7 && (degrees[1] - 50.0).abs() < 1e-7, "{degrees:?}");
        let metres = Projection::new(LAEA_EUROPE).metres([5.0, 50.0]).unwrap();
        assert!((metres[0] - 3_962_799.45).abs() < 0.01 && (metres[1] - 2_999_718.85).abs() < 0.01, "{metres:?}");
    }
}
