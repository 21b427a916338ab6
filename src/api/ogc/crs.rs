//! Reference systems of coordinates (OGC API – Features, Part 2, OGC 18-058r1): which there are, in which order each writes
//! its two numbers, and the way there and back.

use super::CRS84;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::spatial::projection::{self, LAEA_EUROPE, LAMBERT_93, Projection, WEB_MERCATOR};

/// One system.
#[derive(Debug, PartialEq)]
pub struct Crs {
    /// Its name in addresses and headers.
    pub uri: &'static str,
    /// For `proj`; `None` for degrees of WGS 84.
    definition: Option<&'static str>,
    /// Whether north, or latitude, is written first: what the authority of the system says of its axes.
    north_first: bool,
}

/// Every system, the one of storage first. RGF93, ETRS89 and their overseas siblings lie within a metre of WGS 84.
pub const ALL: &[Crs] = &[
    Crs { uri: CRS84, definition: None, north_first: false },
    Crs { uri: "http://www.opengis.net/def/crs/EPSG/0/4326", definition: None, north_first: true },
    // The web map.
    epsg("http://www.opengis.net/def/crs/EPSG/0/3857", WEB_MERCATOR),
    // RGF93 / Lambert-93: métropole.
    epsg("http://www.opengis.net/def/crs/EPSG/0/2154", LAMBERT_93),
    // ETRS89-extended / LAEA Europe: the grids of INSEE.
    Crs { north_first: true, ..epsg("http://www.opengis.net/def/crs/EPSG/0/3035", LAEA_EUROPE) },
    epsg("http://www.opengis.net/def/crs/EPSG/0/5490", projection::ANTILLES),
    epsg("http://www.opengis.net/def/crs/EPSG/0/2972", projection::GUYANE),
    epsg("http://www.opengis.net/def/crs/EPSG/0/2975", projection::REUNION),
    epsg("http://www.opengis.net/def/crs/EPSG/0/4471", projection::MAYOTTE),
    epsg("http://www.opengis.net/def/crs/EPSG/0/4467", projection::SAINT_PIERRE_ET_MIQUELON),
    epsg("http://www.opengis.net/def/crs/EPSG/0/3163", projection::NOUVELLE_CALEDONIE),
    epsg("http://www.opengis.net/def/crs/EPSG/0/3297", projection::POLYNESIE),
];

const fn epsg(uri: &'static str, definition: &'static str) -> Crs {
    Crs { uri, definition: Some(definition), north_first: false }
}

impl Crs {
    /// The system of storage.
    #[must_use]
    pub fn storage() -> &'static Self {
        &ALL[0]
    }

    /// The system a parameter names, CRS84 unless it is given: its address, or the short form `[EPSG:2154]`.
    ///
    /// # Errors
    /// 400 with the systems there are.
    pub fn parse(query: &Query, name: &str) -> Result<&'static Self, Problem> {
        let Some(text) = query.text(name) else { return Ok(Self::storage()) };
        let short = |crs: &Self| {
            let (authority, code) =
                crs.uri.split_once("/crs/").map(|(_, rest)| rest).unwrap_or_default().split_once('/')?;
            let code = code.rsplit('/').next()?;
            Some(text.trim_matches(['[', ']']).eq_ignore_ascii_case(&format!("{authority}:{code}")))
        };
        ALL.iter().find(|crs| crs.uri == text || short(crs).unwrap_or(false)).ok_or_else(|| {
            let detail = format!("`{name}` names none of the reference systems of this collection");
            Problem::parameter("unknown-crs", name, text, detail).allowing(ALL.iter().map(|crs| crs.uri))
        })
    }

    /// Whether its numbers are metres on a plane.
    #[must_use]
    pub fn is_planar(&self) -> bool {
        self.definition.is_some()
    }

    /// Whether north, or latitude, comes first.
    #[must_use]
    pub fn north_first(&self) -> bool {
        self.north_first
    }

    /// The value of `Content-Crs`.
    #[must_use]
    pub fn header(&self) -> String {
        format!("<{}>", self.uri)
    }

    /// Decimals that tell a tenth of a metre or better.
    #[must_use]
    pub fn places(&self) -> u32 {
        if self.definition.is_some() { 2 } else { 6 }
    }

    /// The way there and back, made once for a whole answer.
    #[must_use]
    pub fn written(&self) -> Written {
        Written { plane: self.definition.map(Projection::new), north_first: self.north_first }
    }
}

/// Between degrees and the coordinates of a system.
#[derive(Debug)]
pub struct Written {
    plane: Option<Projection>,
    north_first: bool,
}

impl Written {
    /// The two numbers of a position, in the order of the system; `None` where the system cannot tell it.
    #[must_use]
    pub fn forward(&self, lon: f64, lat: f64) -> Option<[f64; 2]> {
        let pair = [lon, lat];
        let [east, north] = self.plane.as_ref().map_or(Some(pair), |plane| plane.metres(pair))?;
        Some(if self.north_first { [north, east] } else { [east, north] })
    }

    /// Longitude and latitude of two numbers in the order of the system.
    #[must_use]
    pub fn back(&self, [first, second]: [f64; 2]) -> Option<[f64; 2]> {
        let pair = if self.north_first { [second, first] } else { [first, second] };
        self.plane.as_ref().map_or(Some(pair), |plane| plane.degrees(pair))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(code: &str) -> &'static Crs {
        ALL.iter().find(|crs| crs.uri.ends_with(code)).unwrap()
    }

    /// Values of `gdaltransform` (PROJ 9.1.1).
    #[test]
    fn known_positions_stand_where_proj_puts_them() {
        let cases = [
            ("/2154", [2.3522, 48.8566], [652_469.02, 6_862_035.26]),
            ("/3857", [2.3522, 48.8566], [261_845.71, 6_250_564.35]),
            ("/3035", [2.3522, 48.8566], [2_889_484.80, 3_760_771.86]),
            ("/2975", [55.45, -20.88], [338_767.17, 7_690_355.57]),
            ("/3163", [166.45, -22.27], [446_378.71, 214_678.54]),
            ("/4326", [2.3522, 48.8566], [48.8566, 2.3522]),
        ];
        for (code, [lon, lat], expected) in cases {
            let found = named(code).written().forward(lon, lat).unwrap();
            assert!((found[0] - expected[0]).hypot(found[1] - expected[1]) < 0.1, "{code}: {found:?}");
        }
    }

    #[test]
    fn there_and_back_is_the_same_place() {
        for (crs, [lon, lat]) in ALL.iter().zip([
            [2.0, 47.0],
            [2.0, 47.0],
            [2.0, 47.0],
            [2.0, 47.0],
            [2.0, 47.0],
            [-61.5, 16.2],
            [-52.3, 4.9],
            [55.5, -21.1],
            [45.2, -12.8],
            [-56.2, 46.8],
            [166.4, -22.3],
            [-149.6, -17.5],
        ]) {
            let written = crs.written();
            let back = written.forward(lon, lat).and_then(|pair| written.back(pair)).unwrap();
            assert!((back[0] - lon).abs() < 1e-7 && (back[1] - lat).abs() < 1e-7, "{}: {back:?}", crs.uri);
        }
    }
}
