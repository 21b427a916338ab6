//! Names that people use and no list of communes or territories of today has: quarters, former régions and départements,
//! provinces, new towns, and the cities across the border. By hand, 2026; codes of today.

use crate::atlas::Atlas;
use crate::atlas::places::{Likeness, arrondissements};
use crate::domain::{CommuneCode, Level};

use super::islands::{self, ISLANDS};
use super::phrase::{Word, folded};
use super::quarters::{PLACES, QUARTERS};
use super::villages::VILLAGES;
use super::{Meaning, Meant, Remark, index, names, territory};

/// A folded name and what it is today: codes of communes and arrondissements (five characters), of départements (two or
/// three), of régions (after an R), the likeliest first. After a « = » the article belongs to it: Saintes is another town.
const NAMES: [(&str, &[&str]); 124] = [
    // Régions before 2016.
    ("alsace", &["67", "68"]),
    ("aquitaine", &["33", "64", "40", "24", "47"]),
    ("auvergne", &["63", "03", "43", "15"]),
    ("basse normandie", &["14", "50", "61"]),
    ("haute normandie", &["76", "27"]),
    ("bourgogne", &["71", "21", "89", "58"]),
    ("franche comte", &["25", "70", "39", "90"]),
    ("champagne ardenne", &["51", "10", "08", "52"]),
    ("champagne", &["51", "10"]),
    ("languedoc roussillon", &["34", "30", "66", "11", "48"]),
    ("languedoc", &["34", "30", "11"]),
    ("roussillon", &["66"]),
    ("limousin", &["87", "19", "23"]),
    ("lorraine", &["57", "54", "88", "55"]),
    ("midi pyrenees", &["31", "81", "82", "65", "12", "32", "46", "09"]),
    ("nord pas de calais", &["59", "62"]),
    ("picardie", &["80", "60", "02"]),
    ("poitou charentes", &["17", "86", "16", "79"]),
    ("poitou", &["86", "79"]),
    ("rhone alpes", &["69", "38", "42", "74", "01", "73", "26", "07"]),
    // Départements under the names that they had.
    ("basses alpes", &["04"]),
    ("basses pyrenees", &["64"]),
    ("charente inferieure", &["17"]),
    ("cotes du nord", &["22"]),
    ("loire inferieure", &["44"]),
    ("seine inferieure", &["76"]),
    ("seine et oise", &["95", "78", "91"]),
    ("seine", &["75", "92", "93", "94"]),
    ("neuf trois", &["93"]),
    ("9 3", &["93"]),
    // Provinces and coasts of which people still say that they live there.
    ("anjou", &["49"]),
    ("bearn", &["64"]),
    ("berry", &["18", "36"]),
    ("cote d azur", &["06", "83"]),
    ("pays basque", &["64"]),
    ("perigord", &["24"]),
    ("quercy", &["46", "82"]),
    ("touraine", &["37"]),
    // Towns by their names in the languages of their régions.
    ("an oriant", &["56121"]),
    ("gwened", &["56260"]),
    ("kemper", &["29232"]),
    ("montroulez", &["29151"]),
    ("naoned", &["44109"]),
    ("roazhon", &["35238"]),
    ("sant brieg", &["22278"]),
    ("baiona", &["64102"]),
    ("donibane lohizune", &["64483"]),
    ("hendaia", &["64260"]),
    ("miarritze", &["64122"]),
    ("perpinya", &["66136"]),
    ("nissa", &["06088"]),
    ("tolosa", &["31555"]),
    ("aiacciu", &["2A004"]),
    ("corti", &["2B096"]),
    ("duinkerke", &["59183"]),
    ("rijsel", &["59350"]),
    ("mulhausen", &["68224"]),
    ("strossburi", &["67482"]),
    ("strassburg", &["67482"]),
    ("paname", &["75056"]),
    // Quarters that are better known than the commune around them.
    ("la defense", &["92062", "92026"]),
    ("paris la defense", &["92062", "92026"]),
    ("bastille", &["75111", "75112", "75104"]),
    ("batignolles", &["75117"]),
    ("barbes", &["75118"]),
    ("belleville", &["75120", "75119"]),
    ("bercy", &["75112"]),
    ("chatelet", &["75101"]),
    ("goutte d or", &["75118"]),
    ("menilmontant", &["75120"]),
    ("montmartre", &["75118"]),
    ("montparnasse", &["75114", "75115", "75106"]),
    ("pigalle", &["75109", "75118"]),
    ("quartier latin", &["75105"]),
    ("la villette", &["75119"]),
    ("le marais", &["75104", "75103"]),
    ("la plaine saint denis", &["93066", "93001"]),
    ("croix rousse", &["69384", "69381"]),
    ("la duchere", &["69389"]),
    ("la guillotiere", &["69387", "69383"]),
    ("part dieu", &["69383"]),
    ("vaise", &["69389"]),
    // Stations bear the names of where trains go.
    ("gare d austerlitz", &["75113"]),
    ("gare de l est", &["75110"]),
    ("gare de lyon", &["75112", "69383"]),
    ("gare du nord", &["75110"]),
    ("gare montparnasse", &["75115"]),
    ("gare saint lazare", &["75108"]),
    ("stade de france", &["93066"]),
    ("les minguettes", &["69259"]),
    ("la belle de mai", &["13203"]),
    ("la joliette", &["13202"]),
    ("le panier", &["13202"]),
    ("le mirail", &["31555"]),
    ("euralille", &["59350"]),
    ("hautepierre", &["67482"]),
    // New towns and others that are several communes.
    ("marne la vallee", &["93051", "77468", "77083", "77243", "77111"]),
    ("saint quentin en yvelines", &["78621", "78423", "78297"]),
    ("senart", &["77296", "77122", "77251"]),
    ("val d europe", &["77449", "77111", "77018", "77268", "77132"]),
    ("cergy pontoise", &["95127", "95500"]),
    ("sophia antipolis", &["06152", "06018", "06004"]),
    ("roissy charles de gaulle", &["95527"]),
    ("pierrefitte", &["93066"]),
    ("cergy le haut", &["95127"]),
    ("grande borne", &["91286"]),
    ("villejean", &["35238"]),
    ("region sud", &["R93"]),
    // Lands and districts that are no territory of today, and intercommunalités that Paris's metropolis took in.
    ("bassin minier", &["62", "59"]),
    ("cevennes", &["30", "48"]),
    ("est ensemble", &["93048", "93055", "93008", "93010", "93053"]),
    ("grand paris seine ouest", &["92012", "92040", "92048", "92075"]),
    ("pays d auge", &["14366", "14514", "14220"]),
    ("pays de caux", &["76259", "76758", "76384"]),
    ("plaine commune", &["93066", "93001", "93027", "93031", "93072"]),
    // Islands that are several communes.
    ("belle ile", &["56152", "56241", "56009", "56114"]),
    ("belle ile en mer", &["56152", "56241", "56009", "56114"]),
    ("ile de re", &["17369", "17161", "17051", "17121"]),
    ("ile d oleron", &["17385", "17093"]),
    ("oleron", &["17385", "17093"]),
    ("les saintes", &["97131", "97130"]),
    ("raiatea", &["98758", "98754", "98750"]),
    ("camargue", &["13004", "13096"]),
    ("saint barth", &["97701"]),
];

/// Those that are another place without their article: Saintes is a town of the Charente-Maritime.
const WITH_THEIR_ARTICLE: [&str; 1] = ["les saintes"];

/// Names of places outside France, and the first communes on this side of the border.
const ABROAD: [(&str, &[&str]); 21] = [
    ("andorre", &["09139", "09032"]),
    ("bale", &["68297"]),
    ("barcelone", &[]),
    ("bruxelles", &[]),
    ("charleroi", &[]),
    ("fribourg", &[]),
    ("geneve", &["74012", "74243", "01160"]),
    ("kehl", &["67482"]),
    ("lausanne", &[]),
    ("liege", &[]),
    ("londres", &[]),
    ("luxembourg", &["57672", "54323"]),
    ("monaco", &["06012", "06032", "06104"]),
    ("mons", &[]),
    ("monte carlo", &["06012", "06032", "06104"]),
    ("namur", &[]),
    ("sarrebruck", &["57227"]),
    ("tournai", &[]),
    ("turin", &[]),
    ("vintimille", &["06083"]),
    ("zurich", &[]),
];

/// What an everyday name means, before or beside the communes that bear it.
pub fn read(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let text = folded(words);
    let bare = index::bare(&text);
    let is = |(name, _): &&(&str, &'static [&'static str])| {
        *name == text || index::bare(name) == bare && !WITH_THEIR_ARTICLE.contains(name)
    };
    let abroad = ABROAD.iter().find(is);
    let mut known = NAMES.iter().chain(&PLACES).chain(&ISLANDS).chain(&VILLAGES);
    let Some((name, codes)) = known.find(is).or(abroad) else {
        return quarter_of_a_town(atlas, words);
    };
    let meant: Vec<Meant> = codes.iter().filter_map(|code| of_code(atlas, code)).collect();
    // A commune of just this name is one of the readings: Mons, Luxembourg's namesakes, the Belleville of the Savoie.
    let called = names::called(atlas, &text);
    // « Les Belleville » with its article is that commune, whatever « Belleville » is.
    let is_one = || atlas.places().called(&text).iter().any(|likely| likely.likeness == Likeness::Same);
    if *name == bare && bare != text && is_one() {
        let mut called = called?;
        called.meant.splice(1..1, meant);
        return Some(called);
    }
    let called = called.map(|called| called.meant).unwrap_or_default();
    if abroad.is_some() {
        return Some(
            Meaning { meant: called, asks: true, remarks: Vec::new() }.or_else_one_of(meant).saying(Remark::Abroad),
        );
    }
    if meant.is_empty() {
        return None;
    }
    let several = meant.len() > 1 || !called.is_empty();
    let meaning = Meaning::default().or_else_one_of(meant).or_else_one_of(called);
    let remark = if islands::is_one(&text) { Remark::Island } else { Remark::Everyday };
    Some(Meaning { asks: several, ..meaning }.saying(remark))
}

/// « Lyon Part-Dieu », « Grigny la Grande Borne »: a quarter beside the town that it is in.
fn quarter_of_a_town(atlas: &Atlas, words: &[Word]) -> Option<Meaning> {
    let splits = (1..words.len()).map(|at| words.split_at(at));
    splits.flat_map(|(head, tail)| [(head, tail), (tail, head)]).find_map(|(town, quarter)| {
        let quarter = folded(quarter);
        let bare = index::bare(&quarter);
        let (_, codes) = everywhere().find(|(name, _)| index::bare(name) == bare)?;
        let town = atlas.places().called(&folded(town)).first().map(|likely| likely.commune)?;
        let is_inside = |meant: &Meant| match meant {
            Meant::Commune(commune) => *commune == town,
            Meant::Arrondissement(of) => atlas.places().by_code(arrondissements::town_code(of)) == Some(town),
            _ => false,
        };
        let inside = codes.iter().filter_map(|code| of_code(atlas, code)).filter(is_inside);
        let meaning = Meaning::default().or_else_one_of(inside);
        let asks = meaning.meant.len() > 1;
        let remark = if islands::is_one(&quarter) { Remark::Island } else { Remark::Everyday };
        let said = Meaning { asks, ..meaning.or_else_one_of([Meant::Commune(town)]) }.saying(remark);
        // No quarter of this town: the town alone would be no reading of both.
        (said.meant.len() > 1 || codes.iter().any(|code| of_code(atlas, code) == Some(Meant::Commune(town))))
            .then_some(said)
    })
}

/// Every name of which the town may be told as well.
fn everywhere() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
    QUARTERS.iter().chain(&NAMES).chain(&PLACES).chain(&ISLANDS).chain(&VILLAGES)
}

/// Whether the words are an everyday name of a part of what a code is.
pub fn is_in(atlas: &Atlas, words: &[Word], meant: &Meant) -> bool {
    let text = folded(words);
    let named = everywhere().filter(|(name, _)| index::bare(name) == index::bare(&text));
    let part = |part: &Meant| match (meant, part) {
        (Meant::Postcode(_, communes), Meant::Commune(commune)) => communes.contains(commune),
        _ => meant == part,
    };
    named.flat_map(|(_, codes)| *codes).filter_map(|code| of_code(atlas, code)).any(|of| part(&of))
}

fn of_code(atlas: &Atlas, code: &str) -> Option<Meant> {
    if let Some(region) = code.strip_prefix('R') {
        return territory::by_code(atlas, Level::Region, region);
    }
    if code.len() < 5 {
        return territory::by_code(atlas, Level::Departement, code);
    }
    // Codes of the INSEE: 13004 is Arles, and the postal code of an arrondissement of Marseille.
    if let Some(arrondissement) = arrondissements::of_code(code).filter(|of| of.code == code) {
        let town = atlas.places().by_code(arrondissements::town_code(arrondissement));
        return town.map(|_| Meant::Arrondissement(arrondissement));
    }
    atlas.places().by_code(CommuneCode::parse(code)?).map(Meant::Commune)
}
