//! What is worked out once from something that never changes, and then kept as long as that is, whoever needs it.

use std::any::Any;
use std::fmt;
use std::sync::OnceLock;

/// Values by their type, each made when it is first asked for. A short list that only grows: looking one up takes no lock.
#[derive(Default)]
pub struct Kept(OnceLock<Box<Link>>);

struct Link {
    /// A `OnceLock<T>`: made at once, filled by whoever asks first, while others of the list stay free to be asked.
    value: Box<dyn Any + Send + Sync>,
    next: Kept,
}

impl Kept {
    /// The value of this type. The first who asks makes it; who asks meanwhile waits for it.
    pub fn get<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> &T {
        let mut here = self;
        loop {
            let empty = || Box::new(Link { value: Box::new(OnceLock::<T>::new()), next: Self::default() });
            let link = here.0.get_or_init(empty);
            if let Some(value) = link.value.downcast_ref::<OnceLock<T>>() {
                return value.get_or_init(make);
            }
            here = &link.next;
        }
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let links = std::iter::successors(self.0.get(), |link| link.next.0.get()).count();
        write!(f, "{links} kept values")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn each_type_is_made_once_whatever_the_number_of_threads() {
        let (kept, made) = (Kept::default(), AtomicUsize::new(0));
        let count = || made.fetch_add(1, Ordering::Relaxed);
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let (kept, count) = (&kept, &count);
                scope.spawn(move || {
                    // In another order on every other thread.
                    if thread % 2 == 0 {
                        kept.get(|| (count(), 'a').1);
                    }
                    let text: &String = kept.get(|| {
                        count();
                        "made".to_owned()
                    });
                    assert_eq!(text, "made");
                    assert_eq!(*kept.get(|| (count(), 'a').1), 'a');
                });
            }
        });
        assert_eq!(made.load(Ordering::Relaxed), 2);
        assert_eq!(format!("{kept:?}"), "2 kept values");
    }

    #[test]
    fn a_value_may_rest_on_another() {
        let kept = Kept::default();
        let text = || kept.get(|| 20_u64).to_string();
        assert_eq!(kept.get::<String>(text), "20");
        assert_eq!(*kept.get::<u64>(|| 0), 20, "made once, the first time");
    }
}
