//! What a visitor is told about the way a text was read: never silently one way when it was not sure.

use crate::atlas::Atlas;
use crate::atlas::meaning::{Meaning, Meant, Remark};
use crate::domain::text::fold_place;

use crate::tables::french::of_place;

/// One sentence for each remark.
#[must_use]
pub fn said(atlas: &Atlas, text: &str, meaning: &Meaning) -> Vec<String> {
    let name = meaning.meant.first().map(|meant| short_name(atlas, meant)).unwrap_or_default();
    let answered = !meaning.asks;
    // Nothing is searched from a territory: a town in it is asked for.
    let is_inside = matches!(meaning.meant.first(), Some(Meant::Territory(..)));
    let sentence = |remark: &Remark| -> Option<String> {
        Some(match remark {
            Remark::LeftOut(words) if answered && !is_inside => {
                format!(
                    "Nous n'avons pas tenu compte de «\u{a0}{words}\u{a0}»\u{a0}: la recherche part {}.",
                    of_centre(atlas, meaning)
                )
            }
            Remark::LeftOut(words) => format!("Nous n'avons pas tenu compte de «\u{a0}{words}\u{a0}»."),
            Remark::Resembles if answered => {
                format!(
                    "Rien ne s'appelle exactement «\u{a0}{text}\u{a0}»\u{a0}: nous avons compris «\u{a0}{name}\u{a0}»."
                )
            }
            Remark::Resembles => format!("Rien ne s'appelle exactement «\u{a0}{text}\u{a0}»."),
            Remark::OldName(old) => match meaning.meant.first() {
                // The name alone, as it was written when it was one: around it stood other words.
                Some(Meant::Commune(ordinal)) if fold_place(&atlas.communes()[*ordinal].name) != *old => {
                    let mut before = atlas.places().names_before(atlas.communes()[*ordinal].code);
                    let old = before.find(|name| fold_place(name) == *old)?;
                    format!("«\u{a0}{old}\u{a0}» fait aujourd'hui partie {}.", of_place(&name))
                }
                _ => return None,
            },
            // Distances from the town would otherwise be read as distances from the island.
            Remark::Island if answered => format!(
                "«\u{a0}{text}\u{a0}» est en mer, et fait partie {}\u{a0}: il faut prendre un bateau. La recherche part {}, pas de l'île\u{a0}: les \
                 distances et les temps ne comptent pas la traversée.",
                of_place(&name),
                of_centre(atlas, meaning)
            ),
            Remark::Everyday if answered => {
                format!("«\u{a0}{text}\u{a0}»\u{a0}: nous avons compris «\u{a0}{name}\u{a0}».")
            }
            Remark::Everyday | Remark::Island => {
                format!("«\u{a0}{text}\u{a0}» n'est pas une commune, ou pas la seule de ce nom.")
            }
            Remark::Abroad if meaning.meant.is_empty() => {
                format!("«\u{a0}{text}\u{a0}» n'est pas en France\u{a0}: Médiane ne connaît que des lieux en France.")
            }
            Remark::Abroad => format!(
                "«\u{a0}{text}\u{a0}» n'est pas en France, ou pas seulement. Voici des communes françaises, voisines ou du même nom."
            ),
            Remark::Cedex(code) if !answered => {
                format!(
                    "Le {code} n'est le code postal d'aucune commune\u{a0}: c'est peut-être un code CEDEX, ou une erreur."
                )
            }
            Remark::Cedex(code) => format!(
                "Le {code} n'est le code postal d'aucune commune\u{a0}: c'est sans doute un code CEDEX. Nous avons compris «\u{a0}{name}\u{a0}»."
            ),
            Remark::OtherCode(code) => format!("Le code {code} et le nom que vous avez écrits ne vont pas ensemble."),
            Remark::NoSuchArrondissement(number) => format!("Il n'y a pas d'arrondissement n°\u{a0}{number} à {name}."),
            Remark::ManyVenues => "Beaucoup de lieux portent ce nom\u{a0}: ajoutez la commune.".to_owned(),
            Remark::StreetsMissing(words) => format!(
                "Les rues ne sont pas connues ici\u{a0}: nous n'avons pas tenu compte de «\u{a0}{words}\u{a0}», la recherche part {}.",
                of_centre(atlas, meaning)
            ),
            Remark::StreetUnknown(words) => format!(
                "Nous ne connaissons pas «\u{a0}{words}\u{a0}» ici\u{a0}: la recherche part {}.",
                of_centre(atlas, meaning)
            ),
            Remark::StreetResembles(words) if !answered => {
                format!("Aucune rue ne s'appelle exactement «\u{a0}{words}\u{a0}» ici.")
            }
            Remark::StreetResembles(words) => {
                format!(
                    "Aucune rue ne s'appelle exactement «\u{a0}{words}\u{a0}» ici\u{a0}: nous avons compris «\u{a0}{name}\u{a0}»."
                )
            }
            Remark::NumberUnknown(number) => {
                let known = format!("Le n°\u{a0}{number} n'est pas dans les adresses que nous avons");
                if answered {
                    format!("{known}\u{a0}: la recherche part de «\u{a0}{name}\u{a0}».")
                } else {
                    format!("{known}.")
                }
            }
            Remark::FoundElsewhere(words) if answered => format!(
                "Nous avons cherché «\u{a0}{words}\u{a0}» dans la base nationale des adresses\u{a0}: la recherche part de «\u{a0}{name}\u{a0}»."
            ),
            Remark::FoundElsewhere(words) => {
                format!(
                    "Nous avons cherché «\u{a0}{words}\u{a0}» dans la base nationale des adresses, sans être sûrs du résultat."
                )
            }
            Remark::UnknownPlace(words) => format!(
                "Nous ne savons pas où est «\u{a0}{words}\u{a0}»\u{a0}: ajoutez la commune où ce lieu se trouve."
            ),
            Remark::StreetOnly => {
                "C'est peut-être le nom d'une rue\u{a0}: ajoutez la commune où elle se trouve.".to_owned()
            }
        })
    };
    meaning.remarks.iter().filter_map(sentence).collect()
}

fn short_name(atlas: &Atlas, meant: &Meant) -> String {
    match meant {
        Meant::Commune(ordinal) => atlas.communes()[*ordinal].name.clone(),
        Meant::Territory(level, ordinal) => atlas.territories(*level)[*ordinal as usize].name.clone(),
        other => atlas.in_words(other),
    }
}

fn of_centre(atlas: &Atlas, meaning: &Meaning) -> String {
    match meaning.meant.first() {
        Some(Meant::Arrondissement(arrondissement)) => {
            format!("du centre du {} arrondissement", arrondissement.ordinal())
        }
        Some(Meant::Postcode(code, _)) => format!("du code postal {code}"),
        Some(meant) => format!("du centre {}", of_place(&short_name(atlas, meant))),
        None => "de la commune".to_owned(),
    }
}
