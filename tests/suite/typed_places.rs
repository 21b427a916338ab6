//! What people type for a place: hundreds of texts whose right answer was judged by hand, none of it by what the code gives.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use mediane::atlas::Atlas;
use mediane::atlas::meaning::{self, Meant, Remark};
use mediane::domain::{CommuneIx, Level};
use mediane::ingest::edition::open;
use mediane::ingest::{BuildOptions, build};

use crate::real_edition::france;

/// Readings that stand on the first line beside the answer.
const ON_THE_FIRST_LINE: usize = 7;

struct Typed {
    kind: String,
    text: String,
    expected: String,
}

fn typed() -> Vec<Typed> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/typed_places.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let row = |row: Result<(String, String, String), csv::Error>| {
        let (kind, text, expected) = row.unwrap();
        Typed { kind, text, expected }
    };
    reader.deserialize().map(row).collect()
}

/// The territories alone; an edition needs one venue.
fn territories() -> (tempfile::TempDir, Arc<Atlas>) {
    let (out, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::create_dir(cache.path().join("demonstration")).unwrap();
    let list = "id,nom,commune,code_postal,code_insee,adresse,latitude,longitude\n\
        d1,Case du fort,Saint-Denis,97400,97411,1 rue de Paris,-20.88,55.45\n";
    std::fs::write(cache.path().join("demonstration/venues.csv"), list).unwrap();
    let options = BuildOptions {
        undivided: true,
        as_of: None,
        roads: None,
        data: &Path::new(env!("CARGO_MANIFEST_DIR")).join("data"),
        cache: cache.path(),
        out: out.path(),
        today: NaiveDate::from_ymd_opt(2024, 9, 1).unwrap(),
        force: None,
        keep: 12,
        stop: &AtomicBool::new(false),
    };
    build(&options, &|_, _, _| {}).unwrap();
    let atlas = Arc::new(open(out.path()).unwrap());
    (out, atlas)
}

/// Whether a reading is what was expected: a commune, an arrondissement, a postal code of the commune, a territory, a venue
/// of the commune.
fn is(atlas: &Atlas, meant: &Meant, typed: &Typed) -> bool {
    let code = |ordinal: CommuneIx| atlas.communes()[ordinal].code.to_string();
    match (typed.kind.as_str(), meant) {
        ("departement", Meant::Territory(level, ordinal)) => {
            // Overseas, a département and a région are the same communes.
            let territory = &atlas.territories(*level)[*ordinal as usize];
            let same = atlas.territory(Level::Departement, &typed.expected).unwrap();
            territory.communes == same.communes
        }
        ("region", Meant::Territory(Level::Region, ordinal)) => {
            atlas.territories(Level::Region)[*ordinal as usize].code == typed.expected
        }
        ("epci", Meant::Territory(Level::Epci, ordinal)) => {
            atlas.territories(Level::Epci)[*ordinal as usize].code == typed.expected
        }
        ("departement" | "region", Meant::Commune(ordinal)) => typed.expected == "75" && code(*ordinal) == "75056",
        (_, Meant::Commune(ordinal)) => code(*ordinal) == typed.expected,
        (_, Meant::Arrondissement(arrondissement)) => arrondissement.code == typed.expected,
        (_, Meant::Postcode(_, communes)) => matches!(communes.as_slice(), [only] if code(*only) == typed.expected),
        ("venue", Meant::Venue(ordinal)) => {
            atlas.venue_commune(*ordinal).is_some_and(|commune| code(commune) == typed.expected)
        }
        _ => false,
    }
}

fn judge(atlas: &Atlas, kinds: impl Fn(&str) -> bool) {
    let (mut all, mut first, mut offered, mut faults, mut silent) = (0, 0, 0, Vec::new(), Vec::new());
    let mut times: Vec<Duration> = Vec::new();
    for each in typed().iter().filter(|each| kinds(&each.kind)) {
        let start = Instant::now();
        let meaning = meaning::read(atlas, &each.text);
        times.push(start.elapsed());
        all += 1;
        let rank = meaning.meant.iter().position(|meant| is(atlas, meant, each));
        let said = meaning.asks || meaning.meant.is_empty();
        match rank {
            Some(0) if !meaning.asks => first += 1,
            Some(rank) if rank < ON_THE_FIRST_LINE || meaning.asks => offered += 1,
            _ => {
                let words: Vec<String> = meaning.meant.iter().take(4).map(|meant| atlas.in_words(meant)).collect();
                let told = meaning.remarks.iter().any(|remark| !matches!(remark, Remark::LeftOut(_)));
                let fault =
                    format!("{} «{}»: {words:?} {:?}, not {}", each.kind, each.text, meaning.remarks, each.expected);
                if !said && !told && meaning.meant.len() < 2 {
                    silent.push(fault.clone());
                }
                faults.push(fault);
            }
        }
    }
    times.sort();
    let (median, slowest) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!(
        "{all} texts: {first} right first, {offered} offered, {} missed; p50 {median:?}, p99 {slowest:?}",
        faults.len()
    );
    assert!(silent.is_empty(), "silently wrong:\n{}", silent.join("\n"));
    assert!(faults.len() * 50 <= all, "{} of {all} neither first nor offered:\n{}", faults.len(), faults.join("\n"));
    println!("{}", faults.join("\n"));
}

#[test]
fn what_people_type_is_understood_or_offered_and_never_silently_wrong() {
    let (_folder, atlas) = territories();
    judge(&atlas, |kind| kind != "venue");
}

#[test]
fn with_venues_the_same_and_their_names_too() {
    let Some(france) = france() else { return };
    judge(&france.atlas, |_| true);
}

#[test]
fn every_reading_in_words_reads_back_to_itself() {
    let (_folder, atlas) = territories();
    let mut strangers = Vec::new();
    for ordinal in atlas.communes().keys().step_by(97) {
        let meant = Meant::Commune(ordinal);
        let read = meaning::read(&atlas, &atlas.in_words(&meant));
        if !read.meant.contains(&meant) {
            strangers.push(atlas.in_words(&meant));
        }
    }
    for level in [Level::Departement, Level::Region] {
        for (ordinal, territory) in atlas.territories(level).iter().enumerate().filter(|(_, t)| t.communes.len() > 1) {
            let meant = Meant::Territory(level, ordinal as u32);
            let read = meaning::read(&atlas, &atlas.in_words(&meant));
            let same = |other: &Meant| matches!(other, Meant::Territory(l, o) if atlas.territories(*l)[*o as usize].communes == territory.communes);
            if !read.meant.first().is_some_and(same) {
                strangers.push(atlas.in_words(&meant));
            }
        }
    }
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn a_number_decides_between_places_of_one_name_and_says_where_a_street_is() {
    let (_out, atlas) = territories();
    let read = |kind: &str, text: &str, expected: &str| {
        let meaning = meaning::read(&atlas, text);
        let typed = Typed { kind: kind.into(), text: text.into(), expected: expected.into() };
        let rank = meaning.meant.iter().position(|meant| is(&atlas, meant, &typed));
        (rank, meaning.asks)
    };
    for (kind, text, expected) in [
        ("departement", "Creuse 23", "23"),
        ("address", "Mayenne 53", "53147"),
        ("address", "Paris 75", "75056"),
        ("address", "12 rue des lilas 93140", "93010"),
        ("address", "rue de Paris 93140", "93010"),
        ("address", "12 rue de Lyon 75012", "75112"),
    ] {
        assert_eq!(read(kind, text, expected), (Some(0), false), "{text}");
    }
    // 44041 is a village and a code of the post for Nantes; a town after the code is a town.
    for (text, expected) in [("12 rue de Nantes 44041", "44041"), ("12 rue Victor Hugo 93140 Paris", "75056")] {
        let (rank, asks) = read("address", text, expected);
        assert!(rank == Some(0) && !asks || rank.is_some() && asks, "{text}: {rank:?}, asks: {asks}");
    }
}

#[test]
fn a_place_in_a_town_that_nobody_told_us_of_is_asked_about_and_no_village() {
    let (_out, atlas) = territories();
    for text in ["hôpital Saint Jacques", "clinique du Parc", "lycée Jean Moulin", "Gare Saint-Denis", "tour Eiffel"]
    {
        let meaning = meaning::read(&atlas, text);
        assert!(meaning.asks && meaning.remarks == [Remark::UnknownPlace(text.into())], "{text}: {meaning:?}");
    }
    // Nobody is told that a hospital is a part of a commune of today.
    for text in ["quai de la Rapée", "place de la République", "pont de l'Alma", "Croix de Berny"] {
        let meaning = meaning::read(&atlas, text);
        assert!(meaning.asks || meaning.meant.is_empty(), "{text}: {meaning:?}");
    }
    // A valley may be an intercommunalité: it is, and it is said that the name only resembles.
    let valley = meaning::read(&atlas, "Vallée de l'Ubaye");
    assert!(matches!(valley.meant[..], [Meant::Territory(Level::Epci, _)]), "{valley:?}");
    assert_eq!((valley.asks, &valley.remarks[..]), (false, &[Remark::Resembles][..]));
}

#[test]
fn a_code_beside_its_departement_or_its_quarter_contradicts_nothing() {
    let (_out, atlas) = territories();
    for text in ["87000 Haute Vienne", "23000 Creuse", "75016 Passy", "13007 Endoume", "31000 Occitanie"] {
        let meaning = meaning::read(&atlas, text);
        assert!(!meaning.asks && meaning.remarks.is_empty(), "{text}: {meaning:?}");
    }
    assert!(meaning::read(&atlas, "23000 Lyon").remarks.contains(&Remark::OtherCode("23000".into())));
}

#[test]
fn the_right_town_stands_first_where_another_word_names_a_commune() {
    let (_out, atlas) = territories();
    for (text, expected) in [
        ("Villejuif Louis Aragon", "94076"),
        ("Avignon Monclar", "84007"),
        ("Toulouse Saint-Martin", "31555"),
        ("Perpignan Saint-Jacques", "66136"),
        ("Saint-Denis Paris", "93066"),
        ("Saint-Martin Toulouse", "31555"),
        ("Nantes, Loire-Atlantique, Pays de la Loire", "44109"),
    ] {
        let meaning = meaning::read(&atlas, text);
        let typed = Typed { kind: "everyday".into(), text: text.into(), expected: expected.into() };
        assert!(!meaning.asks && is(&atlas, &meaning.meant[0], &typed), "{text}: {meaning:?}");
        assert!(!meaning.remarks.iter().any(|remark| matches!(remark, Remark::OldName(_))), "{text}");
    }
}

#[test]
fn an_island_is_suggested_with_its_town_and_reads_back_to_both() {
    let (_out, atlas) = territories();
    for (text, suggested, code) in [
        ("Porquerolles", "Porquerolles, Hyères", "83069"),
        ("le Frioul", "", ""),
        ("Tatihou", "Tatihou, Saint-Vaast-la-Hougue", "50562"),
    ] {
        let meaning = meaning::read(&atlas, text);
        let first = &meaning.meant[0];
        let words = meaning::island_of(&atlas, text, first);
        if let Meant::Commune(commune) = first {
            assert_eq!((words.as_deref(), atlas.communes()[*commune].code.as_str()), (Some(suggested), code));
            let again = meaning::read(&atlas, suggested);
            assert_eq!((again.meant.first(), again.asks), (Some(first), false), "{suggested}: {again:?}");
            assert!(again.remarks.contains(&Remark::Island), "{suggested}: {again:?}");
        } else {
            assert_eq!(words, None, "{text} is in an arrondissement");
        }
    }
    let hyeres = &meaning::read(&atlas, "Hyères").meant[0];
    assert_eq!(meaning::island_of(&atlas, "Hyères", hyeres), None);
}

#[test]
fn a_village_that_sounds_like_a_town_offers_it_and_a_commune_of_an_everyday_name_leads() {
    let (_out, atlas) = territories();
    let codes = |text: &str| {
        let meaning = meaning::read(&atlas, text);
        let codes: Vec<String> = meaning
            .meant
            .iter()
            .map(|meant| match meant {
                Meant::Commune(commune) => atlas.communes()[*commune].code.to_string(),
                Meant::Arrondissement(of) => of.code.to_owned(),
                _ => String::new(),
            })
            .collect();
        (codes, meaning.asks)
    };
    // Provin is in the Nord, Fougeré a part of Baugé-en-Anjou.
    for (text, leads, offered) in [("Provin", "59477", "77379"), ("Fougeré", "49018", "35115")] {
        let (codes, asks) = codes(text);
        assert!(!asks && codes[0] == leads && codes.iter().any(|code| code == offered), "{text}: {codes:?}");
    }
    let (belleville, asks) = codes("Les Belleville");
    assert!(!asks && belleville[0] == "73257" && belleville.contains(&"75120".to_owned()), "{belleville:?}");
    assert!(codes("Belleville").1, "it is a quarter and several communes");
    // The codes of an everyday name are those of the INSEE: 13004 is Arles, and a postal code of Marseille.
    assert_eq!(codes("Camargue").0, ["13004", "13096"]);
}

#[test]
fn what_for_without_where_is_no_village() {
    let (_out, atlas) = territories();
    for text in ["caf", "aide", "chez moi", "près de chez moi", "la gare", "CPAM", "wifi"] {
        let meaning = meaning::read(&atlas, text);
        assert!(meaning.asks && meaning.meant.is_empty(), "{text}: {meaning:?}");
        assert_eq!(meaning.remarks, [Remark::UnknownPlace(text.into())]);
    }
}
