use std::sync::Arc;

use crate::atlas::Atlas;
use crate::domain::vocabulary::Itinerance;
use crate::http::State;
use crate::pages::testing::{leaves, position};
use crate::pages::tests::{get_from, now};

#[test]
fn a_place_that_moves_says_so_beside_the_map_and_beside_another_place() {
    let mut leaves = leaves();
    leaves.venues[0].itinerance = vec![Itinerance::Itinerant];
    leaves.venues[2].location = crate::domain::Location::Published(position(4.8357, 45.7676));
    let state = State::new(Arc::new(Atlas::bind(leaves)), now);
    let moving = "Ce lieu bouge";
    let map = get_from(&state, "/carte?lieu=lyon").body;
    assert!(map.contains("vérifiez où il est avant de venir. ") && map.contains(moving), "{map}");
    assert!(get_from(&state, "/lieux/lyon-3").body.contains(moving), "the place beside it moves");
    let still = State::new(Arc::new(crate::pages::testing::atlas()), now);
    assert!(!get_from(&still, "/carte?lieu=lyon").body.contains(moving));
}
