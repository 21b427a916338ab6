//! `GET /catalog.jsonld`: what can be taken away, as a catalogue (DCAT 2, JSON-LD) that data.gouv.fr and others harvest.

use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::atlas::EditionInfo;
use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::links;
use crate::http::problem::Problem;
use crate::http::reply::Tag;
use crate::tables::format::DOCX;

/// Media type.
const JSON_LD: &str = "application/ld+json";

/// `GET /catalog.jsonld`.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/catalog.jsonld",
    &[Operation::get("catalog", "Catalogue des jeux de données (DCAT), à moissonner", || web::to(catalog))
        .of_an_edition()
        .answering(&[Answer::ok(&[(JSON_LD, "object")]), Answer::UNCHANGED])
        .refusing(&[400, 404])],
);

/// One set of data, and where each of its forms is.
struct Dataset {
    id: &'static str,
    title: &'static str,
    description: &'static str,
    keywords: &'static [&'static str],
    page: &'static str,
    /// Title, address and media type.
    forms: &'static [(&'static str, &'static str, &'static str)],
}

impl Dataset {
    /// Its forms in an edition, with the files of tiles where it has them.
    fn forms_of(&self, edition: &EditionInfo) -> Vec<(String, String, &'static str)> {
        let layers: &[&str] = match self.id {
            "lieux" => &["venues"],
            "besoin" => &["communes", "epcis", "departements", "regions"],
            _ => &[],
        };
        let names = layers.iter().map(|layer| format!("{layer}.pmtiles"));
        let tiles = names.filter(|name| edition.files.iter().any(|file| file.name == *name));
        let tiles = tiles.map(|name| (format!("Tuiles ({name})"), format!("/donnees/fichiers/{name}"), PMTILES));
        let fixed = self.forms.iter().map(|(title, path, kind)| ((*title).to_owned(), (*path).to_owned(), *kind));
        fixed.chain(tiles).collect()
    }
}

const CSV: &str = "text/csv";
const PMTILES: &str = "application/vnd.pmtiles";
const GEOJSON: &str = "application/geo+json";

const DATASETS: [Dataset; 5] = [
    Dataset {
        id: "lieux",
        title: "Lieux d’aide au numérique en France",
        description: "Lieux de médiation numérique réunis de plusieurs listes, chaque fait avec sa source et son jour.",
        keywords: &["inclusion numérique", "médiation numérique", "lieux", "France services"],
        page: "/donnees",
        forms: &[
            ("GeoJSON (OGC API Features)", "/ogc/collections/venues/items?f=json", GEOJSON),
            ("Parquet", "/donnees/fichiers/venues.parquet", "application/vnd.apache.parquet"),
        ],
    },
    Dataset {
        id: "besoin",
        title: "Personnes éloignées du numérique, par commune (estimation)",
        description: "Estimation d’après l’âge et le diplôme, avec sa fourchette, sur 13 millions de personnes en France.",
        keywords: &["inclusion numérique", "illectronisme", "communes", "estimation"],
        page: "/definitions",
        forms: &[
            ("CSV", "/api/need?format=csv&by=communes", CSV),
            (
                "Tableur",
                "/api/need?format=xlsx&by=communes",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        ],
    },
    Dataset {
        id: "acces",
        title: "Part des personnes à portée d’un lieu d’aide au numérique, par commune",
        description: "Part des personnes éloignées du numérique à moins de 10, 15, 20 et 30 minutes d’un lieu ouvert au public.",
        keywords: &["inclusion numérique", "accessibilité", "communes", "temps de trajet"],
        page: "/definitions",
        forms: &[("CSV", "/api/coverage?format=csv&by=communes", CSV)],
    },
    Dataset {
        id: "suivi",
        title: "Suivi du programme d’inclusion numérique, par département",
        description: "Postes de conseillers, France services, pass, labels, fraîcheur des fiches, besoin et accès, avec leurs sources.",
        keywords: &["inclusion numérique", "conseillers numériques", "France services", "départements", "suivi"],
        page: "/suivi",
        forms: &[
            ("CSV", "/api/monitoring/nation/france?format=csv&by=departements", CSV),
            ("GeoJSON", "/api/monitoring/nation/france?format=geojson&by=departements", GEOJSON),
            ("Rapport", "/api/monitoring/nation/france?format=docx&by=departements", DOCX),
        ],
    },
    Dataset {
        id: "hubs",
        title: "Hubs territoriaux pour un numérique inclusif",
        description: "Chaque hub avec le contour des départements qu’il couvre.",
        keywords: &["inclusion numérique", "hubs", "départements"],
        page: "/suivi",
        forms: &[("GeoJSON (OGC API Features)", "/ogc/collections/hubs/items?f=json", GEOJSON)],
    },
];

/// Answers with the catalogue.
///
/// # Errors
/// 400 on an unknown parameter.
pub async fn catalog(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    ENDPOINT.query(&request)?;
    let tag = Tag::of(&request, &state, &links::base(&request, &state));
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let body = written(&state, &links::base(&request, &state));
    Ok(tag.answer(JSON_LD, body.to_string().into_bytes()))
}

fn written(state: &State, base: &str) -> Value {
    let edition = state.atlas.edition();
    let day = edition.as_of.map(|day| json!({ "@type": "xsd:date", "@value": day.to_string() }));
    let address = |path: &str| json!({ "@id": links::keeping(format!("{base}{path}"), state) });
    let licence = if edition.demonstration {
        "https://creativecommons.org/publicdomain/zero/1.0/"
    } else {
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
    };
    let prefix = if edition.demonstration { "Démonstration, lieux fictifs : " } else { "" };
    let id = |dataset: &Dataset| format!("{base}/catalog.jsonld#{}", dataset.id);
    let publisher = json!({ "@id": format!("{base}/catalog.jsonld#mediane"), "@type": "foaf:Organization", "foaf:name": "Médiane" });
    let mut graph = vec![
        publisher,
        json!({
            "@id": format!("{base}/catalog.jsonld"), "@type": "dcat:Catalog",
            "dct:title": { "@language": "fr", "@value": format!("{prefix}Médiane, la carte ouverte des lieux d’aide au numérique") },
            "dct:description": { "@language": "fr", "@value": "Lieux, besoin, accès et suivi du programme d’inclusion numérique." },
            "dct:publisher": { "@id": format!("{base}/catalog.jsonld#mediane") },
            "dct:language": "fr", "dct:license": { "@id": licence }, "dct:modified": day,
            "foaf:homepage": { "@id": format!("{base}/") },
            "dcat:dataset": DATASETS.iter().map(|dataset| json!({ "@id": id(dataset) })).collect::<Vec<_>>(),
        }),
    ];
    for dataset in &DATASETS {
        let forms = dataset.forms_of(edition);
        let form = |path: &str| format!("{base}/catalog.jsonld#{}-{}", dataset.id, links::encoded(path));
        graph.push(json!({
            "@id": id(dataset), "@type": "dcat:Dataset",
            "dct:identifier": format!("mediane-{}", dataset.id),
            "dct:title": { "@language": "fr", "@value": format!("{prefix}{}", dataset.title) },
            "dct:description": { "@language": "fr", "@value": dataset.description },
            "dcat:keyword": dataset.keywords, "dct:language": "fr",
            "dct:license": { "@id": licence },
            "dct:accrualPeriodicity": { "@id": "http://publications.europa.eu/resource/authority/frequency/IRREG" },
            "dct:issued": day, "dct:modified": day,
            "dct:publisher": { "@id": format!("{base}/catalog.jsonld#mediane") },
            "dcat:landingPage": address(dataset.page),
            "dcat:version": edition.id,
            "dcat:distribution": forms.iter().map(|(_, path, _)| json!({ "@id": form(path) })).collect::<Vec<_>>(),
        }));
        for (title, path, kind) in &forms {
            graph.push(json!({
                "@id": form(path), "@type": "dcat:Distribution",
                "dct:title": { "@language": "fr", "@value": title },
                "dcat:accessURL": address(path), "dcat:downloadURL": address(path), "dcat:mediaType": kind,
                "dct:license": { "@id": licence },
            }));
        }
    }
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    })
}
