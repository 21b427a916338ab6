//! A QR code as one SVG path: a module is a square of side 1, with the quiet zone of four that the standard asks for.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of quiet around a code (ISO/IEC 18004).
const QUIET: i32 = 4;

/// A code, to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Side of the drawing, the quiet zone included.
    pub side: i32,
    /// The dark modules.
    pub path: String,
}

/// The code of a text; `None` when the text is too long for any.
#[must_use]
pub fn code(text: &str) -> Option<Code> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Some(Code { side: code.size() + 2 * QUIET, path })
}
