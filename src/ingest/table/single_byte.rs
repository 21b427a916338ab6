//! Encodings of one byte a letter, told apart by the French they make: Windows-1252, ISO-8859-15, Mac Roman, CP850.

use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, WINDOWS_1252};

/// The letters of CP850 (IBM, code page 850) from byte 128 on; `encoding_rs` does not carry it.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Letters looked at before an encoding is believed.
const LOOKED_AT: usize = 20_000;
/// Letters of a sound text that may be odd, out of one.
const ODD: f64 = 0.05;

/// A text, and the name of the encoding it was read in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SingleByte {
    pub name: &'static str,
    pub text: String,
}

/// Reads bytes in the one encoding that makes French of them; `None` when none does.
pub(super) fn guess(bytes: &[u8]) -> Option<SingleByte> {
    let western = if is_latin_9(bytes) { ISO_8859_15 } else { WINDOWS_1252 };
    let tables = [of(western), of(MACINTOSH), CP850.chars().collect()];
    let names = [western.name(), "macintosh", "IBM850"];
    let odd: Vec<f64> = tables.iter().map(|table| oddness(bytes, table)).collect();
    // The commonest comes first: another one must be much better.
    let windows_is_whole = !bytes.iter().any(|b| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d));
    let best = (0..3).min_by(|a, b| odd[*a].total_cmp(&odd[*b]))?;
    let chosen = if odd[0] <= ODD {
        0
    } else if odd[best] <= ODD {
        best
    } else if windows_is_whole && best == 0 {
        0
    } else {
        return None;
    };
    let text = bytes.iter().map(|&b| if b < 0x80 { char::from(b) } else { tables[chosen][usize::from(b) - 0x80] });
    Some(SingleByte { name: names[chosen], text: text.collect() })
}

/// Whether a text that reads as Windows-1252 is ISO-8859-15: the two differ in eight letters and in the bytes 0x80 to 0x9f,
/// which the latter leaves to controls. `œ` stands before a letter, where nobody writes `½` but after a number, and `€` for a sign that
/// French does not know.
fn is_latin_9(bytes: &[u8]) -> bool {
    let is_ligature = |at: usize| {
        let number = at > 0 && bytes[at - 1].is_ascii_digit();
        matches!(bytes[at], 0xbc | 0xbd) && !number && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
    };
    let told = bytes.contains(&0xa4) || (0..bytes.len()).any(is_ligature);
    told && !bytes.iter().any(|b| (0x80..=0x9f).contains(b))
}

/// The letters of an encoding from byte 128 on.
fn of(encoding: &'static Encoding) -> Vec<char> {
    let high: Vec<u8> = (0x80..=0xff).collect();
    encoding.decode_without_bom_handling(&high).0.chars().collect()
}

/// The share of letters beyond ASCII that French does not use where they stand.
fn oddness(bytes: &[u8], table: &[char]) -> f64 {
    let (mut odd, mut all, mut before) = (0.0, 0_usize, ' ');
    for &byte in bytes {
        let c = if byte < 0x80 { char::from(byte) } else { table[usize::from(byte) - 0x80] };
        if byte >= 0x80 {
            odd += oddness_of(c, before);
            all += 1;
            if all >= LOOKED_AT {
                break;
            }
        }
        before = c;
    }
    if all == 0 { 0.0 } else { odd / all as f64 }
}

fn oddness_of(c: char, before: char) -> f64 {
    const SMALL_AND_SIGNS: &str = "éèêëàâäçùûüîïôöœæ’‘“”«»–—…•°€\u{a0}²³½";
    const CAPITALS: &str = "ÉÈÊËÀÂÄÇÙÛÜÎÏÔÖŒÆ";
    const OF_NEIGHBOURS: &str = "áíóúñãÿòøåßÁÍÓÚÑº·";
    if SMALL_AND_SIGNS.contains(c) {
        0.0
    } else if CAPITALS.contains(c) {
        // A capital within a word is a small letter of another encoding.
        f64::from(u8::from(before.is_lowercase()))
    } else if OF_NEIGHBOURS.contains(c) {
        0.3
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, table: &[char]) -> Vec<u8> {
        let byte = |c: char| table.iter().position(|known| *known == c).map(|at| at as u8 + 0x80);
        text.chars().map(|c| if c.is_ascii() { c as u8 } else { byte(c).expect("a letter of the encoding") }).collect()
    }

    #[test]
    fn each_encoding_is_told_by_its_french() {
        let text = "id,nom\n1,Médiathèque à côté\n2,Hôtel « Être »\n3,École élémentaire française\n";
        for (name, table) in
            [("windows-1252", of(WINDOWS_1252)), ("macintosh", of(MACINTOSH)), ("IBM850", CP850.chars().collect())]
        {
            let read = guess(&encoded(text, &table)).expect(name);
            assert_eq!((read.name, read.text.as_str()), (name, text));
        }
    }

    #[test]
    fn one_word_is_enough_when_only_one_reading_is_french() {
        for word in ["Médiathèque", "Guéret", "Espace numérique", "MÉDIATHÈQUE", "L’Étape"] {
            for (name, table) in [("windows-1252", of(WINDOWS_1252)), ("macintosh", of(MACINTOSH))] {
                let read = guess(&encoded(word, &table)).expect(word);
                assert_eq!((read.name, read.text.as_str()), (name, word));
            }
        }
    }

    #[test]
    fn the_ligature_and_the_euro_tell_iso_8859_15() {
        let latin_9 = of(ISO_8859_15);
        for text in ["Maison des Œuvres", "Sacré-Cœur", "Adhésion : 5 €", "Entrée 2 €, œuvre à vue"] {
            let read = guess(&encoded(text, &latin_9)).expect(text);
            assert_eq!((read.name, read.text.as_str()), ("ISO-8859-15", text));
        }
        let windows = of(WINDOWS_1252);
        for text in ["L’œuvre, 5 €", "9h½ à 12h, Guéret", "1½ heure, été", "1½h l'été", "Été"] {
            let read = guess(&encoded(text, &windows)).expect(text);
            assert_eq!((read.name, read.text.as_str()), ("windows-1252", text));
        }
    }

    #[test]
    fn bytes_that_make_no_french_are_refused() {
        assert_eq!(guess(&[b'a', 0x81, 0xe9]), None);
        assert_eq!(guess(&[0xd0, 0xcf, 0x9d, 0x81, 0x90]), None);
    }
}
