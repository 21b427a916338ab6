//! `/et-si`: what would change if a venue closed, opened, moved or kept other hours. Forms and links only; the address
//! holds the whole scenario, and what is saved is saved by a form.

mod acts;
mod drawing;
mod found;
mod outcome;
mod page;
mod saved;
mod scene;

pub use page::show;
pub use saved::posted;
