//! What the publisher announces: a file of another size or checksum is refused.

use super::super::{Announced, ReadOptions};
use super::{fixture, read};
use crate::ingest::report::Code;

fn outcome(bytes: &[u8], announced: Announced) -> Result<usize, Code> {
    let options = ReadOptions { announced, ..ReadOptions::csv("a.csv") };
    read(bytes, &options).0.map(|table| table.len()).map_err(|refused| refused.code)
}

#[test]
fn a_file_shorter_than_announced_was_cut() {
    let bytes = fixture("no_final_newline.csv");
    let size = |size| Announced { size: Some(size), ..Announced::default() };
    assert_eq!(outcome(&bytes, size(bytes.len() as u64)), Ok(2));
    let announced = size(bytes.len() as u64);
    let (_, report) = read(&bytes, &ReadOptions { announced, ..ReadOptions::csv("a.csv") });
    assert!(report.warnings.is_empty(), "a file of the announced size lost nothing, whatever its last byte");
    assert_eq!(outcome(&bytes, size(bytes.len() as u64 + 1)), Err(Code::TruncatedFile));
    assert_eq!(outcome(&bytes, size(bytes.len() as u64 - 1)), Err(Code::ChecksumMismatch));
}

#[test]
fn a_file_with_another_checksum_is_refused() {
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(); // of "abc", FIPS 180-2
    assert_eq!(
        outcome(b"a,b\n1,2\n", Announced { sha256: Some(sha256), ..Announced::default() }),
        Err(Code::ChecksumMismatch)
    );
    let right = "492D5EA496056F1A6A6592241032FAB764C321596317930B4FA0E1E8BC3B7470".to_owned(); // sha256sum
    assert_eq!(outcome(b"a,b\n1,2\n", Announced { sha256: Some(right), ..Announced::default() }), Ok(1));
}
