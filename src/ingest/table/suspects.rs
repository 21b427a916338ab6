//! Characters no cell should hold: control characters, which set a row aside, and the signs of wrong decoding, which
//! are kept as they came, never quietly "repaired", but reported.

use super::frame::Table;
use crate::ingest::report::{Action, Code, Entry, SourceReport};

/// Warns of each cell that holds mojibake or a control character.
pub(super) fn warn(table: &Table, report: &mut SourceReport) {
    for (position, name) in table.column_names().iter().enumerate() {
        for (row, text) in table.rows().zip(table.texts(position).iter()) {
            let Some(text) = text else { continue };
            if let Some(byte) = text.bytes().find(|&b| is_stray(b)) {
                let reason = format!("the control character 0x{byte:02x}; taken out of what is published");
                let entry = Entry::new(Code::ControlCharacter, Action::ValueKept, reason).at_line(row.line());
                let entry = Entry { record: row.name("id"), ..entry };
                report.note(entry.at_column(position as u32 + 1).in_field(name).with_value(text));
            }
            if text.is_ascii() {
                continue;
            }
            if let Some(sign) = mojibake(text) {
                let reason = format!("`{}` looks like text decoded wrongly by its publisher", sign.escape_default());
                let entry = Entry::new(Code::LikelyMojibake, Action::ValueKept, reason).at_line(row.line());
                let entry = Entry { record: row.name("id"), ..entry };
                report.note(entry.at_column(position as u32 + 1).in_field(name).with_value(text));
            }
        }
    }
}

/// The control characters that set a row aside: NUL, and the escape that commands a terminal. Others (a vertical tab is how
/// spreadsheets break a line) are reported, and taken out of what is published. C1 is left to the search for mojibake:
/// the ARCEP table holds `œ` as U+009C, and losing a commune over it would help nobody.
pub(super) fn is_control(b: u8) -> bool {
    matches!(b, 0 | 0x1b)
}

/// A control character that stays in its cell.
fn is_stray(b: u8) -> bool {
    (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r') && !is_control(b)) || b == 0x7f
}

/// The control character of a text that must set its row aside, and its code.
pub(super) fn forbidden(text: &str) -> Option<(Code, String)> {
    match text.bytes().find(|&b| is_control(b))? {
        0 => Some((Code::NulByte, "a NUL character".to_owned())),
        byte => Some((Code::ControlCharacter, format!("the control character 0x{byte:02x}"))),
    }
}

/// The character that betrays wrong decoding, if any.
///
/// `Ã` followed by what Windows-1252 makes of a UTF-8 continuation byte (`Ã©` for `é`), `√` by what Mac Roman makes of it
/// (`√©`), `├` by what CP850 does (`├®`); box drawings, which CP850 letters become; the replacement character; C1 control
/// characters, which no French text holds.
fn mojibake(text: &str) -> Option<char> {
    let (mut before, mut previous) = (' ', ' ');
    for c in text.chars() {
        let continuation = matches!(
            c,
            '\u{80}'
                ..='\u{bf}'
                    | '€'
                    | '‚'
                    | 'ƒ'
                    | '„'
                    | '…'
                    | '†'
                    | '‡'
                    | 'ˆ'
                    | '‰'
                    | 'Š'
                    | '‹'
                    | 'Œ'
                    | 'Ž'
                    | '‘'
                    | '’'
                    | '“'
                    | '”'
                    | '•'
                    | '–'
                    | '—'
                    | '˜'
                    | '™'
                    | 'š'
                    | '›'
                    | 'œ'
                    | 'ž'
                    | 'Ÿ'
        );
        if matches!(previous, 'Ã' | 'Â') && continuation && !(previous == 'Â' && matches!(c, '’' | '…')) {
            return Some(previous);
        }
        // Only before what the letters of French become: « √2 » and « ├─ » are no mistake.
        let of_french = match previous {
            '√' => "©®†™¥ßªπ¢âÄáàé∫ºÆäîôêëèçÉÀÇ",
            '├' => "®¿áâ¬¡º¯¶ëôÇêèÄéçøªñìü",
            _ => "",
        };
        if of_french.contains(c) {
            return Some(previous);
        }
        if matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}' | '\u{2550}'..='\u{256c}') {
            return Some(c);
        }
        // « M‚diathŠque »: letters of CP850 that Windows-1252 took for marks, amid a word.
        if before.is_ascii_alphabetic() && matches!(previous, '‚' | 'Š' | 'ƒ' | '‡') && c.is_ascii_lowercase() {
            return Some(previous);
        }
        (before, previous) = (previous, c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mojibake_is_told_from_french() {
        for wrong in [
            "Ã‰picerie",
            "MÃ©diathÃ¨que",
            "╢NDELOT",
            "M\u{fffd}diane",
            "S\u{9c}ur",
            "nÂ° 12",
            "M√©diath√®que",
            "√âcole",
            "M‚diathŠque",
        ] {
            assert!(mojibake(wrong).is_some(), "{wrong}");
        }
        for right in [
            "Épicerie « L’Étape » – 12 €",
            "PÂQUES",
            "Œuvres",
            "À CÔTÉ",
            "SÃO PAULO",
            "L'Ã‎",
            "√2",
            "√ x",
            "├─ rez",
            "Škoda",
            "ƒ(x)",
        ] {
            assert!(mojibake(right).is_none(), "{right}");
        }
    }
}
