//! What the build works out and seals with the edition: the nearest venues of everybody, which take seconds to find. Who opens
//! the edition reads them in a moment, and says what the file says.

use std::fmt;
use std::sync::Arc;

use typed_index_collections::TiVec;

use crate::access::{ByMode, Reaches};
use crate::domain::PointIx;

/// The method by which the tables are worked out. Whatever gives other times for the same edition — a formula, an assumption,
/// a way to go round water — makes it another; an edition sealed by another method is worked out again when it is opened.
pub const METHOD: u32 = 5;

/// The tables. Sites are ordinals of venues; rows are demand points.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    /// What a reader must be told wherever a time is shown, in French.
    pub label: String,
    /// The nearest venue that receives the public.
    pub nearest: ByMode<Reaches>,
    /// The nearest venue labelled France services.
    pub france_services: ByMode<Reaches>,
    /// The nearest venue that says it accepts the pass numérique, by car.
    pub pass: Reaches,
    /// Hours per year and person of every commune under the default national number; `None` where the country is too small
    /// for it.
    pub hours: Option<ByMode<TiVec<PointIx, f64>>>,
}

/// The tables as they lie in the edition, read when the analysis asks for them: whoever starts a service is not kept waiting.
#[derive(Clone)]
pub struct Unread(Arc<dyn Fn() -> Option<Sealed> + Send + Sync>);

impl Unread {
    /// `read` gives the tables, or nothing where they cannot be read: then they are worked out again.
    #[must_use]
    pub fn new(read: impl Fn() -> Option<Sealed> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// Reads them.
    #[must_use]
    pub fn read(self) -> Option<Sealed> {
        (self.0)()
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unread(..)")
    }
}

impl Sealed {
    /// Whether the tables are of so many demand points, the first of them communes.
    #[must_use]
    pub fn fits(&self, points: usize, communes: usize) -> bool {
        let reaches = self.nearest.iter().chain(self.france_services.iter()).map(|(_, reaches)| reaches);
        reaches.chain([&self.pass]).all(|reaches| reaches.len() == points)
            && self.hours.iter().flat_map(ByMode::iter).all(|(_, hours)| hours.len() == communes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use geo::{MultiPolygon, polygon};

    use super::*;
    use crate::access::land::{Barrier, BarrierKind, Crossing, CrossingKind, LandFacts};
    use crate::access::{Mode, Nearest, Reach};
    use crate::atlas::figures::{Basis, Followed, above_communes};
    use crate::atlas::{Analysis, Atlas, Leaves};
    use crate::domain::need::Preset;
    use crate::domain::vocabulary::{AccessMode, Programme};
    use crate::domain::{
        Cell, CellSource, Commune, CommuneCode, Degrees, Hours, Level, Location, Metres, Persons, Position, Seconds,
        SiteIx, Venue,
    };
    use crate::spatial::Contour;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(Degrees { lon, lat }).unwrap()
    }

    /// Two shores with a gulf between them that ends in the east, a ferry and a bridge across it, a crest on the south shore, an island
    /// without any way, a town divided into points, and a commune that nobody can place.
    fn leaves() -> Leaves {
        let mut leaves = Leaves::default();
        let mut contours = BTreeMap::new();
        let mut add = |code: &str, [west, south, east, north]: [f64; 4], persons: u32| {
            let code = CommuneCode::parse(code).unwrap();
            let corners = polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north), (x: west, y: south)];
            contours.insert(code.to_string(), Contour::new(MultiPolygon::new(vec![corners])));
            leaves.communes.push(Commune {
                code,
                name: format!("Commune {code}"),
                departement: code.as_str()[..2].into(),
                region: "75".into(),
                epci: None,
                postcodes: Vec::new(),
                population: Some(Persons(persons)),
                area_km2: Some(40.0),
                point: Some(at(f64::midpoint(west, east), f64::midpoint(south, north))),
            });
        };
        for column in 0..8_u32 {
            for row in 0..2_u32 {
                let (west, south) = (2.0 + 0.1 * f64::from(column), 46.0 + 0.09 * f64::from(row));
                let north = if (column, row) == (7, 0) { 46.09 } else { south + 0.05 };
                add(&format!("230{}{row}", column + 1), [west, south, west + 0.1, north], 900_000 * (1 + column));
            }
        }
        add("56069", [-3.5, 47.62, -3.42, 47.66], 2_000_000);
        leaves.communes.push(Commune {
            code: CommuneCode::parse("23099").unwrap(),
            point: None,
            area_km2: None,
            ..leaves.communes[0].clone()
        });
        leaves.contours.insert(Level::Commune, contours);
        let cell = |rank: u32| Cell {
            commune: CommuneCode::parse("23031").unwrap(),
            centre: at(2.21 + 0.02 * f64::from(rank), 46.1 + 0.005 * f64::from(rank)),
            side: Metres::new(700.0).unwrap(),
            inhabitants: 900_000.0,
            source: CellSource::Estimate,
        };
        leaves.cells = (0..3).map(cell).collect();
        let venue = |id: &str, commune: &str, (lon, lat): (f64, f64)| Venue {
            commune: CommuneCode::parse(commune),
            location: Location::Published(at(lon, lat)),
            hours: Hours::Osm("Mo-Fr 09:00-12:00".into()),
            access_modes: vec![AccessMode::WalkIn],
            programmes: if id < "c" { vec![Programme::FranceServices] } else { Vec::new() },
            pass_numerique: (id > "b").then_some(true),
            ..Venue::new(id.into(), id.into())
        };
        leaves.venues = vec![
            venue("a", "23010", (2.04, 46.03)),
            venue("b", "23050", (2.44, 46.01)),
            venue("c", "23041", (2.35, 46.12)),
            venue("d", "23041", (2.36, 46.11)),
        ];
        let crossing = |kind, minutes, wait, east| Crossing {
            name: "passage".into(),
            kind,
            from: at(east, 46.045),
            to: at(east, 46.095),
            time: Seconds::from_minutes(minutes),
            wait: Seconds::from_minutes(wait),
            modes: [true; 3],
            months: None,
            source: String::new(),
        };
        leaves.land = LandFacts {
            crossings: vec![crossing(CrossingKind::Ferry, 5, 7, 2.15), crossing(CrossingKind::Bridge, 3, 0, 2.45)],
            barriers: vec![Barrier {
                name: "crête".into(),
                kind: BarrierKind::Crest,
                sides: [vec!["23020".into()], vec!["23030".into()]],
                line: Vec::new(),
                source: String::new(),
            }],
        };
        leaves
    }

    fn seal(analysis: &Analysis, hours: Option<ByMode<TiVec<PointIx, f64>>>) -> Sealed {
        Sealed {
            label: analysis.access.label().to_owned(),
            nearest: ByMode::of(|mode| analysis.access.nearest(mode).to_owned()),
            france_services: ByMode::of(|mode| analysis.france_services[mode].clone()),
            pass: analysis.pass.clone(),
            hours,
        }
    }

    fn sealed() -> (Atlas, Sealed) {
        let atlas = Atlas::bind(leaves());
        let hours = atlas.analysis().need(&atlas, Preset::USUAL).unwrap().hours_per_person.clone();
        let sealed = seal(atlas.analysis(), Some(hours));
        (atlas, sealed)
    }

    #[test]
    fn what_is_sealed_is_what_is_told_and_what_does_not_fit_is_worked_out_again() {
        let (atlas, true_tables) = sealed();
        let open = |sealed: Sealed| {
            Atlas::bind(Leaves { sealed: Some(Unread::new(move || Some(sealed.clone()))), ..leaves() })
        };
        let told = |atlas: &Atlas| {
            let need = atlas.analysis().need(atlas, Preset::USUAL).unwrap();
            seal(atlas.analysis(), Some(need.hours_per_person.clone()))
        };
        assert_eq!(told(&open(true_tables.clone())), true_tables);
        // A table that says something else is believed: nothing is worked out behind its back…
        let mut other = true_tables.clone();
        let point = PointIx::new(0);
        other.nearest[Mode::Car][point] = Reach::Reached(Nearest { time: Seconds(7), site: SiteIx::new(3) });
        assert_eq!(told(&open(other.clone())), other);
        // …but for a question that no table answers, and that gives what it gave without any.
        let [with, without] = [open(true_tables.clone()), atlas].map(|atlas| {
            let among = atlas.analysis().access.nearest_among(|site| site.get() % 2 == 1);
            let other = atlas.analysis().need(&atlas, &Preset::ALL[1]).unwrap().hours_per_person.clone();
            (among, other)
        });
        assert_eq!(with, without);
        let mut short = true_tables.clone();
        short.pass.pop();
        assert_eq!(told(&open(short)), true_tables);
    }

    /// Whoever changes a time, a rule or a figure that is sealed makes [`METHOD`] another, and writes the new sum here: editions
    /// sealed before are then worked out again instead of telling what nobody computes any more.
    #[test]
    fn another_method_has_another_number() {
        let (atlas, tables) = sealed();
        let mut sum = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |value: u64| sum = (sum ^ value).wrapping_mul(0x0100_0000_01b3);
        let reaches = tables.nearest.iter().chain(tables.france_services.iter()).map(|(_, reaches)| reaches);
        for reach in reaches.chain([&tables.pass]).flatten() {
            add(match reach {
                Reach::Reached(near) => u64::from(near.time.0) << 32 | u64::from(near.site.get()),
                Reach::Unreachable => u64::MAX,
                Reach::Unknown => u64::MAX - 1,
            });
        }
        let hours = tables.hours.unwrap();
        // Six digits: the last bits of a sum are no method.
        hours.iter().flat_map(|(_, hours)| hours).for_each(|hours| add((hours * 1e6).round() as u64));
        let need = atlas.analysis().need(&atlas, Preset::USUAL).unwrap();
        let followed = Followed::of(&above_communes(&Basis::new(&atlas, need, Mode::Car)));
        for (_, values) in followed.lines() {
            values.iter().for_each(|value| add(value.value().map_or(u64::MAX, |value| (value * 1e6).round() as u64)));
        }
        assert_eq!((METHOD, sum), (5, 3_839_978_528_400_867_103));
    }
}
