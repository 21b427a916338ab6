//! A sparse table of travel times: for each demand point, the sites it reaches.

/// One site in reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Ordinal of the site.
    pub site: u32,
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
    pub fn row(&self, demand: usize) -> &[Pair] {
        &self.pairs[self.starts[demand]..self.starts[demand + 1]]
    }

    /// Every row in order.
    pub fn iter(&self) -> impl Iterator<Item = &[Pair]> {
        self.starts.windows(2).map(|ends| &self.pairs[ends[0]..ends[1]])
    }

    /// Closes a row: the pairs pushed since the last row are its own.
    pub(super) fn end_row(&mut self) {
        let start = self.starts[self.starts.len() - 1];
        self.pairs[start..].sort_unstable();
        self.starts.push(self.pairs.len());
    }

    pub(super) fn push(&mut self, pair: Pair) {
        self.pairs.push(pair);
    }

    /// Adds the rows of another list after one's own.
    pub(super) fn append(&mut self, other: &Self) {
        let offset = self.pairs.len();
        self.starts.extend(other.starts[1..].iter().map(|start| start + offset));
        self.pairs.extend_from_slice(&other.pairs);
    }

    /// Reads rows that somebody else has made.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = Vec<Pair>>) -> Self {
        let mut list = Self::default();
        for row in rows {
            list.pairs.extend(row);
            list.end_row();
        }
        list
    }
}
