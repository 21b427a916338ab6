//! Which site can serve which demand, and at what cost: only the pairs that matter, never a dense matrix.

use super::error::ProblemError;
use super::rows::Rows;

/// One site within reach of one demand point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Rank of the site.
    pub site: u32,
    /// Cost of going there: metres or seconds, as the problem says.
    pub cost: u32,
}

/// For each demand point the sites within reach, the nearest first, ties by rank.
#[derive(Debug, Clone)]
pub struct Pairs {
    rows: Rows<Pair>,
    sites: usize,
}

impl Pairs {
    /// Takes one row per demand point, in order. A site named twice in a row keeps its lower cost.
    ///
    /// # Errors
    /// [`ProblemError::UnknownSite`] when a pair names a site that is not below `sites`.
    pub fn from_rows<R: AsRef<[Pair]>>(sites: usize, rows: impl IntoIterator<Item = R>) -> Result<Self, ProblemError> {
        let mut sorted = Builder::new(sites);
        for row in rows {
            sorted.row.extend_from_slice(row.as_ref());
            sorted.end_row()?;
        }
        Ok(sorted.finish())
    }

    /// The same for a known number of rows: `fill` puts the pairs of each demand point into an empty list.
    pub(super) fn from_rows_with(
        sites: usize,
        demand: usize,
        mut fill: impl FnMut(usize, &mut Vec<Pair>),
    ) -> Result<Self, ProblemError> {
        let mut sorted = Builder::new(sites);
        for rank in 0..demand {
            fill(rank, &mut sorted.row);
            sorted.end_row()?;
        }
        Ok(sorted.finish())
    }

    /// Number of demand points.
    #[must_use]
    pub fn demand(&self) -> usize {
        self.rows.len()
    }

    /// Number of sites.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.sites
    }

    /// Number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.items()
    }

    /// Whether no site is within reach of any demand point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sites within reach of one demand point, the nearest first.
    #[must_use]
    pub fn of(&self, demand: usize) -> &[Pair] {
        self.rows.row(demand)
    }

    /// The rows of all demand points, in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[Pair]> {
        self.rows.iter()
    }
}

/// Sorts rows one by one.
struct Builder {
    sites: usize,
    rows: Rows<Pair>,
    row: Vec<Pair>,
}

impl Builder {
    fn new(sites: usize) -> Self {
        Self { sites, rows: Rows::default(), row: Vec::new() }
    }

    fn end_row(&mut self) -> Result<(), ProblemError> {
        let Self { sites, rows, row } = self;
        row.sort_unstable_by_key(|pair| (pair.site, pair.cost));
        if let Some(last) = row.last().filter(|pair| pair.site as usize >= *sites) {
            return Err(ProblemError::UnknownSite { demand: rows.len(), site: last.site, sites: *sites });
        }
        row.dedup_by_key(|pair| pair.site);
        row.sort_unstable_by_key(|pair| (pair.cost, pair.site));
        rows.push(row.drain(..));
        Ok(())
    }

    fn finish(mut self) -> Pairs {
        self.rows.shrink();
        Pairs { rows: self.rows, sites: self.sites }
    }
}
