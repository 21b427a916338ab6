//! How an instance is set up: one table of keys, each of them a line of a TOML file, a variable and a flag.
//!
//! A flag wins over a variable, a variable over the file, the file over the default. What cannot be understood is refused,
//! all of it at once, naming where it was said and what was expected ([ADR 26](../../docs/adr/0026-configuration.md)).

mod arguments;
mod fault;
mod file;
mod gather;
mod key;
mod keys;
mod kind;
mod said;
mod schema;
mod settings;
mod shown;

#[cfg(test)]
mod tests;

pub use arguments::Arguments;
pub use fault::{Fault, Faults, Origin};
pub use gather::Config;
pub use key::Key;
pub use keys::KEYS;
pub use kind::Value;
pub use schema::{example, schema};
pub use settings::{Basemap, Settings};
