//! Which territory is asked about, and the smaller ones that it is made of.

use std::collections::BTreeSet;

use typed_index_collections::TiVec;

use crate::access::Coverage;
use crate::atlas::Atlas;
use crate::atlas::figures::{Basis, FigureAt, Summary, Unit};
use crate::domain::{CommuneCode, CommuneIx, DistrictIx, Level};
use crate::http::params::Query;
use crate::http::problem::Problem;

/// Name of the level above all others in addresses, and the only code it has.
pub const NATION: (&str, &str) = ("nation", "france");

/// A territory of any level and its communes. Codes are compared whole (defect D12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its level; `None` for the nation.
    pub level: Option<Level>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Ordinals of its communes, each once.
    pub communes: Vec<CommuneIx>,
    /// False when only some communes of the territory are meant: those of an EPCI inside one of its départements.
    pub whole: bool,
    /// The old commune code that was given, when another one stands for it today (defect D13).
    pub replaced: Option<String>,
    /// The arrondissement of Paris, Lyon or Marseille that is meant: a part of its one commune, whose level it bears. Only who
    /// knows that they are asked for ([`Place::district`]) meets one.
    pub district: Option<DistrictIx>,
}

/// The parts of a territory at a level below, each commune in one of them or elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Their level.
    pub by: Level,
    /// The parts, ascending by code.
    pub places: Vec<Place>,
    /// Communes that belong to no territory of this level: the explicit unknown line (defect D17).
    pub elsewhere: Vec<CommuneIx>,
}

/// How a code leads to a territory.
type Find = fn(&Atlas, Level, &str) -> Option<Place>;

/// The name of a level in addresses.
#[must_use]
pub fn level_name(level: Option<Level>) -> &'static str {
    level.map_or(NATION.0, Level::plural)
}

/// Every name of a level in addresses, the largest first.
fn level_names() -> impl Iterator<Item = &'static str> {
    std::iter::once(NATION.0).chain(Level::ALL.map(Level::plural))
}

impl Place {
    /// The whole country.
    #[must_use]
    pub fn nation(atlas: &Atlas) -> Self {
        Self {
            level: None,
            code: NATION.1.into(),
            name: "France".into(),
            communes: (atlas.communes().keys()).collect(),
            whole: true,
            replaced: None,
            district: None,
        }
    }

    /// The arrondissement with this code, where the edition knows it.
    #[must_use]
    pub fn district(atlas: &Atlas, code: &str) -> Option<Self> {
        atlas.districts().by_code(CommuneCode::parse(code)?).map(|district| Self::of_district(atlas, district))
    }

    /// An arrondissement as a place.
    #[must_use]
    pub fn of_district(atlas: &Atlas, district: DistrictIx) -> Self {
        let (known, commune) = (&atlas.districts().all()[district], atlas.districts().commune(district));
        let place = part(Level::Commune, known.code.as_str(), known.short_name(), vec![commune], true);
        Self { district: Some(district), ..place }
    }

    /// The arrondissements of a commune as places, ascending by code; none of most.
    #[must_use]
    pub fn districts(&self, atlas: &Atlas) -> Vec<Self> {
        let (Some(Level::Commune), None, [commune]) = (self.level, self.district, &self.communes[..]) else {
            return Vec::new();
        };
        atlas.districts().of(*commune).map(|district| Self::of_district(atlas, district)).collect()
    }

    /// What a reader is told where the whole commune answers for an arrondissement.
    #[must_use]
    pub fn instead_of_district(&self, atlas: &Atlas) -> Option<String> {
        let asked = Self::district(atlas, self.replaced.as_deref()?)?;
        Some(format!(
            "Ces chiffres sont ceux de toute la commune de {}\u{a0}: il n'y en a pas ici pour {} seul.",
            self.name, asked.name
        ))
    }

    /// Its numbers.
    #[must_use]
    pub fn summary(&self, basis: &Basis<'_>) -> Summary {
        self.district.map_or_else(|| basis.summary(&self.communes), |district| basis.summary_of_district(district))
    }

    /// Its persons in need by how near they are.
    #[must_use]
    pub fn coverage(&self, basis: &Basis<'_>) -> Coverage<4> {
        self.district.map_or_else(|| basis.coverage(&self.communes), |district| basis.coverage_of_district(district))
    }

    /// Whether a figure says anything of it: an arrondissement holds no commune to count.
    #[must_use]
    pub fn has(&self, figure: &FigureAt) -> bool {
        self.district.is_none() || figure.figure.unit != Unit::Communes
    }

    /// The territory with this code. An old commune code, an arrondissement among them, leads to the commune of today.
    #[must_use]
    pub fn find(atlas: &Atlas, level: Level, code: &str) -> Option<Self> {
        let communes = atlas.communes_of(level, code)?;
        let (today, name) = match level {
            Level::Commune => {
                let commune = &atlas.communes()[*communes.first()?];
                (commune.code.to_string(), commune.name.clone())
            }
            above => (code.to_owned(), atlas.territory(above, code)?.name.clone()),
        };
        let replaced = (today != code).then(|| code.to_owned());
        Some(Self { level: Some(level), code: today, name, communes, whole: true, replaced, district: None })
    }

    /// The same, and an arrondissement is itself where the edition knows it, not its city: for who has an answer of its own.
    #[must_use]
    pub fn find_part(atlas: &Atlas, level: Level, code: &str) -> Option<Self> {
        let district = (level == Level::Commune).then(|| Self::district(atlas, code)).flatten();
        district.or_else(|| Self::find(atlas, level, code))
    }

    /// Reads the two segments of an address.
    ///
    /// # Errors
    /// 404 naming the level or the code that does not exist.
    pub fn of_path(atlas: &Atlas, level: &str, code: &str) -> Result<Self, Problem> {
        Self::at_path(atlas, level, code, Self::find)
    }

    /// The same for who has an answer for an arrondissement ([`Self::find_part`]).
    ///
    /// # Errors
    /// Those of [`Self::of_path`].
    pub fn part_of_path(atlas: &Atlas, level: &str, code: &str) -> Result<Self, Problem> {
        Self::at_path(atlas, level, code, Self::find_part)
    }

    fn at_path(atlas: &Atlas, level: &str, code: &str, find: Find) -> Result<Self, Problem> {
        if level == NATION.0 {
            let known = code == NATION.1;
            return known
                .then(|| Self::nation(atlas))
                .ok_or_else(|| unknown_code(atlas, level, code).allowing([NATION.1]));
        }
        let Some(known) = Level::from_plural(level) else {
            let problem = Problem::not_found("unknown-level", "there is no such level of territories");
            return Err(problem.about("level", level).allowing(level_names()));
        };
        find(atlas, known, code).ok_or_else(|| unknown_code(atlas, level, code))
    }

    /// Reads `territory=LEVEL/CODE`; the nation when it is not given.
    ///
    /// # Errors
    /// 400 when it is badly written, 404 when there is no such territory.
    pub fn of_query(atlas: &Atlas, query: &Query) -> Result<Self, Problem> {
        Self::asked(atlas, query, Self::find)
    }

    /// The same for who has an answer for an arrondissement ([`Self::find_part`]).
    ///
    /// # Errors
    /// Those of [`Self::of_query`].
    pub fn part_of_query(atlas: &Atlas, query: &Query) -> Result<Self, Problem> {
        Self::asked(atlas, query, Self::find_part)
    }

    fn asked(atlas: &Atlas, query: &Query, find: Find) -> Result<Self, Problem> {
        let Some(text) = query.short_text("territory")? else { return Ok(Self::nation(atlas)) };
        if text == NATION.0 {
            return Ok(Self::nation(atlas));
        }
        let refuse = |detail: &str| {
            let examples = ["nation", "regions/75", "departements/23", "epcis/200034825", "communes/23096"];
            Problem::parameter("invalid-territory", "territory", text, detail).allowing(examples)
        };
        let Some((level, code)) = text.split_once('/') else {
            return Err(refuse("a territory is a level and a code, LEVEL/CODE"));
        };
        if level != NATION.0 && Level::from_plural(level).is_none() {
            return Err(refuse("there is no such level of territories"));
        }
        Self::at_path(atlas, level, code, find).map_err(|problem| problem.about("territory", text))
    }

    /// The level below, whose territories are its parts; `None` for a commune.
    #[must_use]
    pub fn level_below(&self) -> Option<Level> {
        match self.level {
            None => Some(Level::Region),
            Some(Level::Region) => Some(Level::Departement),
            Some(Level::Departement) => Some(Level::Epci),
            Some(Level::Epci) => Some(Level::Commune),
            Some(Level::Commune) => None,
        }
    }

    /// Reads the level of the parts, under a name such as `by`; the level below when it is not given.
    ///
    /// # Errors
    /// 400 unless the level exists and is not above the territory.
    pub fn parts_level(&self, query: &Query, name: &str) -> Result<Option<Level>, Problem> {
        let Some(text) = query.text(name) else { return Ok(self.level_below()) };
        let fits = |level: &Level| self.level.is_none_or(|own| own <= *level);
        let allowed = Level::ALL.into_iter().filter(fits).map(Level::plural);
        Level::from_plural(text).filter(fits).map(Some).ok_or_else(|| {
            let detail = format!("`{name}` takes a level that is not above that of the territory");
            Problem::parameter("unknown-value", name, text, detail).allowing(allowed)
        })
    }

    /// Its parts at a level; of a territory that crosses its border, only the communes inside.
    #[must_use]
    pub fn parts(&self, atlas: &Atlas, by: Level) -> Parts {
        let mut left: TiVec<CommuneIx, bool> = vec![false; atlas.communes().len()].into();
        for &i in &self.communes {
            left[i] = true;
        }
        if by == Level::Commune {
            let single = |i: CommuneIx| {
                let commune = &atlas.communes()[i];
                part(Level::Commune, commune.code.as_str(), &commune.name, vec![i], true)
            };
            let places = left.iter_enumerated().filter(|(_, inside)| **inside).map(|(i, _)| single(i)).collect();
            return Parts { by, places, elsewhere: Vec::new() };
        }
        let mut places = Vec::new();
        for territory in atlas.territories(by) {
            let inside: Vec<CommuneIx> = territory.communes.iter().copied().filter(|&i| left[i]).collect();
            for &i in &inside {
                left[i] = false;
            }
            let whole = inside.len() == territory.communes.len();
            if !inside.is_empty() {
                places.push(part(by, &territory.code, &territory.name, inside, whole));
            }
        }
        let elsewhere = left.into_iter_enumerated().filter(|(_, left)| *left).map(|(i, _)| i).collect();
        Parts { by, places, elsewhere }
    }

    /// The territories it lies in, the nation first. An EPCI lies in the département of most of its people.
    #[must_use]
    pub fn ancestors(&self, atlas: &Atlas) -> Vec<Self> {
        let Some(level) = self.level else { return Vec::new() };
        let mut ancestors = vec![Self::nation(atlas)];
        let mut codes: [Option<&str>; 3] = [None; 3];
        if let Some(main) = self.main_commune(atlas, level) {
            let commune = &atlas.communes()[main];
            codes = [Some(&commune.region), Some(&commune.departement), commune.epci.as_deref()];
        }
        let levels = [Level::Region, Level::Departement, Level::Epci];
        let above = levels.into_iter().zip(codes).filter(|(above, _)| *above < level);
        ancestors.extend(above.filter_map(|(above, code)| Self::find(atlas, above, code?)));
        let town = self.district.and(self.communes.first()).map(|&town| atlas.communes()[town].code);
        ancestors.extend(town.and_then(|code| Self::find(atlas, Level::Commune, code.as_str())));
        ancestors
    }

    /// Whether all of it lies in another territory: the Métropole du Grand Paris lies in no département.
    #[must_use]
    pub fn lies_in(&self, other: &Self) -> bool {
        let inside: BTreeSet<CommuneIx> = other.communes.iter().copied().collect();
        self.communes.iter().all(|commune| inside.contains(commune))
    }

    /// How many départements it has a part of.
    #[must_use]
    pub fn departements(&self, atlas: &Atlas) -> usize {
        let of = |commune: &CommuneIx| atlas.communes()[*commune].departement.as_str();
        self.communes.iter().map(of).collect::<BTreeSet<_>>().len()
    }

    /// A commune that stands for where the territory is: of an EPCI, one of the département with most of its people.
    fn main_commune(&self, atlas: &Atlas, level: Level) -> Option<CommuneIx> {
        if level != Level::Epci {
            return self.communes.first().copied();
        }
        let departement = |i: CommuneIx| atlas.communes()[i].departement.as_str();
        let people = |code: &str| -> u64 {
            let members = self.communes.iter().filter(|&&i| departement(i) == code);
            members.filter_map(|&i| atlas.communes()[i].population).map(|p| u64::from(p.0)).sum()
        };
        self.communes.iter().copied().max_by_key(|&i| (people(departement(i)), std::cmp::Reverse(i)))
    }

    /// Path below `/api/territories/`, and value of `territory`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", level_name(self.level), self.code)
    }
}

fn part(level: Level, code: &str, name: &str, communes: Vec<CommuneIx>, whole: bool) -> Place {
    Place { level: Some(level), code: code.into(), name: name.into(), communes, whole, replaced: None, district: None }
}

/// 404 about a code, with the one that was most likely meant.
fn unknown_code(atlas: &Atlas, level: &str, code: &str) -> Problem {
    let meant = Level::from_plural(level).and_then(|level| atlas.code_meant(level, code));
    let hint = meant.map_or(String::new(), |code| format!("; did you mean {code}?"));
    Problem::not_found("unknown-code", format!("no territory of this level has this code{hint}")).about("code", code)
}
