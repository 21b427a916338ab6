//! Land without a road to the rest: the great circle does not know the sea, this table does.

use crate::domain::CommuneCode;

/// A piece of land that roads do not leave, as far as the table goes: the European mainland, Corsica, each overseas
/// territory, and the islands below. Tahiti is 987, Grande-Terre of Mayotte 976.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Landmass(u16);

/// Island communes that only ships and planes reach, island by island, with their names in the code officiel géographique.
/// Ré, Oléron, Noirmoutier and other islands with a bridge or causeway are not islands here. The last seven are communes of
/// Guyane that no road leads to.
pub(super) const ISLANDS: [&[(&str, &str)]; 66] = [
    &[("17004", "Île-d'Aix")],
    &[("22016", "Île-de-Bréhat")],
    &[("29082", "Île-de-Batz")],
    &[("29083", "Île-de-Sein")],
    &[("29084", "Île-Molène")],
    &[("29155", "Ouessant")],
    &[("56009", "Bangor"), ("56114", "Locmaria"), ("56152", "Le Palais"), ("56241", "Sauzon")],
    &[("56069", "Groix")],
    &[("56085", "Hœdic")],
    &[("56086", "Île-d'Houat")],
    &[("56087", "Île-aux-Moines")],
    &[("56088", "Île-d'Arz")],
    &[("85113", "L'Île-d'Yeu")],
    &[("97108", "Capesterre-de-Marie-Galante"), ("97112", "Grand-Bourg"), ("97126", "Saint-Louis")],
    &[("97110", "La Désirade")],
    &[("97130", "Terre-de-Bas")],
    &[("97131", "Terre-de-Haut")],
    &[("97502", "Saint-Pierre")],
    &[("98801", "Belep")],
    &[("98809", "L'Île-des-Pins")],
    &[("98814", "Lifou")],
    &[("98815", "Maré")],
    &[("98820", "Ouvéa")],
    &[("97608", "Dzaoudzi"), ("97615", "Pamandzi")],
    &[("98611", "Alo"), ("98612", "Sigave")],
    &[("98750", "Taputapuatea"), ("98754", "Tumaraa"), ("98758", "Uturoa")],
    &[("98711", "Anaa")],
    &[("98713", "Arutua")],
    &[("98714", "Bora-Bora")],
    &[("98716", "Fakarava")],
    &[("98717", "Fangatau")],
    &[("98718", "Fatu-Hiva")],
    &[("98719", "Gambier")],
    &[("98720", "Hao")],
    &[("98721", "Hikueru")],
    &[("98723", "Hiva-Oa")],
    &[("98724", "Huahine")],
    &[("98726", "Makemo")],
    &[("98727", "Manihi")],
    &[("98728", "Maupiti")],
    &[("98729", "Moorea-Maiao")],
    &[("98730", "Napuka")],
    &[("98731", "Nuku-Hiva")],
    &[("98732", "Nukutavake")],
    &[("98737", "Pukapuka")],
    &[("98739", "Raivavae")],
    &[("98740", "Rangiroa")],
    &[("98741", "Rapa")],
    &[("98742", "Reao")],
    &[("98743", "Rimatara")],
    &[("98744", "Rurutu")],
    &[("98745", "Tahaa")],
    &[("98746", "Tahuata")],
    &[("98749", "Takaroa")],
    &[("98751", "Tatakoto")],
    &[("98753", "Tubuai")],
    &[("98755", "Tureia")],
    &[("98756", "Ua-Huka")],
    &[("98757", "Ua-Pou")],
    &[("97314", "Ouanary")],
    &[("97352", "Saül")],
    &[("97353", "Maripasoula")],
    &[("97356", "Camopi")],
    &[("97357", "Grand-Santi")],
    &[("97358", "Saint-Élie")],
    &[("97362", "Papaichton")],
];

impl Landmass {
    /// The European mainland.
    pub const MAIN: Landmass = Landmass(0);
    /// Corsica; any number will do that no other land has.
    pub const CORSICA: Landmass = Landmass(2_000);

    /// The land a commune stands on.
    #[must_use]
    pub fn of(commune: CommuneCode) -> Self {
        let code = commune.as_str();
        let island = ISLANDS.iter().position(|communes| communes.iter().any(|(island, _)| *island == code));
        // Overseas, the first three characters are the territory: 971 to 989.
        let overseas = || code.starts_with('9').then(|| code[..3].parse().ok()).flatten().filter(|land| *land > 970);
        if code.starts_with("2A") || code.starts_with("2B") {
            return Self::CORSICA;
        }
        Self(island.map(|island| island as u16 + 1).or_else(overseas).unwrap_or(0))
    }
}
