//! Who asks, and how much of the machine one may take: visitors, every limit, and the threads and queues of long work by kind
//! ([ADR 25](../../docs/adr/0025-one-client-cannot-starve-the-rest.md)). Nothing here knows what is asked.

pub mod limits;
pub mod pools;
pub mod priority;
pub mod secret;
pub mod visitor;
