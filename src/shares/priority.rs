//! Who goes first when the cores are taken: the threads that answer. What nobody waits for with a page open, an edition being
//! opened and worked out, steps behind them, and has the whole machine when they rest.

use std::panic::resume_unwind;
use std::thread;

/// Steps of niceness behind the threads that answer: the scheduler of Linux then gives a quarter of a core where both want
/// all of it (a step is a fifth: 1.25⁵ ≈ 3).
#[cfg(target_os = "linux")]
const STEPS: i32 = 5;

/// From now on this thread, and every thread that it begins, goes after those that answer. Elsewhere than on Linux a priority
/// belongs to the whole process, and nothing changes.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // Whoever started us may have set us back already. A system that refuses leaves us as we were: slower for others.
        if let Ok(now) = getpriority_process(None) {
            let _ = setpriority_process(None, (now + STEPS).min(19));
        }
    }
}

/// Does some work on a thread that steps back, and waits for it. The thread of the caller stays where it was.
pub fn behind_answers<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let behind = || {
        step_back();
        work()
    };
    thread::scope(|scope| scope.spawn(behind).join().unwrap_or_else(|panic| resume_unwind(panic)))
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::fs;

    use super::*;

    /// Niceness of this thread, as the system tells it: the 19th field, counted after the name in brackets.
    fn niceness() -> i32 {
        let stat = fs::read_to_string("/proc/thread-self/stat").unwrap();
        let (_, fields) = stat.rsplit_once(')').unwrap();
        fields.split_whitespace().nth(16).unwrap().parse().unwrap()
    }

    #[test]
    fn work_behind_answers_and_the_threads_it_begins_step_back_and_the_caller_stays() {
        let before = niceness();
        let (own, begun) = behind_answers(|| (niceness(), thread::spawn(niceness).join().unwrap()));
        let back = (before + STEPS).min(19);
        assert_eq!((own, begun), (back, back));
        assert_eq!(niceness(), before);
    }
}
