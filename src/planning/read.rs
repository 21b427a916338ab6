//! Reads a request from names and texts, strictly, and writes it back.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::NaiveDate;
use geo::{LineString, Polygon};

use super::error::RequestError;
use super::fields::field_named;
use super::request::{
    Area, Candidates, Conventions, DemandKind, Existing, Goal, Limit, ListedSite, Prices, Reach, Request, Rounds,
};
use crate::access::Mode;
use crate::domain::need::Denominator;
use crate::domain::{Degrees, Level, Position};

/// Corners of an outline at most.
const MOST_CORNERS: usize = 1_000;
/// Sites of a list of one's own at most.
const MOST_LISTED: usize = 50_000;
/// Ids in a list at most.
const MOST_IDS: usize = 10_000;
/// Months of a convention unless told: those of 2021 had two years.
const CONVENTION_MONTHS: u32 = 24;
/// Minutes between two stops of a round unless told.
const STOP_MINUTES: u32 = 20;
/// Hours that a post gives in a year: the legal 1,607, of which the national plan leaves about two thirds for people.
const HOURS_PER_POST: f64 = 1_000.0;
/// Hours that a person needs in a year: a pass numérique pays 10 to 20.
const HOURS_PER_PERSON: f64 = 10.0;

/// Values with their spelling; the first one is the default.
type Spellings<T> = &'static [(&'static str, T)];

const EXISTING: Spellings<Existing> = &[
    ("none", Existing::None),
    ("posts", Existing::Posts),
    ("france-services", Existing::FranceServices),
    ("venues", Existing::Venues),
    ("conseillers", Existing::Conseillers),
];
const LEVELS: Spellings<Level> = &[
    ("regions", Level::Region),
    ("departements", Level::Departement),
    ("epcis", Level::Epci),
    ("communes", Level::Commune),
];
const MODES: Spellings<Mode> = &[("walk", Mode::Walk), ("bicycle", Mode::Bicycle), ("car", Mode::Car)];

fn spelled<T: PartialEq>(spellings: Spellings<T>, value: &T) -> &'static str {
    spellings.iter().find(|(_, known)| known == value).map_or("", |(text, _)| text)
}

/// Given values by name of their field.
struct Given<'p>(BTreeMap<&'static str, &'p str>);

impl<'p> Given<'p> {
    fn new(pairs: &'p [(String, String)]) -> Result<Self, RequestError> {
        let mut given = BTreeMap::new();
        for (name, value) in pairs {
            let Some(field) = field_named(name) else {
                return Err(RequestError::new("request", name, "no field has this name"));
            };
            if given.insert(field.name, value.trim()).is_some() {
                return Err(RequestError::new(field.name, value, "given twice; expected once"));
            }
        }
        Ok(Self(given))
    }

    fn text(&self, field: &'static str) -> Option<&'p str> {
        self.0.get(field).copied().filter(|text| !text.is_empty())
    }

    fn one_of<T: Copy>(&self, field: &'static str, spellings: Spellings<T>) -> Result<Option<T>, RequestError> {
        let Some(text) = self.text(field) else { return Ok(None) };
        let found = spellings.iter().find(|(spelling, _)| *spelling == text).map(|(_, value)| Some(*value));
        let names = || spellings.iter().map(|(spelling, _)| *spelling).collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| RequestError::new(field, text, format!("expected one of {}", names())))
    }

    fn number<T>(&self, field: &'static str, low: T, high: T) -> Result<Option<T>, RequestError>
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let Some(text) = self.text(field) else { return Ok(None) };
        // NaN is in no range.
        let value = text.parse().ok().filter(|value| low <= *value && *value <= high);
        value.map(Some).ok_or_else(|| {
            let whole = if std::any::type_name::<T>() == "f64" { "number" } else { "whole number" };
            RequestError::new(field, text, format!("expected a {whole} between {low} and {high}"))
        })
    }

    fn ids(&self, field: &'static str) -> Result<Vec<String>, RequestError> {
        let texts = self.text(field).unwrap_or("").split(',').map(str::trim).filter(|id| !id.is_empty());
        let mut ids: Vec<String> = texts.map(ToOwned::to_owned).collect();
        ids.sort();
        ids.dedup();
        let few = ids.len() <= MOST_IDS;
        if few { Ok(ids) } else { Err(RequestError::new(field, ids.len(), format!("expected at most {MOST_IDS} ids"))) }
    }

    /// Refuses a field that says nothing next to what else was asked.
    fn only_with(&self, field: &'static str, fits: bool, what: &str) -> Result<(), RequestError> {
        match self.text(field) {
            Some(text) if !fits => Err(RequestError::new(field, text, format!("only {what}"))),
            _ => Ok(()),
        }
    }
}

impl Request {
    /// Reads names and texts; what is not named has its default.
    ///
    /// # Errors
    /// The first field that is unknown, repeated, out of its range, or of no use next to the others.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, RequestError> {
        let given = Given::new(pairs)?;
        let defaults = Self::defaults();
        let reach = reach(&given)?.unwrap_or(defaults.reach);
        let rounds = given.number("rounds", 0, 1_000_000)?;
        let seconds = given.number("seconds", 0.0, 3_600.0)?;
        let request = Self {
            territory: given.text("territory").map_or(Ok(Area::Nation), area)?,
            demand: given.text("demand").map_or(defaults.demand, demand),
            denominator: denominator(&given)?,
            candidates: candidates(&given)?,
            existing: given.one_of("existing", EXISTING)?.unwrap_or(defaults.existing),
            conventions: conventions(&given)?,
            forced: given.ids("forced")?,
            forbidden: given.ids("forbidden")?,
            posts_per_site: given.number("posts_per_site", 1, 1_000)?.unwrap_or(defaults.posts_per_site),
            reach,
            objective: goal(&given, reach)?,
            limit: limit(&given)?.unwrap_or(defaults.limit),
            prices: Prices {
                public_eur: given.number("price_public_eur", 1, 10_000_000)?.unwrap_or(defaults.prices.public_eur),
                private_eur: given.number("price_private_eur", 1, 10_000_000)?.unwrap_or(defaults.prices.private_eur),
            },
            itinerant: itinerant(&given)?,
            seed: given.number("seed", 0, u64::MAX)?.unwrap_or(defaults.seed),
            seconds: seconds.or(defaults.seconds.filter(|_| rounds.is_none())),
            rounds,
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
        pairs.push(("denominator", Denominator::PRESETS[self.denominator].id.into()));
        pairs.extend(candidates_pairs(&self.candidates));
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
        pairs.push(match self.limit {
            Limit::Posts(posts) => ("posts", posts.to_string()),
            Limit::BudgetEur(eur) => ("budget_eur", eur.to_string()),
        });
        pairs.push(("price_public_eur", self.prices.public_eur.to_string()));
        pairs.push(("price_private_eur", self.prices.private_eur.to_string()));
        if let Some(Rounds { stops, minutes }) = self.itinerant {
            pairs.extend([("stops", stops.to_string()), ("stop_minutes", minutes.to_string())]);
        }
        pairs.push(("seed", self.seed.to_string()));
        pairs.extend(self.seconds.map(|seconds| ("seconds", seconds.to_string())));
        pairs.extend(self.rounds.map(|rounds| ("rounds", rounds.to_string())));
        pairs
    }
}

fn km(metres: u32) -> String {
    (f64::from(metres) / 1_000.0).to_string()
}

fn area(text: &str) -> Result<Area, RequestError> {
    let wrong = |message: &str| RequestError::new("territory", text, message);
    match text.split_once('/') {
        None if text == "france" => Ok(Area::Nation),
        Some(("polygon", corners)) => outline(corners),
        Some((level, code)) => {
            let level = LEVELS.iter().find(|(plural, _)| plural.strip_suffix('s') == Some(level));
            let (_, level) = level.ok_or_else(|| wrong("expected region, departement, epci, commune or polygon"))?;
            Ok(Area::Territory { level: *level, code: code.to_owned() })
        }
        None => Err(wrong("expected france, or a level and a code: departement/23")),
    }
}

fn area_text(area: &Area) -> String {
    match area {
        Area::Nation => "france".into(),
        Area::Territory { level, code } => format!("{}/{code}", spelled(LEVELS, level).trim_end_matches('s')),
        Area::Polygon(polygon) => {
            let mut corners: Vec<String> =
                polygon.exterior().points().map(|p| format!("{},{}", p.x(), p.y())).collect();
            corners.pop(); // A ring repeats its first corner.
            format!("polygon/{}", corners.join(";"))
        }
    }
}

fn outline(text: &str) -> Result<Area, RequestError> {
    let corners: Vec<&str> = text.split(';').collect();
    if !(3..=MOST_CORNERS).contains(&corners.len()) {
        let message = format!("expected 3 to {MOST_CORNERS} corners, longitude,latitude, separated by semicolons");
        return Err(RequestError::new("territory", format!("{} corners", corners.len()), message));
    }
    let ring = corners.into_iter().map(|corner| {
        let position = corner.split_once(',').ok_or("expected longitude,latitude".to_owned());
        let position = position.and_then(|(lon, lat)| position_of(lon, lat));
        position.map(|at| (at.lon(), at.lat())).map_err(|message| RequestError::new("territory", corner, message))
    });
    Ok(Area::Polygon(Polygon::new(LineString::from(ring.collect::<Result<Vec<_>, _>>()?), Vec::new())))
}

fn position_of(lon: &str, lat: &str) -> Result<Position, String> {
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| format!("{text:?} is not a number of degrees"));
    Position::in_france(Degrees { lon: number(lon)?, lat: number(lat)? }).map_err(|error| error.to_string())
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

fn denominator(given: &Given) -> Result<usize, RequestError> {
    let Some(text) = given.text("denominator") else { return Ok(0) };
    let presets = Denominator::PRESETS;
    presets.iter().position(|preset| preset.id == text).ok_or_else(|| {
        let ids = presets.map(|preset| preset.id).join(", ");
        RequestError::new("denominator", text, format!("expected one of {ids}"))
    })
}

fn candidates(given: &Given) -> Result<Candidates, RequestError> {
    let kind = given.text("candidates").unwrap_or(if given.text("sites").is_some() { "listed" } else { "communes" });
    given.only_with("sites", kind == "listed", "with candidates=listed")?;
    Ok(match kind {
        "communes" => Candidates::Communes,
        "venues" => Candidates::Venues,
        "france-services" => Candidates::FranceServices,
        "libraries" => Candidates::Libraries,
        "town-halls" => Candidates::TownHalls,
        "listed" => Candidates::Listed(listed(given.text("sites").unwrap_or(""))?),
        other => {
            let message = "expected one of communes, venues, france-services, libraries, town-halls, listed";
            return Err(RequestError::new("candidates", other, message));
        }
    })
}

fn candidates_pairs(candidates: &Candidates) -> Vec<(&'static str, String)> {
    let name = match candidates {
        Candidates::Communes => "communes",
        Candidates::Venues => "venues",
        Candidates::FranceServices => "france-services",
        Candidates::Libraries => "libraries",
        Candidates::TownHalls => "town-halls",
        Candidates::Listed(sites) => {
            let text = |s: &ListedSite| format!("{},{},{},{}", s.id, s.position.lon(), s.position.lat(), s.name);
            let sites = sites.iter().map(text).collect::<Vec<_>>().join(";");
            return vec![("candidates", "listed".into()), ("sites", sites)];
        }
    };
    vec![("candidates", name.into())]
}

fn listed(text: &str) -> Result<Vec<ListedSite>, RequestError> {
    let texts: Vec<&str> = text.split(';').filter(|site| !site.trim().is_empty()).collect();
    if !(1..=MOST_LISTED).contains(&texts.len()) {
        let message = format!("expected 1 to {MOST_LISTED} sites, id,longitude,latitude,name, separated by semicolons");
        return Err(RequestError::new("sites", format!("{} sites", texts.len()), message));
    }
    let mut sites = Vec::with_capacity(texts.len());
    for text in texts {
        let wrong = |message: String| RequestError::new("sites", text, message);
        let parts: Vec<&str> = text.splitn(4, ',').map(str::trim).collect();
        let (&[id, lon, lat] | &[id, lon, lat, _]) = parts.as_slice() else {
            return Err(wrong("expected id,longitude,latitude,name".into()));
        };
        let name = parts.get(3).filter(|name| !name.is_empty()).unwrap_or(&id);
        sites.push(ListedSite { id: id.into(), name: (*name).into(), position: position_of(lon, lat).map_err(wrong)? });
    }
    sites.sort_by(|a, b| a.id.cmp(&b.id));
    match sites.windows(2).find(|two| two[0].id == two[1].id) {
        Some(two) => Err(RequestError::new("sites", &two[0].id, "two sites have this id")),
        None => Ok(sites),
    }
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

fn reach(given: &Given) -> Result<Option<Reach>, RequestError> {
    let radius: Option<f64> = given.number("radius_km", 0.1, 500.0)?;
    given.only_with("minutes", radius.is_none(), "without radius_km: one or the other says what is near")?;
    given.only_with("mode", radius.is_none(), "without radius_km: a radius is as the crow flies")?;
    let mode = given.one_of("mode", MODES)?;
    let minutes = given.number("minutes", 1, 240)?;
    Ok(match (radius, mode, minutes) {
        (Some(km), ..) => Some(Reach::Radius { metres: (km * 1_000.0).round() as u32 }),
        (None, None, None) => None,
        (None, mode, minutes) => {
            Some(Reach::Minutes { mode: mode.unwrap_or(Mode::Car), minutes: minutes.unwrap_or(10) })
        }
    })
}

fn goal(given: &Given, reach: Reach) -> Result<Goal, RequestError> {
    let name = given.text("objective").unwrap_or("coverage");
    let share = given.number("share", f64::MIN_POSITIVE, 1.0)?;
    let level = given.one_of("level", LEVELS)?;
    given.only_with("share", matches!(name, "set-cover" | "floor"), "with objective=set-cover or objective=floor")?;
    given.only_with("level", matches!(name, "floor" | "leximin"), "with objective=floor or objective=leximin")?;
    for field in ["hours_per_post", "hours_per_person"] {
        given.only_with(field, name == "capacity", "with objective=capacity")?;
    }
    let in_km = matches!(reach, Reach::Radius { .. });
    given.only_with("none_km", name == "gradual" && in_km, "with objective=gradual and radius_km")?;
    given.only_with("none_minutes", name == "gradual" && !in_km, "with objective=gradual and minutes")?;
    Ok(match name {
        "coverage" => Goal::Coverage,
        "gradual" => Goal::Gradual { none: fade(given, reach)? },
        "median" => Goal::Median,
        "centre" => Goal::Centre,
        "set-cover" => Goal::SetCover { share: share.unwrap_or(0.95) },
        "capacity" => Goal::Capacity {
            hours_per_post: given.number("hours_per_post", 1.0, 1e6)?.unwrap_or(HOURS_PER_POST),
            hours_per_person: given.number("hours_per_person", 0.01, 1e6)?.unwrap_or(HOURS_PER_PERSON),
        },
        "floor" => Goal::Floor { share: share.unwrap_or(0.5), level: level.unwrap_or(Level::Epci) },
        "leximin" => Goal::Leximin { level: level.unwrap_or(Level::Departement) },
        other => {
            let message = "expected one of coverage, gradual, median, centre, set-cover, capacity, floor, leximin";
            return Err(RequestError::new("objective", other, message));
        }
    })
}

/// Where a slope reaches 0, in the unit of the reach; twice as far as it begins unless told.
fn fade(given: &Given, reach: Reach) -> Result<u32, RequestError> {
    let (field, full, none) = match reach {
        Reach::Radius { metres } => {
            let km: Option<f64> = given.number("none_km", 0.1, 500.0)?;
            ("none_km", metres, km.map(|km| (km * 1_000.0).round() as u32))
        }
        Reach::Minutes { minutes, .. } => {
            let minutes_none: Option<u32> = given.number("none_minutes", 1, 240)?;
            ("none_minutes", minutes * 60, minutes_none.map(|minutes| minutes * 60))
        }
    };
    match none {
        Some(none) if none <= full => {
            let text = given.text(field).unwrap_or("");
            Err(RequestError::new(field, text, "expected more than what is near: coverage falls with the way"))
        }
        none => Ok(none.unwrap_or(2 * full)),
    }
}

fn goal_pairs(goal: Goal, reach: Reach) -> Vec<(&'static str, String)> {
    let level_text = |level: Level| spelled(LEVELS, &level).to_owned();
    let (name, others) = match goal {
        Goal::Coverage => ("coverage", vec![]),
        Goal::Gradual { none } => {
            let none = match reach {
                Reach::Radius { .. } => ("none_km", km(none)),
                Reach::Minutes { .. } => ("none_minutes", (none / 60).to_string()),
            };
            ("gradual", vec![none])
        }
        Goal::Median => ("median", vec![]),
        Goal::Centre => ("centre", vec![]),
        Goal::SetCover { share } => ("set-cover", vec![("share", share.to_string())]),
        Goal::Capacity { hours_per_post, hours_per_person } => (
            "capacity",
            vec![("hours_per_post", hours_per_post.to_string()), ("hours_per_person", hours_per_person.to_string())],
        ),
        Goal::Floor { share, level } => ("floor", vec![("share", share.to_string()), ("level", level_text(level))]),
        Goal::Leximin { level } => ("leximin", vec![("level", level_text(level))]),
    };
    let mut pairs = vec![("objective", name.to_owned())];
    pairs.extend(others);
    pairs
}

fn limit(given: &Given) -> Result<Option<Limit>, RequestError> {
    let budget = given.number("budget_eur", 0, u64::MAX)?;
    given.only_with("posts", budget.is_none(), "without budget_eur: one or the other says what there is")?;
    let posts = given.number("posts", 0, u64::MAX)?;
    Ok(budget.map(Limit::BudgetEur).or(posts.map(Limit::Posts)))
}

fn itinerant(given: &Given) -> Result<Option<Rounds>, RequestError> {
    let stops = given.number("stops", 1, 5)?.filter(|stops| *stops > 1);
    given.only_with("stop_minutes", stops.is_some(), "with stops, 2 to 5")?;
    let minutes = given.number("stop_minutes", 1, 120)?.unwrap_or(STOP_MINUTES);
    Ok(stops.map(|stops| Rounds { stops, minutes }))
}
