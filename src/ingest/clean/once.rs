//! A text is read once: equal hours stand in many rows, and reading them costs more than the rest of a row.

use std::cell::RefCell;
use std::collections::HashMap;
use std::thread::LocalKey;

/// What was read of texts.
pub type Known<T> = RefCell<HashMap<String, T>>;

/// So many texts are remembered at a time: more than the lists of France hold.
const TEXTS: usize = 16_384;
/// Longer texts are none that people repeat.
const BYTES: usize = 2_048;

/// What `read` makes of a text, which must depend on the text alone.
pub fn once<T: Clone>(known: &'static LocalKey<Known<T>>, text: &str, read: impl FnOnce() -> T) -> T {
    if let Some(value) = known.with_borrow(|known| known.get(text).cloned()) {
        return value;
    }
    let value = read();
    if text.len() <= BYTES {
        known.with_borrow_mut(|known| {
            if known.len() >= TEXTS {
                known.clear();
            }
            known.insert(text.to_owned(), value.clone());
        });
    }
    value
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static LENGTHS: Known<usize> = RefCell::default();
    }

    #[test]
    fn a_text_is_read_once_and_a_long_one_each_time() {
        let read = Cell::new(0);
        let length = |text: &str| {
            once(&LENGTHS, text, || {
                read.set(read.get() + 1);
                text.len()
            })
        };
        assert_eq!([length("lundi"), length("mardi"), length("lundi")], [5, 5, 5]);
        assert_eq!(read.get(), 2);
        let long = "x".repeat(BYTES + 1);
        assert_eq!(length(&long) + length(&long), 2 * long.len());
        assert_eq!(read.get(), 4);
        (0..2 * TEXTS).for_each(|i| assert_eq!(length(&i.to_string()), i.to_string().len()));
        assert!(LENGTHS.with_borrow(HashMap::len) <= TEXTS, "memory is bounded");
    }
}
