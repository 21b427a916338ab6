//! Cells of the Filosofi grid of INSEE: where in their communes people live.
//!
//! An id such as `CRS3035RES1000mN2341000E3842000` holds everything about a square: the projection (ETRS89-LAEA), the
//! length of its sides and its south-west corner, in metres (INSEE, *Données carroyées : documentation*, 2022).

use std::collections::BTreeMap;

use proj4rs::Proj;

use crate::domain::{Cell, CommuneCode, CommuneIx, Degrees, Metres, Position};
use crate::ingest::clean::number;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

use super::places::field;
use super::reference::Reference;
use super::source::Source;
use super::table::{Row, Table};

/// EPSG:3035, from the regulation INSPIRE on grids (EU 1089/2010, annex II.2).
const LAEA: &str = "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs";

/// Reads the cells of a grid: one row per cell.
#[must_use]
pub fn read(table: &Table, source: &Source, reference: &Reference, report: &mut SourceReport) -> Vec<Cell> {
    let projection = Projection::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut cells = Vec::new();
    for row in table.rows() {
        let mut refuse = |code, name: &str, value: &str, reason: &str| {
            let entry = Entry::new(code, Action::RowQuarantined, reason).at_line(row.line()).in_field(name);
            report.quarantine(entry.with_value(value));
        };
        let id = field(row, source, "id").unwrap_or_default();
        let Some((side, centre)) = square(id).and_then(|square| projection.centre(square)) else {
            refuse(Code::InvalidValue, "id", id, "not a square of EPSG:3035; expected CRS3035RES200mN…E…");
            continue;
        };
        if let Some(first) = seen.insert(id.to_owned(), row.line()) {
            let reason = format!("line {first} has this id already; the first one is kept");
            refuse(Code::DuplicateId, "id", id, &reason);
            continue;
        }
        let text = field(row, source, "inhabitants").unwrap_or_default();
        let Some(inhabitants) = number::value(text, '.').filter(|persons| *persons >= 0.0) else {
            refuse(Code::InvalidValue, "inhabitants", text, "not a number of inhabitants");
            continue;
        };
        let Some(commune) = commune(row, source, centre, reference) else {
            let codes = field(row, source, "communes").unwrap_or_default();
            refuse(Code::UnknownCode, "communes", codes, "no commune with such a code; expected five characters each");
            continue;
        };
        report.publish();
        cells.push(Cell { id: id.to_owned(), commune, centre, side, inhabitants, source: source.id.clone() });
    }
    cells
}

/// The commune of a cell that lies in several, whose codes are written one after the other: the one that holds its
/// centre, or the first.
fn commune(row: Row<'_>, source: &Source, centre: Position, reference: &Reference) -> Option<CommuneCode> {
    let text = field(row, source, "communes")?;
    let codes: Option<Vec<CommuneIx>> = (0..text.len())
        .step_by(5)
        .map(|at| text.get(at..at + 5).and_then(CommuneCode::parse).and_then(|code| reference.places.by_code(code)))
        .collect();
    let codes = codes?;
    let around = reference.contour_index.containing(centre).filter(|commune| codes.contains(commune));
    around.or(codes.first().copied()).map(|ordinal| reference.communes[ordinal].code)
}

/// A square in metres: side, northing and easting of the south-west corner.
fn square(id: &str) -> Option<[f64; 3]> {
    let (side, corner) = id.strip_prefix("CRS3035RES")?.split_once("mN")?;
    let (north, east) = corner.split_once('E')?;
    let whole = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let side = whole(side).filter(|side| (1..=100_000).contains(side))?;
    Some([side, whole(north)?, whole(east)?].map(f64::from))
}

struct Projection {
    laea: Proj,
    degrees: Proj,
}

impl Projection {
    fn new() -> Self {
        let proj = |definition| Proj::from_proj_string(definition).expect("a constant definition");
        Self { laea: proj(LAEA), degrees: proj("+proj=longlat +ellps=GRS80 +no_defs") }
    }

    /// Side and centre of a square, if that is in France.
    fn centre(&self, [side, north, east]: [f64; 3]) -> Option<(Metres, Position)> {
        let mut point = (east + side / 2.0, north + side / 2.0, 0.0);
        proj4rs::transform::transform(&self.laea, &self.degrees, &mut point).ok()?;
        let centre = Position::new(Degrees { lon: point.0.to_degrees(), lat: point.1.to_degrees() }).ok()?;
        Some((Metres::new(side)?, centre))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_read_from_its_id_and_nothing_else() {
        assert_eq!(square("CRS3035RES200mN2891800E3770600"), Some([200.0, 2_891_800.0, 3_770_600.0]));
        for bad in
            ["", "CRS3035RES200m", "CRS2154RES200mN1E1", "CRS3035RES0mN1E1", "CRS3035RES200mN1E-1", "CRS3035RES2mN1E1x"]
        {
            assert_eq!(square(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_projection_agrees_with_published_points() {
        let projection = Projection::new();
        let mut point = (3_962_799.45, 2_999_718.85, 0.0);
        // IOGP Guidance Note 7-2 (2019), example of Lambert azimuthal equal area: 50° N, 5° E.
        proj4rs::transform::transform(&projection.laea, &projection.degrees, &mut point).unwrap();
        assert!((point.0.to_degrees() - 5.0).abs() < 1e-7 && (point.1.to_degrees() - 50.0).abs() < 1e-7, "{point:?}");
    }

    #[test]
    fn a_cell_of_bondy_is_in_bondy() {
        let (side, centre) = Projection::new().centre(square("CRS3035RES200mN2892000E3770800").unwrap()).unwrap();
        assert_eq!(side.value().to_bits(), 200_f64.to_bits());
        assert!((centre.lon() - 2.48).abs() < 0.03 && (centre.lat() - 48.90).abs() < 0.02, "{centre:?}");
    }
}
