//! Posts of conseillers numériques: who employs them, what the State pays, in which communes, and since when.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use typed_index_collections::TiVec;

use crate::atlas::Atlas;
use crate::domain::{CommuneIx, Post};
use crate::editions::Snapshot;

/// Posts and the money for them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Funded {
    /// Rows of the list.
    pub structures: u32,
    /// Posts.
    pub posts: u32,
    /// State money over the conventions, in euros, as far as it is known.
    pub state_eur: f64,
    /// Posts whose money is unknown: they are in no mean.
    pub posts_without_money: u32,
}

impl Funded {
    fn add(&mut self, post: &Post) {
        self.structures += 1;
        self.posts += post.posts;
        match post.state_eur {
            Some(euros) => self.state_eur += euros,
            None => self.posts_without_money += post.posts,
        }
    }

    /// Euros of the State for one post, over the posts whose money is known.
    #[must_use]
    pub fn mean_eur(&self) -> Option<f64> {
        let posts = self.posts - self.posts_without_money;
        (posts > 0).then(|| self.state_eur / f64::from(posts))
    }
}

/// The posts of the latest list, in one territory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Posts {
    /// All of them.
    pub all: Funded,
    /// Those of public employers.
    pub public: Funded,
    /// Those of private employers.
    pub private: Funded,
    /// Those of employers of whom nobody says which they are.
    pub unsaid: Funded,
    /// Communes with a post.
    pub communes: u32,
    /// Posts validated in each month, by its first day.
    pub months: BTreeMap<NaiveDate, u32>,
    /// Posts without a day of validation.
    pub undated: u32,
}

impl Posts {
    /// The posts of some communes; of the whole list, those without a commune included, when `None`. `None` is the answer
    /// of an edition without a list.
    #[must_use]
    pub fn of(atlas: &Atlas, communes: Option<&[CommuneIx]>) -> Option<Self> {
        atlas.latest_posts().next()?;
        let wanted: Option<BTreeSet<CommuneIx>> = communes.map(|communes| communes.iter().copied().collect());
        let commune = |post: &Post| post.commune.and_then(|code| atlas.places().by_code(code));
        let mut found = Self::default();
        let mut places = BTreeSet::new();
        for (_, post) in atlas.latest_posts() {
            let commune = commune(post);
            if wanted.as_ref().is_some_and(|wanted| !commune.is_some_and(|commune| wanted.contains(&commune))) {
                continue;
            }
            found.all.add(post);
            match post.public_employer {
                Some(true) => found.public.add(post),
                Some(false) => found.private.add(post),
                None => found.unsaid.add(post),
            }
            places.extend(commune.filter(|_| post.posts > 0));
            match post.validated.and_then(|day| day.with_day(1)) {
                Some(month) => *found.months.entry(month).or_default() += post.posts,
                None => found.undated += post.posts,
            }
        }
        found.communes = places.len() as u32;
        Some(found)
    }

    /// Posts validated by the end of each month, the earliest first; those without a day are in none.
    #[must_use]
    pub fn trajectory(&self) -> Vec<(NaiveDate, u32)> {
        let sum = |sum: &mut u32, (month, posts): (&NaiveDate, &u32)| {
            *sum += posts;
            Some((*month, *sum))
        };
        self.months.iter().scan(0, sum).collect()
    }
}

/// The latest list of posts and its day.
#[must_use]
pub fn latest_list(atlas: &Atlas) -> Option<(&str, Option<NaiveDate>)> {
    let id = atlas.latest_posts().next()?.1.source.as_str();
    let source = atlas.edition().sources.iter().find(|source| source.id == id);
    Some((id, source.and_then(|source| source.vintage.parse().ok())))
}

/// Structures, posts and money of the latest list in each commune, in the order of [`Atlas::communes`], and those of no known
/// commune. Worked out once for an edition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PostsByCommune {
    /// By ordinal of commune.
    pub communes: TiVec<CommuneIx, Funded>,
    /// Without a commune.
    pub nowhere: Funded,
    /// Whether the edition has a list of posts at all.
    pub known: bool,
}

impl PostsByCommune {
    /// Those of an edition.
    #[must_use]
    pub fn kept(snapshot: &Snapshot) -> &Self {
        snapshot.kept(Self::new)
    }

    /// Counts the latest list.
    #[must_use]
    pub fn new(atlas: &Atlas) -> Self {
        let mut found = Self { communes: vec![Funded::default(); atlas.communes().len()].into(), ..Self::default() };
        for (_, post) in atlas.latest_posts() {
            found.known = true;
            match post.commune.and_then(|code| atlas.places().by_code(code)) {
                Some(commune) => found.communes[commune].add(post),
                None => found.nowhere.add(post),
            }
        }
        found
    }

    /// Those of some communes together; `None` without a list.
    #[must_use]
    pub fn of(&self, communes: &[CommuneIx]) -> Option<Funded> {
        let sum = |sum: Funded, &i: &CommuneIx| {
            let more = self.communes[i];
            Funded {
                structures: sum.structures + more.structures,
                posts: sum.posts + more.posts,
                state_eur: sum.state_eur + more.state_eur,
                posts_without_money: sum.posts_without_money + more.posts_without_money,
            }
        };
        self.known.then(|| communes.iter().fold(Funded::default(), sum))
    }
}
