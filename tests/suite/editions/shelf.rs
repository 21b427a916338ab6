//! Editions in memory: a library that a test fills and publishes from.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use mediane::atlas::{Atlas, EditionInfo, FileInfo, Leaves};
use mediane::editions::{Library, Snapshot, Title};

use crate::support::{day, sample_leaves};

/// What the file of an edition holds.
pub const FILE: &str = "venues.parquet";

#[derive(Debug, Default)]
pub struct Shelf {
    in_force: Mutex<String>,
    leaves: Mutex<BTreeMap<String, Leaves>>,
}

/// The small country, its venues renamed so that each answer shows which edition it comes from.
pub fn marked(id: &str, (year, month, of_month): (i32, u32, u32), mark: &str) -> Leaves {
    let mut leaves = sample_leaves();
    for venue in &mut leaves.venues {
        venue.name = format!("{} {mark}", venue.name);
    }
    let files = vec![FileInfo { name: FILE.into(), sha256: "ab".repeat(32), bytes: mark.len() as u64, rows: None }];
    leaves.edition =
        EditionInfo { id: id.into(), as_of: Some(day(year, month, of_month)), files, ..EditionInfo::default() };
    leaves
}

impl Shelf {
    pub fn add(&self, id: &str, date: (i32, u32, u32), mark: &str) {
        self.leaves.lock().unwrap().insert(id.into(), marked(id, date, mark));
    }

    pub fn publish(&self, id: &str) {
        id.clone_into(&mut self.in_force.lock().unwrap());
    }
}

impl Library for Shelf {
    fn in_force(&self) -> Result<String, String> {
        Ok(self.in_force.lock().unwrap().clone())
    }

    fn titles(&self) -> Vec<Title> {
        let leaves = self.leaves.lock().unwrap();
        leaves.values().map(|leaves| Snapshot::new(Arc::new(Atlas::bind(leaves.clone()))).title()).collect()
    }

    fn open(&self, id: &str) -> Result<Snapshot, String> {
        let leaves = self.leaves.lock().unwrap().get(id).cloned().ok_or("gone")?;
        let mark = leaves.venues[0].name.clone();
        let mut file = tempfile::tempfile().map_err(|error| error.to_string())?;
        let mark = if mark.ends_with("d'août") { "d'août" } else { "de septembre" };
        file.write_all(mark.as_bytes()).map_err(|error| error.to_string())?;
        Ok(Snapshot::new(Arc::new(Atlas::bind(leaves))).with_files([(FILE.to_owned(), file)]))
    }
}
