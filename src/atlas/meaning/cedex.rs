//! Codes that the post gives to large receivers of mail: no commune has them, and no open list says whose they are.

use crate::atlas::Atlas;
use crate::domain::{CommuneCode, Level};

use super::{Meaning, Meant, Remark, index};

/// Codes whose town does not follow from their figures: from, to, commune. By hand, from addresses of public services.
const RANGES: [(u32, u32, &str); 22] = [
    (6_900, 6_929, "06152"),
    (13_080, 13_105, "13001"),
    (13_200, 13_399, "13055"),
    (13_540, 13_549, "13001"),
    (13_590, 13_629, "13001"),
    (13_990, 13_999, "13055"),
    (29_600, 29_609, "29019"),
    (29_800, 29_859, "29019"),
    (51_050, 51_100, "51454"),
    (51_680, 51_726, "51454"),
    (56_310, 56_329, "56121"),
    (59_380, 59_389, "59183"),
    (59_770, 59_779, "59350"),
    (62_300, 62_329, "62160"),
    (67_900, 67_999, "67482"),
    (69_200, 69_499, "69123"),
    (69_600, 69_629, "69266"),
    (71_310, 71_339, "71076"),
    (75_000, 75_999, "75056"),
    (76_050, 76_099, "76351"),
    (92_040, 92_099, "92062"),
    (97_450, 97_459, "97416"),
];

/// Reads a code that is no postal code of a commune: the town whose venues bear it, else the one it was most likely cut from.
/// It is a guess and is called one: the large towns around are offered.
pub fn read(atlas: &Atlas, code: &str) -> Option<Meaning> {
    let number: u32 = code.parse().ok()?;
    let places = atlas.places();
    let by_range = || {
        let (.., commune) = RANGES.iter().find(|(from, to, _)| (*from..=*to).contains(&number))?;
        places.by_code(CommuneCode::parse(commune)?)
    };
    let by_figures = || {
        let below = places.postcode_below(code)?;
        places.by_postcode(below).iter().copied().max_by_key(|&commune| places.population(commune))
    };
    let departement = super::territory::departement_of_postcode(atlas, code)?;
    let mut towns = departement.communes.clone();
    towns.sort_by_key(|&commune| std::cmp::Reverse(places.population(commune)));
    let known = index::of(atlas).commune_of_code(code).or_else(by_range);
    let first = known.or_else(by_figures).or(towns.first().copied())?;
    // The first hundred codes of a département are those of its chef-lieu; others are a guess that is not answered with.
    let asks = known.is_none() && number % 1_000 >= 100;
    let others = towns.into_iter().take(OFFERED).map(Meant::Commune);
    let territory = super::territory::by_code(atlas, Level::Departement, &departement.code);
    let meaning = Meaning { asks, ..Meaning::one(Meant::Commune(first)) }.saying(Remark::Cedex(code.to_owned()));
    Some(meaning.or_else_one_of(others).or_else_one_of(territory))
}

/// Large towns of the département that are offered beside the guess.
const OFFERED: usize = 6;
