//! The diagnosis as one table: what is asked, which answer shows which need, and which help answers each need.

use crate::atlas::VenueFilter;
use crate::atlas::filters::FILTERS;
use crate::domain::vocabulary::{Programme, Service, Support, SupportMode};
use crate::domain::{HelpNeed, Venue};
use crate::pages::params::{Params, Refused};

/// What an answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// A need.
    Need(HelpNeed),
    /// The person cannot go out.
    StaysHome,
}

/// A question that takes yes or no, or nothing.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Name of its field.
    pub name: &'static str,
    /// Its words in the catalogue.
    pub words: &'static str,
    /// The answer that shows something: `true` for yes.
    pub telling: bool,
    /// What it shows.
    pub shows: Shows,
}

/// Every question, in order.
pub const QUESTIONS: [Question; 8] = [
    Question { name: "internet", words: "ask-internet", telling: false, shows: Shows::Need(HelpNeed::Offline) },
    Question { name: "materiel", words: "ask-equipment", telling: false, shows: Shows::Need(HelpNeed::Equipment) },
    Question { name: "mail", words: "ask-mail", telling: false, shows: Shows::Need(HelpNeed::Basics) },
    Question { name: "demarche", words: "ask-procedure", telling: true, shows: Shows::Need(HelpNeed::Procedures) },
    Question { name: "emploi", words: "ask-job", telling: true, shows: Shows::Need(HelpNeed::Job) },
    Question { name: "arnaque", words: "ask-fraud", telling: true, shows: Shows::Need(HelpNeed::Security) },
    Question { name: "preuve", words: "ask-proof", telling: true, shows: Shows::Need(HelpNeed::Pix) },
    Question { name: "sortir", words: "ask-move", telling: false, shows: Shows::StaysHome },
];

/// The help that answers a need: a venue that gives one of these services, or belongs to the programme.
#[derive(Debug, Clone, Copy)]
pub struct Help {
    /// The need.
    pub need: HelpNeed,
    /// Its words in the catalogue.
    pub words: &'static str,
    /// Services, any of them.
    pub services: &'static [Service],
    /// The programme, where services say nothing of it.
    pub programme: Option<Programme>,
}

/// The help for each need, in the order of [`HelpNeed::ALL`].
pub const HELP: [Help; 7] = [
    Help {
        need: HelpNeed::Offline,
        words: "need-offline",
        services: &[Service::AdministrativeHelp, Service::EverydayTools],
        programme: None,
    },
    Help {
        need: HelpNeed::Equipment,
        words: "need-equipment",
        services: &[Service::Equipment, Service::Access],
        programme: None,
    },
    Help { need: HelpNeed::Basics, words: "need-basics", services: &[Service::EverydayTools], programme: None },
    Help {
        need: HelpNeed::Procedures,
        words: "need-procedures",
        services: &[Service::AdministrativeHelp],
        programme: None,
    },
    Help { need: HelpNeed::Job, words: "need-job", services: &[Service::Employment], programme: None },
    Help { need: HelpNeed::Security, words: "need-security", services: &[Service::SafeUse], programme: None },
    Help { need: HelpNeed::Pix, words: "need-pix", services: &[], programme: Some(Programme::PixCertification) },
];

impl Help {
    /// The help for a need.
    #[must_use]
    pub fn of(need: HelpNeed) -> &'static Self {
        let help = &HELP[need as usize];
        debug_assert_eq!(help.need, need, "the table is in the order of the needs");
        help
    }

    /// Whether a venue is known to give it.
    #[must_use]
    pub fn given_by(&self, venue: &Venue) -> bool {
        let serves = self.services.iter().any(|service| venue.services.contains(service));
        serves || self.programme.is_some_and(|programme| venue.programmes.contains(&programme))
    }
}

/// The answers: yes, no, or none, in the order of [`QUESTIONS`]; and the special need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// Yes, no, or none.
    pub said: [Option<bool>; QUESTIONS.len()],
    /// The special need.
    pub support: Option<Support>,
}

/// What the answers show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Needs, in the order of [`HelpNeed::ALL`]; none when the answers show no difficulty.
    pub needs: Vec<HelpNeed>,
    /// The person cannot go out.
    pub stays_home: bool,
    /// The special need.
    pub support: Option<Support>,
}

impl Answers {
    /// Reads the fields of the form.
    ///
    /// # Errors
    /// Names the field whose value is not in its list.
    pub fn read(params: &Params) -> Result<Self, Refused> {
        let mut answers = Self::default();
        for (question, said) in QUESTIONS.iter().zip(&mut answers.said) {
            *said = params.choice(question.name, |text| match text {
                "oui" => Some(true),
                "non" => Some(false),
                _ => None,
            })?;
        }
        let named = |text: &str| Support::ALL.iter().copied().find(|support| support.slug() == text);
        answers.support = params.choice("particulier", named)?;
        Ok(answers)
    }

    /// The fields of the form that say the same.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let word = |yes: bool| if yes { "oui" } else { "non" }.to_owned();
        let said = QUESTIONS.iter().zip(self.said).filter_map(|(question, said)| Some((question.name, word(said?))));
        said.chain(self.support.map(|support| ("particulier", support.slug()))).collect()
    }

    /// What they show.
    #[must_use]
    pub fn profile(&self) -> Profile {
        let mut profile = Profile { support: self.support, ..Profile::default() };
        for (question, said) in QUESTIONS.iter().zip(self.said) {
            match question.shows {
                _ if said != Some(question.telling) => {}
                Shows::Need(need) => profile.needs.push(need),
                Shows::StaysHome => profile.stays_home = true,
            }
        }
        profile.needs.sort_unstable();
        profile
    }
}

impl Profile {
    /// Whether the person writes rather than telephones, as deaf people do.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.support == Some(Support::Deafness)
    }

    /// The filter of places that give one of the services needed; `None` when no service answers the needs.
    #[must_use]
    pub fn services(&self) -> Option<VenueFilter> {
        let services = self.needs.iter().flat_map(|need| Help::of(*need).services);
        let mut filter = VenueFilter::default();
        let asked = services.map(|service| ask(&mut filter, "service", &service.slug())).count();
        (asked > 0).then_some(filter)
    }

    /// The filter of places of the programme needed, if one is.
    #[must_use]
    pub fn programme(&self) -> Option<VenueFilter> {
        let programme = self.needs.iter().find_map(|need| Help::of(*need).programme)?;
        VenueFilter::only("label", &programme.slug())
    }

    /// Adds the special need to a filter.
    pub fn ask_support(&self, filter: &mut VenueFilter) {
        if let Some(support) = self.support {
            ask(filter, "support", &support.slug());
        }
    }

    /// Adds help from a distance to a filter, for somebody who cannot go out.
    pub fn ask_remote(&self, filter: &mut VenueFilter) {
        if self.stays_home {
            ask(filter, "support_mode", &SupportMode::Remote.slug());
        }
    }
}

/// Adds a choice to a filter, by their names in addresses.
fn ask(wanted: &mut VenueFilter, name: &str, slug: &str) {
    let rank = FILTERS.iter().position(|filter| filter.name == name);
    let choice = rank.and_then(|rank| (FILTERS[rank].choices)().iter().position(|choice| choice.slug == slug));
    if let (Some(rank), Some(choice)) = (rank, choice) {
        wanted.ask(rank, choice);
    }
}
