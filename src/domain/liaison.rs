//! `de` before the name of a place: `d'Hyères`, `d'Yvetot`, `de Houdan`, `du Havre`.

use super::text::fold_place;

/// First words of names of communes whose H is aspirated, folded: those the official list of geographical codes says (2026, code of
/// liaison 0), and seven of the Pacific, of which it says nothing. Before any other H, « de » is elided.
const ASPIRATED: &str = "\
    habsheim hachan hadancourt haegen hagedet hagenbach hagenthal haget hagnicourt haguenau hailles haimps haims \
    halles halloy ham hambach hambers hambye hamelet hames hammeville hamonville hampigny hampont han handschuheim \
    hangard hangenbieten hangviller hannapes hannappes hannogne hannonville hans hanvec hanviller hanvoile hao \
    happencourt harcy hardanges hardinvast harricourt harskirchen hartmannswiller harville hary hatten hattmatt \
    hattstatt hauban haudivillers haulies haulme hausgauen hautbos hautecloque hautefontaine hauteroche haution \
    hautteville hauville hauvine haybes heches hecken hecmanville hede hegeney hegenheim heidolsheim heidwiller \
    heiligenberg heiligenstein heilles heimersdorf heimsbrunn heiteren heiwiller helfrantzkirch helleville hem \
    hemevez henansal hengwiller henon henvic herbitzheim herbsheim herce heres hermes hermival herpont herran \
    herrlisheim hescamps hesingue hessenheim hettenschlag heugueville heuqueville hibarette hienghene hierges \
    hiermont hiesville hiis hikueru hilsenheim hinacourt hindisheim hindlingen hinsbourg hinsingen hipsheim \
    hirschland hirsingue hirtzbach hirtzfelden hitiaa hitte hiva hochfelden hochstatt hochstett hocquigny hodenc \
    hodeng hoedic hoenheim hoerdt hoffen hohengoeft hohfrankenheim hohrod holnon holque holtzheim hombourg \
    hommarting hommert hon hondainville hondouville honfleur honguemare honskirch horbourg horgues hornoy hoste \
    hotot hottot hottviller houailou houdan houdilcourt houetteville houeydets houldizy houlette houlgate houlle \
    houppeville houquetot hourc hourges houry houssay houssen housset hoymille huahine huanne huelgoat huest \
    hugleville huille huiron huisnes humes hunawihr hundsbach huningue hunspach hurtigheim husseren huttendorf \
    huttenheim hyemondans hyet";

/// `de` before a place: `de Lyon`, `d'Alès`, `d'Hyères`, `du Havre`, `des Lilas`.
#[must_use]
pub fn of_place(name: &str) -> String {
    if let Some(rest) = name.strip_prefix("Le ") {
        return format!("du {rest}");
    }
    if let Some(rest) = name.strip_prefix("Les ") {
        return format!("des {rest}");
    }
    if name.starts_with(char::is_uppercase) && elides(name) { format!("d'{name}") } else { format!("de {name}") }
}

/// Whether the name begins as with a vowel.
fn elides(name: &str) -> bool {
    let folded = fold_place(name);
    let first = folded.split(' ').next().unwrap_or_default();
    match first.as_bytes().first() {
        Some(b'a' | b'e' | b'i' | b'o' | b'u') => true,
        // Every Y of the list is a vowel, Yenne's too; Yaté is in Nouvelle-Calédonie.
        Some(b'y') => first != "yate",
        Some(b'h') => {
            // « Haut » is aspirated wherever it is the word of the language, in names of départements as well.
            !matches!(first, "haut" | "haute" | "hauts" | "hautes") && !ASPIRATED.split(' ').any(|word| word == first)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_h_is_mute_unless_the_list_says_otherwise() {
        let mute =
            ["Hyères", "Hirson", "Hendaye", "Hénin-Beaumont", "Huez", "Hôpital-Camfrout", "Hérouville-Saint-Clair"];
        for name in
            mute.into_iter().chain(["Yvetot", "Yssingeaux", "Yerres", "Y", "Évry", "Œuilly", "Île-d'Yeu", "Ussel"])
        {
            assert!(elides(name), "{name}");
        }
        let aspirated =
            ["Honfleur", "Houdan", "Ham", "Hem", "Haguenau", "Hœnheim", "Huahine", "Haute-Garonne", "Haut-Mauco"];
        for name in aspirated.into_iter().chain(["Yaté", "Lyon", "La Rochelle", "L'Île-Rousse", ""]) {
            assert!(!elides(name), "{name}");
        }
    }

    #[test]
    fn the_list_is_folded_sorted_and_has_each_word_once() {
        let words: Vec<&str> = ASPIRATED.split(' ').collect();
        assert!(words.is_sorted_by(|a, b| a < b) && words.iter().all(|word| fold_place(word) == *word), "{words:?}");
    }
}
