//! The keys of the house, and nothing else.
fn main() {}
