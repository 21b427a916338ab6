//! `/docs`: the API for those who write programs, served from this machine alone; `/docs/{client}`, one short page for each
//! tool, whose examples `scripts/try-docs` runs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::error;
use super::frame::{Frame, Keep, page};
use crate::http::endpoint::{Endpoint, Operation, Token};
use crate::http::endpoints::Endpoints;
use crate::http::headers::Audience;
use crate::http::{State, links};

/// `/docs`.
pub const ENDPOINT: Endpoint =
    Endpoint::at("/docs", &[Operation::page("docs", "L’interface pour les programmes", || web::to(index))]);

/// `/docs/{client}`.
pub const CLIENT: Endpoint = Endpoint::at(
    "/docs/{client}",
    &[Operation::page("docsClient", "L’interface, depuis un outil", || web::to(client))],
);

/// A tool that has its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Client {
    /// As addresses have it.
    name: &'static str,
    /// As people write it.
    title: &'static str,
    /// What one does with it.
    purpose: &'static str,
}

const CLIENTS: [Client; 7] = [
    Client { name: "curl", title: "curl", purpose: "essayer, ou télécharger, depuis un terminal" },
    Client { name: "python", title: "Python", purpose: "requests, pandas, geopandas, DuckDB" },
    Client { name: "javascript", title: "JavaScript", purpose: "une page web ou Node, une carte MapLibre" },
    Client { name: "r", title: "R", purpose: "sf et les tableaux" },
    Client { name: "qgis", title: "QGIS", purpose: "les collections comme couches, les tuiles comme fond" },
    Client { name: "gdal", title: "GDAL", purpose: "convertir vers GeoPackage et d’autres formats" },
    Client { name: "excel", title: "Excel", purpose: "Power Query, ou un fichier XLSX" },
];

/// One operation of the list.
struct Described {
    method: String,
    path: &'static str,
    summary: &'static str,
    names: Vec<&'static str>,
    token: bool,
}

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    frame: Frame,
    base: String,
    clients: &'static [Client],
    operations: Vec<Described>,
}

#[derive(Template)]
#[template(path = "docs_client.html")]
struct ClientPage {
    frame: Frame,
    base: String,
    client: Client,
}

/// Every address that programs ask, from the one list of endpoints.
pub async fn index(request: HttpRequest, state: State) -> HttpResponse {
    let endpoints = Endpoints::of(&request).iter();
    let endpoints = endpoints.filter(|endpoint| Audience::of(endpoint.path) == Audience::Machines);
    let described = |endpoint: &'static Endpoint| {
        endpoint.operations.iter().map(|operation| Described {
            method: operation.verb.methods()[0].to_string(),
            path: endpoint.path,
            summary: operation.summary,
            names: operation.names().collect(),
            token: operation.token == Token::Required,
        })
    };
    let template = DocsPage {
        frame: Frame::new(&state, "L’interface pour les programmes", "")
            .described("Les données de Médiane pour les programmes : adresses, formats, exemples par outil. Sans clé."),
        base: links::base(&request, &state),
        clients: &CLIENTS,
        operations: endpoints.flat_map(described).collect(),
    };
    page(StatusCode::OK, Keep::Check, &template)
}

/// The page of one tool.
pub async fn client(request: HttpRequest, name: web::Path<String>, state: State) -> HttpResponse {
    let Some(client) = CLIENTS.into_iter().find(|client| client.name == *name) else { return error::not_found(&state) };
    let template = ClientPage {
        frame: Frame::new(&state, &format!("Depuis {}", client.title), "")
            .described("Des exemples qui marchent, à copier."),
        base: links::base(&request, &state),
        client,
    };
    page(StatusCode::OK, Keep::Check, &template)
}
