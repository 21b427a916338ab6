//! `/fermetures`: which places could close and hurt least, what each closure costs, and every place with a tick that leads to
//! a what-if.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::addresses::{CLOSURES, WHAT_IF};
use super::error;
use super::frame::{Frame, Keep, page};
use super::params::{Params, query};
use super::territory::href;
use crate::atlas::Atlas;
use crate::http::State;
use crate::http::endpoint::{Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::work::Kind;
use crate::planning::{ClosedPlace, Closing, Hurt};
use crate::searches::asked::impossible;
use crate::searches::closures::{ClosureQuestion, PATIENCE, USUAL_MINUTES};
use crate::searches::report;
use crate::tables::french;

/// The page.
pub const ENDPOINT: Endpoint = Endpoint::at(
    CLOSURES,
    &[Operation::page("closuresPage", "Quelles fermetures gêneraient le moins", || web::to(closures))
        .taking(&[&NAMES])],
)
.waiting(PATIENCE);

/// Names of the fields in French, with those of the question.
const FIELDS: [(&str, &str); 8] = [
    ("territoire", "territory"),
    ("combien", "closures"),
    ("lieux", "existing"),
    ("mode", "mode"),
    ("minutes", "minutes"),
    ("mesure", "hurt"),
    ("personnes", "demand"),
    ("denominateur", "denominator"),
];
/// The first of each.
const NAMES: [&str; FIELDS.len()] = {
    let mut names = [""; FIELDS.len()];
    let mut rank = 0;
    while rank < names.len() {
        names[rank] = FIELDS[rank].0;
        rank += 1;
    }
    names
};
const LISTS: [(&str, &str); 4] = [
    ("venues", "Tous les lieux d'aide"),
    ("france-services", "Les maisons France services"),
    ("conseillers", "Les lieux où travaille un conseiller"),
    ("posts", "Les communes des postes de conseillers"),
];
const MODES: [(&str, &str); 3] = [("car", "en voiture"), ("bicycle", "à vélo"), ("walk", "à pied")];
const HURTS: [(&str, &str); 2] =
    [("minutes", "Le temps de trajet en plus, au total"), ("persons", "Les personnes qui n'ont plus de lieu à portée")];

struct Choice {
    value: &'static str,
    label: &'static str,
    selected: bool,
}

struct Cost {
    name: String,
    persons: String,
    lost: String,
    minutes: String,
    go_to: String,
}

struct Found {
    sentence: String,
    proof: String,
    costs: Vec<Cost>,
    /// Whether the places are posts, of which nobody knows where in a city they work.
    of_posts: bool,
    ticks: Vec<(String, String, bool)>,
    files: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "closures.html")]
struct ClosuresPage {
    frame: Frame,
    name: String,
    place_href: Option<String>,
    /// As `/et-si` writes it; empty for an outline.
    place_path: String,
    territory: String,
    count: String,
    minutes: String,
    lists: Vec<Choice>,
    modes: Vec<Choice>,
    hurts: Vec<Choice>,
    fault: Option<String>,
    found: Option<Found>,
}

async fn closures(request: HttpRequest, state: State) -> HttpResponse {
    let params = Params::of(&request);
    // `/et-si` writes the country otherwise than plans do.
    let given: Vec<(&'static str, String)> = FIELDS
        .iter()
        .filter_map(|(field, name)| Some((*name, params.one(field)?.chars().take(200).collect())))
        .collect();
    match state.apart(Kind::Export, move |state| compose(state, &given)).await {
        Ok((template, status)) => page(status, Keep::Check, &template),
        Err(problem) => error::lost(&state, &problem),
    }
}

fn compose(state: &State, given: &[(&'static str, String)]) -> (ClosuresPage, StatusCode) {
    let atlas: &Atlas = &state.atlas;
    let value = |name: &str| given.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
    let asked = ClosureQuestion::parse(atlas, value);
    let place = asked.as_ref().ok().map(|asked| report::place(atlas, &asked.asked().request.territory));
    // Without a number nothing is looked for: the form asks for it.
    let found = match &asked {
        Ok(asked) if value("closures").is_some() => Some(asked.solve(atlas).map_err(|error| impossible(&error))),
        _ => None,
    };
    let fault = match (&asked, &found) {
        (Err(problem), _) | (_, Some(Err(problem))) => Some(words(problem)),
        _ => None,
    };
    let status = if fault.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let found = match (&asked, found) {
        (Ok(asked), Some(Ok(closing))) => Some(view(asked, &closing)),
        _ => None,
    };
    let choices = |name: &str, all: &[(&'static str, &'static str)]| -> Vec<Choice> {
        let present = value(name);
        let choice = |(value, label): &(&'static str, &'static str)| Choice {
            value,
            label,
            selected: present.as_deref() == Some(value),
        };
        all.iter().map(choice).collect()
    };
    let name = place.as_ref().map_or_else(|| "Territoire".to_owned(), |place| place.name.clone());
    let template = ClosuresPage {
        frame: Frame::new(state, &format!("{name}\u{a0}: quelles fermetures gêneraient le moins"), WHAT_IF),
        place_href: place.as_ref().filter(|place| place.code != "polygon").map(href),
        place_path: place
            .as_ref()
            .filter(|place| place.code != "polygon")
            .map_or_else(String::new, crate::tables::scope::Place::path),
        name,
        territory: value("territory").unwrap_or_default(),
        count: value("closures").unwrap_or_else(|| "1".into()),
        minutes: value("minutes").unwrap_or_else(|| USUAL_MINUTES.into()),
        lists: choices("existing", &LISTS),
        modes: choices("mode", &MODES),
        hurts: choices("hurt", &HURTS),
        fault,
        found,
    };
    (template, status)
}

/// Why there is no answer.
fn words(problem: &Problem) -> String {
    match problem.parameter_at_fault().unwrap_or_default().0 {
        "close" | "closures" => "Indiquez combien de lieux ferment\u{a0}: au moins un, et qu'il en reste au moins un.",
        "existing" => {
            "Il n'y a pas deux lieux de cette liste dans ce territoire, ou aucun n'est à portée de quelqu'un."
        }
        "minutes" => "Indiquez un nombre entier de minutes, de 1 à 240.",
        "territory" => "Ce territoire n'existe pas, ou compte trop de lieux\u{a0}: choisissez-en un plus petit.",
        "denominator" => "Ce territoire compte moins d'habitants que ce chiffre n'en demande.",
        _ => "Cette question n'a pas de réponse dans l'édition en cours.",
    }
    .to_owned()
}

fn view(asked: &ClosureQuestion, closing: &Closing) -> Found {
    let [near, then] = closing.near;
    let more = closing.mean_minutes[1] - closing.mean_minutes[0];
    let lost = near.saturating_sub(then);
    let sentence = format!(
        "Fermer {} sur {}\u{a0}: {} de plus par personne en moyenne, et {}.",
        french::count(closing.closed.len() as u64, "lieu", "lieux"),
        french::integer(closing.places.len() as u64),
        if more * 60.0 < 1.0 {
            "moins d'une seconde de trajet".into()
        } else {
            french::measure(more, 2, "min de trajet")
        },
        match lost {
            0 => "personne ne perd son lieu à portée".to_owned(),
            lost => format!(
                "{} de lieu à moins de {}\u{a0}minutes",
                french::count(lost, "personne n'a plus", "personnes n'ont plus"),
                asked.choices().iter().find(|(name, _)| *name == "minutes").map_or("", |(_, text)| text.as_str())
            ),
        }
    );
    let proof = match (closing.proven, asked.asked().hurt) {
        (true, _) => "C'est démontré\u{a0}: aucun autre choix ne gêne moins.".to_owned(),
        (false, Hurt::Persons) => format!(
            "Un autre choix gênerait peut-être moins\u{a0}: aucun ne laisse plus de {} à portée.",
            french::count(closing.bound.floor() as u64, "personne", "personnes")
        ),
        (false, Hurt::Minutes) => format!(
            "Un autre choix gênerait peut-être moins\u{a0}: aucun ne laisse un trajet moyen sous {}.",
            french::measure(closing.bound, 2, "min")
        ),
    };
    let mut pairs: Vec<(&str, &str)> = asked.choices().iter().map(|(name, text)| (*name, text.as_str())).collect();
    let files = ["csv", "xlsx", "geojson", "json"].map(|format| {
        pairs.retain(|(name, _)| *name != "format");
        pairs.push(("format", format));
        (format, format!("/api/closures{}", query(&pairs)))
    });
    Found {
        sentence,
        proof,
        costs: closing.closed.iter().map(cost).collect(),
        of_posts: asked.choices().iter().any(|(name, text)| *name == "existing" && text == "posts"),
        ticks: closing.places.clone(),
        files: files.into(),
    }
}

fn cost(place: &ClosedPlace) -> Cost {
    Cost {
        name: place.name.clone(),
        persons: french::integer(place.persons),
        lost: french::integer(place.persons_lost),
        minutes: match place.persons {
            0 => "un autre lieu est aussi près, ou plus près, pour tout le monde".into(),
            _ => format!(
                "{} au lieu de {}",
                french::measure(place.minutes[1], 0, "min"),
                french::measure(place.minutes[0], 0, "min")
            ),
        },
        go_to: place.go_to.as_ref().map_or_else(
            || {
                if place.persons == 0 {
                    "—".to_owned()
                } else {
                    "aucun lieu à moins de deux fois le temps choisi".to_owned()
                }
            },
            |(_, name, persons)| format!("{name} ({})", french::integer(*persons)),
        ),
    }
}
