//! An address in the one field, offline, on the real addresses of Bondy.

use std::path::Path;
use std::time::{Duration, Instant};

use mediane::atlas::Atlas;
use mediane::atlas::meaning::{self, Meant, Remark};
use mediane::domain::AddressKind;

use super::workshop::Workshop;

/// An edition with the addresses of Bondy; `None`, said aloud, without them.
fn bondy() -> Option<Atlas> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("MEDIANE_DATA").map_or(beside, Into::into);
    let Ok(addresses) = std::fs::read(data.join("addresses/ban-bondy-93010.csv")) else {
        eprintln!("SKIPPED: no addresses of Bondy beside the project (set MEDIANE_DATA)");
        return None;
    };
    let workshop = Workshop::of_france().list();
    workshop.file("addresses/ban-bondy-93010.csv", addresses);
    workshop.build();
    Some(workshop.atlas())
}

/// What is expected of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    /// This house, and nothing has to be said.
    House(&'static str),
    /// This house, and it is said that the street is not called exactly so.
    Resembling(&'static str),
    /// This street; no number was written.
    Street(&'static str),
    /// This street, and it is said that no house of it has this number.
    NoNumber(&'static str),
    /// The town: the street is not known there, and that is said.
    Unknown,
    /// Several streets are as likely: the visitor chooses among them.
    Choice(usize),
}

use Is::{Choice, House, NoNumber, Resembling, Street, Unknown};

/// As people write them.
const TYPED: [(&str, Is); 57] = [
    ("20 avenue de la République Bondy", House("20 Avenue de la République")),
    ("20 avenue de la République, 93140 Bondy", House("20 Avenue de la République")),
    ("20, av. de la république 93140 bondy", House("20 Avenue de la République")),
    ("20 AV DE LA REPUBLIQUE BONDY", House("20 Avenue de la République")),
    ("Bondy, 20 avenue de la République", House("20 Avenue de la République")),
    ("20 avenue de la république 93140", House("20 Avenue de la République")),
    ("13 rue de la République Bondy", Choice(3)),
    ("13 république bondy", Choice(3)),
    ("4 place de la république bondy", House("4 Place de la République")),
    ("12 bis avenue Rouget de Lisle Bondy", House("12 bis Avenue Rouget de Lisle")),
    ("12bis av Rouget de Lisle Bondy", House("12 bis Avenue Rouget de Lisle")),
    ("12 b avenue rouget de lisle bondy", House("12 bis Avenue Rouget de Lisle")),
    ("7 ter rue de Varsovie, Bondy", House("7 ter Rue de Varsovie")),
    ("7 bis r. de varsovie bondy", House("7 bis Rue de Varsovie")),
    ("50 av gallieni bondy", House("50 Avenue Galliéni")),
    ("50 avenue Galieni Bondy", Resembling("50 Avenue Galliéni")),
    ("12 rue Roger Salengro Bondy", House("12 Rue Roger Salengro")),
    ("12 rue Roger Salengreau bondy", Resembling("12 Rue Roger Salengro")),
    ("12 rue salengro bondy", Resembling("12 Rue Roger Salengro")),
    ("12 r r salengro bondy", Resembling("12 Rue Roger Salengro")),
    ("13 avenue de la République Bondy", NoNumber("Avenue de la République")),
    ("13 bis av de la republique, 93140 bondy", NoNumber("Avenue de la République")),
    ("94 bis av. de la republique, 93140 bondy", House("94 bis Avenue de la République")),
    ("20 rue Edouard Vaillant 93140 BONDY", House("20 Rue Edouard Vaillant")),
    ("20 rue édouard-vaillant bondy", House("20 Rue Edouard Vaillant")),
    ("20 rue Edouar Vaillan Bondy", Resembling("20 Rue Edouard Vaillant")),
    ("17 rue Louis Auguste Blanqui bondy", House("17 Rue Louis Auguste Blanqui")),
    ("17 rue auguste blanqui bondy", Resembling("17 Rue Louis Auguste Blanqui")),
    ("10 rue Jean Jaurès Bondy", House("10 Rue Jean Jaurés")),
    ("10 rue Jaurès Bondy", Resembling("10 Rue Jean Jaurés")),
    ("10 rue J Jaures Bondy", Resembling("10 Rue Jean Jaurés")),
    ("4 rue du 4 septembre bondy", House("4 Rue du 4 Septembre")),
    ("4 rue du 8 septembre bondy", Unknown),
    ("Square du 8 mai 1945, Bondy", Street("Square du 8 Mai 1945")),
    ("place du 11 novembre bondy", Street("Place du 11 Novembre")),
    ("72 avenue du Maréchal de Lattre de Tassigny Bondy", House("72 Av du Mal de Lattre de Tassigny")),
    ("avenue henri barbusse bondy", Street("Avenue Henri Barbusse")),
    ("9999 avenue henri barbusse bondy", NoNumber("Avenue Henri Barbusse")),
    ("10 allée des chênes bondy", House("10 Allée des Chênes")),
    ("10 allee des chaines bondy", Resembling("10 Allée des Chênes")),
    ("48 allée des mimosas 93140", House("48 Allee des Mimosas")),
    ("route d'aulnay bondy", Street("Route d’Aulnay")),
    ("20 rte d’Aulnay Bondy", House("20 Route d’Aulnay")),
    ("12 rte de villemomble, bondy", House("12 Route de Villemomble")),
    ("48 chemin de groslay bondy", House("48 Chemin de Groslay")),
    ("48 ch. de groslay bondy", House("48 Chemin de Groslay")),
    ("12 rue paul vaillant couturier bondy", House("12 Rue Paul Vaillant-Couturier")),
    ("8 rue victor hugo bondy", Resembling("8 Allée Victor Hugo")),
    ("8 allée victor hugo bondy", House("8 Allée Victor Hugo")),
    ("rue de la paix bondy", Street("Allée de la Paix")),
    ("5 rue des licornes bondy", Unknown),
    ("12 rue Karl Marx Bondy", Unknown),
    ("10 rue noemie bondy", House("10 Rue Noémie")),
    ("10 rue noémi bondy", Resembling("10 Rue Noémie")),
    ("12 rue simone de bovoir bondy", Resembling("12 Rue Simone de Beauvoir")),
    ("4 rue simone de beauvoire bondy", Resembling("4 Rue Simone de Beauvoir")),
    ("12, rue de Meaux - 93140 Bondy Cedex", House("12 Rue de Meaux")),
];

#[test]
fn addresses_of_bondy_are_found_without_a_network_as_people_write_them() {
    let Some(atlas) = bondy() else { return };
    let mut faults = Vec::new();
    let mut took: Vec<Duration> = Vec::new();
    assert!(!meaning::read(&atlas, "Bondy").meant.is_empty());
    for (typed, expected) in TYPED {
        let began = Instant::now();
        let meaning = meaning::read(&atlas, typed);
        took.push(began.elapsed());
        let words = meaning.meant.first().map(|meant| atlas.in_words(meant)).unwrap_or_default();
        let resembles = meaning.remarks.iter().any(|remark| matches!(remark, Remark::StreetResembles(_)));
        let unnumbered = meaning.remarks.iter().any(|remark| matches!(remark, Remark::NumberUnknown(_)));
        let is_house = |text: &str| words == format!("{text}, 93140 Bondy") && !meaning.asks;
        let kind = match meaning.meant.first() {
            Some(Meant::Address(_, found)) => Some(found.found.kind),
            _ => None,
        };
        let addresses = meaning.meant.iter().filter(|meant| matches!(meant, Meant::Address(..))).count();
        let right = match expected {
            House(text) => is_house(text) && !resembles && kind == Some(AddressKind::HouseNumber),
            Resembling(text) => is_house(text) && resembles && kind == Some(AddressKind::HouseNumber),
            Street(text) => is_house(text) && !unnumbered && kind == Some(AddressKind::Street),
            NoNumber(text) => is_house(text) && unnumbered && kind == Some(AddressKind::Street),
            Unknown => {
                let told = meaning.remarks.iter().any(|remark| matches!(remark, Remark::StreetUnknown(_)));
                told && matches!(meaning.meant.first(), Some(Meant::Commune(_) | Meant::Postcode(..)))
            }
            Choice(many) => meaning.asks && addresses == many,
        };
        if !right {
            faults.push(format!("{typed}: expected {expected:?}, got {words} {meaning:?}"));
        }
        // An address read back is the same.
        if let Some(Meant::Address(..)) = meaning.meant.first()
            && !meaning.asks
        {
            let again = meaning::read(&atlas, &words);
            if again.meant.first().map(|meant| atlas.in_words(meant)).as_ref() != Some(&words) || again.asks {
                faults.push(format!("{words}, read back: {again:?}"));
            }
        }
    }
    took.sort();
    eprintln!("addresses: p50 {:?}, longest {:?}", took[took.len() / 2], took[took.len() - 1]);
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), TYPED.len(), faults.join("\n"));
}

#[test]
fn every_street_of_a_town_is_found_by_its_own_name_and_every_choice_leads_to_what_it_says() {
    let Some(atlas) = bondy() else { return };
    let code = mediane::domain::CommuneCode::parse("93010").unwrap();
    let known: Vec<_> = atlas.streets().communes().iter().map(|of| (of.commune, of.streets)).collect();
    assert_eq!(known, [(code, 350)], "as many as the file has names");
    let packed = atlas.streets().of(code).unwrap();
    let mut faults = Vec::new();
    for street in packed.streets() {
        let typed = format!("{}, 93140 Bondy", street.name);
        let meaning = meaning::read(&atlas, &typed);
        let found = match meaning.meant.first() {
            Some(Meant::Address(_, found)) if !meaning.asks && found.found.score == 100 => found,
            _ => {
                faults.push(format!("{typed}: {meaning:?}"));
                continue;
            }
        };
        // « Av » and « Avenue » may stand side by side in the base: one street.
        if mediane::domain::street::words(&found.street) != mediane::domain::street::words(street.name) {
            faults.push(format!("{typed}: {meaning:?}"));
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
    for meant in meaning::read(&atlas, "13 rue de la République Bondy").meant {
        let words = atlas.in_words(&meant);
        let again = meaning::read(&atlas, &words);
        assert_eq!(again.meant.first().map(|meant| atlas.in_words(meant)), Some(words.clone()), "{words}: {again:?}");
        assert!(!again.asks, "{words}");
    }
}

#[test]
fn a_street_of_another_town_is_never_taken_and_a_town_without_streets_says_so() {
    let Some(atlas) = bondy() else { return };
    for typed in
        ["13 avenue de la République Pantin", "13 avenue Galliéni, 93250 Villemomble", "13 rue de Meaux 75019 Paris"]
    {
        let meaning = meaning::read(&atlas, typed);
        assert!(!meaning.meant.iter().any(|meant| matches!(meant, Meant::Address(..))), "{typed}: {meaning:?}");
        assert!(
            meaning.remarks.iter().any(|remark| matches!(remark, Remark::StreetsMissing(_))),
            "{typed}: {meaning:?}"
        );
    }
    // Without a town nobody guesses one.
    assert!(!meaning::read(&atlas, "13 avenue Galliéni").meant.iter().any(|meant| matches!(meant, Meant::Address(..))));
}
