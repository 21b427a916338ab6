//! What agrees outweighs no contradiction: another street, another telephone, a number that rings for many.

use super::*;

/// A point of two decimals, as a town is placed by.
fn roughly() -> Option<Position> {
    at(1.87, 46.17)
}

#[test]
fn one_telephone_and_one_spot_do_not_outweigh_two_streets() {
    let phone = "05 55 51 47 00";
    for (one, other) in [
        (("Médiathèque Les Lilas", "1 rue Haute"), ("Centre social Les Coteaux", "12 avenue Pasteur")),
        (("Médiathèque Aimé Césaire", "3 rue des Acacias"), ("Médiathèque Louis Aragon", "7 rue Bonaparte")),
        (("Mairie", "3 rue des Acacias"), ("Mairie annexe", "8 rue Bonaparte")),
    ] {
        for (list, place) in [(1, here()), (0, here()), (1, north(25.0)), (1, roughly())] {
            let first = record(0, "1", one.0, one.1, phone, here());
            let second = record(list, "2", other.0, other.1, phone, place);
            assert_eq!(places(&[first, second]), 2, "{one:?} / {other:?}, list {list}");
        }
    }
    // One street, or none named, and a house with a name of its own: one door, as before.
    for (address, other) in [
        ("1 rue Haute", "1 rue Haute"),
        ("1 rue Haute", ""),
        ("Maison communale", "345 route de Tiranges"),
        ("34 rue du Biais", "34 rue du Bias"),
    ] {
        let first = record(0, "1", "Médiathèque Les Lilas", address, phone, here());
        let second = record(1, "1", "Centre social Les Coteaux", other, phone, north(20.0));
        assert_eq!(places(&[first, second]), 1, "{address} / {other}");
    }
}

#[test]
fn a_point_of_two_decimals_is_no_spot() {
    let of = |list, name: &str| record(list, "1", name, "", "05 55 51 47 00", roughly());
    assert_eq!(places(&[of(0, "Médiathèque Les Lilas"), of(1, "Centre social Les Coteaux")]), 2);
    assert_eq!(places(&[of(0, "Médiathèque Les Lilas"), of(1, "Bibliothèque Les Lilas")]), 1, "one name");
}

#[test]
fn thirty_lists_of_one_town_each_in_its_street_are_many_places() {
    let records: Vec<Likeness> = (0..30)
        .flat_map(|list| {
            ["Médiathèque", "Centre social", "MJC"].map(|kind| {
                let letter = char::from(b'a' + (list % 26) as u8);
                let name = format!("{kind} {letter}{letter}lar{list}");
                record(
                    list,
                    kind,
                    &name,
                    &format!("{} rue {letter}{letter}mont{list}", list + 1),
                    "05 55 51 47 00",
                    roughly(),
                )
            })
        })
        .collect();
    assert!(places(&records) >= 30, "{}", places(&records));
}

#[test]
fn a_short_number_or_that_of_a_network_is_no_identity() {
    for (one, other, phone) in [
        ("CPAM", "Assurance maladie accueil Nord", "3646"),
        ("Agence France Travail Nord", "Agence France Travail Sud", "3949"),
        ("Agence France Travail Nord", "Agence France Travail Sud", "3631"),
    ] {
        let first = record(0, "1", one, "3 rue des Acacias", phone, here());
        let second = record(1, "1", other, "7 rue Bonaparte", phone, here());
        assert_eq!(places(&[first, second]), 2, "{one} / {other}");
        // Nor does it say that they are two.
        let silent = record(1, "1", one, "3 rue des Acacias", "05 55 51 47 00", here());
        assert_eq!(places(&[record(0, "1", one, "3 rue des Acacias", phone, here()), silent]), 1, "{one}");
    }
    let of = |list, name: &str, address: &str, place| record(list, name, name, address, "05 55 51 47 00", place);
    let mut network: Vec<Likeness> = ["rue Alpha", "rue Bêta", "rue Gamma", "rue Delta"]
        .iter()
        .enumerate()
        .map(|(i, street)| {
            of(
                0,
                &format!("Médiathèque {}", ["Aragon", "Césaire", "Colette", "Duras"][i]),
                street,
                north(700.0 * (i + 1) as f64),
            )
        })
        .collect();
    network.push(of(0, "Médiathèque Hugo", "", here()));
    network.push(of(1, "Centre social Les Coteaux", "", here()));
    assert_eq!(places(&network), 6, "its telephone is that of five houses");
    network.push(of(2, "Médiathèque Hugo", "", north(200.0)));
    assert_eq!(places(&network), 6, "with the name it still tells");
}

#[test]
fn one_siret_and_telephone_do_not_outweigh_two_streets_far_apart() {
    let of = |list, address: &str, place| {
        let mut venue = record(list, "1", "Pimms", address, "05 55 51 47 00", place);
        venue.traits.pivot = Some("10000000000000".into());
        venue
    };
    assert_eq!(places(&[of(0, "3 rue des Acacias", here()), of(1, "7 rue Bonaparte", north(800.0))]), 2);
    assert_eq!(places(&[of(0, "3 rue des Acacias", here()), of(1, "", north(800.0))]), 1);
    assert_eq!(places(&[of(0, "3 rue des Acacias", here()), of(1, "5 rue des Acacias", north(800.0))]), 1);
}

#[test]
fn one_name_in_a_commune_does_not_outweigh_another_telephone_nor_its_own_list_nor_a_town() {
    let (one, other) = ("01 42 51 47 00", "01 42 52 00 01");
    let of = |list, id: &str, name: &str, address: &str, phone: &str| record(list, id, name, address, phone, None);
    assert_eq!(places(&[of(0, "1", "Médiathèque", "", one), of(1, "2", "Médiathèque", "", other)]), 2);
    assert_eq!(places(&[of(0, "1", "Médiathèque", "5 rue Pasteur", one), of(1, "2", "Médiathèque", "", other)]), 2);
    assert_eq!(places(&[of(0, "1", "Médiathèque", "5 rue Pasteur", one), of(1, "2", "Médiathèque", "", one)]), 1);
    assert_eq!(places(&[of(0, "1", "Médiathèque", "5 rue Pasteur", one), of(1, "2", "Médiathèque", "", "")]), 1);
    // Rows of one list with ids of their own.
    assert_eq!(places(&[of(0, "1", "La Poste", "", ""), of(0, "2", "La Poste", "", "")]), 2);
    assert_eq!(places(&[of(0, "1", "La Poste", "", one), of(0, "2", "La Poste", "", one)]), 1);
    // In a town there are many.
    let in_town = |mut records: Vec<Likeness>| {
        records.iter_mut().for_each(|record| record.town = true);
        places(&records)
    };
    assert_eq!(in_town(vec![of(0, "1", "Médiathèque", "", ""), of(1, "2", "Médiathèque", "", "")]), 2);
    assert_eq!(in_town(vec![of(0, "1", "Médiathèque Aragon", "", ""), of(1, "2", "Médiathèque Aragon", "", "")]), 1);
    let mut paris = blank("Médiathèque");
    paris.commune = crate::domain::CommuneCode::parse("75056");
    assert!(Likeness::new(0, false, &paris, Some(CommuneIx::new(1)), None, "1").town);
}

#[test]
fn one_house_number_in_two_streets_is_two_houses() {
    for (one, other) in [
        (("Permanence numérique, Guéret", "5 rue Pasteur"), ("Médiathèque Les Lilas", "5 avenue Gambetta")),
        (("CCAS de Guéret", "12 rue Pasteur"), ("CCAS - Accueil Handicap", "12 avenue Gambetta")),
        (("MJC", "5 rue Pasteur"), ("Maison des jeunes citoyens", "5 avenue Gambetta")),
        (("Guéret", "5 rue Pasteur"), ("Médiathèque Les Lilas", "5 avenue Gambetta")),
    ] {
        for place in [None, north(50.0), north(140.0)] {
            let first = record(0, "1", one.0, one.1, "", place.and(here()));
            let second = record(1, "1", other.0, other.1, "", place);
            assert_eq!(places(&[first, second]), 2, "{one:?} / {other:?}");
            // In one street it is one house, also where one of the two took the avenue for a street.
            let first = record(0, "1", one.0, "5 rue du Général Lacharrière", "", place.and(here()));
            let second = record(1, "1", other.0, "5, avenue du Général-Lacharrière", "", place);
            let expected = if one.0 == "Guéret" && place != north(50.0) { 2 } else { 1 };
            assert_eq!(places(&[first, second]), expected, "{one:?} / {other:?} in one street");
        }
    }
}

#[test]
fn the_report_says_which_side_has_no_coordinates() {
    let reason = |place| {
        let records = [
            record(0, "1", "Médiathèque", "5 rue Pasteur", "", place),
            record(1, "1", "Médiathèque", "5 rue Pasteur", "", None),
        ];
        group(&records).joined[&1].reason.clone()
    };
    assert!(reason(here()).contains("no coordinates on one side"), "{}", reason(here()));
    assert!(reason(None).contains("no coordinates on either side"), "{}", reason(None));
}
