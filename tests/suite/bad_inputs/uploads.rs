//! The cases of files that a person sends: what `/verifier` answers, with the process that reads them apart.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::blocking::{Body, Response};

use super::super::running::{Served, published, until};
use super::wire::{client, of_statuses, status};

const FORM: &str = "multipart/form-data; boundary=XX";

const LIST: &str = "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,date_maj\n\
                    1,21230096700008,Relais,Guéret,23000,23096,1 rue Un,46.17061,1.87153,2024-01-15\n";

/// One service for all cases, without any store; it ends with them.
pub struct Service(Served);

/// One part of a form.
fn part(disposition: &str, kind: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--XX\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: {kind}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

/// A form of one file.
fn form(name: &str, kind: &str, content: &[u8]) -> Vec<u8> {
    [part(&format!("name=\"liste\"; filename=\"{name}\""), kind, content), b"--XX--\r\n".to_vec()].concat()
}

/// A ZIP archive of one stored member; `flag` as the general purpose bits (1: encrypted).
fn zip(member: &str, flag: u8, content: &[u8]) -> Vec<u8> {
    let length = |bytes: usize| u32::try_from(bytes).unwrap().to_le_bytes();
    let name = u16::try_from(member.len()).unwrap().to_le_bytes();
    let common =
        [&[20, 0, flag, 0, 0, 0, 0, 0, 0, 0][..], &[0; 4], &length(content.len()), &length(content.len())].concat();
    let local = [b"PK\x03\x04", &common[..], &name, &[0, 0], member.as_bytes(), content].concat();
    let central = [b"PK\x01\x02\x14\x00", &common[..], &name, &[0; 16], member.as_bytes()].concat();
    let end = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &length(central.len()), &length(local.len()), &[0, 0]].concat();
    [local, central, end].concat()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

impl Service {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        published(&out);
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
        let served = Served::of(out.to_str().unwrap(), folder, &["--reference", data]);
        let ready = || served.get("/health/ready").status().is_success().then_some(());
        until(Duration::from_secs(30), ready).unwrap_or_else(|| panic!("{}", served.log()));
        Self(served)
    }

    /// Sends a form as it stands.
    fn posted(&self, kind: &str, body: impl Into<Body>) -> reqwest::Result<Response> {
        let at = format!("http://{}/verifier", self.0.address);
        client().post(at).header("content-type", kind).body(body).send()
    }

    /// Sends one file.
    fn sent(&self, name: &str, content: &[u8]) -> Response {
        self.posted(FORM, form(name, "text/csv", content)).unwrap()
    }

    /// The status of several files that are one case; each refusal is a page that says why.
    fn files(&self, of: &[(&str, Vec<u8>)]) -> String {
        of_statuses(of.iter().map(|(name, content)| status(self.sent(name, content))))
    }

    /// A file that may be taken or refused, as long as the service stays whole.
    fn contained(&self, name: &str, content: &[u8]) -> String {
        let answer = self.sent(name, content);
        assert!(answer.status().as_u16() < 500, "{name}: {}", answer.status());
        assert_eq!(self.0.get("/health/live").status(), 200);
        "accept_or_contained".to_owned()
    }

    /// What became of a case.
    pub fn case(&self, id: &str) -> Option<String> {
        let workbook = |name: &str| zip(name, 0, b"<worksheet><f>WEBSERVICE(\"x\")</f></worksheet>");
        Some(match id.strip_prefix("UPL-")?.parse::<u32>().ok()? {
            1 => {
                let mut stream = TcpStream::connect(&self.0.address).unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                let head = "POST /verifier HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=XX\r\n\
                            Content-Length: 2147483648\r\n\r\n";
                stream.write_all(head.as_bytes()).unwrap();
                let mut line = [0; 12];
                std::io::Read::read_exact(&mut stream, &mut line).unwrap();
                let declared = String::from_utf8_lossy(&line)[9..].parse().unwrap();
                let chunked = Body::new(std::io::Read::take(std::io::repeat(b'x'), 64 << 20));
                // Refused before it is read to its end: the answer may be lost with the connection.
                let unannounced = self.posted(FORM, chunked).map_or(413, status);
                of_statuses([declared, unannounced])
            }
            2 => {
                let mut nested = vec![0; 1 << 20];
                for depth in 0..4 {
                    nested = zip(&format!("{depth}.zip"), 0, &nested);
                }
                self.files(&[("liste.zip", nested.clone()), ("liste.csv", nested)])
            }
            3 => self
                .files(&["../../x", "/etc/cron.d/x", "C:\\x"].map(|name| ("liste.csv", zip(name, 0, LIST.as_bytes())))),
            4 => self.files(&[("liste.csv", zip("liste.csv", 1, LIST.as_bytes()))]),
            5 => {
                let mut disagreeing = zip("liste.csv", 0, LIST.as_bytes());
                let at = disagreeing.len() - 60;
                disagreeing[at] ^= 0xff;
                self.files(&[("liste.csv", disagreeing)])
            }
            6 => {
                let members = [gzip(LIST.as_bytes()), gzip(LIST.as_bytes())].concat();
                let garbage = [gzip(LIST.as_bytes()), b"and more".to_vec()].concat();
                self.files(&[("liste.csv.gz", members), ("liste.csv.gz", garbage)])
            }
            7 => self.contained("liste.csv.gz", &gzip(&vec![b','; 64 << 20])),
            8 => self.files(&[("liste.xlsx", workbook("xl/sharedStrings.xml"))]),
            9 => {
                let binary = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 512][..]].concat();
                self.files(&[
                    ("liste.xlsm", workbook("xl/vbaProject.bin")),
                    ("liste.xls", binary),
                    ("liste.ods", workbook("mimetype")),
                ])
            }
            10 => self.contained("liste.xlsx", &workbook("xl/worksheets/sheet1.xml")),
            11 => self.files(&[("liste.xlsx", workbook("xl/workbook.xml"))]),
            12 => {
                let file = part("name=\"liste\"; filename=\"a.csv\"", "text/csv", LIST.as_bytes());
                let end = b"--XX--\r\n".to_vec();
                let many = part("name=\"x\"", "text/plain", b"y").repeat(10_000);
                let inside = part("name=\"liste\"", "multipart/mixed; boundary=YY", b"--YY\r\n\r\nx\r\n--YY--");
                of_statuses(
                    [
                        ("multipart/form-data", [&file[..], &end].concat()),
                        (FORM, [&many[..], &file, &end].concat()),
                        (FORM, [&inside[..], &end].concat()),
                        (FORM, [&file[..], &file, &end].concat()),
                    ]
                    .map(|(kind, body)| status(self.posted(kind, body).unwrap())),
                )
            }
            13 => {
                let long = "a".repeat(4_096);
                let names = ["../../etc/<script>x\u{202e}vsc\u{0}.csv", &long, "CON."];
                of_statuses(names.map(|name| {
                    let answer = self.sent(name, LIST.as_bytes());
                    let status = answer.status().as_u16();
                    let page = answer.text().unwrap();
                    for inside in ["../", "\u{0}", "\u{202e}", "<script>x", &long[..81]] {
                        assert!(!page.contains(inside), "{name}: {inside}");
                    }
                    status
                }))
            }
            14 => self.files(&[
                ("liste.csv", b"<!DOCTYPE html><script>alert(1)</script>".to_vec()),
                ("liste.csv", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec()),
                ("liste.csv", b"GIF89a/*<script>alert(1)</script>*/=1;".to_vec()),
            ]),
            15 => self.files(&[("liste.csv", Vec::new())]),
            19 => {
                let [first, again] = [(); 2].map(|()| self.sent("liste.csv", LIST.as_bytes()).text().unwrap());
                assert_eq!(first, again);
                assert!(first.contains("1 lieux publiés") || first.contains("1 lieu publié"), "{first}");
                "accept_or_contained".to_owned()
            }
            22 => {
                let eicar = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat();
                self.contained("liste.csv", format!("{LIST}2,,{eicar},Guéret,23000,23096,2 rue,,,\n").as_bytes())
            }
            _ => return None,
        })
    }
}
