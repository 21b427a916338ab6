//! Where, in texts: an area, an outline, a list of sites of one's own.

use super::error::RequestError;
use super::given::{Given, LEVELS, spelled};
use super::hosts::LEAST_INHABITANTS;
use super::outline::{outline, position_of};
use super::own_list;
use super::request::{Area, Candidates, ListedSite};

/// Sites of a list of one's own at most.
const MOST_LISTED: usize = 50_000;

pub(super) fn area(text: &str) -> Result<Area, RequestError> {
    let wrong = |message: &str| RequestError::new("territory", text, message);
    match text.split_once('/') {
        None if text == "france" || text == "nation" => Ok(Area::Nation),
        Some(("polygon", corners)) => outline(corners).map(Area::Polygon),
        Some((level, code)) => {
            // As in the addresses of territories; who writes it in the singular is understood.
            let level = LEVELS.iter().find(|(plural, _)| *plural == level || plural.strip_suffix('s') == Some(level));
            let (_, level) =
                level.ok_or_else(|| wrong("expected regions, departements, epcis, communes or polygon"))?;
            Ok(Area::Territory { level: *level, code: code.to_owned() })
        }
        None => Err(wrong("expected france, or a level and a code: departements/23")),
    }
}

/// A territory as a request writes it: `departements/23`.
pub(crate) fn area_text(area: &Area) -> String {
    match area {
        Area::Nation => "france".into(),
        Area::Territory { level, code } => format!("{}/{code}", spelled(LEVELS, level)),
        Area::Polygon(polygon) => {
            let mut corners: Vec<String> =
                polygon.exterior().points().map(|p| format!("{},{}", p.x(), p.y())).collect();
            corners.pop(); // A ring repeats its first corner.
            format!("polygon/{}", corners.join(";"))
        }
    }
}

pub(super) fn candidates(given: &Given) -> Result<Candidates, RequestError> {
    let kind = given.text("candidates").unwrap_or(if given.text("sites").is_some() { "listed" } else { "hosts" });
    given.only_with("least_inhabitants", kind == "hosts", "with candidates=hosts")?;
    let least = given.number("least_inhabitants", 0, 100_000)?.unwrap_or(LEAST_INHABITANTS);
    Ok(match kind {
        "hosts" => Candidates::Hosts { least_inhabitants: least },
        "communes" => Candidates::Communes,
        "venues" => Candidates::Venues,
        "france-services" => Candidates::FranceServices,
        "libraries" => Candidates::Libraries,
        "town-halls" => Candidates::TownHalls,
        "listed" => Candidates::Listed(listed(given.text("sites").unwrap_or(""))?),
        other => {
            let message = "expected one of hosts, communes, venues, france-services, libraries, town-halls, listed";
            return Err(RequestError::new("candidates", other, message));
        }
    })
}

pub(super) fn candidates_pairs(candidates: &Candidates) -> Vec<(&'static str, String)> {
    let name = match candidates {
        Candidates::Hosts { least_inhabitants } => {
            return vec![("candidates", "hosts".into()), ("least_inhabitants", least_inhabitants.to_string())];
        }
        Candidates::Communes => "communes",
        Candidates::Venues => "venues",
        Candidates::FranceServices => "france-services",
        Candidates::Libraries => "libraries",
        Candidates::TownHalls => "town-halls",
        Candidates::Listed(sites) => {
            return vec![("candidates", "listed".into()), ("sites", beside_text(sites))];
        }
    };
    vec![("candidates", name.into())]
}

/// Candidates of one's own beside those of another kind.
pub(super) fn beside(given: &Given) -> Result<Vec<ListedSite>, RequestError> {
    match (given.text("candidates"), given.text("sites")) {
        (Some(kind), Some(sites)) if kind != "listed" => listed(sites),
        _ => Ok(Vec::new()),
    }
}

pub(super) fn beside_text(sites: &[ListedSite]) -> String {
    let text = |s: &ListedSite| format!("{},{},{},{}", s.id, s.position.lon(), s.position.lat(), s.name);
    sites.iter().map(text).collect::<Vec<_>>().join(";")
}

fn listed(text: &str) -> Result<Vec<ListedSite>, RequestError> {
    if let Some(separator) = own_list::separator(text) {
        let sites = own_list::own_list(text, separator)
            .map_err(|faults| RequestError::new("sites", "", own_list::sentence(&faults)))?;
        return in_order(sites);
    }
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
    in_order(sites)
}

fn in_order(mut sites: Vec<ListedSite>) -> Result<Vec<ListedSite>, RequestError> {
    if !(1..=MOST_LISTED).contains(&sites.len()) {
        let message = format!("expected 1 to {MOST_LISTED} sites");
        return Err(RequestError::new("sites", format!("{} sites", sites.len()), message));
    }
    sites.sort_by(|a, b| a.id.cmp(&b.id));
    match sites.windows(2).find(|two| two[0].id == two[1].id) {
        Some(two) => Err(RequestError::new("sites", &two[0].id, "two sites have this id")),
        None => Ok(sites),
    }
}
