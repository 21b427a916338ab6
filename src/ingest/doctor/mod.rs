//! What a producer asks of a list: what is wrong with it, and how it would be described here.

mod check;
mod propose;
mod shape;
#[cfg(test)]
mod tests;

pub use check::{Checked, Given, check};
pub use propose::propose;
