//! Rows of unequal length in one flat list: the sparse half of every matrix here.

/// A list of rows, each a slice of one flat list.
#[derive(Debug, Clone)]
pub(super) struct Rows<T> {
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl<T: Copy> Rows<T> {
    /// Adds a row after the last.
    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.starts.push(self.items.len());
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of items in all rows.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// One row; its rank is below [`Self::len`].
    pub fn row(&self, rank: usize) -> &[T] {
        &self.items[self.starts[rank]..self.starts[rank + 1]]
    }

    /// Every row, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.starts.windows(2).map(|ends| &self.items[ends[0]..ends[1]])
    }

    /// Gives back the memory kept for growth.
    pub fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.items.shrink_to_fit();
    }

    /// The same items as `columns` rows: `column_of` names the new row of an item, `turned` rewrites it with its old
    /// row. Within a row the old order of rows is kept.
    pub fn transposed<U: Copy>(
        &self,
        columns: usize,
        column_of: impl Fn(T) -> u32,
        turned: impl Fn(u32, T) -> U,
    ) -> Rows<U> {
        let mut starts = vec![0; columns + 1];
        for &item in &self.items {
            starts[column_of(item) as usize + 1] += 1;
        }
        for column in 0..columns {
            starts[column + 1] += starts[column];
        }
        let Some(&first) = self.items.first() else { return Rows { starts, items: Vec::new() } };
        let mut next = starts.clone();
        let mut items = vec![turned(0, first); self.items.len()];
        for (row, entries) in (0..).zip(self.iter()) {
            for &item in entries {
                let place = &mut next[column_of(item) as usize];
                items[*place] = turned(row, item);
                *place += 1;
            }
        }
        Rows { starts, items }
    }
}
