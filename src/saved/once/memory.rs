//! The same without a store: in the memory of this process, fewer of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::ports::{ANSWERS_KEPT_FOR, Keyed, Later, OnceStore, Repeated, UNDER_WAY};
use crate::shares::secret::Secret;

/// Most answers that are kept, over all owners; beyond, the oldest is forgotten.
const MOST: usize = 500;

/// Answers, by what stands for their requests.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    secret: Secret,
    kept: Arc<Mutex<HashMap<String, Answer>>>,
}

#[derive(Debug)]
struct Answer {
    print: String,
    made: Instant,
    /// Empty while the first request is under way.
    text: String,
}

impl Default for Memory {
    fn default() -> Self {
        Self { secret: Secret::of_kept(Secret::fresh().unwrap_or_default()), kept: Arc::default() }
    }
}

impl Memory {
    /// What digests are made with.
    pub(super) fn secret(&self) -> Secret {
        self.secret.clone()
    }

    fn with<T: Send + 'static>(&self, act: impl FnOnce(&mut HashMap<String, Answer>) -> T) -> Later<'_, T> {
        let answer = act(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner));
        Box::pin(async move { Ok(answer) })
    }
}

impl OnceStore for Memory {
    fn begin_once(&self, request: Keyed) -> Later<'_, Repeated> {
        self.with(|kept| {
            let lives = |answer: &Answer| {
                answer.made.elapsed() < if answer.text.is_empty() { UNDER_WAY } else { ANSWERS_KEPT_FOR }
            };
            if let Some(known) = kept.get(&request.id).filter(|known| lives(known)) {
                return match known {
                    known if known.print != request.print => Repeated::OtherRequest,
                    known if known.text.is_empty() => Repeated::UnderWay,
                    known => Repeated::Answered(known.text.clone()),
                };
            }
            if kept.len() >= MOST {
                kept.retain(|_, answer| lives(answer));
            }
            if kept.len() >= MOST
                && let Some(oldest) = kept.iter().min_by_key(|(_, answer)| answer.made).map(|(id, _)| id.clone())
            {
                kept.remove(&oldest);
            }
            let answer = Answer { print: request.print, made: Instant::now(), text: String::new() };
            kept.insert(request.id, answer);
            Repeated::First
        })
    }

    fn keep_once(&self, id: String, answer: String) -> Later<'_, ()> {
        self.with(|kept| {
            if let Some(known) = kept.get_mut(&id) {
                known.text = answer;
            }
        })
    }

    fn take_back_once(&self, id: String) -> Later<'_, ()> {
        self.with(|kept| drop(kept.remove(&id)))
    }
}
