//! What the tags of a way allow, to whom, and how fast.
//!
//! Speeds and rules follow the profiles car, bicycle and foot of the Open Source Routing Machine (OSRM 5), simplified: no
//! turn restrictions, no surfaces, no gradients, no times of day. What is closed for a part of the year is closed. Speeds are means with stops, not limits.

use super::calendar::{closed_for_a_season, ferry_s};
use crate::access::reach::Mode;

/// Speeds on foot, and of a bicycle that is pushed, in km/h: that of the estimate from the great circle.
const FOOT_KMH: f64 = 4.5;
const BICYCLE_KMH: f64 = 15.0;
/// What is left of a speed limit once stops are counted.
const OF_THE_LIMIT: f64 = 0.8;
/// Ferries: slow, as nobody knows how long one waits.
const FERRY_KMH: f64 = 10.0;

/// Cars, in km/h, by class of road.
const CAR: [(&str, f64); 16] = [
    ("motorway", 90.0),
    ("motorway_link", 45.0),
    ("trunk", 85.0),
    ("trunk_link", 40.0),
    ("primary", 65.0),
    ("primary_link", 30.0),
    ("secondary", 55.0),
    ("secondary_link", 25.0),
    ("tertiary", 40.0),
    ("tertiary_link", 20.0),
    ("unclassified", 25.0),
    ("residential", 25.0),
    ("road", 25.0),
    ("living_street", 10.0),
    ("service", 15.0),
    ("busway", 0.0),
];
/// Roads for cars alone, unless a tag lets others in.
const CARS_ONLY: [&str; 4] = ["motorway", "motorway_link", "trunk", "trunk_link"];
/// Ways without cars, with the speed of a bicycle: footways and steps are walked.
const SLOW: [(&str, f64); 8] = [
    ("cycleway", BICYCLE_KMH),
    ("track", 12.0),
    ("path", 12.0),
    ("bridleway", FOOT_KMH),
    ("pedestrian", FOOT_KMH),
    ("footway", FOOT_KMH),
    ("corridor", FOOT_KMH),
    ("steps", 2.0),
];
/// Values of access tags that keep people out.
const CLOSED: [&str; 9] =
    ["no", "private", "agricultural", "forestry", "agricultural;forestry", "delivery", "emergency", "military", "psv"];
/// Barriers that stop no car, as OSRM has them.
pub const BARRIERS: [&str; 10] = [
    "cattle_grid",
    "border_control",
    "toll_booth",
    "sally_port",
    "gate",
    "lift_gate",
    "no",
    "entrance",
    "height_restrictor",
    "kerb",
];

/// Speeds along a way and against it, in km/h, by mode in the order of [`Mode::ALL`]; `None` where one may not go.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WayRules {
    /// In the order of its nodes.
    pub along: [Option<f64>; 3],
    /// In the other order.
    pub against: [Option<f64>; 3],
    /// For a boat that says how long it takes: seconds from end to end, the wait included, whatever the speeds.
    pub ferry_s: Option<u32>,
}

/// The rules of a way, from its tags; `None` when nobody travels on it.
pub fn rules<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> Option<WayRules> {
    if closed_for_a_season(&tag) {
        return None;
    }
    let ferry = tag("route") == Some("ferry");
    let class = tag("highway").or(ferry.then_some("ferry"))?;
    let car = car_kmh(class, &tag);
    let bicycle = bicycle_kmh(class, &tag);
    let walk = foot_kmh(class, &tag);
    let direction = Direction::of(class, &tag);
    let bicycle_direction = match direction {
        _ if tag("oneway:bicycle") == Some("no") => Direction::Both,
        _ if ["cycleway", "cycleway:left", "cycleway:right"]
            .iter()
            .any(|key| tag(key).is_some_and(|value| value.starts_with("opposite"))) =>
        {
            Direction::Both
        }
        // Pushed, a bicycle is on foot.
        _ if bicycle.is_some_and(|kmh| kmh <= FOOT_KMH) => Direction::Both,
        other => other,
    };
    let along = |speed: Option<f64>, direction| speed.filter(|_| direction != Direction::Against);
    let against = |speed: Option<f64>, direction| speed.filter(|_| direction != Direction::Along);
    let rules = WayRules {
        along: [walk, along(bicycle, bicycle_direction), along(car, direction)],
        against: [walk, against(bicycle, bicycle_direction), against(car, direction)],
        ferry_s: if class == "ferry" { ferry_s(&tag) } else { None },
    };
    rules.along.iter().chain(&rules.against).any(Option::is_some).then_some(rules)
}

/// Whether a node stops cars: a bollard, a private gate.
pub fn blocks_cars<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> bool {
    match allowed(Mode::Car, &tag) {
        Some(open) => !open,
        None => tag("barrier").is_some_and(|barrier| !BARRIERS.contains(&barrier)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Both,
    Along,
    Against,
}

impl Direction {
    fn of<'a>(class: &str, tag: &impl Fn(&str) -> Option<&'a str>) -> Self {
        let roundabout = matches!(tag("junction"), Some("roundabout" | "circular"));
        match tag("oneway") {
            Some("yes" | "true" | "1") => Self::Along,
            Some("-1" | "reverse") => Self::Against,
            Some("no" | "false" | "0") => Self::Both,
            _ if roundabout || class == "motorway" => Self::Along,
            _ => Self::Both,
        }
    }
}

/// What the most particular access tag says; `None` when there is none.
fn allowed<'a>(mode: Mode, tag: &impl Fn(&str) -> Option<&'a str>) -> Option<bool> {
    let keys: &[&str] = match mode {
        Mode::Walk => &["foot", "access"],
        Mode::Bicycle => &["bicycle", "vehicle", "access"],
        Mode::Car => &["motorcar", "motor_vehicle", "vehicle", "access"],
    };
    keys.iter().find_map(|key| tag(key)).map(|value| !CLOSED.contains(&value))
}

fn car_kmh<'a>(class: &str, tag: &impl Fn(&str) -> Option<&'a str>) -> Option<f64> {
    let open = allowed(Mode::Car, tag);
    if class == "ferry" {
        // Few ferries take cars, and those say so.
        return (tag("motorcar").or(tag("motor_vehicle")).is_some() && open == Some(true)).then_some(FERRY_KMH);
    }
    let (_, kmh) = CAR.iter().find(|(name, kmh)| *name == class && *kmh > 0.0)?;
    // Lanes that change direction with the hour, and roads under the name of a building site, are left alone.
    if open == Some(false) || matches!(tag("oneway"), Some("reversible" | "alternating")) {
        return None;
    }
    Some(tag("maxspeed").and_then(limit_kmh).map_or(*kmh, |limit| limit * OF_THE_LIMIT))
}

fn bicycle_kmh<'a>(class: &str, tag: &impl Fn(&str) -> Option<&'a str>) -> Option<f64> {
    let says = tag("bicycle");
    if says == Some("dismount") {
        return foot_kmh(class, tag);
    }
    let invited = matches!(says, Some("yes" | "designated" | "permissive"));
    if allowed(Mode::Bicycle, tag) == Some(false) || (CARS_ONLY.contains(&class) && !invited) {
        // A bicycle may be pushed wherever one may walk.
        return foot_kmh(class, tag);
    }
    if class == "ferry" {
        return Some(FERRY_KMH);
    }
    if let Some((_, kmh)) = SLOW.iter().find(|(name, _)| *name == class) {
        let walked = *kmh <= FOOT_KMH;
        return Some(if walked && invited && class != "steps" { 10.0 } else { *kmh })
            .filter(|_| !walked || invited || foot_kmh(class, tag).is_some());
    }
    CAR.iter().any(|(name, _)| *name == class).then_some(BICYCLE_KMH)
}

fn foot_kmh<'a>(class: &str, tag: &impl Fn(&str) -> Option<&'a str>) -> Option<f64> {
    let invited = matches!(tag("foot"), Some("yes" | "designated" | "permissive"));
    let closed = allowed(Mode::Walk, tag) == Some(false)
        || (CARS_ONLY.contains(&class) && !invited)
        || (class == "busway" && !invited)
        // A cycleway is walked unless it says otherwise.
        || tag("foot") == Some("use_sidepath");
    let known =
        class == "ferry" || CAR.iter().any(|(name, _)| *name == class) || SLOW.iter().any(|(name, _)| *name == class);
    (known && !closed).then_some(if class == "ferry" { FERRY_KMH } else { FOOT_KMH })
}

/// A speed limit: a number of km/h, or of mph, or the default of a kind of road in France. Others are not believed.
fn limit_kmh(text: &str) -> Option<f64> {
    let kmh = match text {
        "FR:urban" => 50.0,
        "FR:rural" => 80.0,
        "FR:motorway" => 130.0,
        _ => match text.strip_suffix("mph") {
            Some(miles) => miles.trim().parse::<f64>().ok()? * 1.609_344,
            None => text.strip_suffix("km/h").unwrap_or(text).trim().parse().ok()?,
        },
    };
    (5.0..=150.0).contains(&kmh).then_some(kmh)
}
