//! From where distances are counted, and how that was worked out from what the visitor gave.

use crate::atlas::Atlas;
use crate::atlas::places::arrondissements::{self, Arrondissement};
use crate::domain::{Commune, CommuneCode, CommuneIx, Position};
use crate::features;
use crate::http::params::Query;
use crate::http::problem::Problem;

/// The three ways to say where; exactly one is given.
pub const NAMES: &[&str] = &["position", "commune", "postcode"];

/// A starting point.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Distances are counted from here.
    pub position: Position,
    /// Ordinal of the commune, unless a bare position was given.
    pub commune: Option<CommuneIx>,
    /// Which parameter it came from.
    given: &'static str,
    /// The old code that was given, when the commune has another one today.
    replaced: Option<CommuneCode>,
    /// The arrondissement whose code or postal code was given: distances are counted from its point, not from that of its town.
    arrondissement: Option<&'static Arrondissement>,
    /// All communes of the postal code, the most populous first.
    sharing: Vec<CommuneIx>,
}

impl Origin {
    /// Reads the starting point. A commune stands for its own point (the town hall where it is known); a postal code
    /// for its most populous commune; an arrondissement of Paris, Lyon or Marseille for its own point, whichever of its codes is
    /// given.
    ///
    /// # Errors
    /// 400 unless exactly one of the three is given and well written; 404 when no commune has that code.
    pub fn parse(query: &Query, atlas: &Atlas) -> Result<Self, Problem> {
        let mut given = NAMES.iter().filter(|name| query.text(name).is_some());
        match (given.next(), given.next()) {
            (None, _) => {
                let problem = Problem::parameter("missing-parameter", "position", "", "say from where");
                Err(problem.allowing(["position=LON,LAT", "commune=CODE", "postcode=CODE"]))
            }
            (Some(_), Some(second)) => {
                let detail = "give only one of `position`, `commune` and `postcode`";
                let value = query.text(second).unwrap_or_default();
                Err(Problem::parameter("conflicting-parameters", second, value, detail))
            }
            (Some(&"commune"), None) => from_commune(query.text("commune").unwrap_or_default(), atlas),
            (Some(&"postcode"), None) => from_postcode(query.text("postcode").unwrap_or_default(), atlas),
            (Some(name), None) => {
                let position = query.position(name)?.expect("the parameter was just seen");
                Ok(Self {
                    position,
                    commune: None,
                    given: "position",
                    replaced: None,
                    arrondissement: None,
                    sharing: Vec::new(),
                })
            }
        }
    }

    /// The same, begun in an arrondissement where there is one.
    fn in_arrondissement(self, of: Option<&'static Arrondissement>) -> Self {
        let position = of.map_or(self.position, Arrondissement::position);
        Self { position, arrondissement: of, ..self }
    }

    /// Writes the starting point as JSON.
    pub fn write(&self, out: &mut Vec<u8>, atlas: &Atlas) {
        out.push(b'{');
        features::write_key(out, "given");
        features::write_text(out, self.given);
        features::write_key(out, "position");
        features::write_position(out, self.position);
        if let Some(ordinal) = self.commune {
            let commune = &atlas.communes()[ordinal];
            features::write_key(out, "commune");
            write_commune(out, commune);
        }
        if let Some(of) = self.arrondissement {
            features::write_key(out, "arrondissement");
            write_named(out, of.code, &of.name());
        }
        if let (Some(old), Some(ordinal)) = (self.replaced, self.commune) {
            features::write_key(out, "replaced");
            features::write_text(out, old.as_str());
            features::write_key(out, "replaced_by");
            features::write_text(out, atlas.communes()[ordinal].code.as_str());
        }
        if self.sharing.len() > 1 {
            features::write_key(out, "communes_of_postcode");
            features::write_array(out, self.sharing.iter(), |out, &ordinal| {
                write_commune(out, &atlas.communes()[ordinal]);
            });
        }
        out.push(b'}');
    }
}

fn write_commune(out: &mut Vec<u8>, commune: &Commune) {
    write_named(out, commune.code.as_str(), &commune.name);
}

fn write_named(out: &mut Vec<u8>, code: &str, name: &str) {
    out.push(b'{');
    features::write_key(out, "code");
    features::write_text(out, code);
    features::write_key(out, "name");
    features::write_text(out, name);
    out.push(b'}');
}

fn from_commune(text: &str, atlas: &Atlas) -> Result<Origin, Problem> {
    let Some(code) = CommuneCode::parse(text) else {
        let detail = format!("a commune code has five characters, such as 01001 or 2A004{}", code_hint(text));
        return Err(Problem::parameter("invalid-code", "commune", text, detail));
    };
    let Some(ordinal) = atlas.places().by_code(code) else {
        return Err(Problem::not_found("unknown-code", "no commune has this code").about("commune", text));
    };
    let commune = &atlas.communes()[ordinal];
    let replaced = (commune.code != code).then_some(code);
    let origin = at_commune(ordinal, "commune", text, atlas)?;
    // 13001 is the code of Aix-en-Provence, and the postal code of the 1st of Marseille.
    let part = arrondissements::of_code(code.as_str()).filter(|of| arrondissements::town_code(of) == commune.code);
    Ok(Origin { replaced, ..origin.in_arrondissement(part) })
}

fn from_postcode(text: &str, atlas: &Atlas) -> Result<Origin, Problem> {
    if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let detail = format!("a postal code has five digits, such as 01400{}", code_hint(text));
        return Err(Problem::parameter("invalid-code", "postcode", text, detail));
    }
    let mut sharing = atlas.places().by_postcode(text).to_vec();
    sharing.sort_by_key(|&i| (std::cmp::Reverse(atlas.communes()[i].population), i));
    let Some(&ordinal) = sharing.first() else {
        return Err(Problem::not_found("unknown-code", "no commune has this postal code").about("postcode", text));
    };
    let origin = at_commune(ordinal, "postcode", text, atlas)?;
    // 13210 is the postal code of Saint-Rémy-de-Provence, and the INSEE code of the 10th of Marseille.
    let town = atlas.communes()[ordinal].code;
    let part = arrondissements::of_code(text).filter(|of| arrondissements::town_code(of) == town);
    Ok(Origin { sharing, ..origin.in_arrondissement(part) })
}

fn at_commune(ordinal: CommuneIx, given: &'static str, text: &str, atlas: &Atlas) -> Result<Origin, Problem> {
    let Some(position) = atlas.communes()[ordinal].point else {
        let detail = "this commune is known, but not where it is; give a position";
        return Err(Problem::not_found("unlocated-commune", detail).about(given, text));
    };
    let commune = Some(ordinal);
    Ok(Origin { position, commune, given, replaced: None, arrondissement: None, sharing: Vec::new() })
}

/// What a code that spreadsheets spoiled was most likely meant to be.
fn code_hint(text: &str) -> String {
    let meant = if text.len() == 4 { format!("0{text}") } else { text.trim().to_uppercase() };
    let plausible = meant != text && CommuneCode::parse(&meant).is_some();
    if plausible { format!("; did you mean {meant}?") } else { String::new() }
}
