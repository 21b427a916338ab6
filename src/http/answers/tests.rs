use std::io::Read;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use actix_web::body::to_bytes;
use actix_web::http::header::ACCEPT_ENCODING;
use actix_web::rt::{System, spawn};
use actix_web::test::TestRequest;
use flate2::read::GzDecoder;

use super::*;
use crate::atlas::{Atlas, Leaves};
use crate::http::reply::JSON;

fn state() -> State {
    State::new(Arc::new(Atlas::bind(Leaves::default())), || chrono::DateTime::UNIX_EPOCH.naive_utc())
}

/// Text that does not compress to nothing.
fn long() -> Vec<u8> {
    (0..200_000_u32).flat_map(|i| format!("{},", i.wrapping_mul(2_654_435_761)).into_bytes()).collect()
}

fn asked(path: &str, coding: Option<&str>) -> HttpRequest {
    let request = TestRequest::get().uri(path);
    coding
        .into_iter()
        .fold(request, |request, coding| request.insert_header((ACCEPT_ENCODING, coding)))
        .to_http_request()
}

#[test]
fn an_answer_for_everybody_is_made_once_however_many_ask_at_once() {
    System::new().block_on(async {
        let state = state();
        let made = Arc::new(AtomicUsize::new(0));
        let tasks: Vec<_> = (0..30)
            .map(|_| {
                let (state, made) = (state.clone(), made.clone());
                spawn(async move {
                    let tag = Tag::of(&asked("/a", None), &state, "");
                    let work = move |_: &State| {
                        made.fetch_add(1, Ordering::SeqCst);
                        std::thread::sleep(Duration::from_millis(50));
                        Ok((JSON, b"[1]".to_vec(), 7))
                    };
                    Answers::once(&state, &tag, Kind::Export, work).await.unwrap().meta
                })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), 7);
        }
        assert_eq!(made.load(Ordering::SeqCst), 1);
        let answers: &Answers<i32> = state.process.kept();
        assert!(answers.book().making.is_empty(), "nobody makes it any more");
    });
}

#[test]
fn a_long_answer_is_sent_from_a_file_as_it_is_or_compressed_once() {
    System::new().block_on(async {
        let state = state();
        for _ in 0..2 {
            for (coding, named) in [(None, "identity"), (Some("gzip"), "gzip"), (Some("br;q=1, gzip;q=0"), "identity")]
            {
                let request = asked("/long", coding);
                let tag = Tag::of(&request, &state, "");
                let made = Answers::once(&state, &tag, Kind::Export, |_| Ok((JSON, long(), ()))).await.unwrap();
                assert!(matches!(made.body, Body::File(_)));
                let response = made.answer(&tag, &request, &state).await.unwrap();
                assert_eq!(response.headers().get(CONTENT_ENCODING).unwrap(), named);
                let bytes = to_bytes(response.into_body()).await.map_err(|_| "sent badly").unwrap();
                let mut plain = bytes.to_vec();
                if named == "gzip" {
                    assert!(bytes.len() < long().len() * 2 / 3);
                    plain.clear();
                    GzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap();
                }
                assert!(plain == long(), "{named}");
            }
        }
    });
}

#[test]
fn an_answer_that_nobody_waits_for_is_made_by_the_next_who_asks() {
    System::new().block_on(async {
        let state = state();
        let tag = Tag::of(&asked("/a", None), &state, "");
        let (first, first_tag) = (state.clone(), tag.clone());
        let given_up = spawn(async move {
            let work = |state: &State| loop {
                state.go_on()?;
                std::thread::sleep(Duration::from_millis(1));
            };
            Answers::<u8>::once(&first, &first_tag, Kind::Export, work).await.map(|made| made.meta)
        });
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
        given_up.abort();
        let _ = given_up.await;
        let made = Answers::once(&state, &tag, Kind::Export, |_| Ok((JSON, Vec::new(), 9_u8))).await;
        assert_eq!(made.unwrap().meta, 9);
    });
}

#[test]
fn the_oldest_are_forgotten_and_their_files_with_them() {
    let mut book = Answers::<()>::default().book.into_inner().unwrap();
    let made = || Made { content_type: JSON, meta: (), body: Body::Memory(vec![0; 10].into()) };
    for i in 0..MOST_ANSWERS + 5 {
        book.keep(&i.to_string(), &made());
    }
    assert_eq!((book.kept.len(), book.order.len(), book.bytes), (MOST_ANSWERS, MOST_ANSWERS, 10 * MOST_ANSWERS as u64));
    assert!(!book.kept.contains_key("4") && book.kept.contains_key("5"));
}
