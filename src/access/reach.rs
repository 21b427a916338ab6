//! How people travel, and how far the nearest place is from them.

use std::ops::{Index, IndexMut};

use typed_index_collections::TiVec;

use crate::domain::{PointIx, Seconds, SiteIx};

/// How people travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// On foot.
    Walk,
    /// By bicycle.
    Bicycle,
    /// By car.
    Car,
}

impl Mode {
    /// Every mode, the slowest first, in the order of all tables by mode.
    pub const ALL: [Mode; 3] = [Mode::Walk, Mode::Bicycle, Mode::Car];

    /// The name used in addresses: `walk`, `bicycle`, `car`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The name in addresses of pages: `pied`, `velo`, `voiture`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        self.row().slug
    }

    /// In a French sentence: `en voiture`.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.row().words
    }

    /// The one declaration of each mode.
    const fn row(self) -> Row {
        match self {
            Self::Walk => Row { name: "walk", slug: "pied", words: "à pied" },
            Self::Bicycle => Row { name: "bicycle", slug: "velo", words: "à vélo" },
            Self::Car => Row { name: "car", slug: "voiture", words: "en voiture" },
        }
    }

    /// Reads [`Mode::slug`] back.
    #[must_use]
    pub fn from_slug(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.slug() == text)
    }

    /// Reads [`Mode::name`] back.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == text)
    }
}

/// What there is to say of a mode.
struct Row {
    name: &'static str,
    slug: &'static str,
    words: &'static str,
}

/// One of each by mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByMode<T>([T; Mode::ALL.len()]);

impl<T> ByMode<T> {
    /// Makes one for each mode.
    #[must_use]
    pub fn of(each: impl FnMut(Mode) -> T) -> Self {
        Self(Mode::ALL.map(each))
    }

    /// The same where one may fail.
    ///
    /// # Errors
    /// The first there is.
    pub fn try_of<E>(each: impl FnMut(Mode) -> Result<T, E>) -> Result<Self, E> {
        let [walk, bicycle, car] = Mode::ALL.map(each);
        Ok(Self([walk?, bicycle?, car?]))
    }

    /// The one of a mode alone.
    #[must_use]
    pub fn take(self, mode: Mode) -> T {
        let [walk, bicycle, car] = self.0;
        match mode {
            Mode::Walk => walk,
            Mode::Bicycle => bicycle,
            Mode::Car => car,
        }
    }

    /// Makes another of each.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> ByMode<U> {
        ByMode(self.0.map(each))
    }

    /// A reference to each.
    #[must_use]
    pub fn each_ref(&self) -> ByMode<&T> {
        ByMode(self.0.each_ref())
    }

    /// Each with its mode, in the order of [`Mode::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Mode, &T)> {
        Mode::ALL.into_iter().zip(&self.0)
    }
}

impl<T> IntoIterator for ByMode<T> {
    type Item = T;
    type IntoIter = std::array::IntoIter<T, { Mode::ALL.len() }>;

    /// Each, in the order of [`Mode::ALL`].
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> Index<Mode> for ByMode<T> {
    type Output = T;

    fn index(&self, mode: Mode) -> &T {
        &self.0[mode as usize]
    }
}

impl<T> IndexMut<Mode> for ByMode<T> {
    fn index_mut(&mut self, mode: Mode) -> &mut T {
        &mut self.0[mode as usize]
    }
}

/// The nearest site in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearest {
    /// How long it takes.
    pub time: Seconds,
    /// Ordinal of the site; of several equally near in time, any one, but always the same.
    pub site: SiteIx,
}

/// How far every demand point is from the nearest site.
pub type Reaches = TiVec<PointIx, Reach>;

/// How far a demand point is from the nearest site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// So far.
    Reached(Nearest),
    /// No site can be reached at all.
    Unreachable,
    /// Nobody knows where the demand point is.
    Unknown,
}

impl Reach {
    /// The nearest site, if there is one.
    #[must_use]
    pub fn nearest(self) -> Option<Nearest> {
        match self {
            Self::Reached(nearest) => Some(nearest),
            Self::Unreachable | Self::Unknown => None,
        }
    }

    /// The time to the nearest site, if there is one: never a stand-in number.
    #[must_use]
    pub fn time(self) -> Option<Seconds> {
        self.nearest().map(|nearest| nearest.time)
    }
}
