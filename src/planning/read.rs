//! Reads a request from names and texts, strictly, and writes it back.

use chrono::NaiveDate;

use super::error::RequestError;
use super::given::{Given, Spellings, spelled};
use super::given_places::{area, area_text, beside, beside_text, candidates, candidates_pairs};
use super::goal::{goal, goal_pairs, kind, km};
use super::request::{Conventions, DemandKind, Existing, Limit, Prices, Reach, Request, Rounds};
use crate::access::Mode;
use crate::domain::need::Preset;
use crate::placement::{ObjectiveKind, Shape};

/// Months of a convention unless told: those of 2021 had two years.
const CONVENTION_MONTHS: u32 = 24;
/// Minutes between two stops of a round unless told.
const STOP_MINUTES: u32 = 20;

const EXISTING: Spellings<Existing> = &[
    ("none", Existing::None),
    ("posts", Existing::Posts),
    ("france-services", Existing::FranceServices),
    ("venues", Existing::Venues),
    ("conseillers", Existing::Conseillers),
];
const MODES: Spellings<Mode> = &[("walk", Mode::Walk), ("bicycle", Mode::Bicycle), ("car", Mode::Car)];

impl Request {
    /// Reads names and texts; what is not named has its default.
    ///
    /// # Errors
    /// The first field that is unknown, repeated, out of its range, or of no use next to the others.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, RequestError> {
        let given = Given::new(pairs)?;
        let defaults = Self::defaults();
        // A mean way that ends at ten minutes would say little.
        let kind = kind(&given)?;
        let reach = reach(&given, Reach::Minutes { mode: Mode::Car, minutes: kind.usual_minutes })?;
        let territory = given.text("territory").map_or(Ok(defaults.territory), area)?;
        let request = Self {
            objective: goal(&given, kind, reach, &territory)?,
            territory,
            demand: given.text("demand").map_or(defaults.demand, demand),
            denominator: denominator(&given)?,
            candidates: candidates(&given)?,
            beside: beside(&given)?,
            existing: given.one_of("existing", EXISTING)?.unwrap_or(defaults.existing),
            conventions: conventions(&given)?,
            forced: given.ids("forced")?,
            forbidden: given.ids("forbidden")?,
            posts_per_site: given.number("posts_per_site", 1, 1_000)?.unwrap_or(defaults.posts_per_site),
            reach,
            limit: limit(&given, kind, defaults.limit)?,
            prices: Prices {
                public_eur: given.number("price_public_eur", 1, 10_000_000)?.unwrap_or(defaults.prices.public_eur),
                private_eur: given.number("price_private_eur", 1, 10_000_000)?.unwrap_or(defaults.prices.private_eur),
            },
            itinerant: itinerant(&given)?,
            seed: given.number("seed", 0, u64::MAX)?.unwrap_or(defaults.seed),
            // Who counts the rounds counts on them.
            seconds: given
                .number("seconds", 0.0, 3_600.0)?
                .or(defaults.seconds.filter(|_| given.text("rounds").is_none())),
            rounds: given.number("rounds", 0, 1_000_000)?.unwrap_or(defaults.rounds),
        };
        if let Some(id) = request.forced.iter().find(|id| request.forbidden.contains(id)) {
            return Err(RequestError::new("forced", id, "also forbidden; expected one or the other"));
        }
        Ok(request)
    }

    /// Names and texts that [`Request::from_pairs`] reads back to the same request, every field that says something.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("territory", area_text(&self.territory)), ("demand", demand_text(&self.demand).into())];
        pairs.push(("denominator", self.denominator.id.into()));
        pairs.extend(candidates_pairs(&self.candidates));
        if !self.beside.is_empty() {
            pairs.push(("sites", beside_text(&self.beside)));
        }
        pairs.push(("existing", spelled(EXISTING, &self.existing).into()));
        match self.conventions {
            Conventions::Renewed => pairs.push(("renewed", "yes".into())),
            Conventions::Lapse { horizon, months } => pairs.extend([
                ("renewed", "no".into()),
                ("horizon", horizon.to_string()),
                ("convention_months", months.to_string()),
            ]),
        }
        let lists = [("forced", &self.forced), ("forbidden", &self.forbidden)];
        pairs.extend(lists.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(name, ids)| (name, ids.join(","))));
        pairs.push(("posts_per_site", self.posts_per_site.to_string()));
        match self.reach {
            Reach::Radius { metres } => pairs.push(("radius_km", km(metres))),
            Reach::Minutes { mode, minutes } => {
                pairs.extend([("mode", spelled(MODES, &mode).into()), ("minutes", minutes.to_string())]);
            }
        }
        pairs.extend(goal_pairs(self.objective, self.reach));
        match self.limit {
            Limit::Posts(posts) => pairs.push(("posts", posts.to_string())),
            Limit::BudgetEur(eur) => pairs.push(("budget_eur", eur.to_string())),
            Limit::AsItTakes => (),
        }
        pairs.push(("price_public_eur", self.prices.public_eur.to_string()));
        pairs.push(("price_private_eur", self.prices.private_eur.to_string()));
        if let Some(Rounds { stops, minutes }) = self.itinerant {
            pairs.extend([("stops", stops.to_string()), ("stop_minutes", minutes.to_string())]);
        }
        pairs.push(("seed", self.seed.to_string()));
        pairs.extend(self.seconds.map(|seconds| ("seconds", seconds.to_string())));
        pairs.push(("rounds", self.rounds.to_string()));
        pairs
    }
}

fn demand(text: &str) -> DemandKind {
    match text {
        "need" => DemandKind::Need,
        "offline" => DemandKind::Offline,
        "weak-skills" => DemandKind::WeakSkills,
        "expected" => DemandKind::Expected,
        "population" => DemandKind::Population,
        indicator => DemandKind::Indicator(indicator.to_owned()),
    }
}

fn demand_text(demand: &DemandKind) -> &str {
    match demand {
        DemandKind::Need => "need",
        DemandKind::Offline => "offline",
        DemandKind::WeakSkills => "weak-skills",
        DemandKind::Expected => "expected",
        DemandKind::Population => "population",
        DemandKind::Indicator(id) => id,
    }
}

fn denominator(given: &Given) -> Result<&'static Preset, RequestError> {
    let Some(text) = given.text("denominator") else { return Ok(Preset::USUAL) };
    Preset::named(text).ok_or_else(|| {
        let ids = Preset::ALL.each_ref().map(|preset| preset.id).join(", ");
        RequestError::new("denominator", text, format!("expected one of {ids}"))
    })
}

fn conventions(given: &Given) -> Result<Conventions, RequestError> {
    let renewed = given.one_of("renewed", &[("yes", true), ("no", false)])?;
    let months = given.number("convention_months", 1, 240)?.unwrap_or(CONVENTION_MONTHS);
    let Some(text) = given.text("horizon") else {
        return match renewed {
            Some(false) => Err(RequestError::new("horizon", "", "expected with renewed=no: the day to look at")),
            _ => Ok(Conventions::Renewed),
        };
    };
    let expected = || RequestError::new("horizon", text, "expected a day such as 2027-01-01");
    let horizon: NaiveDate = text.parse().map_err(|_| expected())?;
    Ok(if renewed == Some(true) { Conventions::Renewed } else { Conventions::Lapse { horizon, months } })
}

fn reach(given: &Given, usual: Reach) -> Result<Reach, RequestError> {
    let radius: Option<f64> = given.number("radius_km", 0.1, 500.0)?;
    given.only_with("minutes", radius.is_none(), "without radius_km: one or the other says what is near")?;
    given.only_with("mode", radius.is_none(), "without radius_km: a radius is as the crow flies")?;
    let (mode, minutes) = (given.one_of("mode", MODES)?, given.number("minutes", 1, 240)?);
    Ok(match (radius, usual) {
        (Some(km), _) => Reach::Radius { metres: (km * 1_000.0).round() as u32 },
        (None, Reach::Minutes { mode: usual_mode, minutes: usual_minutes }) => {
            Reach::Minutes { mode: mode.unwrap_or(usual_mode), minutes: minutes.unwrap_or(usual_minutes) }
        }
        (None, radius) => radius,
    })
}

/// Who asks how few posts it takes names no number of them; a number is a ceiling.
fn limit(given: &Given, kind: &ObjectiveKind, usual: Limit) -> Result<Limit, RequestError> {
    let budget = given.number("budget_eur", 0, u64::MAX)?;
    given.only_with("posts", budget.is_none(), "without budget_eur: one or the other says what there is")?;
    let posts = given.number("posts", 0, u64::MAX)?;
    let usual = if kind.shape == Shape::Spent { Limit::AsItTakes } else { usual };
    Ok(budget.map(Limit::BudgetEur).or(posts.map(Limit::Posts)).unwrap_or(usual))
}

fn itinerant(given: &Given) -> Result<Option<Rounds>, RequestError> {
    let stops = given.number("stops", 1, 5)?.filter(|stops| *stops > 1);
    given.only_with("stop_minutes", stops.is_some(), "with stops, 2 to 5")?;
    let minutes = given.number("stop_minutes", 1, 120)?.unwrap_or(STOP_MINUTES);
    Ok(stops.map(|stops| Rounds { stops, minutes }))
}
