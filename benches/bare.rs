//! The bare handler that `scripts/compare-serving` measures the service against: the bytes of one address, fetched once,
//! then served by actix alone, with the same number of workers.
//!
//! `bare URL ADDRESS:PORT WORKERS` prints the address it is bound to.

use std::io;

use actix_web::rt::System;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};

/// What is served, and as what.
struct Answer {
    content_type: String,
    body: Bytes,
}

async fn bare(answer: Data<Answer>) -> HttpResponse {
    HttpResponse::Ok().content_type(answer.content_type.as_str()).body(answer.body.clone())
}

fn fetch(url: &str) -> Result<Answer, reqwest::Error> {
    let response = reqwest::blocking::get(url)?.error_for_status()?;
    let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
    Ok(Answer { content_type: content_type.unwrap_or_default().to_owned(), body: response.bytes()? })
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [url, listen, workers] = arguments.as_slice() else {
        return Err(io::Error::other("usage: bare URL ADDRESS:PORT WORKERS"));
    };
    let workers = workers.parse().map_err(io::Error::other)?;
    let answer = Data::new(fetch(url).map_err(io::Error::other)?);
    System::new().block_on(async move {
        let app = move || App::new().app_data(answer.clone()).route("/", web::get().to(bare));
        let server = HttpServer::new(app).workers(workers).bind(listen.as_str())?;
        for address in server.addrs() {
            println!("http://{address}");
        }
        server.run().await
    })
}
