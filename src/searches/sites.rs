//! The columns of a site, each declared once: the API, CSV, XLSX, `GeoJSON`, and the sheets of hosts on the page read this list.

use crate::atlas::Atlas;
use crate::domain::CommuneIx;
use crate::features::Value;
use crate::planning::{Answer, Host, Hosting, SiteAnswer};
use crate::tables::definitions::definition;
use crate::tables::french;
use crate::tables::table::{Row, Spot, Table, column, integer, number, text};

/// Decimals of values, minutes and percents.
const PLACES: i32 = 3;

/// One column.
pub struct SiteColumn {
    /// Its name in answers; its title and its meaning are the definition of this name.
    pub id: &'static str,
    /// Whether the page says it of each site, beside whom it serves.
    pub on_sheet: bool,
    value: fn(&Atlas, &SiteAnswer) -> Value<'static>,
}

const fn told(id: &'static str, value: fn(&Atlas, &SiteAnswer) -> Value<'static>) -> SiteColumn {
    SiteColumn { id, on_sheet: false, value }
}

const fn on_sheet(id: &'static str, value: fn(&Atlas, &SiteAnswer) -> Value<'static>) -> SiteColumn {
    SiteColumn { id, on_sheet: true, value }
}

/// Every column, in order.
pub const SITE_COLUMNS: [SiteColumn; 36] = [
    told("rank", |_, site| Value::Integer(site.rank.into())),
    told("id", |_, site| text(site.id.as_str())),
    told("name", |_, site| text(site.name.as_str())),
    told("commune", |atlas, site| site.commune.map_or(Value::Unknown, |commune| text(code(atlas, commune)))),
    told("commune_name", |atlas, site| {
        site.commune.map_or(Value::Unknown, |commune| text(atlas.communes()[commune].name.as_str()))
    }),
    told("longitude", |_, site| number(Some(site.position.lon()), 6)),
    told("latitude", |_, site| number(Some(site.position.lat()), 6)),
    told("new_posts", |_, site| Value::Integer(site.posts.into())),
    told("cost_eur", |_, site| Value::Integer(site.cost_eur)),
    told("forced", |_, site| Value::Flag(site.forced)),
    told("persons_assigned", |_, site| Value::Integer(site.persons)),
    told("persons_gained", |_, site| Value::Integer(site.persons_gained)),
    told("minutes_before", |_, site| perhaps(site.minutes_before)),
    told("minutes_after", |_, site| perhaps(site.minutes_after)),
    told("marginal_value", |_, site| measured(site.marginal)),
    told("added_value", |_, site| measured(site.added)),
    told("runner_up", |_, site| perhaps_text(site.runner_up.as_ref().map(|(id, _, _)| id))),
    told("runner_up_name", |_, site| perhaps_text(site.runner_up.as_ref().map(|(_, name, _)| name))),
    told("runner_up_loss", |_, site| perhaps(site.runner_up.as_ref().map(|(_, _, loss)| *loss))),
    told("serves", |atlas, site| codes(atlas, &site.serves)),
    told("stops", |atlas, site| codes(atlas, &site.stops)),
    told("host", |_, site| of_host(site, |host| Some(host.name.clone()))),
    told("host_kind", |_, site| of_host(site, |host| Some(host.kind.id.to_owned()))),
    told("host_kind_name", |_, site| of_host(site, |host| Some(host.kind.title.to_owned()))),
    told("host_venue", |_, site| of_host(site, |host| host.venue.clone())),
    on_sheet("host_missing", |_, site| match site.hosting {
        Hosting::Host(_) => Value::Unknown,
        Hosting::ToFind(why) => text(why),
    }),
    on_sheet("host_address", |_, site| of_host(site, |host| host.address.clone())),
    on_sheet("host_phone", |_, site| of_host(site, |host| host.phone.clone())),
    on_sheet("host_hours", |_, site| of_host(site, |host| host.hours.clone())),
    on_sheet("host_website", |_, site| of_host(site, |host| host.website.clone())),
    on_sheet("host_public", |_, site| site.host().and_then(|host| host.public).map_or(Value::Unknown, Value::Flag)),
    on_sheet("price_eur", |_, site| Value::Integer(site.price_eur.into())),
    on_sheet("venues_nearby", |_, site| match site.around.venues.as_slice() {
        [] => Value::List(Vec::new()),
        venues => Value::List(venues.iter().map(|name| name.clone().into()).collect()),
    }),
    on_sheet("inhabitants", |_, site| integer(site.around.inhabitants.map(u64::from))),
    on_sheet("zrr", |_, site| site.around.zrr.map_or(Value::Unknown, Value::Flag)),
    on_sheet("qpv", |_, site| site.around.qpv.map_or(Value::Unknown, Value::Flag)),
];

/// The table of the sites of a plan.
#[must_use]
pub fn table(atlas: &Atlas, answer: &Answer) -> Table {
    let row = |site: &SiteAnswer| Row {
        place: Some(Spot::Point(site.position, site.id.clone())),
        values: SITE_COLUMNS.iter().map(|column| (column.value)(atlas, site)).collect(),
    };
    Table {
        name: "sites",
        title: "Sites",
        columns: SITE_COLUMNS.iter().map(|each| column(each.id)).collect(),
        rows: answer.sites.iter().map(row).collect(),
    }
}

/// What the page says of whoever receives a site: titles with their values, in French. What an edition does not know of
/// a host it has is said to be unknown; of a host that is to be found nothing is.
#[must_use]
pub fn sheet(atlas: &Atlas, site: &SiteAnswer) -> Vec<(&'static str, String)> {
    let known = site.host().is_some();
    let lines = SITE_COLUMNS.iter().filter(|column| column.on_sheet).filter_map(|column| {
        let about_host = column.id.starts_with("host_");
        let said = match (column.value)(atlas, site) {
            // Silence about a page or a zone says nothing; about whom to call, it does.
            Value::Unknown
                if matches!(column.id, "host_phone" | "host_hours" | "host_address" | "host_public") && known =>
            {
                "non communiqué".to_owned()
            }
            Value::Unknown => return None,
            _ if about_host && !known && column.id != "host_missing" => return None,
            Value::Flag(yes) => if yes { "oui" } else { "non" }.to_owned(),
            Value::Integer(whole) if column.id == "price_eur" => format!("{}\u{a0}€ par an", french::integer(whole)),
            Value::Integer(whole) => french::integer(whole),
            Value::Number(value) => french::decimal(value, 1),
            Value::List(items) if items.is_empty() => "aucun à moins de 1\u{a0}km".to_owned(),
            Value::List(items) => items.join(", "),
            Value::Text(said) => said.into_owned(),
        };
        Some((definition(column.id).title, said))
    });
    lines.collect()
}

fn of_host(site: &SiteAnswer, field: impl Fn(&Host) -> Option<String>) -> Value<'static> {
    perhaps_text(site.host().and_then(field))
}

fn code(atlas: &Atlas, commune: CommuneIx) -> String {
    atlas.communes()[commune].code.to_string()
}

fn codes(atlas: &Atlas, communes: &[CommuneIx]) -> Value<'static> {
    Value::List(communes.iter().map(|&commune| code(atlas, commune).into()).collect())
}

/// A number of the search; what it could not say is unknown.
pub(super) fn measured(value: f64) -> Value<'static> {
    number(value.is_finite().then_some(value), PLACES)
}

/// One that may be missing.
pub(super) fn perhaps(value: Option<f64>) -> Value<'static> {
    value.map_or(Value::Unknown, measured)
}

fn perhaps_text(value: Option<impl AsRef<str>>) -> Value<'static> {
    value.map_or(Value::Unknown, |value| text(value.as_ref()))
}
