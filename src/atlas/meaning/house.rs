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
    let (mut found, mut is_known, mut number) = (Vec::new(), false, None);
    for (commune, part) in places {
        let of = &atlas.communes()[commune];
        let address = street::read(&words, &of.name);
        if !is_address(&address) || !atlas.streets().knows(of.code) {
            continue;
        }
        is_known = true;
        number = address.number;
        let asked = Asked { commune: of.code, part, postcode, address: &address };
        found.extend(atlas.streets().look(asked).into_iter().map(|found| (commune, found)));
    }
    if !is_known {
        return meaning;
    }
    meaning.remarks.retain(|remark| !matches!(remark, Remark::LeftOut(_)));
    let score =
        |(_, found): &(CommuneIx, HouseFound)| (found.found.score, found.found.kind == AddressKind::HouseNumber);
    // The order of the communes of a code is that of their size: it decides nothing here.
    found.sort_by_key(|each| std::cmp::Reverse(score(each)));
    let Some((_, best)) = found.first() else { return meaning.saying(Remark::StreetUnknown(words)) };
    let best = best.clone();
    if best.found.score < 100 {
        meaning = meaning.saying(Remark::StreetResembles(words));
    } else if let Some(number) = number.filter(|_| best.number.is_none()) {
        meaning = meaning.saying(Remark::NumberUnknown(number));
    }
    // Two as likely as one another: nobody can say which was meant.
    meaning.asks = found.get(1).is_some_and(|second| score(second) == score(&found[0]));
    let towns = std::mem::take(&mut meaning.meant);
    let houses = found.into_iter().map(|(commune, found)| Meant::Address(commune, Box::new(found)));
    meaning.or_else_one_of(houses.chain(towns))
}

/// Whether words are an address: a number and a street, or a street by its kind.
fn is_address(address: &Address) -> bool {
    let kind = address.street.first().is_some_and(|first| street::kind(first).is_some());
    !address.street.is_empty() && (address.number.is_some() || kind && address.street.len() > 1)
}
