//! The optional filters of the search form: read from the query, applied to venues, shown as the form was left.

use chrono::NaiveDateTime;

use crate::atlas::filters::{FILTERS, Question};
use crate::atlas::{VenueFilter, Wanted};
use crate::domain::errand::ERRANDS;
use crate::domain::vocabulary::{Service, Support};

use super::choices::{Choice, Select, Tick};
use super::params::{Params, Refused};
use super::remaining::Remaining;
use super::when::{self, When};

/// Names in the address, in the order of [`FILTERS`]; empty for those that the form does not ask.
const QUESTIONS: [&str; FILTERS.len()] = {
    let mut names = [""; FILTERS.len()];
    let mut rank = 0;
    while rank < names.len() {
        if let Some(question) = &FILTERS[rank].question {
            names[rank] = question.name();
        }
        rank += 1;
    }
    names
};
/// Every name in the address by which a page reads filters.
pub const NAMES: [&[&str]; 2] = [&QUESTIONS, &when::NAMES];

/// What a visitor asked for beside the place: one choice at most of each of [`FILTERS`], and a time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    chosen: [Option<usize>; FILTERS.len()],
    /// When the place has to be open.
    pub when: When,
}

impl Filters {
    /// Reads the filters of a query.
    ///
    /// # Errors
    /// Names the parameter whose value is not in its list.
    pub fn read(params: &Params) -> Result<Self, Refused> {
        let mut chosen = Self::default();
        for (filter, chosen) in FILTERS.iter().zip(&mut chosen.chosen) {
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
        chosen.when = When::read(params)?;
        Ok(chosen)
    }

    /// Ranks of the filters that are on, and of the choice of each.
    fn on(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.chosen.iter().enumerate().filter_map(|(rank, choice)| Some((rank, (*choice)?)))
    }

    /// The filter of the atlas. Venues that receive no public stay hidden (defect D11), and
    /// sessions that are over.
    #[must_use]
    pub fn venue_filter(&self, now: NaiveDateTime) -> VenueFilter {
        let mut wanted = VenueFilter::at(now);
        wanted.open = self.when.open(now);
        self.on().for_each(|(rank, choice)| wanted.ask(rank, choice));
        wanted
    }

    /// The filter of the venues of which nobody said enough; `None` when nothing is asked.
    #[must_use]
    pub fn unknown(&self, now: NaiveDateTime) -> Option<VenueFilter> {
        let mut filter = self.venue_filter(now);
        filter.wanted = Wanted::Unknown;
        (self.on().next().is_some() || filter.open.is_some()).then_some(filter)
    }

    /// Each filter that is on, alone, with its rank in [`FILTERS`]; the time last, without one.
    #[must_use]
    pub fn each_alone(&self, now: NaiveDateTime) -> Vec<(Option<usize>, VenueFilter)> {
        let alone = self.on().map(|(rank, choice)| {
            let mut filter = VenueFilter::default();
            filter.ask(rank, choice);
            (Some(rank), filter)
        });
        let open = self.when.open(now).map(|open| {
            let mut filter = VenueFilter::default();
            filter.open = Some(open);
            (None, filter)
        });
        alone.chain(open).collect()
    }

    /// These filters, each without one of those that are on, and what that one is in words.
    #[must_use]
    pub fn relaxed(&self) -> Vec<(Self, String)> {
        let ranks = self.on().map(|(rank, _)| rank).collect::<Vec<_>>().into_iter();
        let without = ranks.zip(self.chosen_words()).map(|(rank, words)| {
            let mut relaxed = self.clone();
            relaxed.chosen[rank] = None;
            (relaxed, words.to_owned())
        });
        let at_any_time = self.when.words().map(|words| (Self { when: When::default(), ..self.clone() }, words));
        without.chain(at_any_time).collect()
    }

    /// Names and values as they stand in the address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let named = self.on().filter_map(|(rank, choice)| match FILTERS[rank].question? {
            Question::Tick { name, value, .. } => Some((name, value.to_owned())),
            Question::Select { name, .. } => Some((name, (FILTERS[rank].choices)().swap_remove(choice).slug)),
        });
        named.chain(self.when.pairs()).collect()
    }

    /// The filters that are on, in words.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        self.chosen_words().into_iter().map(ToOwned::to_owned).chain(self.when.words()).collect()
    }

    fn chosen_words(&self) -> Vec<&'static str> {
        let said = self.on().filter_map(|(rank, choice)| match FILTERS[rank].question? {
            Question::Tick { label, .. } => Some(label),
            Question::Select { .. } => Some((FILTERS[rank].choices)()[choice].words),
        });
        said.collect()
    }

    /// Whether this way of being received is asked for.
    #[must_use]
    pub fn needs(&self, support: Support) -> bool {
        let is_it = |(rank, choice): (usize, usize)| FILTERS[rank].name == "support" && Support::ALL[choice] == support;
        self.on().any(is_it)
    }

    /// The services asked for, which a card then names first.
    #[must_use]
    pub fn services(&self) -> Vec<Service> {
        let chosen = |name: &str| self.chosen[FILTERS.iter().position(|filter| filter.name == name)?];
        let errand = chosen("errand").map_or(&[][..], |choice| ERRANDS[choice].services);
        let service = chosen("service").map(|choice| Service::ALL[choice]);
        service.into_iter().chain(errand.iter().copied()).collect()
    }

    /// The questions with a list of answers. Where it is known how many venues each would leave, that is said, and what
    /// would leave none is not offered.
    #[must_use]
    pub fn selects(&self, remaining: Option<&Remaining>) -> Vec<Select> {
        let asked = FILTERS.iter().zip(&self.chosen).enumerate().filter_map(|(rank, (filter, chosen))| {
            let Some(Question::Select { name, label, anything }) = filter.question else { return None };
            let line = |(i, choice): (usize, crate::atlas::filters::Choice)| {
                let selected = *chosen == Some(i);
                let left = remaining.map(|remaining| remaining.of(rank, i));
                let label = left.map_or_else(|| choice.words.to_owned(), |left| format!("{} ({left})", choice.words));
                (selected || left != Some(0)).then_some(Choice { value: choice.slug, label, selected })
            };
            let choices: Vec<Choice> = (filter.choices)().into_iter().enumerate().filter_map(line).collect();
            (!choices.is_empty()).then_some(Select { name, label, anything, choices })
        });
        asked.chain(self.when.selects(remaining)).collect()
    }

    /// The boxes to tick.
    #[must_use]
    pub fn ticks(&self, remaining: Option<&Remaining>) -> Vec<Tick> {
        let asked = FILTERS.iter().zip(&self.chosen).enumerate().filter_map(|(rank, (filter, chosen))| {
            let Some(Question::Tick { name, value, label, choice }) = filter.question else { return None };
            let left = remaining.map(|remaining| remaining.of(rank, choice));
            let label = left.map_or_else(|| label.to_owned(), |left| format!("{label} ({left})"));
            let checked = chosen.is_some();
            (checked || left != Some(0)).then_some(Tick { name, value, label, checked })
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
        assert_eq!(filters.services(), [Service::AdministrativeHelp]);
    }

    #[test]
    fn a_filter_that_does_not_exist_is_refused() {
        for bad in [
            "service=magie",
            "label=labels",
            "pass=non",
            "rdv=avec",
            "public=chats",
            "jour=saturday",
            "ouvert=hier",
            "heure=25",
        ] {
            assert!(Filters::read(&Params::read(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn nothing_asked_hides_only_what_is_closed_to_the_public() {
        let noon = chrono::NaiveDate::from_ymd_opt(2024, 9, 3).unwrap().and_hms_opt(12, 0, 0).unwrap();
        assert_eq!(Filters::default().venue_filter(noon), VenueFilter::at(noon));
        assert_eq!(Filters::default().unknown(noon), None);
    }
}
