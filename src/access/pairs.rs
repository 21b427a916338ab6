//! A sparse table of travel times: for each demand point, the sites it reaches.

use crate::domain::{PointIx, SiteIx};

/// One site in reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Ordinal of the site.
    pub site: SiteIx,
    /// Seconds to get there.
    pub seconds: u32,
}

/// Rows of pairs, one row per demand point, one after the other. Within a row sites ascend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairList {
    /// Where each row begins; one more than there are rows.
    starts: Vec<usize>,
    pairs: Vec<Pair>,
}

impl Default for PairList {
    fn default() -> Self {
        Self { starts: vec![0], pairs: Vec::new() }
    }
}

impl PairList {
    /// Number of demand points.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether nobody reaches anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The sites in reach of one demand point.
    #[must_use]
    pub fn row(&self, point: PointIx) -> &[Pair] {
        let rank = usize::from(point);
        &self.pairs[self.starts[rank]..self.starts[rank + 1]]
    }

    /// Every row in order.
    pub fn iter(&self) -> impl Iterator<Item = &[Pair]> {
        self.starts.windows(2).map(|ends| &self.pairs[ends[0]..ends[1]])
    }

    /// Gathers rows from searches that went from site to demand points: each hit is a demand point and its pair. The hits
    /// of all `pieces`, one after the other, come in order of site, and so they stay within each row.
    #[must_use]
    pub fn gather(rows: usize, pieces: &[Vec<(PointIx, Pair)>]) -> Self {
        let mut starts = vec![0; rows + 1];
        for (row, _) in pieces.iter().flatten() {
            starts[usize::from(*row) + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut pairs = vec![Pair { site: SiteIx::new(0), seconds: 0 }; starts[rows]];
        for (row, pair) in pieces.iter().flatten() {
            pairs[next[usize::from(*row)]] = *pair;
            next[usize::from(*row)] += 1;
        }
        Self { starts, pairs }
    }
}
