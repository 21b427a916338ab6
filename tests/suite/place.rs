//! `mediane place` as a person types it: on a small edition, and on real France when its files are there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use mediane::domain::CommuneCode;
use mediane::domain::{Location, Post};
use mediane::ingest::edition;
use mediane::ingest::report::Report;

use crate::support::{day, sample_leaves};

/// A folder with a small edition, and a place for plans.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut leaves = sample_leaves();
        leaves.posts = vec![Post {
            district: None,
            structure: "21230960600011".into(),
            name: "Commune de Guéret".into(),
            commune: CommuneCode::parse("23096"),
            public_employer: Some(true),
            posts: 1,
            validated: Some(day(2021, 6, 1)),
            state_eur: None,
            zrr: None,
            qpv: None,
            location: Location::Unknown,
            source: "posts".into(),
        }];
        let path = folder.path().join("edition");
        fs::create_dir(&path).unwrap();
        edition::write(&path, &leaves, &mediane::atlas::Checks::default(), Vec::new(), &Report::default()).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn place(&self, arguments: &[&str]) -> Output {
        place(&self.path("edition"), arguments)
    }

    /// Makes a plan and returns its file and what was said.
    fn plan(&self, name: &str, arguments: &[&str]) -> (Vec<u8>, String) {
        let path = self.path(name);
        let output = self.place(&[arguments, &["--output", path.to_str().unwrap()]].concat());
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        (fs::read(path).unwrap(), said)
    }
}

fn place(edition: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mediane"));
    command.arg("place").arg("--edition").arg(edition).args(arguments).output().unwrap()
}

/// What every question of this file has in common: a country of three communes cannot bear 13 million persons in need.
const SMALL: [&str; 10] =
    ["--candidates", "communes", "--demand", "population", "--radius-km", "5", "--posts", "1", "--seed", "1"];

#[test]
fn a_plan_is_written_said_and_checked() {
    let desk = Desk::new();
    let (_, said) = desk.plan("plan.json", &[&SMALL[..], &["--territory", "departements/23"]].concat());
    assert!(said.contains("optimal: no plan is better"), "{said}");
    assert!(said.contains("Ajain (23008): 1000 persons in 1 communes, 1000 out of reach before"), "{said}");
    let output = desk.place(&["--verify", desk.path("plan.json").to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().ends_with("the plan stands\n"));
}

#[test]
fn a_tampered_plan_ends_with_code_3() {
    let desk = Desk::new();
    let (bytes, _) = desk.plan("plan.json", &SMALL);
    let text = String::from_utf8(bytes).unwrap();
    // Only Saint-Denis is worth more than Ajain.
    let other = text.replace("\"id\": \"97411\"", "\"id\": \"23008\"");
    assert_ne!(other, text);
    fs::write(desk.path("other.json"), other).unwrap();
    let output = desk.place(&["--verify", desk.path("other.json").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("objective: 153000 is claimed, 4000 is counted"), "{said}");
}

#[test]
fn the_same_rounds_give_the_same_file_on_one_and_two_threads() {
    let desk = Desk::new();
    let asked = [&SMALL[..], &["--rounds", "3", "--existing", "none"]].concat();
    let (one, _) = desk.plan("one.json", &[&asked[..], &["--threads", "1"]].concat());
    let (two, _) = desk.plan("two.json", &[&asked[..], &["--threads", "2"]].concat());
    let (again, _) = desk.plan("one.json", &[&asked[..], &["--threads", "2"]].concat());
    assert_eq!(one, two);
    assert_eq!(one, again);
    assert!(!String::from_utf8(one).unwrap().contains("seconds"));
}

#[test]
fn a_plan_asked_again_is_the_same_file_and_another_one_is_not() {
    let desk = Desk::new();
    let (first, _) = desk.plan("plan.json", &[&SMALL[..], &["--rounds", "3", "--existing", "none"]].concat());
    let (path, again) = (desk.path("plan.json"), desk.path("again.json"));
    let [path, output] = [&path, &again].map(|path| path.to_str().unwrap());
    let replayed = desk.place(&["--replay", path, "--output", output]);
    assert!(replayed.status.success(), "{}", String::from_utf8_lossy(&replayed.stderr));
    assert_eq!(fs::read(&again).unwrap(), first);
    let other = String::from_utf8(first).unwrap().replace("\"format\": 2", "\"format\":  2");
    fs::write(path, other).unwrap();
    let differs = desk.place(&["--replay", path]);
    assert_eq!(differs.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&differs.stderr).contains("differs from line 2 on"));
}

#[test]
fn a_question_without_answer_names_its_field_and_writes_nothing() {
    let desk = Desk::new();
    let cases: [(&str, &[&str]); 6] = [
        (
            "posts: 1000000000 is more than the 4",
            &["--candidates", "communes", "--demand", "population", "--posts", "1000000000"],
        ),
        ("budget_eur: 100 € does not pay one post", &["--demand", "population", "--budget-eur", "100"]),
        ("radius_km: NaN", &["--radius-km", "NaN"]),
        ("territory: 99", &["--territory", "departements/99"]),
        ("denominator: 13m", &["--posts", "1"]),
        ("candidates: ", &["--candidates", "town-halls", "--territory", "communes/23096", "--demand", "population"]),
    ];
    let path = desk.path("none.json");
    for (expected, arguments) in cases {
        let output = desk.place(&[arguments, &["--output", path.to_str().unwrap()]].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.starts_with(&format!("mediane: {expected}")), "{arguments:?}: {said}");
        assert!(!path.exists(), "{arguments:?}");
    }
}

#[test]
fn a_plan_needs_somewhere_to_go() {
    let desk = Desk::new();
    let output = desk.place(&SMALL);
    assert_eq!(output.status.code(), Some(2));
    let nowhere = desk.path("no/such/folder/plan.json");
    let output = desk.place(&[&SMALL[..], &["--output", nowhere.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(4));
}

#[test]
fn a_what_if_from_a_file_is_answered_in_every_format() {
    let desk = Desk::new();
    let scenario = desk.path("scenario.json");
    fs::write(&scenario, r#"{"close": ["v-centre"], "denominator": "15pc"}"#).unwrap();
    let ask = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mediane"));
        command.arg("what-if").arg("--edition").arg(desk.path("edition")).arg("--input").arg(&scenario).args(more);
        command.output().unwrap()
    };
    let output = ask(&[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["closed"], serde_json::json!(["v-centre"]));
    for (format, begins) in [("csv", &b"level"[..]), ("xlsx", b"PK"), ("geojson", b"{")] {
        let output = ask(&["--format", format]);
        assert!(output.stdout.starts_with(begins), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    }
    fs::write(&scenario, r#"{"close": ["nowhere"]}"#).unwrap();
    let refused = ask(&[]);
    assert_eq!(refused.status.code(), Some(3));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("scenario.json: 400 unknown-venue"), "{said}");
}
