//! Answers that are the same for everybody: made once, kept with the tag that names their bytes, long ones in a file. Who
//! asks for one that is being made waits for it, and what is sent from a file takes no memory however slowly it is read.

use std::collections::{HashMap, VecDeque};
use std::fs::{File, OpenOptions, remove_file};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{AcceptEncoding, CONTENT_ENCODING, Encoding, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::problem::Problem;
use super::reply::Tag;
use super::state::State;
use crate::shares::limits::{LONGEST_IN_MEMORY, MOST_ANSWER_BYTES, MOST_ANSWERS};
use crate::shares::pools::Kind;

/// Bytes that are read from a file, or given to the compressor, at once.
const CHUNK: usize = 64 * 1024;
/// Where files are written unless the configuration says otherwise: on a disk, where there is one.
const ON_DISK: &str = "/var/tmp";

/// An answer that was made, with what its headers say besides.
#[derive(Debug, Clone)]
pub struct Made<M> {
    /// Media type.
    pub content_type: &'static str,
    /// What its headers say besides.
    pub meta: M,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Memory(Bytes),
    File(Content),
}

/// Bytes in a file that has no name any more: gone when nobody sends it.
#[derive(Debug, Clone)]
struct Content {
    file: Arc<File>,
    length: u64,
}

/// The answers that are kept, with headers of one shape.
#[derive(Debug)]
pub struct Answers<M> {
    book: Mutex<Book<M>>,
}

#[derive(Debug)]
struct Book<M> {
    kept: HashMap<String, Made<M>>,
    order: VecDeque<String>,
    bytes: u64,
    making: HashMap<String, Arc<tokio::sync::Mutex<()>>>,
}

impl<M> Default for Answers<M> {
    fn default() -> Self {
        let (kept, order, making) = (HashMap::new(), VecDeque::new(), HashMap::new());
        Self { book: Mutex::new(Book { kept, order, bytes: 0, making }) }
    }
}

impl<M: Clone + Send + Sync + 'static> Answers<M> {
    /// The answer under this tag: the one that is kept, or the one that this work makes.
    ///
    /// # Errors
    /// Those of the work, and those of [`State::apart`].
    pub async fn once(
        state: &State,
        tag: &Tag,
        kind: Kind,
        work: impl FnOnce(&State) -> Result<(&'static str, Vec<u8>, M), Problem> + Send + 'static,
    ) -> Result<Made<M>, Problem> {
        Self::made(state, tag.bare(), kind, move |state| {
            let (content_type, bytes, meta) = work(state)?;
            Ok(Made { content_type, meta, body: kept(state, bytes) })
        })
        .await
    }

    async fn made(
        state: &State,
        key: &str,
        kind: Kind,
        work: impl FnOnce(&State) -> Result<Made<M>, Problem> + Send + 'static,
    ) -> Result<Made<M>, Problem> {
        let answers: &Self = state.process.kept();
        if let Some(made) = answers.book().kept.get(key) {
            return Ok(made.clone());
        }
        let turn = answers.book().making.entry(key.to_owned()).or_default().clone();
        let _making = Making { answers, key, turn: turn.clone() };
        // Who makes it and gives up lets the next one make it.
        let _alone = turn.lock().await;
        if let Some(made) = answers.book().kept.get(key) {
            return Ok(made.clone());
        }
        let made = state.apart(kind, work).await??;
        answers.book().keep(key, &made);
        Ok(made)
    }

    fn book(&self) -> MutexGuard<'_, Book<M>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who makes an answer, or waits for it; the last one to leave takes the turn away.
struct Making<'a, M: Clone + Send + Sync + 'static> {
    answers: &'a Answers<M>,
    key: &'a str,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl<M: Clone + Send + Sync + 'static> Drop for Making<'_, M> {
    fn drop(&mut self) {
        let mut book = self.answers.book();
        // The book's and ours, and the caller's that is dropped after this.
        if Arc::strong_count(&self.turn) <= 3 {
            book.making.remove(self.key);
        }
    }
}

impl<M: Clone> Book<M> {
    fn keep(&mut self, key: &str, made: &Made<M>) {
        let length = made.body.length();
        if length > MOST_ANSWER_BYTES || self.kept.insert(key.to_owned(), made.clone()).is_some() {
            return;
        }
        self.order.push_back(key.to_owned());
        self.bytes += length;
        while self.order.len() > MOST_ANSWERS || self.bytes > MOST_ANSWER_BYTES {
            let oldest = self.order.pop_front().and_then(|oldest| self.kept.remove(&oldest));
            self.bytes -= oldest.map_or(0, |oldest| oldest.body.length());
        }
    }
}

impl Body {
    fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::File(content) => content.length,
        }
    }
}

impl<M: Clone + Send + Sync + 'static> Made<M> {
    /// 200 with its bytes as they are.
    pub fn as_it_is(self, tag: &Tag) -> HttpResponse {
        match self.body {
            Body::Memory(bytes) => tag.answer(self.content_type, bytes),
            Body::File(content) => tag.answer(self.content_type, content.sent()),
        }
    }

    /// 200 with it, compressed for who asks: what is in a file is compressed once.
    ///
    /// # Errors
    /// Those of [`State::apart`].
    pub async fn answer(self, tag: &Tag, request: &HttpRequest, state: &State) -> Result<HttpResponse, Problem> {
        let Body::File(content) = self.body.clone() else { return Ok(self.as_it_is(tag)) };
        // A workbook is compressed already.
        let is_text = ["json", "csv", "text/"].iter().any(|kind| self.content_type.contains(kind));
        if !is_text || !takes_gzip(request) {
            let mut response = tag.answer(self.content_type, content.sent());
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("identity"));
            return Ok(response);
        }
        let (key, content_type) = (format!("{}-gzip", tag.bare()), self.content_type);
        let zipped = Answers::<()>::made(state, &key, Kind::Export, move |state| {
            Ok(Made { content_type, meta: (), body: zipped(state, &content)? })
        });
        let mut response = zipped.await?.as_it_is(tag);
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        Ok(response)
    }
}

/// Whether the visitor would rather have it compressed so.
#[must_use]
pub fn takes_gzip(request: &HttpRequest) -> bool {
    let offered = [Encoding::identity(), Encoding::gzip()];
    let accepted = request.get_header::<AcceptEncoding>();
    accepted.is_some_and(|accepted| accepted.negotiate(offered.iter()) == Some(Encoding::gzip()))
}

/// Long bytes in a file; in memory where no file can be written.
fn kept(state: &State, bytes: Vec<u8>) -> Body {
    if bytes.len() <= LONGEST_IN_MEMORY {
        return Body::Memory(bytes.into());
    }
    let written = unnamed(state).and_then(|mut file| file.write_all(&bytes).map(|()| file));
    match written {
        Ok(file) => Body::File(Content { file: Arc::new(file), length: bytes.len() as u64 }),
        Err(error) => {
            tracing::warn!("a long answer is sent from memory: {error}");
            Body::Memory(bytes.into())
        }
    }
}

fn zipped(state: &State, content: &Content) -> Result<Body, Problem> {
    let failed = |error: io::Error| state.incident("answers", &error.to_string());
    let mut zip = GzEncoder::new(unnamed(state).map_err(failed)?, Compression::default());
    let (mut chunk, mut at) = (vec![0; CHUNK], 0);
    while at < content.length {
        state.go_on()?;
        let read = content.file.read_at(&mut chunk, at).map_err(failed)?;
        if read == 0 {
            break;
        }
        zip.write_all(&chunk[..read]).map_err(failed)?;
        at += read as u64;
    }
    let file = zip.finish().map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    Ok(Body::File(Content { file: Arc::new(file), length }))
}

/// A new file that only we can read and that has lost its name: nothing of it is left when the service ends.
fn unnamed(state: &State) -> io::Result<File> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let disk = Path::new(ON_DISK);
    let chosen = state.process.scratch_dir.clone();
    let folder: PathBuf = chosen.unwrap_or_else(|| if disk.is_dir() { disk.into() } else { std::env::temp_dir() });
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!(".mediane-answer-{}-{number}", std::process::id()));
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    remove_file(&path)?;
    Ok(file)
}

/// A file on its way to a visitor, piece by piece.
#[derive(Debug)]
struct Sent {
    content: Content,
    at: u64,
}

impl Content {
    fn sent(self) -> Sent {
        Sent { content: self, at: 0 }
    }
}

impl MessageBody for Sent {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.content.length)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let left = self.content.length.saturating_sub(self.at).min(CHUNK as u64) as usize;
        if left == 0 {
            return Poll::Ready(None);
        }
        let mut chunk = vec![0; left];
        // Pages of a file that was just written or sent are in memory: microseconds.
        Poll::Ready(Some(self.content.file.read_exact_at(&mut chunk, self.at).map(|()| {
            self.at += left as u64;
            chunk.into()
        })))
    }
}

#[cfg(test)]
mod tests;
