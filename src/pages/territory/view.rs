//! What a territory page is asked to show: read from its address, and written back into every link.

use crate::access::{Mode, Threshold};
use crate::domain::Level;
use crate::domain::need::Preset;
use crate::pages::params::{Params, Refused, query};

/// The choices of a visitor. The address holds all of them; those left at their default are not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The national number; `None` takes the first that the edition can bear.
    pub preset: Option<&'static Preset>,
    /// How people travel.
    pub mode: Mode,
    /// How near is near enough.
    pub threshold: Threshold,
    /// Level of the table; `None` takes the usual one.
    pub by: Option<Level>,
    /// What the table is sorted by, and the map shows.
    pub order: Order,
}

/// Their names in the address.
pub const NAMES: [&str; 5] = ["denominateur", "mode", "seuil", "par", "tri"];

impl Default for View {
    fn default() -> Self {
        Self { preset: None, mode: Mode::Car, threshold: Threshold::USUAL, by: None, order: Order::Far }
    }
}

impl View {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// Names the parameter whose value is not in its list.
    pub fn read(params: &Params) -> Result<Self, Refused> {
        let default = Self::default();
        Ok(Self {
            preset: params.choice("denominateur", Preset::named)?,
            mode: params.choice("mode", Mode::from_slug)?.unwrap_or(default.mode),
            threshold: params.choice("seuil", Threshold::from_name)?.unwrap_or(default.threshold),
            by: params.choice("par", Level::from_plural)?,
            order: params.choice("tri", Order::read)?.unwrap_or(default.order),
        })
    }

    /// The same choices elsewhere: what depends on the territory is left out.
    #[must_use]
    pub fn elsewhere(self) -> Self {
        Self { by: None, ..self }
    }

    /// An address with these choices.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let default = Self::default();
        let mut pairs = Vec::new();
        if let Some(preset) = self.preset {
            pairs.push(("denominateur", preset.id));
        }
        if self.mode != default.mode {
            pairs.push(("mode", self.mode.slug()));
        }
        if self.threshold != default.threshold {
            pairs.push(("seuil", self.threshold.name()));
        }
        if let Some(level) = self.by {
            pairs.push(("par", level.plural()));
        }
        if self.order != default.order {
            pairs.push(("tri", self.order.slug()));
        }
        format!("{path}{}", query(&pairs))
    }

    /// The threshold in minutes.
    #[must_use]
    pub fn minutes(&self) -> &'static str {
        self.threshold.name()
    }
}

/// What the table is sorted by; what is worst comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Persons beyond the threshold.
    Far,
    /// Share of the inhabitants in need.
    Need,
    /// Share within the threshold.
    Coverage,
    /// Minutes of the person in the middle.
    Minutes,
    /// Hours per person and year.
    Hours,
    /// Number of venues.
    Venues,
    /// Name.
    Name,
}

impl Order {
    /// Every order, in the order of the links.
    pub const ALL: [Order; 7] =
        [Order::Far, Order::Need, Order::Coverage, Order::Minutes, Order::Hours, Order::Venues, Order::Name];

    /// Name in the address.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Far => "loin",
            Self::Need => "besoin",
            Self::Coverage => "couverture",
            Self::Minutes => "minutes",
            Self::Hours => "heures",
            Self::Venues => "lieux",
            Self::Name => "nom",
        }
    }

    /// What a visitor reads after « Tri : ».
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Far => "personnes trop loin",
            Self::Need => "besoin",
            Self::Coverage => "part à portée",
            Self::Minutes => "temps",
            Self::Hours => "heures par personne",
            Self::Venues => "nombre de lieux",
            Self::Name => "nom",
        }
    }

    /// The figure that is sorted by; `None` for the name.
    #[must_use]
    pub fn figure(self) -> Option<&'static str> {
        match self {
            Self::Far => Some("persons_beyond"),
            Self::Need => Some("share_in_need"),
            Self::Coverage => Some("share_within"),
            Self::Minutes => Some("minutes_median"),
            Self::Hours => Some("hours_per_person_year"),
            Self::Venues => Some("venues"),
            Self::Name => None,
        }
    }

    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.slug() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        let view = View {
            preset: Preset::named("20pc"),
            mode: Mode::Walk,
            threshold: Threshold::Thirty,
            by: Some(Level::Epci),
            order: Order::Hours,
        };
        let written = view.address("/territoires/france");
        let (_, query) = written.split_once('?').unwrap();
        assert_eq!(View::read(&Params::read(query)), Ok(view));
    }

    #[test]
    fn what_is_usual_is_not_written() {
        assert_eq!(View::default().address("/territoires/france"), "/territoires/france");
    }

    #[test]
    fn a_value_outside_its_list_is_refused() {
        for query in ["denominateur=1m", "mode=car", "seuil=12", "par=cantons", "tri=hasard"] {
            assert!(View::read(&Params::read(query)).is_err(), "{query}");
        }
    }
}
