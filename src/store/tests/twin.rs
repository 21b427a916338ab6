//! The dumb twin: scenarios in a map, under a lock.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::NaiveDateTime;

use crate::ports::*;

/// Every version of every scenario, the first version first.
#[derive(Debug, Default)]
pub(super) struct Twin(Mutex<BTreeMap<String, Vec<Scenario>>>);

type Kept = BTreeMap<String, Vec<Scenario>>;

impl Twin {
    fn with<T: Send + 'static>(&self, act: impl FnOnce(&mut Kept) -> Result<T, StoreError>) -> Later<'_, T> {
        let answer = act(&mut self.0.lock().expect("no test panics while it holds the twin"));
        Box::pin(async move { answer })
    }
}

/// The versions, if the owner has them and the latest is as expected.
fn own<'k>(
    kept: &'k mut Kept,
    id: &ScenarioId,
    owner: &Owner,
    expected: Expected,
) -> Result<&'k mut Vec<Scenario>, StoreError> {
    let versions = kept.get_mut(id.as_str()).filter(|versions| versions[0].owner == *owner);
    let versions = versions.ok_or(StoreError::NotFound)?;
    let latest = versions.len() as u32;
    match expected {
        Expected::Version(expected) if expected != latest => Err(StoreError::Conflict(latest)),
        _ => Ok(versions),
    }
}

impl ScenarioStore for Twin {
    fn create(&self, scenario: Scenario) -> Later<'_, ()> {
        self.with(|kept| {
            let owned = kept.values().filter(|versions| versions[0].owner == scenario.owner).count();
            if owned >= MOST_SCENARIOS as usize {
                return Err(StoreError::Full);
            }
            kept.insert(scenario.id.as_str().to_owned(), vec![scenario]);
            Ok(())
        })
    }

    fn knows(&self, owner: Owner) -> Later<'_, bool> {
        self.with(|kept| Ok(kept.values().any(|versions| versions[0].owner == owner)))
    }

    fn read(&self, id: ScenarioId, version: Option<u32>) -> Later<'_, Option<Scenario>> {
        self.with(|kept| {
            let Some(versions) = kept.get(id.as_str()) else { return Ok(None) };
            Ok(version.map_or(versions.last(), |version| versions.get(version as usize - 1)).cloned())
        })
    }

    fn save(
        &self,
        id: ScenarioId,
        owner: Owner,
        expected: Expected,
        content: Content,
        now: NaiveDateTime,
    ) -> Later<'_, u32> {
        self.with(|kept| {
            let versions = own(kept, &id, &owner, expected)?;
            let version = versions.len() as u32 + 1;
            if version > MOST_VERSIONS {
                return Err(StoreError::Full);
            }
            let created = versions[0].created;
            versions.push(Scenario { id, owner, version, created, updated: now, content });
            Ok(version)
        })
    }

    fn delete(&self, id: ScenarioId, owner: Owner, expected: Expected) -> Later<'_, ()> {
        self.with(|kept| {
            own(kept, &id, &owner, expected)?;
            kept.remove(id.as_str());
            Ok(())
        })
    }

    fn versions(&self, id: ScenarioId, owner: Owner) -> Later<'_, Vec<Scenario>> {
        self.with(|kept| Ok(own(kept, &id, &owner, Expected::Any)?.iter().rev().cloned().collect()))
    }

    fn published(&self, page: Page) -> Later<'_, Vec<Scenario>> {
        self.with(|kept| {
            let latest = kept.values().filter_map(|versions| versions.last());
            let mut list: Vec<Scenario> =
                latest.filter(|latest| latest.content.visibility == Visibility::Published).cloned().collect();
            list.sort_by_key(|scenario| (std::cmp::Reverse(scenario.updated), scenario.id.clone()));
            Ok(list.into_iter().skip(page.offset as usize).take(page.limit as usize).collect())
        })
    }
}
