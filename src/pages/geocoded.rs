//! An address that the edition cannot place, asked of a geocoder where whoever set the instance up named one: when somebody searches,
//! never while they type, and of everything that they sent only the address.

use std::sync::{Arc, OnceLock};

use actix_web::web;

use super::params::Params;
use crate::atlas::meaning::{self, Meaning, typed};
use crate::http::State;
use crate::ports::Geocoder;

/// Whom addresses are asked, from now on; what was put there first stays.
pub fn put(state: &State, geocoder: Arc<dyn Geocoder>) {
    let _ = state.process.kept::<OnceLock<Arc<dyn Geocoder>>>().set(geocoder);
}

/// Whom addresses are asked; nobody unless it was put there.
pub(super) fn of(state: &State) -> Option<&Arc<dyn Geocoder>> {
    state.process.kept::<OnceLock<Arc<dyn Geocoder>>>().get()
}

/// The reading of what was typed, with what a geocoder knows of an address that it had to be asked; `None` where none was named, and
/// where no text is read.
pub(super) async fn reading(state: &State, params: &Params) -> Option<Meaning> {
    let geocoder = of(state)?.clone();
    let text = params.one("lieu").filter(|text| params.one("commune").is_none() && typed::degrees(text).is_none())?;
    let meaning = meaning::read(&state.atlas, text);
    let Some(asked) = meaning::unplaced(&state.atlas, &meaning) else { return Some(meaning) };
    // It waits for somebody else: on a thread that nothing else needs. Whoever learns nothing there reads as ever.
    let told = web::block(move || geocoder.find(&asked)).await.unwrap_or_default();
    Some(meaning::placed_elsewhere(&state.atlas, meaning, told))
}
