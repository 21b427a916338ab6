//! The cases of lists of venues that are about places and days: coordinates, communes, dates, repeats.

use super::venues::{header, row, with};

/// The file of a case; `None` for the cases that are not one file.
pub fn bytes(id: &str, number: u32) -> Option<Vec<u8>> {
    let text = |text: String| Some(text.into_bytes());
    // Cases that one field of one row makes.
    let one = |field: &'static str, value: &str| Some(with(id, &[(field, value)]));
    let point = |lat: &str, lon: &str| Some(with(id, &[("latitude", lat), ("longitude", lon)]));
    match number {
        79 => one("site_web", "https://médiathèque.fr"),
        80 => one("latitude", ""),
        81 => point("0", "0"),
        82 => point("1.8715", "46.1696"),
        83 => point("6862035.26", "652469.02"),
        84 => point("6250564.3", "261845.7"),
        85 => point("2428000", "600000"),
        86 => point("NaN", "1.87"),
        87 => point("1e400", "1.87"),
        88 => point("46,1696", "1.8715"),
        89 => point("48°51'24\"N", "2°21'07\"E"),
        90 => point("48\u{202f}856,6", "2.35"),
        91 => point("mars-48", "2.35"),
        92 => point("488566", "2.35"),
        93 => point("36.75", "3.06"),
        94 => Some(with(
            id,
            &[
                ("latitude", "48.39"),
                ("longitude", "4.49"),
                ("code_insee", "29019"),
                ("commune", "Brest"),
                ("code_postal", "29200"),
            ],
        )),
        95 => Some(with(
            id,
            &[
                ("latitude", "-20.88"),
                ("longitude", "55.45"),
                ("code_insee", "97411"),
                ("commune", "Saint-Denis"),
                ("code_postal", "97400"),
            ],
        )),
        96 => Some(with(
            id,
            &[
                ("latitude", "43.52609"),
                ("longitude", "5.41423"),
                ("code_insee", "51454"),
                ("commune", "Reims"),
                ("code_postal", "51100"),
            ],
        )),
        97 => text(
            header()
                + &(0..40)
                    .map(|i| {
                        row(
                            &format!("Lieu {i}"),
                            &[
                                ("id", &format!("i{i}")),
                                ("adresse", &format!("{i} rue")),
                                ("latitude", "46.1696"),
                                ("longitude", "1.8715"),
                            ],
                        )
                    })
                    .collect::<String>(),
        ),
        98 => text(
            header()
                + &(0..300)
                    .map(|i| row(&format!("Local {i}"), &[("id", &format!("i{i}")), ("adresse", &format!("{i} rue"))]))
                    .collect::<String>(),
        ),
        99 => point("46.17", "1.87"),
        100 => point("46.169612345678901", "1.871512345678901"),
        101 => Some(with(
            id,
            &[
                ("latitude", "48.38"),
                ("longitude", "-4.53"),
                ("code_insee", "29019"),
                ("commune", "Brest"),
                ("code_postal", "29200"),
            ],
        )),
        102 => Some(with(
            id,
            &[
                ("code_insee", "01001"),
                ("commune", "L'Abergement-Clémenciat"),
                ("code_postal", "01400"),
                ("latitude", "46.1517"),
                ("longitude", "4.9306"),
            ],
        )),
        103 => Some(with(
            id,
            &[
                ("code_insee", "1001"),
                ("commune", "L'Abergement-Clémenciat"),
                ("code_postal", "01400"),
                ("latitude", ""),
                ("longitude", ""),
            ],
        )),
        104 => Some(with(
            id,
            &[
                ("code_insee", "2A004"),
                ("commune", "Ajaccio"),
                ("code_postal", "20000"),
                ("latitude", "41.9267"),
                ("longitude", "8.7369"),
            ],
        )),
        105 => Some(with(
            id,
            &[
                ("code_insee", "2a004"),
                ("commune", "Ajaccio"),
                ("code_postal", "20000"),
                ("latitude", "41.9267"),
                ("longitude", "8.7369"),
            ],
        )),
        106 => Some(with(
            id,
            &[
                ("code_insee", "20004"),
                ("commune", "Ajaccio"),
                ("code_postal", "20000"),
                ("latitude", "41.9267"),
                ("longitude", "8.7369"),
            ],
        )),
        107 => {
            let before: String = (0..300)
                .map(|i| {
                    row(
                        &format!("Poste {i}"),
                        &[
                            ("id", &format!("i{i}")),
                            ("adresse", &format!("{i} rue")),
                            ("latitude", ""),
                            ("longitude", ""),
                        ],
                    )
                })
                .collect();
            text(
                header()
                    + &before
                    + &row(
                        "Corse",
                        &[
                            ("code_insee", "2A004"),
                            ("commune", "Ajaccio"),
                            ("code_postal", "20000"),
                            ("latitude", "41.9267"),
                            ("longitude", "8.7369"),
                        ],
                    ),
            )
        }
        108 => Some(with(
            id,
            &[
                ("code_insee", "75116"),
                ("commune", "Paris"),
                ("code_postal", "75116"),
                ("latitude", "48.8637"),
                ("longitude", "2.2769"),
            ],
        )),
        109 => Some(with(
            id,
            &[
                ("code_insee", "75056"),
                ("commune", "Paris"),
                ("code_postal", "75011"),
                ("latitude", "48.8589"),
                ("longitude", "2.38"),
            ],
        )),
        110 => Some(with(
            id,
            &[
                ("code_insee", "49069"),
                ("commune", "Orée d'Anjou"),
                ("code_postal", "49270"),
                ("latitude", ""),
                ("longitude", ""),
            ],
        )),
        111 => Some(with(
            id,
            &[
                ("code_insee", "69159"),
                ("commune", "Porte des Pierres Dorées"),
                ("code_postal", "69400"),
                ("latitude", ""),
                ("longitude", ""),
            ],
        )),
        112 => Some(with(
            id,
            &[
                ("code_insee", "15141"),
                ("commune", "Neussargues en Pinatelle"),
                ("code_postal", "15170"),
                ("latitude", ""),
                ("longitude", ""),
            ],
        )),
        113 => Some(with(
            id,
            &[("code_insee", "99999"), ("commune", ""), ("code_postal", ""), ("latitude", ""), ("longitude", "")],
        )),
        114 => Some(with(
            id,
            &[
                ("code_insee", "51100"),
                ("commune", "Reims"),
                ("code_postal", "51100"),
                ("latitude", "49.2583"),
                ("longitude", "4.0317"),
            ],
        )),
        115 => Some(with(
            id,
            &[
                ("code_insee", "51454"),
                ("commune", "Reims"),
                ("code_postal", "51722"),
                ("latitude", "49.2583"),
                ("longitude", "4.0317"),
            ],
        )),
        116 => Some(with(
            id,
            &[
                ("code_insee", "1001.0"),
                ("commune", "L'Abergement-Clémenciat"),
                ("code_postal", "01400"),
                ("latitude", ""),
                ("longitude", ""),
            ],
        )),
        117 => Some(with(
            id,
            &[
                ("code_insee", "97133"),
                ("commune", "Saint-Barthélemy"),
                ("code_postal", "97133"),
                ("latitude", "17.90"),
                ("longitude", "-62.85"),
            ],
        )),
        118 => Some(with(
            id,
            &[
                ("code_insee", "42218"),
                ("commune", "St-Étienne CEDEX 2"),
                ("code_postal", "42000"),
                ("latitude", "45.4397"),
                ("longitude", "4.3872"),
            ],
        )),
        119 => one("date_maj", "2024-02-30"),
        120 => one("date_maj", "45292"),
        121 => one("date_maj", "31/12/2023"),
        122 => one("date_maj", "01/02/2024"),
        123 => one("date_maj", "2099-01-01"),
        124 => one("date_maj", "1970-01-01"),
        125 => one("date_maj", "2023-10-29T02:30:00+02:00"),
        127 => text(header() + &row("Mairie", &[]) + &row("Bibliothèque", &[("id", "x2")])),
        128 => text(
            header()
                + &row(id, &[])
                + &row(id, &[("id", "x2"), ("latitude", "46.195"), ("adresse", "88 route de Paris")]),
        ),
        _ => None,
    }
}
