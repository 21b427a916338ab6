//! An address beside a town that no street of the edition places: what to ask of a geocoder, and what its answers are worth.

use crate::atlas::Atlas;
use crate::atlas::places::arrondissements;
use crate::atlas::streets::HouseFound;
use crate::domain::street;
use crate::domain::{AddressFound, AddressKind, CommuneCode, CommuneIx};
use crate::ports::{AddressAsked, AddressTold};

use super::house::is_address;
use super::{Meaning, Meant, Remark};

/// Answers that are less sure are about something else.
const LEAST: u8 = 50;
/// Answers that are less sure are offered, and not answered with.
const SURE: u8 = 70;
/// Another answer so near in score may be meant as well.
const AS_LIKELY: u8 = 3;
/// Two answers nearer than this are one place.
const SAME_PLACE_M: f64 = 400.0;

/// What a geocoder would have to be asked; `None` when the text is no address, or the edition knows where it is.
#[must_use]
pub fn unplaced(atlas: &Atlas, meaning: &Meaning) -> Option<AddressAsked> {
    let words = meaning.remarks.iter().find_map(left)?;
    if !is_address(&street::read(words, "")) {
        return None;
    }
    let town = |commune: CommuneIx| &atlas.communes()[commune];
    match meaning.meant.first().filter(|_| !meaning.asks)? {
        Meant::Commune(commune) => {
            let of = town(*commune);
            // The geocoder files the streets of Paris, Lyon and Marseille under their arrondissements.
            let parted =
                arrondissements::ARRONDISSEMENTS.iter().any(|part| arrondissements::town_code(part) == of.code);
            Some(AddressAsked {
                text: format!("{words} {}", of.name),
                code: (!parted).then_some(of.code),
                postcode: None,
            })
        }
        Meant::Arrondissement(of) => Some(AddressAsked {
            text: format!("{words} {} {}", of.postcode(), of.town),
            code: CommuneCode::parse(of.code),
            postcode: None,
        }),
        Meant::Postcode(code, communes) => {
            let name = if let [only] = communes.as_slice() { town(*only).name.as_str() } else { "" };
            let text = format!("{words} {code} {name}").trim_end().to_owned();
            Some(AddressAsked { text, code: None, postcode: Some(code.clone()) })
        }
        Meant::Territory(..) | Meant::Venue(_) | Meant::Address(..) => None,
    }
}

/// The words that were not placed.
fn left(remark: &Remark) -> Option<&String> {
    match remark {
        Remark::LeftOut(words) | Remark::StreetsMissing(words) | Remark::StreetUnknown(words) => Some(words),
        _ => None,
    }
}

/// The reading with what a geocoder told of its address: the house or the street first, and said to be found elsewhere; the same as
/// before when it told nothing of that town that is sure enough.
#[must_use]
pub fn placed_elsewhere(atlas: &Atlas, mut meaning: Meaning, told: Vec<AddressTold>) -> Meaning {
    let Some(words) = meaning.remarks.iter().find_map(left).cloned() else { return meaning };
    let towns: Vec<CommuneIx> = match meaning.meant.first() {
        Some(Meant::Commune(commune)) => vec![*commune],
        Some(Meant::Arrondissement(of)) => atlas.places().by_code(arrondissements::town_code(of)).into_iter().collect(),
        Some(Meant::Postcode(_, communes)) => communes.clone(),
        _ => return meaning,
    };
    let part = if let Some(Meant::Arrondissement(of)) = meaning.meant.first() { Some(of.code) } else { None };
    let of_the_town = |told: AddressTold| {
        let commune = atlas.places().by_code(told.code).filter(|commune| towns.contains(commune))?;
        let fits = told.score >= LEAST && part.is_none_or(|part| told.code.as_str() == part);
        fits.then_some((commune, told))
    };
    let mut found: Vec<(CommuneIx, AddressTold)> = told.into_iter().filter_map(of_the_town).collect();
    found.sort_by_key(|(_, told)| std::cmp::Reverse(told.score));
    let Some((_, best)) = found.first() else { return meaning };
    let best = best.clone();
    let as_likely = |(_, other): &&(CommuneIx, AddressTold)| {
        best.score.saturating_sub(other.score) <= AS_LIKELY
            && best.position.geodesic_to(other.position).value() > SAME_PLACE_M
    };
    meaning.asks = best.score < SURE || found[1..].iter().any(|other| as_likely(&other));
    let number = street::read(&words, "").number.filter(|_| best.kind == AddressKind::Street);
    meaning.remarks.retain(|remark| left(remark).is_none());
    meaning = meaning.saying(Remark::FoundElsewhere(words));
    if let Some(number) = number {
        meaning = meaning.saying(Remark::NumberUnknown(number.to_string()));
    }
    let towns = std::mem::take(&mut meaning.meant);
    let houses = found.into_iter().map(|(commune, told)| {
        let found = AddressFound { kind: told.kind, score: told.score };
        let AddressTold { street, number, postcode, position, .. } = told;
        Meant::Address(commune, Box::new(HouseFound { street, number, postcode, position, found }))
    });
    meaning.or_else_one_of(houses.chain(towns))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Leaves;
    use crate::atlas::meaning::read;
    use crate::domain::{Commune, Degrees, Persons, Position};

    fn atlas() -> Atlas {
        let commune = |code: &str, name: &str, postcode: &str| Commune {
            code: CommuneCode::parse(code).unwrap(),
            name: name.into(),
            departement: code[..2].into(),
            region: "75".into(),
            epci: None,
            postcodes: vec![postcode.into()],
            population: Some(Persons(20_000)),
            area_km2: None,
            point: None,
        };
        let communes = vec![commune("23096", "Guéret", "23000"), commune("24521", "Sarliac-sur-l'Isle", "24420")];
        Atlas::bind(Leaves { communes, ..Leaves::default() })
    }

    fn told(code: &str, score: u8, lon: f64) -> AddressTold {
        AddressTold {
            code: CommuneCode::parse(code).unwrap(),
            postcode: Some(23_000),
            street: "Rue de Braconne".into(),
            number: Some("3".into()),
            position: Position::new(Degrees { lon, lat: 46.17 }).unwrap(),
            kind: AddressKind::HouseNumber,
            score,
        }
    }

    #[test]
    fn only_an_address_beside_a_town_is_asked() {
        let atlas = atlas();
        let asked = |text: &str| unplaced(&atlas, &read(&atlas, text)).map(|asked| asked.text);
        assert_eq!(asked("3 rue de Braconne, Guéret").as_deref(), Some("3 rue de Braconne Guéret"));
        assert_eq!(asked("3 rue de Braconne 23000").as_deref(), Some("3 rue de Braconne 23000 Guéret"));
        for text in
            ["Guéret", "23000", "mairie de Guéret", "3 rue de Braconne", "zorglub", "Guéret 23", "2.35,48.85", ""]
        {
            assert_eq!(asked(text), None, "{text}");
        }
    }

    #[test]
    fn answers_are_judged_by_town_score_and_place() {
        let atlas = atlas();
        let meaning = || read(&atlas, "3 rue de Braconne, Guéret");
        let placed = |told: Vec<AddressTold>| placed_elsewhere(&atlas, meaning(), told);
        for nothing in [vec![], vec![told("24521", 99, 1.87)], vec![told("23096", 49, 1.87)]] {
            assert_eq!(placed(nothing), meaning());
        }
        let sure = placed(vec![told("23096", 60, 1.8), told("23096", 97, 1.87)]);
        assert!(
            !sure.asks && matches!(&sure.meant[0], Meant::Address(_, found) if found.found.score == 97),
            "{sure:?}"
        );
        assert!(
            sure.meant.contains(&meaning().meant[0])
                && sure.remarks == [Remark::FoundElsewhere("3 rue de Braconne".into())]
        );
        // Unsure, or two as likely in two places: the visitor chooses.
        assert!(placed(vec![told("23096", 60, 1.87)]).asks);
        assert!(placed(vec![told("23096", 97, 1.87), told("23096", 96, 1.9)]).asks);
        assert!(!placed(vec![told("23096", 97, 1.87), told("23096", 96, 1.8701)]).asks);
        let street = AddressTold { kind: AddressKind::Street, number: None, ..told("23096", 90, 1.87) };
        assert!(placed(vec![street]).remarks.contains(&Remark::NumberUnknown("3".into())));
    }
}
