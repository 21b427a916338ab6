//! The optional filters of the search form: read from the query, applied to venues, shown as the form was left.

use crate::atlas::VenueFilter;
use crate::domain::vocabulary::{AccessMode, Audience, Fee, Programme, Service};

use super::params::{Params, Refused};
use super::words;

/// What a visitor asked for beside the place. `None` asks nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    service: Option<Service>,
    programme: Option<Programme>,
    audience: Option<Audience>,
    fee: Option<Fee>,
    pass_numerique: bool,
    walk_in: bool,
}

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

impl Filters {
    /// Reads the filters of a query.
    ///
    /// # Errors
    /// Names the parameter whose value is not in its list.
    pub fn read(params: &Params) -> Result<Self, Refused> {
        let slugged = |name, value: &str| params.one(name).is_some_and(|given| given == value);
        params.choice("pass", |value| (value == "oui").then_some(()))?;
        params.choice("rdv", |value| (value == "sans").then_some(()))?;
        Ok(Self {
            service: params.choice("service", |v| by_slug(Service::ALL, Service::slug, v))?,
            programme: params.choice("label", |v| by_slug(Programme::ALL, Programme::slug, v))?,
            audience: params.choice("public", |v| by_slug(Audience::ALL, Audience::slug, v))?,
            fee: params.choice("prix", |v| by_slug(Fee::ALL, Fee::slug, v))?,
            pass_numerique: slugged("pass", "oui"),
            walk_in: slugged("rdv", "sans"),
        })
    }

    /// The filter of the atlas. Venues that receive no public stay hidden (defect D11).
    #[must_use]
    pub fn venue_filter(&self) -> VenueFilter {
        VenueFilter {
            services: self.service.into_iter().collect(),
            programmes: self.programme.into_iter().collect(),
            audiences: self.audience.into_iter().collect(),
            fees: self.fee.into_iter().collect(),
            access_modes: self.walk_in.then_some(AccessMode::WalkIn).into_iter().collect(),
            pass_numerique: self.pass_numerique.then_some(true),
            ..VenueFilter::default()
        }
    }

    /// Names and values as they stand in the address.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let named = [
            ("service", self.service.map(Service::slug)),
            ("label", self.programme.map(Programme::slug)),
            ("public", self.audience.map(Audience::slug)),
            ("prix", self.fee.map(Fee::slug)),
            ("pass", self.pass_numerique.then(|| "oui".to_string())),
            ("rdv", self.walk_in.then(|| "sans".to_string())),
        ];
        named.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The filters that are on, in words.
    #[must_use]
    pub fn in_words(&self) -> Vec<&'static str> {
        [
            self.service.map(words::service),
            self.programme.map(words::programme),
            self.audience.map(Audience::official),
            self.fee.map(words::fee),
            self.pass_numerique.then_some("Pass numérique accepté"),
            self.walk_in.then_some("Sans rendez-vous"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The service asked for, which a card then names first.
    #[must_use]
    pub fn service(&self) -> Option<Service> {
        self.service
    }

    /// Whether only venues that take the pass numérique are wanted.
    #[must_use]
    pub fn pass_numerique(&self) -> bool {
        self.pass_numerique
    }

    /// Whether only venues where one may walk in are wanted.
    #[must_use]
    pub fn walk_in(&self) -> bool {
        self.walk_in
    }

    /// The questions with a list of answers.
    #[must_use]
    pub fn selects(&self) -> Vec<Select> {
        let service = choices(Service::ALL, self.service, |v| (v.slug(), words::service(v)));
        let label = choices(Programme::ALL, self.programme, |v| (v.slug(), words::programme(v)));
        let public = choices(Audience::ALL, self.audience, |v| (v.slug(), v.official()));
        let price = choices(Fee::ALL, self.fee, |v| (v.slug(), words::fee(v)));
        vec![
            Select { name: "service", label: "Pour quoi faire ?", anything: "Tout type d'aide", choices: service },
            Select { name: "label", label: "Dans quel réseau ?", anything: "Tous les lieux", choices: label },
            Select { name: "public", label: "Pour qui ?", anything: "Tout le monde", choices: public },
            Select { name: "prix", label: "À quel prix ?", anything: "Tous les prix", choices: price },
        ]
    }
}

fn by_slug<T: Copy>(values: &[T], slug: impl Fn(T) -> String, wanted: &str) -> Option<T> {
    values.iter().copied().find(|value| slug(*value) == wanted)
}

fn choices<T: Copy + PartialEq>(
    values: &[T],
    chosen: Option<T>,
    line: impl Fn(T) -> (String, &'static str),
) -> Vec<Choice> {
    let choice = |&value: &T| {
        let (slug, label) = line(value);
        Choice { value: slug, label, selected: chosen == Some(value) }
    };
    values.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::params::query;

    #[test]
    fn filters_survive_the_trip_through_an_address() {
        let written = "service=aide-aux-demarches-administratives&label=france-services&prix=gratuit&pass=oui&rdv=sans";
        let filters = Filters::read(&Params::read(written)).unwrap();
        let pairs = filters.pairs();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = Filters::read(&Params::read(&query(&pairs)[1..])).unwrap();
        assert_eq!(again, filters);
        assert_eq!(filters.in_words().len(), 5);
        assert_eq!(filters.venue_filter().pass_numerique, Some(true));
    }

    #[test]
    fn a_filter_that_does_not_exist_is_refused() {
        for bad in ["service=magie", "label=labels", "pass=non", "rdv=avec", "public=chats"] {
            assert!(Filters::read(&Params::read(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn nothing_asked_hides_only_what_is_closed_to_the_public() {
        assert_eq!(Filters::default().venue_filter(), VenueFilter::default());
    }
}
