//! `/suivi/systemes`: each system of the national plan, and where Médiane serves it. A system without an address does not work
//! yet, and the page would say so.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::{Level, Measure};
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::pages::frame::{Frame, Keep, page};
use crate::tables::french;

/// One system, what is here for it, and where to look.
#[derive(Debug, Clone, Copy)]
pub struct System {
    /// Number and name.
    pub name: &'static str,
    /// What the product does.
    pub does: &'static str,
    /// Words and addresses.
    pub links: &'static [(&'static str, &'static str)],
    /// Whether this edition holds data for it.
    pub data: Data,
}

/// Where the data of a system would be.
#[derive(Debug, Clone, Copy)]
pub enum Data {
    /// Venues of which this holds.
    Venues(fn(&crate::domain::Venue) -> bool),
    /// Something that an edition holds so many of.
    Count(fn(&State) -> usize),
}

fn declared(state: &State, measures: &[Measure]) -> usize {
    state.atlas.declarations().iter().filter(|line| measures.contains(&line.measure)).count()
}

/// The thirteen systems, in the order of the plan.
pub const SYSTEMS: [System; 13] = [
    System {
        name: "Pass numérique",
        does: "Lieux qui l’acceptent, qui le refusent, dont on ne sait rien ; déserts ; ce que peut une enveloppe.",
        links: &[
            ("Enveloppe", "/suivi/pass-numerique"),
            ("Faits", "/suivi#pass"),
            ("Lieux", "/api/nearest?position=2.35,48.85&pass_numerique=true"),
        ],
        data: Data::Venues(|venue| venue.pass_numerique.is_some()),
    },
    System {
        name: "Lieux labellisés",
        does: "Labels datés, avec qui les donne et jusqu’à quand ; un label expiré n’est pas un label en cours.",
        links: &[("Faits", "/suivi#labels"), ("Lieux", "/api/nearest?position=2.35,48.85&label=france-services")],
        data: Data::Venues(|venue| !venue.labels.is_empty()),
    },
    System {
        name: "Hubs territoriaux",
        does: "Chaque commune mène à son hub ; départements sans hub et avec deux.",
        links: &[("Faits", "/suivi#hubs"), ("Couche", "/ogc/collections/hubs/items")],
        data: Data::Count(|state| state.atlas.hubs().len()),
    },
    System {
        name: "Conseillers numériques",
        does: "Postes, structures, employeurs, argent, trajectoire ; plans de placement.",
        links: &[("Faits", "/suivi#posts"), ("Planifier", "/planifier")],
        data: Data::Count(|state| state.atlas.latest_posts().count()),
    },
    System {
        name: "Aidants, médiateurs, travailleurs sociaux, La Poste",
        does: "Chercher pour quelqu’un d’autre, imprimer une fiche, rien n’est enregistré ; lieux Aidants Connect et opérateurs.",
        links: &[("Trouver", "/"), ("Opérateurs", "/suivi#operators")],
        data: Data::Venues(|venue| venue.programmes.contains(&crate::domain::vocabulary::Programme::AidantsConnect)),
    },
    System {
        name: "Diagnostic des personnes en difficulté",
        does: "Quelques questions, un besoin, des lieux ; et la carte du besoin par territoire.",
        links: &[("S’orienter", "/orienter"), ("Besoin par territoire", "/territoires/france")],
        data: Data::Count(|state| state.atlas.indicators().len()),
    },
    System {
        name: "PIX",
        does: "Lieux de certification, quand une liste les nomme.",
        links: &[("Faits", "/suivi#labels"), ("Lieux", "/api/nearest?position=2.35,48.85&label=certification-pix")],
        data: Data::Venues(|venue| venue.programmes.contains(&crate::domain::vocabulary::Programme::PixCertification)),
    },
    System {
        name: "Charte Territoire France Connectée",
        does: "Signataire, date, et l’avancée des quatre engagements d’après les lieux.",
        links: &[("Exemple : le Sicoval", "/suivi/epcis/243100633#charter"), ("Faits", "/suivi#charter")],
        data: Data::Count(|state| declared(state, &[Measure::Charter])),
    },
    System {
        name: "Ressources, MOOC et initiatives",
        does: "Initiatives et feuilles de route d’ici et des territoires semblables ; ressources par besoin.",
        links: &[("Initiatives", "/suivi#initiatives"), ("S’orienter", "/orienter")],
        data: Data::Count(|state| {
            declared(state, &[Measure::Initiative, Measure::Roadmap, Measure::Envelope]) + state.atlas.resources().len()
        }),
    },
    System {
        name: "Instance nationale",
        does: "Suivi de la nation à la commune, éditions datées, différences, flux, rapport.",
        links: &[
            ("Suivi", "/suivi"),
            ("Ce qui a changé", "/changements"),
            ("Rapport", "/api/monitoring/nation/france?format=docx"),
        ],
        data: Data::Count(|state| state.process.editions.list().len()),
    },
    System {
        name: "Zones blanches, très haut débit, mobile",
        does: "Réseau d’abord ou médiation d’abord, commune par commune.",
        links: &[("Faits", "/suivi#connectivity"), ("Carte", "/carte")],
        data: Data::Count(|state| {
            usize::from(state.atlas.indicator("superfast-share").is_some()) + declared(state, &[Measure::Mobile4g])
        }),
    },
    System {
        name: "Opérateurs et France services",
        does: "France services par liste et à quelle distance de chacun ; opérateurs, hôtes et étapes possibles.",
        links: &[("Faits", "/suivi#france_services"), ("Opérateurs", "/suivi#operators")],
        data: Data::Venues(|venue| venue.programmes.contains(&crate::domain::vocabulary::Programme::FranceServices)),
    },
    System {
        name: "Lignes téléphoniques",
        does: "Numéro, prix et horaires de l’aide à distance.",
        links: &[("Aide à distance", "/aide-a-distance"), ("S’orienter", "/orienter")],
        data: Data::Count(|state| state.atlas.remote_channels().len()),
    },
];

struct Line {
    rank: usize,
    name: &'static str,
    does: &'static str,
    links: Vec<(&'static str, &'static str)>,
    data: String,
}

#[derive(Template)]
#[template(path = "systems.html")]
struct SystemsPage {
    frame: Frame,
    lines: Vec<Line>,
}

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/suivi/systemes",
    &[Operation::page("systems", "Les treize systèmes du plan, et où les voir", || web::to(systems))],
);

/// Where the monitoring of an EPCI is.
const EXAMPLE: &str = "/suivi/epcis/";

/// Ask, render.
pub async fn systems(state: State) -> HttpResponse {
    let line = |(rank, system): (usize, &System)| {
        let found = match system.data {
            Data::Venues(holds) => state.atlas.venues().iter().filter(|venue| holds(venue)).count(),
            Data::Count(count) => count(&state),
        };
        let data = match found {
            0 => "aucune donnée dans cette édition".to_owned(),
            some => french::count(some as u64, "ligne ou lieu", "lignes ou lieux"),
        };
        // The example of a signatory stands only where the edition has it.
        let there = |link: &&(&'static str, &'static str)| {
            link.1.strip_prefix(EXAMPLE).is_none_or(|rest| {
                let code = rest.split('#').next().unwrap_or_default();
                state.atlas.territory(Level::Epci, code).is_some()
            })
        };
        let links = system.links.iter().filter(there).copied().collect();
        Line { rank: rank + 1, name: system.name, does: system.does, links, data }
    };
    let lines = SYSTEMS.iter().enumerate().map(line).collect();
    let frame = Frame::new(&state, "Les treize systèmes du plan", "/suivi");
    page(StatusCode::OK, Keep::Check, &SystemsPage { frame, lines })
}
