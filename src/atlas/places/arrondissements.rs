//! The 45 arrondissements of Paris, Lyon and Marseille, each with a point of its own: the middle of Paris is no place to
//! search from for somebody of the 16e.

use crate::domain::{CommuneCode, Degrees, Position};

/// One arrondissement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrondissement {
    /// Its INSEE code: `75116`.
    pub code: &'static str,
    /// Its town.
    pub town: &'static str,
    /// Its number in the town.
    pub number: u8,
    lon: f64,
    lat: f64,
}

impl Arrondissement {
    /// Where distances are counted from.
    #[must_use]
    pub fn position(&self) -> Position {
        Position::new(Degrees { lon: self.lon, lat: self.lat }).expect("the table below holds positions of France")
    }

    /// `Paris 16e`, `Lyon 1er`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.town, self.ordinal())
    }

    /// `16e`, `1er`.
    #[must_use]
    pub fn ordinal(&self) -> String {
        format!("{}{}", self.number, if self.number == 1 { "er" } else { "e" })
    }

    /// `75016`, `69001`. The 16e of Paris has `75116` too, which is its INSEE code.
    #[must_use]
    pub fn postcode(&self) -> String {
        format!("{}0{:02}", &self.code[..2], self.number)
    }
}

/// The arrondissement of an INSEE or a postal code.
#[must_use]
pub fn of_code(code: &str) -> Option<&'static Arrondissement> {
    ARRONDISSEMENTS.iter().find(|each| each.code == code || each.postcode() == code)
}

/// The arrondissement of a town by its number.
#[must_use]
pub fn of_town(town: &str, number: u8) -> Option<&'static Arrondissement> {
    ARRONDISSEMENTS.iter().find(|each| each.town.eq_ignore_ascii_case(town) && each.number == number)
}

/// The code of the town.
#[must_use]
pub fn town_code(of: &Arrondissement) -> CommuneCode {
    let code = match of.town {
        "Paris" => "75056",
        "Lyon" => "69123",
        _ => "13055",
    };
    CommuneCode::parse(code).expect("three codes of communes")
}

const fn at(code: &'static str, town: &'static str, number: u8, lon: f64, lat: f64) -> Arrondissement {
    Arrondissement { code, town, number, lon, lat }
}

/// Points of La Poste (base officielle des codes postaux, 2025-06, Licence Ouverte), except five whose middle lies at sea,
/// in the Calanques or in the Bois de Vincennes: there the town hall or the inhabited part, by hand, to about 500 m.
pub const ARRONDISSEMENTS: [Arrondissement; 45] = [
    at("13201", "Marseille", 1, 5.3828, 43.3002),
    at("13202", "Marseille", 2, 5.3665, 43.3045),
    at("13203", "Marseille", 3, 5.3806, 43.3113),
    at("13204", "Marseille", 4, 5.4002, 43.3063),
    at("13205", "Marseille", 5, 5.4006, 43.2925),
    at("13206", "Marseille", 6, 5.3814, 43.2876),
    at("13207", "Marseille", 7, 5.3623, 43.2840),
    at("13208", "Marseille", 8, 5.3870, 43.2620),
    at("13209", "Marseille", 9, 5.4110, 43.2560),
    at("13210", "Marseille", 10, 5.4243, 43.2743),
    at("13211", "Marseille", 11, 5.4787, 43.2877),
    at("13212", "Marseille", 12, 5.4418, 43.3071),
    at("13213", "Marseille", 13, 5.4301, 43.3528),
    at("13214", "Marseille", 14, 5.3915, 43.3468),
    at("13215", "Marseille", 15, 5.3653, 43.3531),
    at("13216", "Marseille", 16, 5.3161, 43.3642),
    at("69381", "Lyon", 1, 4.8264, 45.7701),
    at("69382", "Lyon", 2, 4.8265, 45.7464),
    at("69383", "Lyon", 3, 4.8685, 45.7514),
    at("69384", "Lyon", 4, 4.8260, 45.7805),
    at("69385", "Lyon", 5, 4.8012, 45.7560),
    at("69386", "Lyon", 6, 4.8548, 45.7752),
    at("69387", "Lyon", 7, 4.8393, 45.7321),
    at("69388", "Lyon", 8, 4.8695, 45.7342),
    at("69389", "Lyon", 9, 4.8128, 45.7835),
    at("75101", "Paris", 1, 2.3359, 48.8620),
    at("75102", "Paris", 2, 2.3411, 48.8677),
    at("75103", "Paris", 3, 2.3593, 48.8626),
    at("75104", "Paris", 4, 2.3569, 48.8541),
    at("75105", "Paris", 5, 2.3514, 48.8454),
    at("75106", "Paris", 6, 2.3307, 48.8495),
    at("75107", "Paris", 7, 2.3115, 48.8548),
    at("75108", "Paris", 8, 2.3111, 48.8732),
    at("75109", "Paris", 9, 2.3379, 48.8771),
    at("75110", "Paris", 10, 2.3624, 48.8760),
    at("75111", "Paris", 11, 2.3816, 48.8601),
    at("75112", "Paris", 12, 2.3890, 48.8409),
    at("75113", "Paris", 13, 2.3656, 48.8303),
    at("75114", "Paris", 14, 2.3230, 48.8297),
    at("75115", "Paris", 15, 2.2937, 48.8417),
    at("75116", "Paris", 16, 2.2630, 48.8572),
    at("75117", "Paris", 17, 2.3050, 48.8874),
    at("75118", "Paris", 18, 2.3487, 48.8919),
    at("75119", "Paris", 19, 2.3878, 48.8871),
    at("75120", "Paris", 20, 2.3966, 48.8625),
];
