//! What a good plan is. One list for the whole house: the engine, the checker, the planner's request, its form and its
//! sentences read it, and none of them names an objective.
//!
//! An objective is a file of this folder with a [`ObjectiveKind`], and a line of [`KINDS`]: its names, the numbers it takes, what one
//! person gains from a post at some cost, and which [`Shape`] makes a value of these gains. A new shape needs a way to search
//! and a way to prove; a new objective of a known shape does not.

mod capacity;
mod centre;
mod coverage;
mod excess;
mod floor;
mod gradual;
mod leximin;
mod median;
mod set_cover;

use std::fmt;

use crate::domain::Level;

/// Every objective, the usual one first.
pub const KINDS: [&ObjectiveKind; 9] = [
    &coverage::KIND,
    &gradual::KIND,
    &median::KIND,
    &excess::KIND,
    &centre::KIND,
    &set_cover::KIND,
    &capacity::KIND,
    &floor::KIND,
    &leximin::KIND,
];

/// How the gains of persons become the value of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The sum of the gains; the more, the better.
    Gained,
    /// What is left of a gain that everybody could have: the sum of the costs; the less, the better.
    Saved,
    /// The cost of the person who is worst off; the less, the better.
    Worst,
    /// Posts or euros for a share of all persons; the less, the better.
    Spent,
    /// Persons whom posts with limited room can serve; the more, the better.
    Served,
    /// The sum of the gains, and no territory below a share of its own persons.
    Floors,
    /// The share of the territory that is worst off, then of the next one, and so on.
    LeastShare,
}

/// A number that an objective takes beside what is near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Parameter {
    /// A cost beyond what is near from which nothing more is gained; twice as far unless told.
    Beyond,
    /// A share of persons; so much unless told.
    Share(f64),
    /// A level of territories; this one unless told.
    Level(Level),
    /// How much one post can give, and how much one person needs.
    Room,
}

/// An objective: its declaration.
#[derive(Clone, Copy)]
pub struct ObjectiveKind {
    /// Name in addresses, flags and documents.
    pub name: &'static str,
    /// What a visitor chooses, in French.
    pub title: &'static str,
    /// What the value of a plan is, as the subject of a French sentence; read for [`Shape::Saved`] and [`Shape::Worst`].
    pub subject: &'static str,
    /// How gains become a value.
    pub shape: Shape,
    /// Minutes that are near, unless told.
    pub usual_minutes: u32,
    /// The numbers it takes.
    pub takes: &'static [Parameter],
    /// What one person gains from a post at some cost: whole units that fall as the cost grows and end at 0.
    pub gain: fn(&Objective, u32) -> u32,
}

impl PartialEq for ObjectiveKind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for ObjectiveKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl ObjectiveKind {
    /// The objective of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.into_iter().find(|kind| kind.name == name)
    }

    /// Whether a cost beyond what is near makes a difference.
    #[must_use]
    pub fn takes_beyond(&self) -> bool {
        self.takes.contains(&Parameter::Beyond)
    }

    /// The share that it takes, unless told.
    #[must_use]
    pub fn usual_share(&self) -> Option<f64> {
        self.takes.iter().find_map(|taken| if let Parameter::Share(usual) = taken { Some(*usual) } else { None })
    }

    /// The level that it takes, unless told.
    #[must_use]
    pub fn usual_level(&self) -> Option<Level> {
        self.takes.iter().find_map(|taken| if let Parameter::Level(usual) = taken { Some(*usual) } else { None })
    }

    /// Whether posts fill up.
    #[must_use]
    pub fn takes_room(&self) -> bool {
        self.takes.contains(&Parameter::Room)
    }
}

/// An objective and its numbers. Costs are in the unit of those of [`super::Pairs`]; numbers that it does not take say
/// nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    /// Which one.
    pub kind: &'static ObjectiveKind,
    /// What is near: the farthest cost that counts, or the cost of a person whom nobody serves for less.
    pub near: u32,
    /// The cost from which nothing more is gained.
    pub beyond: u32,
    /// A share of persons, above 0 and at most 1.
    pub share: f64,
    /// Persons whom one post can serve.
    pub persons_per_post: f64,
}

impl Objective {
    /// An objective that takes nothing beside what is near.
    #[must_use]
    pub const fn new(kind: &'static ObjectiveKind, near: u32) -> Self {
        Self { kind, near, beyond: near, share: 1.0, persons_per_post: f64::INFINITY }
    }

    /// As many persons as possible within a radius.
    #[must_use]
    pub const fn coverage(radius: u32) -> Self {
        Self::new(&coverage::KIND, radius)
    }

    /// The lowest sum of costs, none above a penalty.
    #[must_use]
    pub const fn median(penalty: u32) -> Self {
        Self::new(&median::KIND, penalty)
    }

    /// How gains become a value.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.kind.shape
    }

    /// The farthest cost that makes a difference.
    #[must_use]
    pub fn longest(&self) -> u32 {
        if self.kind.takes_beyond() { self.beyond } else { self.near }
    }

    /// Coverage: 1 for who is near, else 0.
    fn within(&self, cost: u32) -> u32 {
        u32::from(cost <= self.near)
    }
}
