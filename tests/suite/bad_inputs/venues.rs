//! The cases of lists of venues: the file of each.

use super::super::workshop::{Workshop, rows};
use super::{Became, second_build};

const COLUMNS: [&str; 17] = [
    "id",
    "pivot",
    "nom",
    "commune",
    "code_postal",
    "code_insee",
    "adresse",
    "latitude",
    "longitude",
    "telephone",
    "courriels",
    "site_web",
    "horaires",
    "presentation_resume",
    "presentation_detail",
    "services",
    "date_maj",
];

/// A row that nothing is wrong with, with some fields changed.
pub fn row(name: &str, changes: &[(&str, &str)]) -> String {
    let value = |column: &str| {
        let changed = changes.iter().find(|(field, _)| *field == column).map(|(_, value)| *value);
        changed.unwrap_or(match column {
            "id" => "x1",
            "nom" => name,
            "commune" => "Guéret",
            "code_postal" => "23000",
            "code_insee" => "23096",
            "adresse" => "1 rue de la Paix",
            "latitude" => "46.17013",
            "longitude" => "1.87215",
            "date_maj" => "2024-01-15",
            _ => "",
        })
    };
    let quoted = |text: &str| {
        if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    };
    COLUMNS.map(|column| quoted(value(column))).join(",") + "\n"
}

pub fn header() -> String {
    COLUMNS.join(",") + "\n"
}

/// Writes the file of a case and its description; `false` for the cases that are not one file.
pub fn prepare(workshop: &Workshop, id: &str) -> bool {
    let Some(bytes) = bytes(id) else { return false };
    let name = id.to_lowercase();
    let separator = if id == "VEN-013" { "separator = ','\n" } else { "" };
    workshop.source(&name, separator);
    workshop.file(&format!("{name}.csv"), bytes);
    true
}

/// The cases that need an earlier file.
pub fn against_an_earlier_file() -> Vec<(String, Became)> {
    let good = rows(40, 0.0);
    let fewer: String = good.lines().take(17).map(|line| format!("{line}\n")).collect();
    let many = rows(500, 0.0);
    let spoilt: String = many
        .lines()
        .enumerate()
        .map(|(i, line)| if i > 0 && i % 8 == 0 { "x,too,short\n".to_owned() } else { format!("{line}\n") })
        .collect();
    vec![
        ("VEN-129".into(), second_build(&good, &fewer)),
        ("VEN-130".into(), second_build(&many, &spoilt)),
        ("VEN-131".into(), second_build(&good, &rows(40, 0.009))),
    ]
}

/// A list of one good row and one changed.
pub fn with(id: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    (header() + &row(id, changes)).into_bytes()
}

fn bytes(id: &str) -> Option<Vec<u8>> {
    let text = |text: String| Some(text.into_bytes());
    let good = header() + &row(id, &[]);
    let number: u32 = id.strip_prefix("VEN-")?.parse().ok()?;
    // Cases that one field of one row makes.
    let one = |field: &'static str, value: &str| Some(with(id, &[(field, value)]));
    match number {
        1 => Some(Vec::new()),
        2 => text(header()),
        3 => text("<!DOCTYPE html><html><body>502 Bad Gateway</body></html>\n".into()),
        4 => Some(b"PK\x03\x04\x14\0\0\0\x08\0abcdefghijklmnopqrstuvwxyz".to_vec()),
        5 => {
            let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
            zip.extend([0; 16]);
            zip.extend(19_u16.to_le_bytes());
            zip.extend(0_u16.to_le_bytes());
            zip.extend(b"[Content_Types].xml");
            Some(zip)
        }
        6 => text("[{\"id\":\"1\"}]".into()),
        7 => text(format!("\u{feff}{good}")),
        8 => Some(good.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()),
        9 => {
            let mut bytes =
                (header() + &row(id, &[]) + &row("Épicerie", &[("id", "x2"), ("adresse", "2 rue Curie")])).into_bytes();
            bytes.extend(
                row("Bad", &[("id", "x3")]).replace("Bad", "\u{1}").bytes().map(|b| if b == 1 { 0xe9 } else { b }),
            );
            Some(bytes)
        }
        10 => Some([0xff, 0xfe].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
        11 => one("nom", "Ã‰picerie VEN-011"),
        12 => one("commune", "╢NDELOT"),
        13 => text(
            good.replace("46.17013,1.87215", "46:17013;1:87215")
                .replace(',', ";")
                .replace("46:17013;1:87215", "46,17013;1,87215"),
        ),
        14 => text(good.replace("46.17013", "46,17013")),
        15 => text(good.replace(',', "\t")),
        16 => text(good.replace(',', "|")),
        17 => text(good.replace('\n', "\r")),
        18 => text(good.replace('\n', "\r\n")),
        19 => text(good.replacen('\n', "\r\n", 1)),
        20 => text(good + "x2,Trop court\n"),
        21 => text(good.clone() + good.lines().nth(1).unwrap_or_default() + ",de trop\n"),
        22 => text(header() + "x1,\"a,b\n" + &row("b", &[("id", "x2")]) + &row("c", &[("id", "x3")])),
        23 => text(good.replace(&format!(",{id},"), ",\"x\"y,")),
        24 => text(
            header()
                + &row(id, &[("presentation_detail", "x\ny;z")])
                + &row("z", &[("id", "x2"), ("adresse", "9 rue Z")]),
        ),
        25 => one("nom", "a\0b"),
        26 => one("nom", "\u{1b}[31mRouge\u{7}"),
        27 => text(good + "x2,,Tronqué,Guéret,23000,23096,1 rue,4"),
        29 => text(header() + &row(id, &[("presentation_detail", &"x".repeat(2 << 20))])),
        30 => text((0..100_000).map(|i| format!("c{i},")).collect::<String>() + "fin\n1\n"),
        31 => text(good.replace("latitude", "largeur")),
        32 => text(good.lines().zip(["colonne_de_plus", "x"]).map(|(line, more)| format!("{line},{more}\n")).collect()),
        33 => text(good.replace("pivot", "nom")),
        34 => text(good.replace("id,pivot", ",pivot")),
        35 => text(good.replace("latitude", " LATITUDE ").replace("longitude", "Longitude")),
        36 => text(
            good.lines()
                .map(|l| l.splitn(3, ',').collect::<Vec<_>>())
                .map(|p| format!("{},{},{}\n", p[1], p[0], p[2]))
                .collect(),
        ),
        37 => text(format!("{}\n\n{}\n\n", header(), row(id, &[]))),
        38 => text(format!("Liste des lieux\nau 1er janvier\n{good}")),
        39 => text(good + &row("TOTAL", &[("id", ""), ("latitude", ""), ("longitude", ""), ("commune", "")])),
        40 => text(
            good + &row("Exemple : nom du lieu", &[("id", "exemple"), ("adresse", "exemple"), ("commune", "exemple")]),
        ),
        41 => one("id", ""),
        42 => text(good + &row("Autre contenu", &[])),
        43 => text(good.clone() + good.lines().nth(1).unwrap_or_default() + "\n"),
        44 => one("id", &"a".repeat(10_000)),
        45 => one("id", "../../admin"),
        46 => text(
            header()
                + &row("é", &[("id", "é")])
                + &row("é décomposé", &[("id", "e\u{301}"), ("adresse", "7 rue Sept")]),
        ),
        47 => one("pivot", "1,30012E+13"),
        48 => one("pivot", "43493312300020"),
        49 => one("pivot", "35600000049837"),
        50 => one("pivot", "00000000000000"),
        51 => one("pivot", "5720163600012"),
        52 => one("nom", "\u{a0}"),
        53 => one("nom", "L’Étape n°1 – « Ti an Ñiverer » 😀"),
        54 => one("presentation_detail", "<img src=x onerror=alert(1)>"),
        55 => one("presentation_resume", &"x".repeat(281)),
        56 => one("nom", "\u{202e}gnp.exe"),
        57 => one("services", "Aide aux demarche"),
        58 => one("services", "Aide aux démarches administratives,Maîtrise des outils numériques du quotidien"),
        59 => one("horaires", "Lundi au vendredi 9h-12h"),
        60 => one("horaires", "Mo-Fr 18:00-09:00; Sa 25:00-26:00"),
        61 => one("telephone", "3230"),
        62 => one("telephone", "0102030405/0607080910"),
        63 => one("telephone", "0000000000"),
        64 => Some(with(
            id,
            &[
                ("telephone", "+262639000000"),
                ("code_postal", "97600"),
                ("code_insee", "97611"),
                ("commune", "Mamoudzou"),
                ("latitude", "-12.78"),
                ("longitude", "45.228"),
            ],
        )),
        65 => one("courriels", "a@b.fr%0d%0aBcc:x@y.fr"),
        66 => one("courriels", "prenom.nom@gmail.com"),
        67 => one("site_web", "javascript:alert(1)"),
        68 => one("site_web", "data:text/html,%3Cscript%3Ealert%281%29%3C/script%3E"),
        69 => one("site_web", "vbscript:msgbox"),
        70 => one("site_web", "JaVaScRiPt:alert(1)"),
        71 => one("site_web", "java\tscript:alert(1)"),
        72 => one("site_web", "//evil.tld/x"),
        73 => one("site_web", "https://exemple.fr@evil.tld/"),
        74 => one("site_web", "http://169.254.169.254/latest/"),
        75 => one("site_web", "http://localhost/admin"),
        76 => one("site_web", "file:///etc/passwd"),
        77 => one("site_web", "www.mairie.fr"),
        78 => one("site_web", "https://a.frhttps://b.fr"),
        _ => super::venues_places::bytes(id, number),
    }
}
