//! Accounts that come late, and houses whose names or positions hide that they are one.

use super::*;

#[test]
fn a_later_account_of_two_groups_unites_them_when_nothing_contradicts() {
    // The second list knows the SIRET of the third and the id of the first.
    let siret = |record: Likeness| Likeness {
        traits: super::super::record::Traits { pivot: Some("2".into()), ..record.traits },
        ..record
    };
    let id = "62b3399add51e705b18086e6";
    let first = || record(0, id, "Le Mazier, fourmilière connectée", "19 rue de la République", "", here());
    let second = || siret(record(1, "1", "Le Mazier-Bocage numérique", "19 Rue de la République", "", north(4.0)));
    let both = || siret(record(2, id, "Le Mazier", "19 rue de la République", "", None));
    let groups = group(&[first(), second(), both()]);
    assert_eq!(groups.members, [vec![0, 1, 2]]);
    assert_eq!(groups.joined.len(), 2);
    // Another telephone more than a kilometre off is another place, whoever joins both.
    let far = siret(record(1, "1", "Mairie", "19 Rue de la République", "05 55 00 00 01", north(1_200.0)));
    let near = record(0, id, "Mairie", "19 rue de la République", "05 55 00 00 02", here());
    assert_eq!(group(&[near, far, both()]).members.len(), 2);
}

#[test]
fn one_house_under_names_that_say_the_same_is_one_place() {
    for (one, other, address) in [
        ("MDS Guéret", "Maison des solidarités de Guéret", "10 rue Haute"),
        ("Campus Guéret Agglo", "Campus Guéret agglomération", "3 chemin de Nocaze"),
        ("La maison du Co-Working", "La maison du Coworking", "9 allée de la laiterie"),
        ("CCAS / Maison des permanences", "Mairie de Guéret - CCAS", "12 rue de la préfecture"),
        ("Association pour le développement local - Guéret", "Adl", "13 rue du Docteur Ollier"),
    ] {
        let first = record(0, "1", one, address, "", here());
        let second = record(1, "1", other, address, "", north(40.0));
        assert_eq!(places(&[first, second]), 1, "{one} / {other}");
    }
}

#[test]
fn one_house_with_one_telephone_is_one_place_though_its_points_lie_apart() {
    let of = |list, name: &str, metres: f64| {
        record(list, "1", name, "49 rue de la Traversée", "05 55 51 47 00", north(metres))
    };
    assert_eq!(places(&[of(0, "EFS La Poste", 0.0), of(1, "Mairie", 965.0)]), 1);
    assert_eq!(places(&[of(0, "EFS La Poste", 0.0), of(1, "Mairie", 5_300.0)]), 2);
}

#[test]
fn a_name_that_is_an_arrondissement_says_somewhere_in_town() {
    let of = |list, name: &str, metres: f64| {
        let mut venue = blank(name);
        venue.id = format!("liste{list}-1");
        venue.locality = "Paris".into();
        venue.address = Some("72 Rue du Faubourg Saint-Martin".into());
        Likeness::new(list, false, &venue, Some(CommuneIx::new(75056)), north(metres), "1")
    };
    assert_eq!(places(&[of(0, "PARIS 10", 0.0), of(1, "VILLE DE PARIS", 5.0)]), 1);
    assert_eq!(places(&[of(0, "Aires 10", 0.0), of(1, "VILLE DE PARIS", 5.0)]), 2);
}

#[test]
fn somebodys_session_goes_on_behind_the_door_of_a_house_with_a_name() {
    let house = record(0, "1", "La Quincaillerie", "22 avenue Charles de Gaulle", "05 55 41 45 13", here());
    let session =
        record(1, "1", "Permanence numérique, Guéret", "22 Av. Charles de Gaulle", "06 35 20 05 92", north(73.0));
    let groups = group(&[house, session]);
    assert_eq!(groups.members, [vec![0, 1]]);
    assert!(groups.joined[&1].door, "each keeps its telephone and its hours");
}

#[test]
fn the_one_france_services_of_a_commune_is_not_shown_at_its_old_address_too() {
    let official = |id: &str, name: &str, address: &str| Likeness {
        rows_are_places: true,
        ..record(0, id, name, address, "05 55 00 00 01", here())
    };
    let now = || official("1", "France services de Guéret", "3 place du 19 mars 1962");
    for (name, address, phone, position, one) in [
        ("Maison France Services Guéret", "Rue du jardin public", "", None, true),
        ("france service gueret", "1 place de la Mairie", "05 55 00 00 01", None, true),
        // Another telephone, another name, a bus, an antenne, or a place on the map: another one.
        ("France services Guéret", "Rue du jardin public", "05 55 00 00 02", None, false),
        ("France services Sous-Préfecture Albatros", "Rue du jardin public", "", None, false),
        ("Bus France services Guéret", "Rue du jardin public", "", None, false),
        ("France services Guéret antenne", "Rue du jardin public", "", None, false),
        ("France services Guéret", "Rue du jardin public", "", north(900.0), false),
        ("Mairie de Guéret", "Rue du jardin public", "", None, false),
    ] {
        let records = [now(), record(1, "9", name, address, phone, position)];
        assert_eq!(places(&records) == 1, one, "{name}, {address}");
    }
    let other = official("2", "France services Pays de Guéret", "9 avenue de la Gare");
    let older = record(1, "9", "France services Guéret", "Rue du jardin public", "", None);
    assert_eq!(places(&[now(), other, older]), 3, "which of two it was, nobody can tell");
}
