//! A point that lies in another commune than the one declared, where the row itself names the commune of the point: « Mairie de
//! Latresne », in Latresne, under the commune of Saint-André-de-Cubzac.

use crate::domain::text::fold_place;
use crate::domain::{CommuneIx, Position};
use crate::ingest::reference::Reference;
use crate::ingest::report::Code;

use super::naming::without_article;
use super::{CONTRADICTION_M, CommuneClue, CommuneFound, TOLERANCE_M, metres_away, named_at_the_end};

/// Shorter names are words of their own.
const SHORTEST: usize = 4;

/// Gives a row the commune of its point, when the name of the place, the end of the address or the postal code names that commune,
/// and none of them only the declared one. A postal code of the declared commune goes with its mistake where the name of the
/// place is that of a commune beyond [`CONTRADICTION_M`].
pub fn outweigh(position: Position, clue: CommuneClue<'_>, found: &mut CommuneFound, reference: &Reference) {
    let Some(declared) = found.ordinal else { return };
    let Some((there, away)) = commune_of(position, declared, reference) else { return };
    let [ours, theirs] = [declared, there].map(|i| &reference.communes[i]);
    let [named_ours, named_theirs] = mentions(clue.mention, &ours.name, &theirs.name);
    let at_the_end = clue.address.and_then(|address| named_at_the_end(address, &[declared, there], reference));
    let postcode = found.postcode.as_ref();
    let has = |postcodes: &[String]| postcode.is_some_and(|postcode| postcodes.contains(postcode));
    let [served_ours, served_theirs] = [has(&ours.postcodes), has(&theirs.postcodes)];
    let against =
        named_ours || at_the_end == Some(declared) || served_ours && !served_theirs && away <= CONTRADICTION_M;
    let by_postcode = served_theirs && !served_ours;
    let says = match (named_theirs, at_the_end == Some(there), by_postcode) {
        (true, ..) => "the name of the place",
        (_, true, _) => "the address",
        (_, _, true) => "the postal code",
        _ => return,
    };
    // A postal code of the declared commune alone is only outweighed by the name of the place.
    if against || served_ours && !served_theirs && !named_theirs {
        return;
    }
    let reason = format!(
        "{} ({}) is {} m from the point, which lies in {} ({}) as {says} says; that is used",
        ours.name,
        ours.code,
        away.round(),
        theirs.name,
        theirs.code
    );
    if served_ours && !served_theirs {
        // It went with the declared commune.
        found.postcode = if let [only] = &theirs.postcodes[..] { Some(only.clone()) } else { None };
    }
    found.ordinal = Some(there);
    found.contradictory = true;
    found.ambiguous = false;
    found.remark(Code::ConfusedCode, "commune", reason);
}

/// The commune around a position and the metres to the declared one, when they differ. Where communes have no contours, in the
/// Pacific, the commune of the nearest point.
fn commune_of(position: Position, declared: CommuneIx, reference: &Reference) -> Option<(CommuneIx, f64)> {
    let metres = |i: CommuneIx| reference.communes[i].point.map(|point| point.geodesic_to(position).value());
    if let Some(there) = reference.contour_index.containing(position) {
        let away = metres_away(position, declared, reference)?.value();
        return (there != declared && away > TOLERANCE_M).then_some((there, away));
    }
    let bare = |i: CommuneIx| reference.contour_index.distance_to(i, position).is_none();
    if !bare(declared) {
        return None;
    }
    let around = &reference.communes[declared].departement;
    let others = reference.communes.iter_enumerated().filter(|(_, commune)| commune.departement == *around);
    let nearest = others.filter_map(|(i, _)| Some((i, metres(i)?))).min_by(|a, b| a.1.total_cmp(&b.1))?;
    let away = metres(declared)?;
    // Between two points nobody knows where one commune ends.
    (nearest.0 != declared && away > nearest.1 + CONTRADICTION_M).then_some((nearest.0, away))
}

/// Whether the name of a place holds the name of the declared commune, and that of the other; a name inside the other does not
/// count.
fn mentions(mention: Option<&str>, ours: &str, theirs: &str) -> [bool; 2] {
    let text = format!(" {} ", fold_place(mention.unwrap_or_default()));
    let [ours, theirs] = [ours, theirs].map(|name| {
        let folded = fold_place(name);
        let bare = without_article(&folded);
        format!(" {} ", if bare.len() < SHORTEST { &folded } else { bare })
    });
    let holds = |name: &String, other: &String| {
        let rest = if other.len() > name.len() { text.replace(other.as_str(), "  ") } else { text.clone() };
        // « Boulouparis » is Bouloupari, as its own list writes it.
        rest.contains(name.as_str()) || rest.contains(&format!("{}s ", name.trim_end()))
    };
    // What speaks against a change may be short; what speaks for it may not.
    [holds(&ours, &theirs), theirs.trim().len() >= SHORTEST && holds(&theirs, &ours)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Degrees;
    use crate::ingest::commune::find;
    use crate::ingest::reference;

    #[test]
    fn a_point_where_the_row_names_its_commune_is_right() {
        let reference =
            reference::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/territories")).unwrap();
        let hall = |name: &str| {
            let commune = reference.places.by_name(name);
            let [commune] = commune[..] else { panic!("{name}: {commune:?}") };
            reference.communes[commune].point.unwrap()
        };
        let told = |position: Position, mention: &str, address: &str, postcode: &str, name: &str| {
            let clue = CommuneClue {
                postcode: Some(postcode),
                name: Some(name),
                mention: Some(mention),
                address: Some(address),
                position: Some(position),
                ..CommuneClue::default()
            };
            let mut found = find(clue, &reference);
            outweigh(position, clue, &mut found, &reference);
            (found.ordinal.map_or("", |i| reference.communes[i].name.as_str()), found.postcode.unwrap_or_default())
        };
        for (mention, address, postcode, declared, there) in [
            ("Mairie de Latresne", "1 AV JEAN BALDE", "33240", "Saint-André-de-Cubzac", "Latresne"),
            ("MAISON DU DEPARTEMENT de PUYLAURENS", "53 avenue de Castres", "81700", "Castres", "Puylaurens"),
            ("Mairie de Sillars", "1 Rue de la Poste", "86320", "Saulgé", "Sillars"),
            (
                "Mairie de Chavannes-sur-Reyssouze",
                "Le Village",
                "01110",
                "Champdor-Corcelles",
                "Chavannes-sur-Reyssouze",
            ),
        ] {
            let found = told(hall(there), mention, address, postcode, declared);
            assert_eq!(found.0, there, "{mention}");
            let own = &reference.communes[reference.places.by_name(there)[0]].postcodes;
            assert!(own.contains(&found.1), "{mention}: {}", found.1);
        }
        let at = |lon: f64, lat: f64| Position::in_france(Degrees { lon, lat }).unwrap();
        let pins = at(167.485_92, -22.672_46);
        assert_eq!(
            told(pins, "Espace connecté de l'Île des Pins", "Mairie annexe - Vao", "98800", "Nouméa").0,
            "L'Île-des-Pins"
        );
        let boulouparis = at(166.048_12, -21.864_88);
        assert_eq!(
            told(boulouparis, "Espace connecté de Boulouparis", "Annexe Maire RT1", "98800", "Nouméa").0,
            "Bouloupari"
        );
        // Rows that are right today: nothing but the point says the other commune, or the row names the one declared.
        for (mention, address, postcode, declared, there) in [
            ("Point Information Jeunesse - Poum", "Mairie de Poum", "98827", "Poum", "Nouméa"),
            ("Centre de Ressources Illettrisme", "17 RUE LAURENT BONNEVAY", "54100", "Nancy", "Gap"),
            ("Commune de Menomblet", "9 Rue de l'Eglise", "85700", "Menomblet", "Cheffois"),
            ("Mission locale de Lyon, Villeurbanne", "1 rue X", "69100", "Villeurbanne", "Caluire-et-Cuire"),
            ("Espace Multimédia de Lux", "Lux", "71100", "Lux", "Chalon-sur-Saône"),
        ] {
            assert_eq!(told(hall(there), mention, address, postcode, declared).0, declared, "{mention}");
        }
    }
}
