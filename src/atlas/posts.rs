//! Posts of conseillers: several lists count the same ones.

use super::Atlas;
use crate::domain::Post;

impl Atlas {
    /// Posts of the latest list only, each with its place in [`Atlas::posts`]: an earlier list counts the same posts again.
    pub fn latest_posts(&self) -> impl Iterator<Item = (usize, &Post)> {
        let latest = self.latest_list();
        self.posts.iter().enumerate().filter(move |(_, post)| Some(post.source.as_str()) == latest)
    }

    /// The day or month of that list, as its source says it.
    #[must_use]
    pub fn posts_vintage(&self) -> Option<&str> {
        self.latest_list().and_then(|id| self.vintage_of(id))
    }

    fn latest_list(&self) -> Option<&str> {
        self.posts.iter().map(|post| post.source.as_str()).max_by_key(|id| self.vintage_of(id))
    }

    fn vintage_of(&self, id: &str) -> Option<&str> {
        self.edition.sources.iter().find(|source| source.id == id).map(|source| source.vintage.as_str())
    }
}
