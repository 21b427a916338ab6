//! What a straight way may not cross: an estuary, a lake, a gulf, a crest.

use std::collections::{BTreeSet, HashMap};

use geo::{LineString, MultiPolygon};

use crate::domain::{Commune, CommuneCode, Position};

/// What a barrier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BarrierKind {
    /// An estuary, or a river with few bridges.
    Estuary,
    /// A lake.
    Lake,
    /// The sea, where contours of communes hide it.
    Sea,
    /// A crest.
    Crest,
}

impl BarrierKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Estuary, Self::Lake, Self::Sea, Self::Crest];

    /// The name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Estuary => "estuary",
            Self::Lake => "lake",
            Self::Sea => "sea",
            Self::Crest => "crest",
        }
    }

    /// Reads [`BarrierKind::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// A barrier: the common border of two groups of communes, for rivers and crests are borders; or a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Barrier {
    /// Its name, in French.
    pub name: String,
    /// What it is.
    pub kind: BarrierKind,
    /// Codes of communes, EPCI or départements on either side; both empty when there is a line.
    pub sides: [Vec<String>; 2],
    /// A line, where no border follows the barrier.
    pub line: Vec<Position>,
    /// Where it can be checked.
    pub source: String,
}

/// A piece of a barrier, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    pub a: [f64; 2],
    pub b: [f64; 2],
}

impl Piece {
    pub fn between(a: Position, b: Position) -> Self {
        Self { a: [a.lon(), a.lat()], b: [b.lon(), b.lat()] }
    }

    /// Whether two pieces have a point in common.
    pub fn meets(&self, other: &Self) -> bool {
        let side = |p: &Self, q: [f64; 2]| (p.b[0] - p.a[0]) * (q[1] - p.a[1]) - (p.b[1] - p.a[1]) * (q[0] - p.a[0]);
        let apart = |x: f64, y: f64| (x > 0.0 && y > 0.0) || (x < 0.0 && y < 0.0);
        let boxes = (0..2).all(|axis| {
            self.a[axis].min(self.b[axis]) <= other.a[axis].max(other.b[axis])
                && other.a[axis].min(other.b[axis]) <= self.a[axis].max(self.b[axis])
        });
        boxes && !apart(side(self, other.a), side(self, other.b)) && !apart(side(other, self.a), side(other, self.b))
    }
}

/// Communes by the codes that a side of a barrier may name: their own, their département's, their EPCI's. Made once for all
/// barriers: asked of every commune anew, the question took a second.
pub(super) struct Sides<'c>(HashMap<&'c str, Vec<usize>>, &'c [Commune]);

impl<'c> Sides<'c> {
    pub fn new(communes: &'c [Commune]) -> Self {
        let mut by_code: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, commune) in communes.iter().enumerate() {
            let codes = [Some(commune.code.as_str()), Some(commune.departement.as_str()), commune.epci.as_deref()];
            codes.into_iter().flatten().for_each(|code| by_code.entry(code).or_default().push(at));
        }
        Self(by_code, communes)
    }

    /// The communes of a side, each once, in the order of all.
    fn of(&self, codes: &[String]) -> impl Iterator<Item = &'c Commune> + use<'c> {
        let named: BTreeSet<usize> =
            codes.iter().filter_map(|code| self.0.get(code.as_str())).flatten().copied().collect();
        let communes = self.1;
        named.into_iter().map(move |at| &communes[at])
    }
}

impl Barrier {
    /// The pieces of the barrier. Contours of neighbours share the points of their border.
    pub(super) fn pieces<'a>(
        &self,
        sides: &Sides<'_>,
        contour: &impl Fn(CommuneCode) -> Option<&'a MultiPolygon>,
    ) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = self.line.windows(2).map(|ends| Piece::between(ends[0], ends[1])).collect();
        let [one, other] = self
            .sides
            .each_ref()
            .map(|codes| sides.of(codes).filter_map(|commune| contour(commune.code)).collect::<Vec<_>>());
        let mut edges: HashMap<[u64; 4], Piece> = HashMap::new();
        for edge in one.into_iter().flat_map(edges_of) {
            edges.insert(key(&edge), edge);
        }
        pieces.extend(other.into_iter().flat_map(edges_of).filter_map(|edge| edges.remove(&key(&edge))));
        pieces
    }
}

/// The same for both directions of an edge.
fn key(edge: &Piece) -> [u64; 4] {
    let [a, b] = [edge.a, edge.b].map(|end| end.map(f64::to_bits));
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    [first[0], first[1], second[0], second[1]]
}

/// Every edge of a contour.
pub(super) fn edges_of(contour: &MultiPolygon) -> impl Iterator<Item = Piece> + '_ {
    let rings = contour.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings.flat_map(LineString::lines).map(|line| Piece { a: [line.start.x, line.start.y], b: [line.end.x, line.end.y] })
}
