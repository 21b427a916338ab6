//! The optional filters of the search form: read from the query, applied to venues, shown as the form was left.

use crate::atlas::VenueFilter;
use crate::atlas::filters::{FILTERS, Question};
use crate::domain::vocabulary::Service;

use super::params::{Params, Refused};

/// What a visitor asked for beside the place: one choice at most of each of [`FILTERS`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters([Option<usize>; FILTERS.len()]);

/// One line of a `<select>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Value in the address.
    pub value: String,
    /// What the visitor reads.
    pub label: &'static str,
    /// Whether it is the present one.
    pub selected: bool,
}

/// One `<select>` of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// Name in the address.
    pub name: &'static str,
    /// The question.
    pub label: &'static str,
    /// The line that asks nothing.
    pub anything: &'static str,
    /// The other lines.
    pub choices: Vec<Choice>,
}

/// One box to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Name in the address.
    pub name: &'static str,
    /// Value in the address.
    pub value: &'static str,
    /// What the visitor reads.
    pub label: &'static str,
    /// Whether it is ticked.
    pub checked: bool,
}

impl Filters {
    /// Reads the filters of a query.
    ///
    /// # Errors
    /// Names the parameter whose value is not in its list.
    pub fn read(params: &Params) -> Result<Self, Refused> {
        let mut chosen = Self::default();
        for (filter, chosen) in FILTERS.iter().zip(&mut chosen.0) {
            *chosen = match filter.question {
                None => None,
                Some(Question::Tick { name, value, choice, .. }) => {
                    params.choice(name, |given| (given == value).then_some(choice))?
                }
                Some(Question::Select { name, .. }) => {
                    params.choice(name, |given| (filter.choices)().iter().position(|choice| choice.slug == given))?
                }
            };
        }
        Ok(chosen)
    }

    /// Ranks of the filters that are on, and of the choice of each.
    fn on(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.0.iter().enumerate().filter_map(|(rank, choice)| Some((rank, (*choice)?)))
    }

    /// The filter of the atlas. Venues that receive no public stay hidden (defect D11).
    #[must_use]
    pub fn venue_filter(&self) -> VenueFilter {
        let mut wanted = VenueFilter::default();
        self.on().for_each(|(rank, choice)| wanted.ask(rank, choice));
        wanted
    }

    /// Names and values as they stand in the address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let named = self.on().filter_map(|(rank, choice)| match FILTERS[rank].question? {
            Question::Tick { name, value, .. } => Some((name, value.to_owned())),
            Question::Select { name, .. } => Some((name, (FILTERS[rank].choices)().swap_remove(choice).slug)),
        });
        named.collect()
    }

    /// The filters that are on, in words.
    #[must_use]
    pub fn in_words(&self) -> Vec<&'static str> {
        let said = self.on().filter_map(|(rank, choice)| match FILTERS[rank].question? {
            Question::Tick { label, .. } => Some(label),
            Question::Select { .. } => Some((FILTERS[rank].choices)()[choice].words),
        });
        said.collect()
    }

    /// The service asked for, which a card then names first.
    #[must_use]
    pub fn service(&self) -> Option<Service> {
        let rank = FILTERS.iter().position(|filter| filter.name == "service")?;
        self.0[rank].map(|choice| Service::ALL[choice])
    }

    /// The questions with a list of answers.
    #[must_use]
    pub fn selects(&self) -> Vec<Select> {
        let asked = FILTERS.iter().zip(&self.0).filter_map(|(filter, chosen)| {
            let Some(Question::Select { name, label, anything }) = filter.question else { return None };
            let line = |(i, choice): (usize, crate::atlas::filters::Choice)| Choice {
                value: choice.slug,
                label: choice.words,
                selected: *chosen == Some(i),
            };
            Some(Select {
                name,
                label,
                anything,
                choices: (filter.choices)().into_iter().enumerate().map(line).collect(),
            })
        });
        asked.collect()
    }

    /// The boxes to tick.
    #[must_use]
    pub fn ticks(&self) -> Vec<Tick> {
        let asked = FILTERS.iter().zip(&self.0).filter_map(|(filter, chosen)| {
            let Some(Question::Tick { name, value, label, .. }) = filter.question else { return None };
            Some(Tick { name, value, label, checked: chosen.is_some() })
        });
        asked.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::params::query;

    #[test]
    fn filters_survive_the_trip_through_an_address() {
        let written = "service=aide-aux-demarches-administratives&label=france-services&prix=gratuit&pass=oui&rdv=sans&jour=samedi";
        let filters = Filters::read(&Params::read(written)).unwrap();
        let pairs = filters.pairs();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = Filters::read(&Params::read(&query(&pairs)[1..])).unwrap();
        assert_eq!(again, filters);
        assert_eq!(filters.in_words().len(), 6);
        assert_eq!(filters.service(), Some(Service::AdministrativeHelp));
    }

    #[test]
    fn a_filter_that_does_not_exist_is_refused() {
        for bad in ["service=magie", "label=labels", "pass=non", "rdv=avec", "public=chats", "jour=saturday"] {
            assert!(Filters::read(&Params::read(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn nothing_asked_hides_only_what_is_closed_to_the_public() {
        assert_eq!(Filters::default().venue_filter(), VenueFilter::default());
    }
}
