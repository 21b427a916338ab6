//! Access against its dumb twins: every site looked at for every demand point, every person counted.

mod crow_fly;
mod scenario;
mod sums;
