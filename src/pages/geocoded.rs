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

/// The reading of what was typed with what a geocoder knows; `None` when none was asked, and the text is to be read as ever.
pub(super) async fn reading(state: &State, params: &Params) -> Option<Meaning> {
    let geocoder = of(state)?.clone();
    let text = params.one("lieu").filter(|text| params.one("commune").is_none() && typed::degrees(text).is_none())?;
    let meaning = meaning::read(&state.atlas, text);
    let asked = meaning::unplaced(&state.atlas, &meaning)?;
    // It waits for somebody else: on a thread that nothing else needs.
    let told = web::block(move || geocoder.find(&asked)).await.ok()?;
    Some(meaning::placed_elsewhere(&state.atlas, meaning, told))
}
