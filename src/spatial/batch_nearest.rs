//! The nearest venue for tens of millions of positions: a map of which venues can be the nearest, square by square.
//!
//! The globe is divided in squares of longitude and latitude until few venues can be the nearest to some point of each:
//! an approximate Voronoi diagram (Arya, Malamatos & Mount, *Space-efficient approximate Voronoi diagrams*, 2002) whose
//! leaves keep every site that could win, so that the answer is exact. Built once, then read by any number of threads.
//!
//! A site may stand for a place that is only known to lie around it: its *way* is added to every distance at a right angle,
//! which makes the map a power diagram (Aurenhammer, *Power diagrams*, 1987) of squared chords and squared ways.

use std::collections::{HashSet, VecDeque};

use super::Neighbour;
use super::sphere::MEAN_RADIUS_M;
use crate::domain::{Metres, Position};

/// A square with at most so many candidates is not divided. From 6 to 16 the search costs the same; the fewer, the larger
/// the map.
const FEW: usize = 8;
/// A longer list is not compared pair by pair: its square is about to be divided anyway.
const PAIRWISE_AT_MOST: usize = 64;
/// Each division halves a side so many times. Twice, not once: half as many steps down for each search.
const HALVINGS: u32 = 2;
const CHILDREN: u32 = 1 << (2 * HALVINGS);
/// No side is halved more often than that: 360° / 2²⁴ is 2.4 m at the equator.
const MOST_HALVINGS: u32 = 24;
/// A square far from every site is divided further only if that leaves less than one in so many of its candidates.
const REDUCED: usize = 8;
/// Candidates that the whole map may hold. France takes 60 per site; venues on one circle would take any number.
const ALLOWANCE_PER_SITE: usize = 128;
/// The same for a handful of sites.
const ALLOWANCE: usize = 65_536;
/// Steps of the fixed-point coordinates in the 360° of the root square.
const STEPS_PER_TURN: f64 = 4_294_967_296.0;

/// Finds the venue nearest to a position, exactly as the first of [`super::PlaceIndex::nearest`], but some fifteen
/// times faster when there are many positions in any order.
#[derive(Debug, Clone)]
pub struct BatchNearest {
    /// Venues in order of ordinal; of several on one spot, only the first.
    sites: Vec<Site>,
    /// The root square, then groups of sixteen children, column by column.
    squares: Vec<Square>,
    /// Ranks in `sites`, ascending within each square.
    candidates: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Site {
    vector: [f64; 3],
    /// Square of the way that is added, in radii of the sphere.
    way2: f64,
    ordinal: u32,
}

/// A divided square, or a leaf with its candidates.
#[derive(Debug, Clone, Copy)]
struct Square {
    /// First child in `squares`, or first candidate in `candidates`.
    first: u32,
    /// Number of candidates, or [`DIVIDED`].
    count: u32,
}

/// The search is on the sphere and what is shown is measured on the ellipsoid: the shorter of two great circles can be the
/// longer of two geodesics when they differ by less than 1.01 (both ends of the ratio that `place_index` derives). Squared,
/// with room for chords that are shorter than their arcs.
const CLOSE: f64 = 1.03;

const DIVIDED: u32 = u32::MAX;
const EMPTY: Square = Square { first: 0, count: 0 };

impl BatchNearest {
    /// Maps venues given by ordinal. A filtered map is built over the venues that the filter keeps.
    #[must_use]
    pub fn new(positions: impl IntoIterator<Item = (u32, Position)>) -> Self {
        Self::with_ways(positions.into_iter().map(|(ordinal, position)| (ordinal, position, Metres::ZERO)))
    }

    /// Maps venues with the way that is added to the distance of each, at a right angle.
    #[must_use]
    pub fn with_ways(venues: impl IntoIterator<Item = (u32, Position, Metres)>) -> Self {
        let site = |(ordinal, position, way): (u32, Position, Metres)| {
            let way = way.value() / MEAN_RADIUS_M;
            Site { vector: position.unit_vector(), way2: way * way, ordinal }
        };
        let mut sites: Vec<Site> = venues.into_iter().map(site).collect();
        sites.sort_by(|a, b| a.way2.total_cmp(&b.way2).then(a.ordinal.cmp(&b.ordinal)));
        let mut taken = HashSet::new();
        sites.retain(|site| taken.insert(site.vector.map(f64::to_bits)));
        sites.sort_by_key(|site| site.ordinal);
        let mut map = Self { sites, squares: vec![EMPTY], candidates: Vec::new() };
        map.divide_the_globe();
        map
    }

    /// The nearest venue, the lowest ordinal among equals; `None` when there is no venue.
    #[must_use]
    pub fn nearest(&self, position: Position) -> Option<Neighbour<u32>> {
        let vector = position.unit_vector();
        // The bits of numbers that are not negative sort as the numbers do, and integers are chosen without a branch:
        // a processor guesses the winner wrong so often that this halves the time.
        let mut nearest = u64::MAX;
        let mut winner = 0;
        for &candidate in self.candidates_at(position) {
            let bits = self.sites[candidate as usize].key(vector).to_bits();
            winner = if bits < nearest { candidate } else { winner };
            nearest = nearest.min(bits);
        }
        let site = self.sites.get(winner as usize)?;
        Some(Neighbour { ordinal: site.ordinal, chord2: f64::from_bits(nearest) })
    }

    /// The venue at the shortest distance as `measure` has it, by ordinal, the lowest ordinal among equals. `measure` is the
    /// geodesic with the way added; it is asked only where the sphere cannot tell.
    #[must_use]
    pub fn nearest_measured(&self, position: Position, measure: impl Fn(u32) -> f64) -> Option<u32> {
        let vector = position.unit_vector();
        let candidates = self.candidates_at(position);
        let (mut nearest, mut second, mut winner) = (u64::MAX, u64::MAX, 0);
        for &candidate in candidates {
            let bits = self.sites[candidate as usize].key(vector).to_bits();
            winner = if bits < nearest { candidate } else { winner };
            second = second.min(bits.max(nearest));
            nearest = nearest.min(bits);
        }
        let close = f64::from_bits(nearest) * CLOSE;
        if second == u64::MAX || f64::from_bits(second) > close {
            return self.sites.get(winner as usize).map(|site| site.ordinal);
        }
        let rivals = candidates.iter().map(|&rank| self.sites[rank as usize]).filter(|site| site.key(vector) <= close);
        let measured = rivals.map(|site| (measure(site.ordinal), site.ordinal));
        measured.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, ordinal)| ordinal)
    }

    /// Bytes of memory that the map takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.sites) + size_of_val(&*self.squares) + size_of_val(&*self.candidates)
    }

    fn candidates_at(&self, position: Position) -> &[u32] {
        let [x, y] = [fixed_point(position.lon()), fixed_point(position.lat())];
        let mut square = self.squares[0];
        let mut shift = u32::BITS;
        while square.count == DIVIDED {
            shift -= HALVINGS;
            let mask = (1 << HALVINGS) - 1;
            let child = ((x >> shift) & mask) << HALVINGS | (y >> shift) & mask;
            square = self.squares[(square.first + child) as usize];
        }
        &self.candidates[square.first as usize..][..square.count as usize]
    }

    /// Divides the squares with many candidates, the largest squares first, until the allowance is spent.
    ///
    /// From far away all venues are about as far, within [`CLOSE`], however small the square: dividing an ocean would spend
    /// the allowance and leave the coast whole. Such squares are not divided; of those with long lists all that lie in one
    /// square keep its list, which is held once.
    fn divide_the_globe(&mut self) {
        let everyone: Vec<u32> = (0..self.sites.len() as u32).collect();
        let allowance = ALLOWANCE + ALLOWANCE_PER_SITE * everyone.len();
        let mut held = everyone.len();
        let mut pending = VecDeque::from([(0, Bounds::GLOBE, everyone)]);
        while let Some((square, bounds, winners)) = pending.pop_front() {
            if winners.len() <= FEW || bounds.halvings == MOST_HALVINGS || held > allowance {
                self.squares[square] = self.leaf(winners);
                continue;
            }
            let first = self.squares.len();
            self.squares[square] = Square { first: first as u32, count: DIVIDED };
            self.squares.resize(first + CHILDREN as usize, EMPTY);
            held -= winners.len();
            let mut around: Option<Square> = None;
            for (child, square) in (0..CHILDREN).zip(first..) {
                let bounds = bounds.child(child);
                if bounds.is_beyond_the_poles() {
                    continue;
                }
                let disc = bounds.disc();
                let few = self.possible_winners(&disc, &winners);
                let hardly = few.len() > FEW && few.len() * REDUCED > winners.len() && self.is_far(&disc, &few);
                if hardly && few.len() > PAIRWISE_AT_MOST {
                    if around.is_none() {
                        held += winners.len();
                        around = Some(self.leaf(winners.clone()));
                    }
                    self.squares[square] = around.unwrap_or(EMPTY);
                    continue;
                }
                held += few.len();
                if hardly {
                    self.squares[square] = self.leaf(few);
                } else {
                    pending.push_back((square, bounds, few));
                }
            }
        }
    }

    /// A square that is not divided, with its candidates.
    fn leaf(&mut self, candidates: Vec<u32>) -> Square {
        let first = self.candidates.len() as u32;
        let count = candidates.len() as u32;
        self.candidates.extend(candidates);
        Square { first, count }
    }

    /// Whether every site is farther from the centre of a square than its points are, twice over.
    fn is_far(&self, disc: &Disc, sites: &[u32]) -> bool {
        let far = 4.0 * disc.radius * disc.radius;
        sites.iter().all(|&rank| chord2(self.sites[rank as usize].vector, disc.centre) > far)
    }

    /// The sites that are nearest to some point of a disc, and perhaps a few more; ascending.
    fn possible_winners(&self, disc: &Disc, inherited: &[u32]) -> Vec<u32> {
        let rivals = inherited.iter().map(|&rank| {
            let site = self.sites[rank as usize];
            Rival { rank, vector: site.vector, chord2: site.key(disc.centre) }
        });
        let mut rivals: Vec<Rival> = rivals.collect();
        let Some(&champion) = rivals.iter().min_by(|a, b| a.chord2.total_cmp(&b.chord2)) else { return Vec::new() };
        rivals.retain(|rival| !disc.is_always_nearer(&champion, rival));
        if (FEW + 1..=PAIRWISE_AT_MOST).contains(&rivals.len()) {
            rivals.sort_by(|a, b| a.chord2.total_cmp(&b.chord2));
            let mut kept: Vec<Rival> = Vec::with_capacity(rivals.len());
            for rival in rivals {
                if !kept.iter().any(|near| disc.is_always_nearer(near, &rival)) {
                    kept.push(rival);
                }
            }
            rivals = kept;
        }
        let mut winners: Vec<u32> = rivals.into_iter().map(|rival| rival.rank).collect();
        winners.sort_unstable();
        winners
    }
}

impl Site {
    /// What venues are ordered by: the square of the chord, and of the way that is added.
    fn key(&self, from: [f64; 3]) -> f64 {
        chord2(self.vector, from) + self.way2
    }
}

/// A site and its key at the centre of the disc at hand.
#[derive(Debug, Clone, Copy)]
struct Rival {
    rank: u32,
    vector: [f64; 3],
    chord2: f64,
}

/// A ball that holds the unit vectors of every position of a square.
struct Disc {
    centre: [f64; 3],
    radius: f64,
}

impl Disc {
    /// Whether `near` beats `far` at every point p of the disc, by more than [`CLOSE`] and rounding.
    ///
    /// With m for [`CLOSE`], c for the centre and u = p − c, the key of `far` less m times that of `near` is the same at the
    /// centre, plus 2 u·((near − far) + (m − 1)(near − c)), less (m − 1)|u|²; and |u| is at most the radius. Squared chords
    /// are computed to a few 10⁻¹⁶ of their size; the slack is a thousand times that.
    fn is_always_nearer(&self, near: &Rival, far: &Rival) -> bool {
        let apart = chord2(near.vector, far.vector).sqrt();
        let slack = 1e-12 * (far.chord2 + self.radius * self.radius);
        let moved = apart + (CLOSE - 1.0) * near.chord2.sqrt();
        let curved = (CLOSE - 1.0) * self.radius * self.radius;
        far.chord2 - CLOSE * near.chord2 - 2.0 * self.radius * moved - curved > slack
    }
}

/// A square of longitude and latitude, in steps of the fixed-point coordinates.
#[derive(Clone, Copy)]
struct Bounds {
    /// West and south.
    corner: [u32; 2],
    halvings: u32,
}

impl Bounds {
    const GLOBE: Bounds = Bounds { corner: [0, 0], halvings: 0 };

    fn child(self, child: u32) -> Bounds {
        let halvings = self.halvings + HALVINGS;
        let side = |steps: u32| steps << (u32::BITS - halvings);
        let [west, south] = self.corner;
        let corner = [west + side(child >> HALVINGS), south + side(child & ((1 << HALVINGS) - 1))];
        Bounds { corner, halvings }
    }

    /// Longitude and latitude of the centre, and half a side; in degrees.
    fn centre(self) -> ([f64; 2], f64) {
        let half = 180.0 / f64::from(1_u32 << self.halvings);
        (self.corner.map(|steps| f64::from(steps) * (360.0 / STEPS_PER_TURN) - 180.0 + half), half)
    }

    /// Half of the root square lies beyond the poles, where nobody is. The poles themselves do not, even when rounded.
    fn is_beyond_the_poles(self) -> bool {
        let ([_, lat], half) = self.centre();
        lat.abs() - half > 90.0 + 1e-6
    }

    /// The straight path from the centre, in degrees, to any point of the square is at most this long on the sphere,
    /// where a degree of longitude is never longer than at the latitude nearest to the equator; a chord is shorter.
    fn disc(self) -> Disc {
        let ([lon, lat], half) = self.centre();
        let lon_shrink = (lat.abs() - half).max(0.0).to_radians().cos();
        let radius = half.to_radians() * 1.0_f64.hypot(lon_shrink);
        let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
        let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
        // Rounding moves a position or an edge by some 10⁻¹⁵; 10⁻¹² is six micrometres.
        Disc { centre: [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat], radius: radius * (1.0 + 1e-9) + 1e-12 }
    }
}

/// Degrees in [-180, 180] as steps from -180; the cast saturates at the antimeridian.
fn fixed_point(degrees: f64) -> u32 {
    ((degrees + 180.0) * (STEPS_PER_TURN / 360.0)) as u32
}

/// The same sum in the same order as the R-tree, hence the same bits.
fn chord2(from: [f64; 3], to: [f64; 3]) -> f64 {
    let [x, y, z] = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
    x * x + y * y + z * z
}

#[cfg(test)]
mod tests;
