//! Islands without a road: the great circle does not know the sea, this table does.

use crate::domain::CommuneCode;

/// A piece of land that roads do not leave, as far as the table goes. Everything else counts as one land; Corsica, the
/// overseas départements and the rest are too far from one another to be confused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Landmass(u8);

/// Island communes that only ships and planes reach, island by island (Code officiel géographique; Ré, Oléron, Noirmoutier
/// and the other islands with a bridge or causeway are not islands here).
const ISLANDS: [&[&str]; 20] = [
    &["17004"],                            // Île-d'Aix
    &["22016"],                            // Île-de-Bréhat
    &["29082"],                            // Île-de-Batz
    &["29083"],                            // Île-de-Sein
    &["29084"],                            // Île-Molène
    &["29155"],                            // Ouessant
    &["56009", "56114", "56152", "56241"], // Belle-Île: Bangor, Locmaria, Le Palais, Sauzon
    &["56069"],                            // Groix
    &["56085"],                            // Hœdic
    &["56086"],                            // Île-aux-Moines
    &["56087"],                            // Île-d'Arz
    &["56088"],                            // Île-d'Houat
    &["85113"],                            // L'Île-d'Yeu
    &["97108", "97112", "97126"],          // Marie-Galante: Capesterre, Grand-Bourg, Saint-Louis
    &["97110"],                            // La Désirade
    &["97130"],                            // Terre-de-Bas
    &["97131"],                            // Terre-de-Haut
    &["97502"],                            // Saint-Pierre, apart from Miquelon-Langlade
    &["97701"],                            // Saint-Barthélemy
    &["97801"],                            // Saint-Martin
];

impl Landmass {
    /// All land that is not one of the islands.
    pub const MAIN: Landmass = Landmass(0);

    /// The land a commune stands on.
    #[must_use]
    pub fn of(commune: CommuneCode) -> Self {
        let island = ISLANDS.iter().position(|communes| communes.contains(&commune.as_str()));
        Self(island.map_or(0, |island| island as u8 + 1))
    }
}
