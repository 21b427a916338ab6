//! A number and a street beside a town: looked up in that town, where the edition has its streets.

use crate::atlas::Atlas;
use crate::atlas::places::arrondissements;
use crate::atlas::streets::{Asked, HouseFound};
use crate::domain::street::{self, Address};
use crate::domain::{AddressKind, CommuneCode, CommuneIx};

use super::{Meaning, Meant, Remark};

/// The reading of a text whose words beside the town are an address: the house or the street first, the town after it. Where
/// the street is not known the town stays, and that is said.
pub fn placed(atlas: &Atlas, code: Option<&str>, mut meaning: Meaning) -> Meaning {
    let left =
        meaning.remarks.iter().find_map(|remark| if let Remark::LeftOut(words) = remark { Some(words) } else { None });
    let Some(words) = left.cloned().filter(|_| !meaning.asks && !atlas.streets().is_empty()) else { return meaning };
    let Some(first) = meaning.meant.first() else { return meaning };
    let places: Vec<(CommuneIx, Option<CommuneCode>)> = match first {
        Meant::Commune(commune) => vec![(*commune, None)],
        Meant::Arrondissement(of) => {
            let town = atlas.places().by_code(arrondissements::town_code(of));
            town.map(|town| (town, CommuneCode::parse(of.code))).into_iter().collect()
        }
        Meant::Postcode(_, communes) => communes.iter().map(|commune| (*commune, None)).collect(),
        Meant::Territory(..) | Meant::Venue(_) | Meant::Address(..) => return meaning,
    };
    let postcode = code.and_then(|code| code.parse().ok());
    let (mut found, mut known, mut unknown, mut number) = (Vec::new(), 0, 0, None);
    for (commune, part) in places {
        let of = &atlas.communes()[commune];
        // « Rue de Bondy » is a street of Bondy; the town written twice is one time too many.
        let mut address = street::read(&words, "");
        let look = |address: &Address| atlas.streets().look(Asked { commune: of.code, part, postcode, address });
        let mut looked = look(&address);
        if looked.as_ref().is_some_and(Vec::is_empty) {
            address = street::read(&words, &of.name);
            looked = look(&address);
        }
        if !is_address(&address) {
            // « Cité des Saules » is an address where a street is called exactly so, and nowhere else.
            let exactly = looked.into_iter().flatten().filter(|found| found.found.score == 100);
            let before = found.len();
            found.extend(exactly.map(|found| (commune, found)));
            known += usize::from(found.len() > before);
            continue;
        }
        let Some(looked) = looked else {
            unknown += 1;
            continue;
        };
        known += 1;
        number = address.number.map(|number| format!("{number} {}", address.suffix).trim_end().to_owned());
        found.extend(looked.into_iter().map(|found| (commune, found)));
    }
    if known + unknown == 0 {
        return meaning;
    }
    meaning.remarks.retain(|remark| !matches!(remark, Remark::LeftOut(_)));
    // « Unknown there » is said only where all streets are at hand.
    let nowhere =
        if unknown > 0 { Remark::StreetsMissing(words.clone()) } else { Remark::StreetUnknown(words.clone()) };
    let score =
        |(_, found): &(CommuneIx, HouseFound)| (found.found.score, found.found.kind == AddressKind::HouseNumber);
    // The order of the communes of a code is that of their size: it decides nothing here.
    found.sort_by_key(|each| std::cmp::Reverse(score(each)));
    let Some((_, best)) = found.first() else { return meaning.saying(nowhere) };
    let best = best.clone();
    if best.found.score < 100 {
        meaning = meaning.saying(Remark::StreetResembles(words));
    }
    if let Some(number) = number.filter(|_| best.number.is_none()) {
        meaning = meaning.saying(Remark::NumberUnknown(number));
    }
    // Two as likely as one another: nobody can say which was meant. That one of two resembling streets has the house decides
    // nothing, and another commune of the code, whose streets are not at hand, may have the street as well.
    let as_likely = |(_, second): &(CommuneIx, HouseFound)| {
        second.found.score == best.found.score && (best.found.score < 100 || second.found.kind == best.found.kind)
    };
    meaning.asks = unknown > 0 || found.get(1).is_some_and(as_likely);
    let towns = std::mem::take(&mut meaning.meant);
    let houses = found.into_iter().map(|(commune, found)| Meant::Address(commune, Box::new(found)));
    meaning.or_else_one_of(houses.chain(towns))
}

/// Whether words are an address: a number and a street, or a street by its kind.
pub fn is_address(address: &Address) -> bool {
    let kind = address.street.first().is_some_and(|first| street::kind(first).is_some());
    !address.street.is_empty() && (address.number.is_some() || kind && address.street.len() > 1)
}
