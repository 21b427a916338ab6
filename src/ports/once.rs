//! What was answered to a request that its sender may repeat.

use std::time::Duration;

use super::Later;

/// Time that an answer is kept.
pub const ANSWERS_KEPT_FOR: Duration = Duration::from_hours(24);
/// Most answers that are kept for one owner, the oldest forgotten first.
pub const MOST_ANSWERS_OF_ONE: usize = 200;
/// Time after which a request that never ended may be made again: the process that had it is gone.
pub const UNDER_WAY: Duration = Duration::from_mins(1);

/// A request that bears a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// What stands for owner, address and key.
    pub id: String,
    /// What stands for who asks.
    pub owner: String,
    /// What stands for all that is asked.
    pub print: String,
}

/// What is known of such a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeated {
    /// It is the first: its answer is to be kept, or the request taken back.
    First,
    /// The first one is still under way.
    UnderWay,
    /// The key was used for another request.
    OtherRequest,
    /// This was answered.
    Answered(String),
}

/// Where such answers are kept.
pub trait OnceStore: std::fmt::Debug + Send + Sync {
    /// Notes that a request is under way, unless it was made before.
    ///
    /// # Errors
    /// When the store cannot answer, here as below.
    fn begin_once(&self, request: Keyed) -> Later<'_, Repeated>;

    /// Keeps the answer to a request that is under way.
    fn keep_once(&self, id: String, answer: String) -> Later<'_, ()>;

    /// Takes a request back: nothing was done, and it may be made again.
    fn take_back_once(&self, id: String) -> Later<'_, ()>;
}
