//! Plans as jobs that several processes share: whoever has time takes the next one, and any of them tells where it stands.
//!
//! Instants are milliseconds by the clock of the store, so that processes whose clocks differ agree on who is late.

use std::time::Duration;

use super::Later;

/// Time without a sign of life after which the job of a process is taken up by another.
pub const LEASE: Duration = Duration::from_secs(15);
/// Times that a job is begun whose process was gone before its end; then it is given up: it may be what ends them.
pub const MOST_ATTEMPTS: u32 = 3;
/// Time that a job is kept once it is over.
pub const KEPT_FOR: Duration = Duration::from_hours(24);

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// Others come first.
    Queued,
    /// A process works on it.
    Running,
    /// There is a plan.
    Done,
    /// Nobody waits for it any more.
    Cancelled,
    /// There is none, for a reason that is kept.
    Failed,
}

impl PlanState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Done, Self::Cancelled, Self::Failed];

    /// Name in tables: `queued`, `running`, `done`, `cancelled`, `failed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Reads [`PlanState::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }

    /// Whether nothing more will happen.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// A question that was posted.
#[derive(Debug, Clone)]
pub struct PostedPlan {
    /// Fingerprint of question and edition: the same question is the same job.
    pub id: String,
    /// The edition it is asked of.
    pub edition: String,
    /// The question, as the front door wrote and reads it.
    pub question: String,
    /// Seconds that the search may take.
    pub seconds: u32,
    /// What stands for who asks; empty where no limits of one visitor apply. Erased once the job is over.
    pub visitor: String,
    /// What withdraws the question of this visitor.
    pub key: String,
}

/// How many there may be.
#[derive(Debug, Clone, Copy)]
pub struct PlanLimits {
    /// Jobs that wait.
    pub waiting: usize,
    /// Jobs of one visitor that run or wait.
    pub of_one: usize,
    /// Keys of one job.
    pub keys: usize,
    /// Jobs that are over.
    pub over: usize,
}

/// What became of a question that was posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// This is its job.
    Job(PlanLine),
    /// Too many wait.
    Full {
        /// Seconds until the first of those that run will have had its time.
        retry_after: u32,
        /// Whether those that wait are of the visitor who asks.
        of_one: bool,
    },
}

/// A job without what it asks and answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Its id.
    pub id: String,
    /// The edition it is asked of.
    pub edition: String,
    /// What stands for who asked first.
    pub visitor: String,
    /// Where it stands.
    pub state: PlanState,
    /// When it was posted: one that is asked again after it was withdrawn is another.
    pub made: i64,
    /// Seconds that the search may take.
    pub seconds: u32,
    /// Times that it was begun.
    pub attempt: u32,
    /// The last sign of life of its process.
    pub beat: i64,
    /// When it was over; 0 before.
    pub ended: i64,
    /// How far the search has come, as who works on it wrote it; left out of the board of jobs that are over.
    pub progress: String,
}

/// All jobs that are known, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The time now.
    pub now: i64,
    /// The jobs.
    pub lines: Vec<PlanLine>,
}

/// The right to work on a job: of one process, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanClaim {
    /// The job.
    pub id: String,
    /// When it was posted.
    pub made: i64,
    /// Who works on it.
    pub worker: String,
    /// Which time it is begun.
    pub attempt: u32,
}

/// What a job asks and answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanText {
    /// The question.
    pub question: String,
    /// How far the search came.
    pub progress: String,
    /// The plan, or why there is none.
    pub outcome: String,
}

/// Where plans are jobs. What was answered with `Ok` is on disk. No lock is held while anybody searches.
pub trait PlanStore: std::fmt::Debug + Send + Sync {
    /// What these processes make keys with: the one given, unless there is one.
    ///
    /// # Errors
    /// When the store cannot answer, here as below.
    fn secret(&self, fresh: String) -> Later<'_, String>;

    /// Takes a question, or finds the job that is the same question; one that was withdrawn begins anew.
    fn post(&self, plan: PostedPlan, limits: PlanLimits) -> Later<'_, Admitted>;

    /// One job.
    fn plan(&self, id: String) -> Later<'_, Option<PlanLine>>;

    /// What a job asks and answers.
    fn text(&self, id: String, made: i64) -> Later<'_, Option<PlanText>>;

    /// All jobs.
    fn board(&self) -> Later<'_, Board>;

    /// Lets the jobs of processes that give no sign of life begin anew, gives up those that were begun too often for this
    /// reason, and forgets the oldest of those that are over.
    fn tidy(&self, limits: PlanLimits, given_up: String) -> Later<'_, ()>;

    /// Takes a job that waits, if nobody else has it.
    fn claim(&self, id: String, worker: String) -> Later<'_, Option<PlanClaim>>;

    /// Gives a sign of life. False when the job is no longer this worker's: it was withdrawn, or taken up by another.
    fn beat(&self, claim: PlanClaim, progress: String) -> Later<'_, bool>;

    /// Ends a job as `Done` or `Failed`. False when it is no longer this worker's.
    fn end(&self, claim: PlanClaim, state: PlanState, text: PlanText) -> Later<'_, bool>;

    /// Gives a job back, for others to begin; this time does not count. False when it is no longer this worker's.
    fn give_back(&self, claim: PlanClaim) -> Later<'_, bool>;

    /// Withdraws the question that this key was given for. A job that nobody waits for any more is cancelled; one that is over
    /// stays as it is. False when the key was not given for this job.
    fn withdraw(&self, id: String, key: String) -> Later<'_, bool>;

    /// Lets one more through unless this visitor did the same so many times in this minute. False when it is too much.
    fn pass(&self, what: &'static str, visitor: String, most: u32) -> Later<'_, bool>;
}
