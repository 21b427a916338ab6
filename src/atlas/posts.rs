//! Posts of conseillers: several lists count the same ones.

use super::Atlas;
use crate::domain::Post;

impl Atlas {
    /// Posts of the latest list only: an earlier list counts the same posts again.
    #[must_use]
    pub fn latest_posts(&self) -> Vec<&Post> {
        let vintage = |id: &str| self.edition.sources.iter().find(|source| source.id == id).map(|s| s.vintage.as_str());
        let latest = self.posts.iter().map(|post| post.source.as_str()).max_by_key(|id| vintage(id));
        self.posts.iter().filter(|post| Some(post.source.as_str()) == latest).collect()
    }
}
