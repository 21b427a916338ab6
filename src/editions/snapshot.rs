//! One edition as a request sees it: the atlas, its files, and all that was worked out from them.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use super::title::Title;
use crate::atlas::{Atlas, Kept};

/// One open edition. It stays whole for whoever holds it, even when it is no longer kept and its folder is gone.
#[derive(Debug)]
pub struct Snapshot {
    /// The edition, bound.
    pub atlas: Arc<Atlas>,
    /// Its files by name, open: a file that is removed from its folder can be read on.
    files: BTreeMap<String, File>,
    kept: Kept,
}

impl Snapshot {
    /// An edition without files to download.
    #[must_use]
    pub fn new(atlas: Arc<Atlas>) -> Self {
        Self { atlas, files: BTreeMap::new(), kept: Kept::default() }
    }

    /// Gives it its files: the very ones whose checksums were verified.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = (String, File)>) -> Self {
        self.files.extend(files);
        self
    }

    /// The id of the edition.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.atlas.edition().id
    }

    /// What is said of it in lists.
    #[must_use]
    pub fn title(&self) -> Title {
        let edition = self.atlas.edition();
        Title {
            id: edition.id.clone(),
            as_of: edition.as_of,
            demonstration: edition.demonstration,
            territories_vintage: edition.territories_vintage.clone(),
            published: None,
        }
    }

    /// One of its files. Read it at positions of your own: the handle is shared.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }

    /// The text of one of its files; `None` when there is no such file, or it is no text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let file = self.file(name)?;
        let mut bytes = vec![0; usize::try_from(file.metadata().ok()?.len()).ok()?];
        file.read_exact_at(&mut bytes, 0).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Whether it has files to download.
    #[must_use]
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// What is worked out once for this edition, by type: made when it is first asked for, gone with the edition. The
    /// first who asks waits for it.
    pub fn kept<T: Send + Sync + 'static>(&self, make: impl FnOnce(&Atlas) -> T) -> &T {
        self.kept.get(|| make(&self.atlas))
    }
}
