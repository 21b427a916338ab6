//! Rows of a list that are none of its items are put aside, and no place is lost for a word in its name.

use super::super::items;
use super::{ReadOptions, read_table};
use crate::ingest::report::{Code, SourceReport};

const HEADER: &str = "id,nom,code_insee,commune,code_postal,adresse,latitude,longitude";

/// Lines that stay, and line with code of those put aside.
fn parted(header: &str, rows: &str) -> (Vec<u32>, Vec<(u32, Code)>) {
    let mut report = SourceReport::new("essai", "l.csv");
    let text = format!("{header}\n{rows}");
    let table = read_table(text.as_bytes(), &ReadOptions::csv("l.csv"), &mut report).unwrap();
    let table = items(table, "l.csv", &mut report).unwrap();
    let kept = table.rows().map(super::super::frame::Row::line).collect();
    (0..table.len()).for_each(|_| report.publish());
    report.check().unwrap();
    (kept, report.entries.iter().filter_map(|entry| Some((entry.line?, entry.code))).collect())
}

#[test]
fn rows_that_are_no_place_are_put_aside_with_their_code() {
    for (row, code) in [
        ("TOTAL GÉNÉRAL,5,,,,,,", Code::TotalRow),
        ("9,Total,23096,Guéret,23000,,,", Code::TotalRow),
        ("essai-9,TOTAL GENERAL,,Guéret,,,46.17,1.87", Code::TotalRow),
        ("9,Sous-total,,Guéret,,,,", Code::TotalRow),
        (",Total : 57,,,,,,", Code::TotalRow),
        (",,,Total,12,,,", Code::TotalRow),
        ("9,Source : INSEE,,Guéret,,,,", Code::TemplateRow),
        ("\"Sources : INSEE, recensement de la population 2020, exploitation principale\",,,,,,,", Code::TemplateRow),
        ("9,NB : liste à jour,,Guéret,,,,", Code::TemplateRow),
        ("9,Exemple,,Guéret,,,,", Code::TemplateRow),
        ("Exemple de saisie,,,,,,,", Code::TemplateRow),
        ("__ignore__,Mairie,23096,Guéret,23000,1 rue Haute,,", Code::TemplateRow),
        ("(identifiant),(texte),(texte),(texte),(texte),(texte),(nombre),(nombre)", Code::TemplateRow),
        ("texte,texte,texte,texte,texte,texte,nombre,nombre", Code::TemplateRow),
        ("id,Nom,Code_INSEE,commune,code_postal,adresse,latitude,longitude", Code::TemplateRow),
    ] {
        let (kept, aside) = parted(HEADER, &format!("1,Mairie,23096,Guéret,23000,1 rue Haute,46.17,1.87\n{row}\n"));
        assert_eq!((kept, aside), (vec![2], vec![(3, code)]), "{row}");
    }
}

#[test]
fn a_place_whose_name_holds_the_word_stays() {
    for row in [
        "9,Total Énergies,,Guéret,,,,",
        "9,Total,23096,Guéret,23000,12 rue Haute,,",
        "9,La Source,,Guéret,,,,",
        "9,Source Vive,,Guéret,,,,",
        "9,Médiathèque : la Source,,Guéret,,,,",
        "9,L'Exemple à suivre,,Guéret,,,,",
        "9,Exemple,23096,Guéret,23000,12 rue Haute,,",
        "9,(Re)Sources,,Guéret,,,,",
        "9,Note Bleue,,Guéret,,,,",
        "9,Le Sous-total du bonheur,,Guéret,,,,",
        "9,Liste,,Guéret,,1 rue du Total,,",
        "9,Nom de Zeus,,Guéret,,,,",
        "date,Mairie,,Guéret,,,,",
    ] {
        assert_eq!(parted(HEADER, &format!("{row}\n")), (vec![2], vec![]), "{row}");
    }
    // A list of one column of texts, and one without addresses.
    assert_eq!(parted("nom,id", "Total Energies,7\nTotal,\n"), (vec![2], vec![(3, Code::TotalRow)]));
}
