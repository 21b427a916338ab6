//! The cases of questions: each asked at the addresses that take such a thing.

use super::super::support::{get, get_json, header, url};
use super::wire::{client, outcome};

/// What became of a case.
pub fn case(id: &str) -> Option<String> {
    let near = |query: &str| format!("/api/nearest?{query}");
    let with = |more: &str| format!("/api/nearest?commune=23096&{more}");
    let items = |query: &str| format!("/ogc/collections/venues/items?{query}");
    let each = |values: &[&str], address: &dyn Fn(&str) -> String| -> Vec<String> {
        values.iter().map(|value| address(value)).collect()
    };
    let position = |values: &[&str]| each(values, &|value| near(&format!("position={value}")));
    let paths = match id.strip_prefix("QRY-")?.parse::<u32>().ok()? {
        1 => position(&["NaN,48.8", "2.3,NaN"]).into_iter().chain([near("lat=NaN&lon=2.3")]).collect(),
        2 => position(&["inf,48", "1e400,48", "2,-inf"]).into_iter().chain([near("lat=48&lon=1e400")]).collect(),
        3 => position(&["2,91", "181,48"]).into_iter().chain([near("lat=91&lon=2")]).collect(),
        4 => position(&["48.85,2.35"]),
        5 => position(&["2,35,48,85"]).into_iter().chain([near("lat=48,85&lon=2,35")]).collect(),
        6 => position(&["", "2,", ",48"]).into_iter().chain([near("lat=&lon=2")]).collect(),
        7 => position(&["0x2,48", "02.3e0,48", "%2B2.3,48.8", "2_0,48", "２,４８", "٢,٤٨"]),
        8 => vec![near("position=2,48&position=3,48"), near("lat=48&lat=49&lon=2")],
        9 => vec![with("limite=5"), items("limite=5"), "/?lieu=23096&territory=23".into()],
        10 => {
            each(&["0", "-1", "1.5", "99999999999999999999", "1e9", "0x10"], &|limit| with(&format!("limit={limit}")))
                .into_iter()
                .chain(each(&["0", "-1", "1.5", "99999999999999999999", "0x10"], &|limit| {
                    items(&format!("limit={limit}"))
                }))
                .collect()
        }
        11 => vec![with("limit=1000000")],
        12 => vec![items("offset=99999999999")],
        13 => vec![with("cursor=AAAA"), items("cursor=AAAA")],
        14 => each(&["1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7"], &|bbox| items(&format!("bbox={bbox}"))),
        15 => vec![items("bbox=2,49,3,48")],
        16 => vec![items("bbox=170,-20,-170,-10")],
        17 => vec![items("bbox=-180,-90,180,90")],
        18 => each(&[",,,", "NaN,48,3,49", "2,inf,3,49", "2,48,3,"], &|bbox| items(&format!("bbox={bbox}"))),
        19 => each(&["0", "-5", "1e12", "NaN"], &|metres| with(&format!("within_m={metres}"))),
        20 | 21 => return Some(polygon(id == "QRY-020")),
        22 => vec![with(&format!("departement={}", vec!["23"; 20_000].join(",")))],
        23 => {
            let codes: Vec<String> = (0..10_000).map(|code| format!("{code:05}")).collect();
            vec![with(&format!("departement={}", codes.join(",")))]
        }
        24 => each(&["99/0/0", "-1/0/0", "3/-1/0", "3/8/0", "3/0/8", "1.5/0/0", "3/0/99999999999"], &|tile| {
            format!("/tiles/venues/{tile}.mvt")
        }),
        25 => {
            let tile = get("/tiles/venues/0/0/0.mvt");
            let (status, bytes) = (tile.status().as_u16(), tile.bytes().unwrap().len());
            assert!(bytes < 500 * 1024, "{bytes} bytes");
            return Some(format!("http_{status}"));
        }
        26 => each(&["1001", "2a004", "01001%00", "%2001001%20", "01001'"], &|code| near(&format!("commune={code}"))),
        27 => vec![near("commune=99999"), "/api/territories/communes/99999".into()],
        28 => {
            let old = get_json("/api/territories/communes/23999");
            assert_eq!(old["replaced_by"], "23008", "{old}");
            vec![near("commune=23999"), "/api/territories/communes/23999".into()]
        }
        29 => vec![with("q=%27%20OR%201%3D1--"), items("filter=%27%20OR%201%3D1--"), with("label=%27%20OR%201%3D1--")],
        30 => vec![with("q=%25%25%25%5F"), with("label=%25%25%25%5F"), with("departement=%25")],
        31 => vec![with("q=(a%2B)%2B%24"), with("label=(a%2B)%2B%24"), items("filter=(a%2B)%2B%24")],
        32 => vec![
            format!("/api/places?text={}", "a".repeat(60_000)),
            format!("/api/places?text={}", "a".repeat(201)),
            with(&format!("q={}", "a".repeat(60_000))),
        ],
        33 => {
            assert_eq!(get("/api/places?text=%F0%9F%98%80").status(), 200, "an emoji is a text");
            each(&["%00", "%ff%fe", "%ED%A0%80", "%C0%80"], &|text| format!("/api/places?text={text}"))
        }
        34 => {
            let first = |text: &str| get_json(&format!("/api/places?text={text}"))["places"][0]["code"].clone();
            for text in ["gu%C3%A9ret", "GUERET", "gue%CC%81ret", "Gu%C3%89RET", "gueret"] {
                assert_eq!(first(text), "23096", "{text}");
            }
            vec!["/api/places?text=gueret".into()]
        }
        35 => vec![
            "/?lieu=23096&tri=nom;DROP".into(),
            with("order=__proto__"),
            with("order=password"),
            items("sortby=nom;DROP"),
        ],
        36 => vec![with("champs=note_interne"), items("properties=note_interne"), with("fields=*")],
        37 => {
            let xml = client().get(url("/api/need")).header("accept", "application/xml").send().unwrap();
            assert!([200, 406].contains(&xml.status().as_u16()), "{}", xml.status());
            vec![with("f=exe"), items("f=exe"), "/api/need?format=exe".into(), "/api/venues?format=exe".into()]
        }
        38 => each(&["EPSG:9999", "http://evil/"], &|crs| items(&format!("crs={crs}"))),
        39 => each(&["2024-02-30", "hier", "99999-01-01"], &|day| items(&format!("datetime={day}"))),
        40 => vec![with("callback=alert(1)"), items("callback=alert(1)")],
        41 => vec![with("style=http://169.254.169.254/"), items("style=http://169.254.169.254/")],
        42 => vec!["/lieux/..%2f..%2fetc%2fpasswd".into()],
        43 => vec!["/lieux/%252e%252e".into()],
        44 => vec!["/static/..%5c..%5c.git/config".into(), "/.git/config".into(), "/static/.env".into()],
        45 => {
            for path in ["/%5Cevil.tld/", "//evil.tld", "/%2f%2fevil.tld", "/lieux//evil.tld/", "/carte/%5Cevil.tld"] {
                let response = client().get(url(path)).send().unwrap();
                assert_eq!(header(&response, "location"), "", "{path}");
            }
            return Some("no_offsite_redirect".into());
        }
        46 => each(&["_trace=1", "debug=1", "pretty=1"], &with),
        _ => return None,
    };
    Some(outcome(paths.iter().map(|path| client().get(url(path)))))
}

/// A territory that is drawn: too many corners, or sides that cross.
fn polygon(is_long: bool) -> String {
    let corners: Vec<String> = if is_long {
        (0..100_000).map(|i| format!("{:.5},46.1", 1.0 + f64::from(i) / 1e5)).collect()
    } else {
        ["1.6,45.8", "2.2,46.3", "2.2,45.8", "1.6,46.3"].map(str::to_owned).into()
    };
    let body = serde_json::json!({ "territory": format!("polygon/{}", corners.join(";")), "posts": 1 });
    let request = client().post(url("/api/placements")).header("content-type", "application/json");
    outcome([request.body(body.to_string())])
}
