//! SIRET, RNA and RIDET: they identify an employer, never a place.

use super::Doubt;
use crate::ingest::report::Code;

/// Reads an identifier of a structure.
///
/// # Errors
/// Fourteen zeros, which some publishers write for nothing; thirteen digits (a lost zero), scientific notation, a wrong
/// check digit.
pub fn pivot(text: &str) -> Result<String, Doubt> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !compact.is_empty() && compact.bytes().all(|b| b == b'0') {
        return Err(Doubt::new(Code::InvalidPivot, "zeros stand for an unknown SIRET: leave the cell empty"));
    }
    let digits = compact.bytes().all(|b| b.is_ascii_digit());
    let rna = compact.len() == 10 && compact.starts_with('W') && compact.bytes().skip(1).all(|b| b.is_ascii_digit());
    if rna || (digits && matches!(compact.len(), 6 | 7 | 10)) {
        return Ok(compact);
    }
    let bad = |reason: &str| Err(Doubt::new(Code::InvalidPivot, reason));
    if !digits || compact.len() != 14 {
        return bad("not a SIRET of 14 digits, an RNA or a RIDET");
    }
    if luhn(&compact) || is_la_poste(&compact) { Ok(compact) } else { bad("the check digit of the SIRET is wrong") }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits.bytes().rev().enumerate().fold(0, |sum, (i, b)| {
        let digit = u32::from(b - b'0') * if i % 2 == 1 { 2 } else { 1 };
        sum + if digit > 9 { digit - 9 } else { digit }
    });
    sum.is_multiple_of(10)
}

/// The establishments of La Poste (SIREN 356000000) sum their digits to a multiple of five instead (INSEE, 2019).
fn is_la_poste(digits: &str) -> bool {
    digits.starts_with("356000000") && digits.bytes().map(|b| u32::from(b - b'0')).sum::<u32>().is_multiple_of(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siret_has_a_check_digit() {
        assert_eq!(pivot("34422913300196"), Ok("34422913300196".into()));
        assert!(pivot("34422913300197").is_err());
        assert!(pivot("3,44229E+13").is_err());
        assert!(pivot("4422913300196").is_err());
    }

    #[test]
    fn placeholders_are_unknown() {
        assert!(pivot("00000000000000").is_err());
    }

    #[test]
    fn la_poste_has_a_rule_of_its_own() {
        assert_eq!(pivot("35600000049837"), Ok("35600000049837".into()), "digits that sum to 45");
        assert!(pivot("35600000049838").is_err());
    }
}
