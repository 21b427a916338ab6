//! Posts of conseillers: several lists count the same ones.

use super::Atlas;
use crate::domain::Post;

impl Atlas {
    /// Posts of the latest list only, each with its place in [`Atlas::posts`]: an earlier list counts the same posts again.
    pub fn latest_posts(&self) -> impl Iterator<Item = (usize, &Post)> {
        let vintage = |id: &str| self.edition.sources.iter().find(|source| source.id == id).map(|s| s.vintage.as_str());
        let latest = self.posts.iter().map(|post| post.source.as_str()).max_by_key(|id| vintage(id));
        self.posts.iter().enumerate().filter(move |(_, post)| Some(post.source.as_str()) == latest)
    }
}
