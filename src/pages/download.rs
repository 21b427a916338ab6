//! `/donnees/fichiers/{name}`: the files of the edition, byte for byte.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ByteRangeSpec, CACHE_CONTROL,
    CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, CROSS_ORIGIN_RESOURCE_POLICY, ETAG, EntityTag,
    Header, IfNoneMatch, IfRange, Range,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};

use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::reply::Tag;

use super::error;

/// The files.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/donnees/fichiers/{name}",
    &[Operation::get("download", "Un fichier de l'édition", || web::to(download)).answering(&[
        Answer::ok(&[("application/octet-stream", "binary")]),
        Answer { status: 206, content: &[("application/octet-stream", "binary")] },
        Answer::UNCHANGED,
    ])],
);

/// A file named in the manifest of the edition; nothing else of the folder can be named. Programs of any
/// site may read it, and a part of it: `DuckDB` and `PMTiles` ask for the end of a file, then for what they need.
pub async fn download(request: HttpRequest, name: web::Path<String>, state: State) -> HttpResponse {
    let edition = state.atlas.edition();
    let Some(info) = edition.files.iter().find(|file| file.name == *name) else { return error::not_found(&state) };
    // Shared with other visitors: read at positions of our own.
    let Some(Ok(file)) = state.file(&info.name).map(File::try_clone) else { return error::not_found(&state) };
    let tag = EntityTag::new_strong(info.sha256.clone());
    let cache = Tag::cache_of(named_edition(&request), &state);
    if holds(&request, &tag) {
        return open_to_all(&mut HttpResponse::NotModified(), &tag, cache).finish();
    }
    match span(&request, &tag, info.bytes) {
        Span::Whole => open_to_all(&mut HttpResponse::Ok(), &tag, cache)
            .insert_header((CONTENT_TYPE, content_type(&info.name)))
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", info.name)))
            .body(FileBody { file, at: 0, left: info.bytes }),
        Span::Part(first, last) => open_to_all(&mut HttpResponse::PartialContent(), &tag, cache)
            .insert_header((CONTENT_TYPE, content_type(&info.name)))
            .insert_header((CONTENT_RANGE, format!("bytes {first}-{last}/{}", info.bytes)))
            .body(FileBody { file, at: first, left: last - first + 1 }),
        Span::Nowhere => open_to_all(&mut HttpResponse::RangeNotSatisfiable(), &tag, cache)
            .insert_header((CONTENT_RANGE, format!("bytes */{}", info.bytes)))
            .finish(),
    }
}

/// The headers of every answer about a file, whatever its status.
fn open_to_all<'a>(
    answer: &'a mut HttpResponseBuilder,
    tag: &EntityTag,
    cache: &'static str,
) -> &'a mut HttpResponseBuilder {
    answer
        .insert_header((ETAG, tag.to_string()))
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((ACCESS_CONTROL_EXPOSE_HEADERS, "Accept-Ranges, Content-Length, Content-Range, ETag"))
        .insert_header((CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"))
        // Parquet is compressed already, a part of a file must not be, and a sized body lets a browser show how far it is.
        .insert_header((CONTENT_ENCODING, "identity"))
}

/// The edition that the address names.
fn named_edition(request: &HttpRequest) -> Option<&str> {
    request.query_string().split('&').find_map(|pair| pair.strip_prefix("edition="))
}

/// Whether the visitor has this file already: any tag of the list will do, weak or not (RFC 9110, 13.1.2).
pub(super) fn holds(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(held)) => held.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}

/// What of a file is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Span {
    Whole,
    /// First and last byte.
    Part(u64, u64),
    /// The part that is asked for lies behind the end.
    Nowhere,
}

/// Several parts at once, and what is no range, are answered by the whole, as RFC 9110 (14.2) allows.
pub(super) fn span(request: &HttpRequest, tag: &EntityTag, bytes: u64) -> Span {
    let same = match request.headers().contains_key("if-range").then(|| IfRange::parse(request)) {
        None => true,
        Some(Ok(IfRange::EntityTag(held))) => held.strong_eq(tag),
        Some(_) => false,
    };
    let Ok(Range::Bytes(asked)) = Range::parse(request) else { return Span::Whole };
    match asked[..] {
        [ByteRangeSpec::FromTo(first, last)] if first > last => Span::Whole,
        [ref one] if same => {
            one.to_satisfiable_range(bytes).map_or(Span::Nowhere, |(first, last)| Span::Part(first, last))
        }
        _ => Span::Whole,
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("parquet") => "application/vnd.apache.parquet",
        Some("json") => "application/json",
        Some("pmtiles") => "application/vnd.pmtiles",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file sent piece by piece, so that a hundred downloads do not hold a hundred copies. A piece comes from the page
/// cache in microseconds, which is why it is read where it is sent.
pub(super) struct FileBody {
    pub(super) file: File,
    pub(super) at: u64,
    pub(super) left: u64,
}

const PIECE: u64 = 64 * 1024;

impl MessageBody for FileBody {
    type Error = std::io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.left)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; self.left.min(PIECE) as usize];
        match self.file.read_exact_at(&mut piece, self.at) {
            Ok(()) => {
                self.at += piece.len() as u64;
                self.left -= piece.len() as u64;
                Poll::Ready(Some(Ok(Bytes::from(piece))))
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn asked(headers: &[(&'static str, &str)]) -> Span {
        let request = headers.iter().fold(TestRequest::default(), |request, header| request.insert_header(*header));
        span(&request.to_http_request(), &EntityTag::new_strong("abc".into()), 100)
    }

    #[test]
    fn a_part_is_counted_from_either_end_and_never_passes_the_file() {
        assert_eq!(asked(&[]), Span::Whole);
        assert_eq!(asked(&[("range", "bytes=0-9")]), Span::Part(0, 9));
        assert_eq!(asked(&[("range", "bytes=90-")]), Span::Part(90, 99));
        assert_eq!(asked(&[("range", "bytes=-8")]), Span::Part(92, 99));
        assert_eq!(asked(&[("range", "bytes=0-4294967296")]), Span::Part(0, 99));
        assert_eq!(asked(&[("range", "bytes=-400")]), Span::Part(0, 99));
        assert_eq!(asked(&[("range", "bytes=100-")]), Span::Nowhere);
    }

    #[test]
    fn what_is_no_single_range_of_this_file_is_answered_by_the_whole() {
        for range in ["bytes=0-1,5-6", "bytes=9-0", "bytes=a-b", "lines=0-9", "bytes=18446744073709551616-"] {
            assert_eq!(asked(&[("range", range)]), Span::Whole, "{range}");
        }
        assert_eq!(asked(&[("range", "bytes=0-9"), ("if-range", "\"abc\"")]), Span::Part(0, 9));
        for other in ["\"old\"", "W/\"abc\"", "Wed, 21 Oct 2015 07:28:00 GMT"] {
            assert_eq!(asked(&[("range", "bytes=0-9"), ("if-range", other)]), Span::Whole, "{other}");
        }
    }

    #[test]
    fn any_tag_of_a_list_is_enough() {
        let held = |list: &str| {
            let request = TestRequest::default().insert_header(("if-none-match", list)).to_http_request();
            holds(&request, &EntityTag::new_strong("abc".into()))
        };
        assert!(held("\"abc\"") && held("\"x\", W/\"abc\"") && held("*"));
        assert!(!held("\"x\", \"y\"") && !held("abc"));
    }
}
