//! The arrondissements of Paris, Lyon and Marseille: the table of them on the page of their city, and what is said of one.

use crate::access::{Mode, Threshold};
use crate::atlas::figures::Basis;
use crate::domain::need::{DIPLOMA, ELDERLY, NONE_AMONG_LOW, OLDEST};
use crate::domain::{CellSource, DistrictIx, Level};
use crate::pages::figures::{named, words};
use crate::tables::french;
use crate::tables::scope::Place;

use super::district_map::{Drawing, drawing};
use super::lens::Lens;
use super::place::href_of;

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `Paris 16e`.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Inhabitants, persons in need, venues, posts.
    pub counts: [String; 4],
    /// Minutes of the person in the middle.
    pub minutes: String,
    /// Share within fifteen minutes on foot.
    pub on_foot: String,
}

/// The table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The same on a map.
    pub map: Option<Drawing>,
    /// Ascending by code.
    pub lines: Vec<Line>,
    /// What stands in the city and in none of them.
    pub elsewhere: Option<String>,
    /// The same as a file.
    pub files: Vec<(&'static str, String)>,
}

/// The table of a city; `None` for whatever has no arrondissements.
#[must_use]
pub fn table(lens: &Lens<'_>, place: &Place) -> Option<Table> {
    let districts = place.districts(lens.atlas);
    let on_foot = Basis::new(lens.atlas, lens.need, Mode::Walk);
    let line = |place: &Place| {
        let summary = lens.of_place(place);
        let walking = crate::atlas::figures::Summary { coverage: place.coverage(&on_foot), ..summary.clone() };
        let told = |id: &str| words(&lens.figure(id), &summary);
        Line {
            name: place.name.clone(),
            href: lens.view.elsewhere().address(&href_of(Level::Commune, &place.code)),
            counts: ["population", "persons_in_need", "venues", "posts"].map(told),
            minutes: told("minutes_median"),
            on_foot: words(&named("share_within", Threshold::Fifteen), &walking),
        }
    };
    let unplaced = lens.analysis.unplaced(lens.atlas, *place.communes.first().filter(|_| !districts.is_empty())?);
    let (venues, posts) = (u64::from(unplaced.venues), u64::from(unplaced.posts));
    let file = |(name, format): (&'static str, &str)| {
        let mode = lens.view.mode.name();
        let path = format!("/api/territories/communes/{}/arrondissements", place.code);
        (name, format!("{path}?denominator={}&mode={mode}&format={format}", lens.preset.id))
    };
    Some(Table {
        map: drawing(lens, &districts),
        lines: districts.iter().map(line).collect(),
        elsewhere: (venues + posts > 0).then(|| {
            format!(
                "Ni adresse ni code ne disent l'arrondissement de {} et de {}\u{a0}: ils sont comptés dans la ville seulement.",
                french::count(venues, "lieu", "lieux"),
                french::count(posts, "poste", "postes")
            )
        }),
        files: [("CSV", "csv"), ("XLSX", "xlsx"), ("GeoJSON", "geojson")].map(file).to_vec(),
    })
}

/// What is published of an arrondissement, and what is estimated.
#[must_use]
pub fn estimated(lens: &Lens<'_>, place: &Place) -> Option<String> {
    let district = place.district?;
    let town = &lens.atlas.communes()[lens.atlas.districts().commune(district)].name;
    let where_they_live = match source(lens, district) {
        None => "L'édition ne dit pas où ils vivent dans la ville.",
        Some(CellSource::Estimate) => "Où ils vivent dans l'arrondissement est estimé.",
        Some(_) => "Où ils vivent vient de carreaux publiés.",
    };
    Some(format!(
        "Le nombre d'habitants est publié par l'INSEE. {where_they_live} Les personnes éloignées du numérique sont estimées d'après \
         les âges et les diplômes de l'arrondissement, et les arrondissements s'additionnent au nombre de {town}."
    ))
}

/// What is not known of an arrondissement, or only of its city.
#[must_use]
pub fn unknown(lens: &Lens<'_>, district: DistrictIx) -> Vec<String> {
    let districts = lens.atlas.districts();
    let (code, town) = (districts.all()[district].code, &lens.atlas.communes()[districts.commune(district)].name);
    let lacking = [ELDERLY, OLDEST, DIPLOMA, NONE_AMONG_LOW].into_iter().filter_map(|id| lens.atlas.indicator(id));
    let lacking = lacking.filter(|indicator| indicator.districts.get(&code).is_none_or(|r| r.value().is_none()));
    let titles: Vec<String> = lacking.map(|indicator| indicator.title.to_lowercase()).collect();
    let mut lines = Vec::new();
    if !titles.is_empty() {
        lines.push(format!("Non publié pour cet arrondissement, pris de {town}\u{a0}: {}.", titles.join(", ")));
    }
    lines.push("Indice de fragilité : il compare des communes entières.".into());
    lines.push("Personnes accompagnées : les tables les disent par commune.".into());
    lines
}

/// Who says where its inhabitants live.
fn source(lens: &Lens<'_>, district: DistrictIx) -> Option<CellSource> {
    let (point, _) = lens.analysis.points_of_district(lens.need, district).next()?;
    lens.analysis.cell_of(point).map(|cell| lens.atlas.cells()[cell].source)
}
