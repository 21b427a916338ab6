//! How much of the service one visitor, or all of them, may take: every number of it in one place, so that a configuration
//! can take it over.

use std::time::Duration;

/// Most requests being answered at once, over all workers and visitors.
pub const MOST_IN_FLIGHT: usize = 512;
/// Most of them for one visitor.
pub const MOST_IN_FLIGHT_OF_ONE: usize = 128;
/// Most connections of one visitor. Those of a trusted proxy are those of everybody behind it, and are not counted.
pub const MOST_CONNECTIONS_OF_ONE: usize = 256;

/// Time for a body to come whole; nobody is kept waiting meanwhile.
pub const BODY_TIME: Duration = Duration::from_secs(10);
/// Bytes of bodies on their way, over all visitors: what they announce, or the most their address takes.
pub const MOST_BODY_BYTES: usize = 128 * 1024 * 1024;
/// Most of them from one visitor.
pub const MOST_BODY_BYTES_OF_ONE: usize = 16 * 1024 * 1024;

/// Time without progress after which a client that does not read is given up.
pub const WRITE_TIME: Duration = Duration::from_secs(30);

/// Scenarios that one visitor without a token may begin in a minute.
pub const MOST_TOKENS_A_MINUTE: u32 = 60;
/// Reports that one visitor may send in a minute.
pub const MOST_REPORTS_A_MINUTE: u32 = 60;
/// Searches of one visitor that run or wait.
pub const MOST_SEARCHES_OF_ONE: usize = 5;

/// Longest answer that is kept in memory to be sent, in bytes; what is longer is written to a file once and sent from it.
pub const LONGEST_IN_MEMORY: usize = 256 * 1024;
/// Answers that are kept, the oldest forgotten first.
pub const MOST_ANSWERS: usize = 256;
/// Bytes of the files they are kept in.
pub const MOST_ANSWER_BYTES: u64 = 1024 * 1024 * 1024;

/// Longest time an export may take, from the question to its first byte.
pub const EXPORT_TIME: Duration = Duration::from_secs(20);
/// Longest time the reading of a list that somebody brings may take; the process that reads has its own limit.
pub const READING_TIME: Duration = Duration::from_secs(90);
/// Longest time anything else may take on its way to an answer.
pub const ANSWER_TIME: Duration = Duration::from_secs(2);
