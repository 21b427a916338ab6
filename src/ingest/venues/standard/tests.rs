//! Rows of v0 and v1, typed.

use super::*;

fn typed(fields: &[(&'static str, &str)]) -> (Venue, SourceReport) {
    let mut raw = RawVenue::new(7);
    for (field, value) in fields {
        raw.set(field, value);
    }
    let mut report = SourceReport::new("test", "test.csv");
    let today = NaiveDate::from_ymd_opt(2024, 9, 1).unwrap();
    let draft = draft(raw, "1".into(), today, &mut report);
    (draft.venue, report)
}

#[test]
fn v0_and_v1_rows_of_one_venue_read_the_same() {
    let (v0, _) = typed(&[
        (
            "services",
            "Prendre en main un ordinateur;Utiliser le numérique au quotidien;Approfondir ma culture numérique",
        ),
        ("conditions_acces", "Gratuit : Je peux accéder gratuitement au lieu et à ses services"),
        ("labels_nationaux", "CNFS;France Services"),
        ("publics_accueillis", "Jeunes (16-26 ans);Surdité;Adultes"),
    ]);
    let (v1, report) = typed(&[
        ("services", "Maîtrise des outils numériques du quotidien|Compréhension du monde numérique"),
        ("frais_a_charge", "Gratuit"),
        ("dispositif_programmes_nationaux", "Conseillers numériques|France Services"),
        ("publics_specifiquement_adresses", "Jeunes"),
        ("prise_en_charge_specifique", "Surdité"),
    ]);
    assert_eq!(v0, v1);
    assert!(report.entries.is_empty(), "{:?}", report.entries);
}

#[test]
fn the_pass_numerique_of_v0_is_kept() {
    let (venue, _) = typed(&[("conditions_acces", "Accepte le Pass numérique : Il est possible d'utiliser")]);
    assert_eq!((venue.pass_numerique, venue.fees.len()), (Some(true), 0));
    let (venue, _) = typed(&[("labels_autres", "APTIC")]);
    assert_eq!(venue.pass_numerique, Some(true));
    let (venue, _) = typed(&[("nom", "x")]);
    assert_eq!(venue.pass_numerique, None, "nobody said");
}

#[test]
fn an_unlisted_value_is_reported_with_its_line() {
    let (venue, report) = typed(&[("services", "Faire du café")]);
    assert!(venue.services.is_empty());
    let entry = &report.entries[0];
    assert_eq!((entry.line, entry.code, entry.value.as_deref()), (Some(7), Code::UnlistedValue, Some("Faire du café")));
}

#[test]
fn hours_that_no_rule_reads_are_kept_as_text() {
    assert_eq!(typed(&[("horaires", "voir l'affiche")]).0.hours, Hours::Text("voir l'affiche".into()));
    assert_eq!(typed(&[("horaires", "lundi 9h-12h")]).0.hours, Hours::Osm("Mo 09:00-12:00".into()));
    assert_eq!(typed(&[]).0.hours, Hours::Unknown);
}

#[test]
fn a_programme_among_the_free_labels_is_one() {
    let (venue, _) = typed(&[("autres_formations_labels", "Certificateur Pix|France Services|Case numérique")]);
    assert_eq!(venue.programmes, [Programme::FranceServices]);
    assert_eq!(venue.other_labels, ["Certificateur Pix", "Case numérique"]);
    let (venue, _) = typed(&[("frais_a_charge", "Payant, pass numérique")]);
    assert_eq!((venue.fees, venue.pass_numerique), (vec![Fee::Paid], Some(true)));
}
