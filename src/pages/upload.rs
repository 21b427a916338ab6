//! The one file of a form (RFC 7578), as bytes in memory: nothing is written anywhere.

use memchr::memmem;

/// Most parts of a form.
const MOST_PARTS: usize = 10;
/// Longest name of a file that is shown, in characters.
const LONGEST_NAME: usize = 80;

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name, fit to be shown; never that of a file of ours.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The other fields of the form.
    pub fields: Vec<(String, String)>,
}

/// Reads a form of this `Content-Type`; the file is in the field `field`. `None` when it is no such form.
#[must_use]
pub fn read(content_type: &str, body: &[u8], field: &str) -> Option<Upload> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    if boundary.is_empty() || boundary.len() > 70 {
        return None;
    }
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line before it.
    let mut rest = body.strip_prefix(&delimiter.as_bytes()[2..])?;
    let (mut file, mut fields) = (None, Vec::new());
    for _ in 0..=MOST_PARTS {
        if rest.starts_with(b"--") {
            let (name, bytes) = file?;
            return Some(Upload { name, bytes, fields });
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let end = memmem::find(rest, delimiter.as_bytes())?;
        let (part, after) = rest.split_at(end);
        rest = &after[delimiter.len()..];
        let head = memmem::find(part, b"\r\n\r\n")?;
        let (head, content) = (std::str::from_utf8(&part[..head]).ok()?, &part[head + 4..]);
        let disposition = head.split("\r\n").find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
        })?;
        let name = parameter(disposition, "name")?;
        match parameter(disposition, "filename") {
            // Two files are one too many.
            Some(_) if file.is_some() => return None,
            Some(given) if name == field => file = Some((shown(&given), content.to_vec())),
            Some(_) => return None,
            None => fields.push((name, String::from_utf8_lossy(content).into_owned())),
        }
    }
    None
}

/// A parameter of a `Content-Disposition`, its quotes taken off.
fn parameter(disposition: &str, wanted: &str) -> Option<String> {
    let start = format!("; {wanted}=\"");
    let at = disposition.find(&start)? + start.len();
    let end = disposition[at..].find('"')?;
    Some(disposition[at..at + end].to_owned())
}

/// The last part of a name, without what could mislead.
fn shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')' | '\'' | '’');
    let kept: String = last.chars().filter(plain).take(LONGEST_NAME).collect();
    if kept.trim_matches(['.', ' ']).is_empty() { "liste".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=XX";

    fn form(parts: &[(&str, &str)]) -> Vec<u8> {
        let part = |(head, content): &(&str, &str)| {
            format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
        };
        (parts.iter().map(part).collect::<String>() + "--XX--\r\n").into_bytes()
    }

    #[test]
    fn the_file_of_a_form_is_read_with_its_bytes_and_a_harmless_name() {
        let sent =
            form(&[("name=\"format\"", "csv"), ("name=\"liste\"; filename=\"../../etc/pa\u{202e}sswd\"", "a\r\n--b")]);
        let upload = read(KIND, &sent, "liste").unwrap();
        assert_eq!((upload.name.as_str(), upload.bytes.as_slice()), ("passwd", &b"a\r\n--b"[..]));
        assert_eq!(upload.fields, [("format".to_owned(), "csv".to_owned())]);
    }

    #[test]
    fn what_is_no_form_with_one_file_is_refused() {
        let file = ("name=\"liste\"; filename=\"a\"", "x");
        let whole = form(&[file]);
        for cut in 0..whole.len() - 4 {
            assert_eq!(read(KIND, &whole[..cut], "liste"), None, "cut at {cut}");
        }
        assert_eq!(read(KIND, &form(&[file, file]), "liste"), None, "two files");
        assert_eq!(read(KIND, &form(&[("name=\"x\"", "y"); 12]), "liste"), None, "too many parts");
        assert_eq!(read("multipart/form-data", &whole, "liste"), None, "no boundary");
        assert_eq!(read("text/csv", &whole, "liste"), None);
    }
}
