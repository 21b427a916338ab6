//! `/donnees/fichiers/{name}`: the files of the edition, byte for byte.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::http::State;
use crate::http::endpoint::{Answer, Endpoint, Operation};

use super::error;

/// The report is kept in memory, under this name.
const REPORT: &str = "report.json";

/// The files.
pub const ENDPOINT: Endpoint = Endpoint::at(
    "/donnees/fichiers/{name}",
    &[Operation::get("download", "Un fichier de l'édition", || web::to(download))
        .answering(&[Answer::ok(&[("application/octet-stream", "binary")]), Answer::UNCHANGED])],
);

/// A file named in the manifest of the edition, or the report; nothing else of the folder can be named.
pub async fn download(request: HttpRequest, name: web::Path<String>, state: State) -> HttpResponse {
    let edition = state.atlas.edition();
    if *name == REPORT {
        let report = edition.report_json.clone();
        return HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/json")).body(report);
    }
    let Some(info) = edition.files.iter().find(|file| file.name == *name) else { return error::not_found(&state) };
    // Shared with other visitors: read at positions of our own.
    let Some(Ok(file)) = state.file(&info.name).map(File::try_clone) else { return error::not_found(&state) };
    let tag = format!("\"{}\"", info.sha256);
    if request.headers().get(IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes()) {
        return HttpResponse::NotModified().insert_header((ETAG, tag)).finish();
    }
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type(&info.name)))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", info.name)))
        // Parquet is compressed already, and a sized body lets a browser show how far it is.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header((ETAG, tag))
        .body(FileBody { file, at: 0, left: info.bytes })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("parquet") => "application/vnd.apache.parquet",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file sent piece by piece, so that a hundred downloads do not hold a hundred copies. A piece comes from the page
/// cache in microseconds, which is why it is read where it is sent.
struct FileBody {
    file: File,
    at: u64,
    left: u64,
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
