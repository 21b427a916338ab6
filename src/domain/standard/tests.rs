use chrono::NaiveDate;

use super::values::is_in_the_standard;
use super::*;
use crate::domain::venue::{Location, Provenance};
use crate::domain::{CommuneCode, Degrees, Position};

fn venue() -> Venue {
    let day = NaiveDate::from_ymd_opt(2024, 8, 1);
    Venue {
        commune: CommuneCode::parse("23096"),
        locality: "Guéret".into(),
        postcode: Some("23000".into()),
        address: Some("1 place".into()),
        location: Location::Published(Position::new(Degrees { lon: 0.0, lat: 49.3 }).unwrap()),
        pivot: Some("21230096700012".into()),
        typologies: vec!["MUNI".into()],
        phones: ["3939", "+33555514700;ext=12", "+33555514701"].into_iter().filter_map(Phone::parse).collect(),
        hours: Hours::Text("voir l’affiche".into()),
        other_labels: vec!["a|b".into(), "c".into()],
        provenance: vec![Provenance {
            source: "fs-2024".into(),
            record: "1".into(),
            line: 2,
            name: "MAIRIE".into(),
            seen: day,
            updated: None,
            fields: Vec::new(),
        }],
        ..Venue::new("fs-1".into(), "Mairie".into())
    }
}

fn value(venue: &Venue, name: &str) -> Option<String> {
    let column = STANDARD.iter().chain(&EXTENSION).find(|column| column.name == name).unwrap();
    match (column.read)(venue) {
        Cell::Unknown => None,
        Cell::Text(text) => Some(text.into_owned()),
        Cell::Degrees(degrees) => Some(degrees.to_string()),
    }
}

#[test]
fn the_columns_are_those_of_the_standard_in_its_order() {
    // schema.json, v1.0.2.
    let names = "id pivot nom commune code_postal code_insee adresse complement_adresse latitude longitude typologie \
                 telephone courriels site_web horaires presentation_resume presentation_detail source itinerance \
                 structure_parente date_maj services publics_specifiquement_adresses prise_en_charge_specifique \
                 frais_a_charge dispositif_programmes_nationaux formations_labels autres_formations_labels \
                 modalites_acces modalites_accompagnement fiche_acces_libre prise_rdv";
    assert!(STANDARD.iter().map(|column| column.name).eq(names.split_whitespace()));
    assert!(EXTENSION.iter().all(|column| column.name.starts_with("x_")));
}

#[test]
fn the_meridian_of_greenwich_is_a_place_and_a_commune_is_none() {
    let mut villers = venue();
    assert_eq!((value(&villers, "longitude"), value(&villers, "latitude")), (Some("0".into()), Some("49.3".into())));
    villers.location = Location::Commune(Position::new(Degrees { lon: 0.0, lat: 49.3 }).unwrap());
    assert_eq!((value(&villers, "longitude"), value(&villers, "latitude")), (None, None));
    assert_eq!(value(&villers, "x_precision").as_deref(), Some("commune"));
}

#[test]
fn what_the_schema_cannot_take_is_in_the_columns_beside_it() {
    let mut venue = venue();
    assert_eq!(value(&venue, "telephone").as_deref(), Some("+33555514700"));
    assert_eq!(value(&venue, "x_telephones").as_deref(), Some("3939|+33555514700;ext=12|+33555514701"));
    assert_eq!((value(&venue, "horaires"), value(&venue, "x_horaires_texte")), (None, Some("voir l’affiche".into())));
    assert_eq!(value(&venue, "autres_formations_labels").as_deref(), Some("a/b|c"));
    venue.summary = Some("mot ".repeat(100));
    let (cut, whole) = (value(&venue, "presentation_resume").unwrap(), value(&venue, "x_presentation_resume").unwrap());
    assert!(cut.chars().count() <= 280 && cut.ends_with("mot…"), "{cut}");
    assert_eq!(whole, "mot ".repeat(100));
}

#[test]
fn a_day_that_is_only_that_of_the_list_says_so() {
    let mut venue = venue();
    let dates = |venue: &Venue| (value(venue, "date_maj").unwrap(), value(venue, "x_date_maj_origine").unwrap());
    assert_eq!(dates(&venue), ("2024-08-01".into(), "liste".into()));
    venue.updated = NaiveDate::from_ymd_opt(2023, 2, 3);
    assert_eq!(dates(&venue), ("2023-02-03".into(), "lieu".into()));
}

#[test]
fn a_row_is_valid_or_says_which_column_is_not() {
    assert_eq!(faults(&venue()), []);
    let faulty = Venue { pivot: None, postcode: Some("2300".into()), address: None, provenance: Vec::new(), ..venue() };
    let columns: Vec<&str> = faults(&faulty).iter().map(|fault| fault.column).collect();
    assert_eq!(columns, ["pivot", "code_postal", "adresse", "date_maj"]);
}

#[test]
fn numbers_of_the_schema_begin_with_its_country_codes() {
    for good in ["+33555514700", "+262262201234", "+687285728", "+68940468400"] {
        assert!(is_in_the_standard(good), "{good}");
    }
    for bad in ["3939", "+3355551470012", "+32470123456", "+33 5", "0555514700"] {
        assert!(!is_in_the_standard(bad), "{bad}");
    }
}
