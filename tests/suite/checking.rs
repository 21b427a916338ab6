//! The doctor of lists: on the command line with its exit codes, and as a page that stores nothing.

use std::fs;
use std::process::{Command, Output};
use std::sync::Arc;

use mediane::http::endpoint::UPLOAD_BODY;
use mediane::ports::ListChecker;
use reqwest::blocking::{Client, Response};

use super::support::{header, sample_state, serve_on_free_port};

const HEAD: &str = "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,date_maj\n";
const GOOD: &str = "1,21230096700008,Relais,Guéret,23000,23096,1 rue Un,46.17061,1.87153,2024-01-15\n";

fn mediane(arguments: &[&str]) -> Output {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    Command::new(env!("CARGO_BIN_EXE_mediane")).args(arguments).args(["--data", data]).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_list_is_checked_row_by_row_and_the_exit_code_says_whether_it_loses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("liste.csv");
    let file = path.to_str().unwrap();
    fs::write(&path, format!("{HEAD}{GOOD}")).unwrap();
    let good = mediane(&["check", file]);
    assert_eq!(good.status.code(), Some(0), "{}", said(&good));
    assert!(said(&good).contains("1 lieux publiés"), "{}", said(&good));
    fs::write(&path, format!("{HEAD}{GOOD}2,,,Guéret,23000,23096,2 rue Deux,,,\n")).unwrap();
    let bad = mediane(&["check", file, "--format", "csv"]);
    assert_eq!(bad.status.code(), Some(7), "{}", said(&bad));
    assert!(said(&bad).contains("ligne perdue,3,nom,,nom absent,le nom du lieu"), "{}", said(&bad));
    let page = mediane(&["check", file, "--format", "html"]);
    assert!(said(&page).starts_with("<!DOCTYPE html>"), "{}", said(&page));
    fs::write(&path, "a,b\n1,2\n").unwrap();
    let unknown = mediane(&["check", file]);
    assert_eq!(unknown.status.code(), Some(7), "{}", said(&unknown));
    assert!(said(&unknown).contains("Aucune ligne de ce fichier"), "{}", said(&unknown));
    let absent = mediane(&["check", "/n/existe/pas.csv"]);
    assert_eq!(absent.status.code(), Some(3));
}

#[test]
fn what_takes_too_much_memory_ends_only_the_process_that_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gros.csv");
    let row = |i: usize| format!("{i},,Lieu {i},Guéret,23000,23096,{i} rue,46.17,1.87,{}\n", "x".repeat(300));
    fs::write(&path, HEAD.to_owned() + &(0..150_000).map(row).collect::<String>()).unwrap();
    let output = mediane(&["check", path.to_str().unwrap(), "--memory", "256"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output).chars().take(500).collect::<String>());
    assert!(said(&output).contains("gros.csv"), "{}", said(&output).chars().take(500).collect::<String>());
}

#[test]
fn a_description_is_proposed_for_a_list_nobody_described() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Ma liste.csv");
    fs::write(&path, "Nom du lieu;Ville;CP;Téléphone\nRelais;Guéret;23000;05 55 51 47 00\n").unwrap();
    let output = mediane(&["new-source", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = said(&output);
    for line in ["separator = \";\"", "nom = \"Nom du lieu\"", "code_postal = \"CP\"", "telephone = \"Téléphone\""] {
        assert!(told.contains(line), "{line} in {told}");
    }
}

/// Says of every list but « bombe » that its third row has no name.
#[derive(Debug)]
struct Stub;

impl ListChecker for Stub {
    fn check(&self, name: &str, list: &[u8]) -> Result<Vec<u8>, String> {
        if name == "bombe.csv" {
            return Err("memory".into());
        }
        assert_eq!(list, b"id,nom\n1,\n");
        Ok(format!(
            r#"{{"file":"{name}","shape":"standard-v1","refused":false,"report":{{"rows_read":1,"published":0,
            "quarantined":1,"merged":0,"blank":0,"entries":[{{"code":"nom_absent","line":3,"field":"nom",
            "value":"<script>","reason":"","action":"row_quarantined","severity":"error"}}]}}}}"#
        )
        .into_bytes())
    }
}

fn send(address: std::net::SocketAddr, name: &str, content: &[u8], result: &str) -> Response {
    let mut body = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"liste\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend(content);
    body.extend(
        format!("\r\n--XX\r\nContent-Disposition: form-data; name=\"resultat\"\r\n\r\n{result}\r\n--XX--\r\n").bytes(),
    );
    let request = Client::new().post(format!("http://{address}/verifier"));
    request.header("content-type", "multipart/form-data; boundary=XX").body(body).send().unwrap()
}

#[test]
fn a_list_that_is_sent_is_answered_on_a_page_that_keeps_nothing() {
    let address = serve_on_free_port(sample_state().with_checker(Arc::new(Stub)));
    let list = b"id,nom\n1,\n";
    let page = send(address, "../x/liste.csv", list, "page");
    assert_eq!((page.status().as_u16(), header(&page, "cache-control").as_str()), (200, "no-store"));
    let text = page.text().unwrap();
    assert!(text.contains("nom absent") && text.contains("le nom du lieu") && text.contains("liste.csv"), "{text}");
    assert!(!text.contains("<script>") && !text.contains("../x"), "what is repeated is escaped");
    let file = send(address, "liste.csv", list, "csv");
    assert!(header(&file, "content-type").starts_with("text/csv"));
    assert_eq!(send(address, "bombe.csv", list, "page").status(), 422);
    assert_eq!(send(address, "vide.csv", b"", "page").status(), 400);
    assert_eq!(send(address, "gros.csv", &vec![b'x'; UPLOAD_BODY + 1], "page").status(), 413);
    let bare = Client::new().post(format!("http://{address}/verifier")).body("liste=x").send().unwrap();
    assert_eq!(bare.status(), 400);
    let form = Client::new().get(format!("http://{address}/verifier")).send().unwrap();
    assert!(form.text().unwrap().contains("enctype=\"multipart/form-data\""));
}
