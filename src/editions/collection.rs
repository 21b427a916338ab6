//! The editions of one service: which is in force, which are open, and which a request means.

use std::collections::BTreeSet;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use super::library::Library;
use super::shelf::Shelf;
use super::snapshot::Snapshot;
use super::title::{Listed, Title};
use super::wanted::Wanted;
use super::{KEPT, keeper};
use crate::atlas::figures::Followed;

/// How editions are kept.
pub struct Settings {
    /// Most editions open beside the one in force. None: only the one in force can be asked for.
    pub keep: usize,
    /// Time between two looks at which edition is in force.
    pub every: Duration,
    /// Is told, in a sentence, of every edition that comes into force, is opened, closed or refused.
    pub tell: Box<dyn Fn(&str) + Send + Sync>,
    /// Works out what a visitor should not wait for, before an edition answers.
    pub prepare: fn(&Snapshot),
    /// Whether memory is short: then an edition that is opened takes the place of another, however few are kept.
    pub is_full: fn() -> bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { keep: KEPT, every: Duration::from_secs(1), tell: Box::new(|_| {}), prepare: |_| {}, is_full: || false }
    }
}

/// What became of a question for an edition.
#[derive(Debug)]
pub enum Found {
    /// Here it is.
    Open(Arc<Snapshot>),
    /// It is there, and will be open in a while.
    Opening(Opening),
    /// There is no such edition; these there are, the newest first.
    Unknown(Vec<Listed>),
}

/// The edition in force, and those that can be asked for beside it.
pub struct Editions {
    library: Option<Arc<dyn Library>>,
    settings: Settings,
    current: RwLock<Arc<Snapshot>>,
    shelf: Mutex<Shelf>,
    /// Held while an edition is opened: one at a time, so that memory is asked for once.
    opening: Mutex<()>,
    bell: Option<Mutex<Sender<()>>>,
}

impl fmt::Debug for Editions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "editions, {} in force", self.current().id())
    }
}

impl Editions {
    /// One edition, and never another.
    #[must_use]
    pub fn only(snapshot: Snapshot) -> Arc<Self> {
        Arc::new(Self::new(None, Settings::default(), snapshot))
    }

    /// Opens the edition in force, and from then on follows the library on a thread of its own.
    ///
    /// # Errors
    /// When neither the edition in force nor any older one can be opened.
    pub fn open(library: Arc<dyn Library>, settings: Settings) -> Result<Arc<Self>, String> {
        let titles = library.titles();
        let (snapshot, refused) = first(library.as_ref(), &settings, &titles)?;
        let every = settings.every;
        let mut editions = Self::new(Some(library.clone()), settings, snapshot);
        let (ring, bell) = channel();
        editions.bell = Some(Mutex::new(ring));
        let mut shelf = editions.shelf();
        shelf.titles = titles;
        refused.iter().for_each(|id| shelf.refuse(id));
        drop(shelf);
        let editions = Arc::new(editions);
        keeper::start(&editions, bell, every, Self::see_to_it)
            .map_err(|error| format!("no thread for editions: {error}"))?;
        Ok(editions)
    }

    /// What the keeper does at each ring.
    fn see_to_it(&self) {
        self.refresh();
        self.fetch_wanted();
        self.close_unused();
    }

    fn new(library: Option<Arc<dyn Library>>, settings: Settings, snapshot: Snapshot) -> Self {
        let current = RwLock::new(Arc::new(snapshot));
        Self { library, settings, current, shelf: Mutex::default(), opening: Mutex::default(), bell: None }
    }

    /// The edition in force.
    #[must_use]
    pub fn current(&self) -> Arc<Snapshot> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The edition that is meant.
    #[must_use]
    pub fn find(self: &Arc<Self>, wanted: &Wanted) -> Found {
        if let Wanted::Id(id) = wanted
            && let Some(open) = self.at_hand(id)
        {
            return Found::Open(open);
        }
        let listed = self.list();
        let Some(meant) = wanted.among(&listed) else { return Found::Unknown(listed) };
        let id = &meant.title.id;
        match self.at_hand(id) {
            Some(open) => Found::Open(open),
            None => Found::Opening(Opening { editions: self.clone(), id: id.clone() }),
        }
    }

    /// What an edition says of its territories, when that can be read without opening it.
    #[must_use]
    pub fn followed(&self, id: &str) -> Option<Followed> {
        self.library.as_ref()?.followed(id)
    }

    /// Editions that could not be opened, as they are now.
    #[must_use]
    pub fn refused(&self) -> Vec<String> {
        self.shelf().refused()
    }

    /// Every edition that can be asked for, the newest first. One that could not be opened is not among them.
    #[must_use]
    pub fn list(&self) -> Vec<Listed> {
        let current = self.current();
        let shelf = self.shelf();
        let open: BTreeSet<&str> = shelf.open().iter().map(|snapshot| snapshot.id()).chain([current.id()]).collect();
        let titles =
            shelf.titles.iter().filter(|title| open.contains(title.id.as_str()) || self.offers(&shelf, &title.id));
        let mut listed: Vec<Listed> =
            titles.cloned().map(|title| Listed { title, current: false, open: false }).collect();
        // What is open stays, whatever became of its folder.
        for snapshot in shelf.open().iter().chain([&current]) {
            if !listed.iter().any(|listed| listed.title.id == snapshot.id()) {
                listed.push(Listed { title: snapshot.title(), current: false, open: true });
            }
        }
        for listed in &mut listed {
            listed.current = listed.title.id == current.id();
            listed.open = open.contains(listed.title.id.as_str());
        }
        listed.sort_by(|a, b| b.by_age(a));
        listed
    }

    /// Whether an edition that is not open may be opened.
    fn offers(&self, shelf: &Shelf, id: &str) -> bool {
        self.settings.keep > 0 && !shelf.is_refused(id)
    }

    /// Looks now whether another edition came into force, and tries again what was refused. Returns at once: the work is
    /// done on the thread of the editions.
    pub fn look(&self) {
        self.shelf().forgive();
        self.ring();
    }

    /// Looks whether another edition came into force, and takes it up. One that cannot be opened is refused, once, and
    /// the one in force stays.
    pub fn refresh(&self) {
        let Some(library) = &self.library else { return };
        let _alone = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let titles = library.titles();
        self.shelf().titles = titles;
        let before = self.current();
        let (id, cause) = library.in_force().map_or_else(|cause| (None, Some(cause)), |id| (Some(id), None));
        if self.shelf().is_lost(cause.as_ref()) {
            let cause = cause.unwrap_or_default();
            (self.settings.tell)(&format!("no edition is in force: {cause}; edition {} stays", before.id()));
        }
        let Some(id) = id.filter(|id| id != before.id() && !self.shelf().is_refused(id)) else { return };
        let Some(next) = self.opened(library.as_ref(), &id) else {
            (self.settings.tell)(&format!("edition {} stays in force", before.id()));
            return;
        };
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = next;
        let mut shelf = self.shelf();
        shelf.remove(&id);
        shelf.put(before, self.settings.keep, (self.settings.is_full)());
        drop(shelf);
        (self.settings.tell)(&format!("edition {id} is in force"));
    }

    /// Opens every edition that somebody waits for.
    pub(super) fn fetch_wanted(&self) {
        let Some(library) = &self.library else { return };
        loop {
            let Some(id) = self.shelf().next_wanted() else { return };
            let alone = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
            let opened = self.opened(library.as_ref(), &id);
            let mut shelf = self.shelf();
            if let Some(snapshot) = opened.filter(|snapshot| snapshot.id() != self.current().id()) {
                shelf.put(snapshot, self.settings.keep, (self.settings.is_full)());
            }
            let waiting = shelf.no_longer_wanted(&id);
            drop((shelf, alone));
            waiting.into_iter().for_each(Waker::wake);
            self.close_unused();
        }
    }

    /// Frees closed editions that no request holds any more.
    pub(super) fn close_unused(&self) {
        let unused = self.shelf().unused();
        for snapshot in unused {
            (self.settings.tell)(&format!("edition {} closed", snapshot.id()));
        }
    }

    /// The edition when it is open, or an order to open it.
    pub(super) fn poll_open(&self, id: &str, waker: &Waker) -> Poll<Option<Arc<Snapshot>>> {
        if let Some(open) = self.at_hand(id) {
            return Poll::Ready(Some(open));
        }
        let mut shelf = self.shelf();
        if !shelf.titles.iter().any(|title| title.id == id) || !self.offers(&shelf, id) {
            return Poll::Ready(None);
        }
        let fresh = shelf.wait(id, waker);
        drop(shelf);
        if fresh {
            self.ring();
        }
        Poll::Pending
    }

    /// An edition that is open; it counts as used.
    fn at_hand(&self, id: &str) -> Option<Arc<Snapshot>> {
        Some(self.current()).filter(|current| current.id() == id).or_else(|| self.shelf().take(id))
    }

    /// An edition from the shelf or from the library; one that cannot be opened is told of and remembered.
    fn opened(&self, library: &dyn Library, id: &str) -> Option<Arc<Snapshot>> {
        if let Some(open) = self.at_hand(id) {
            return Some(open);
        }
        let started = Instant::now();
        let opened = caught(|| library.open(id)).and_then(|opened| opened).and_then(|snapshot| match snapshot.id() {
            same if same == id => Ok(Arc::new(snapshot)),
            other => Err(format!("its content is that of edition {other}")),
        });
        let opened = opened.and_then(|snapshot| caught(|| (self.settings.prepare)(&snapshot)).map(|()| snapshot));
        opened
            .inspect(|_| (self.settings.tell)(&format!("edition {id} opened in {} ms", started.elapsed().as_millis())))
            .map_err(|cause| self.refuse(id, &cause))
            .ok()
    }

    fn refuse(&self, id: &str, cause: &str) {
        self.shelf().refuse(id);
        (self.settings.tell)(&format!("edition {id} refused: {cause}"));
    }

    fn ring(&self) {
        if let Some(bell) = &self.bell {
            // A keeper that is gone went with the service.
            let _ = bell.lock().unwrap_or_else(PoisonError::into_inner).send(());
        }
    }

    /// Nothing is left half done under the lock, so a panic of another thread spoils nothing.
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The edition in force or, where it is damaged, the newest of the others that opens; and those that were refused.
fn first(library: &dyn Library, settings: &Settings, titles: &[Title]) -> Result<(Snapshot, Vec<String>), String> {
    let started = Instant::now();
    let open = |id: &str| {
        let opened = caught(|| library.open(id)).and_then(|opened| opened);
        opened.inspect(|_| {
            (settings.tell)(&format!("edition {id} opened in {} ms", started.elapsed().as_millis()));
        })
    };
    let in_force = library.in_force();
    let cause = match in_force.as_ref().map_err(Clone::clone).and_then(|id| open(id)) {
        Ok(snapshot) => return Ok((snapshot, Vec::new())),
        Err(cause) => cause,
    };
    (settings.tell)(&format!("the edition in force cannot be opened: {cause}; looking for the one before"));
    let mut refused: Vec<String> = in_force.into_iter().collect();
    let mut others: Vec<&Title> = titles.iter().filter(|title| !refused.contains(&title.id)).collect();
    others.sort_by_key(|title| (title.published, &title.id));
    for title in others.into_iter().rev() {
        match open(&title.id) {
            Ok(snapshot) => {
                (settings.tell)(&format!("edition {} is served in its place", title.id));
                return Ok((snapshot, refused));
            }
            Err(cause) => (settings.tell)(&format!("edition {} refused: {cause}", title.id)),
        }
        refused.push(title.id.clone());
    }
    Err(cause)
}

/// What this gives, or the words of its panic: a damaged edition must not end the thread that opens the others.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic without a message".to_owned())
    })
}

/// An edition that is being opened; resolves to `None` when it cannot be.
#[derive(Debug)]
pub struct Opening {
    editions: Arc<Editions>,
    id: String,
}

impl Opening {
    /// Waits on this thread, for those who have one to spare.
    #[must_use]
    pub fn wait(self) -> Option<Arc<Snapshot>> {
        crate::ports::wait(self)
    }
}

impl Future for Opening {
    type Output = Option<Arc<Snapshot>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.editions.poll_open(&self.id, context.waker())
    }
}
