//! Scenarios in tables.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection, query, query_scalar, raw_sql};
use tokio::sync::OnceCell;

use super::dialect::{Dialect, Location};
use super::engine::Engine;
use super::migrations::migrate;
use super::rows::{columns, failed, milliseconds, scenario, version};
use super::work::Work;
use crate::ports::{
    Content, Expected, Later, MOST_SCENARIOS, MOST_VERSIONS, Owner, Page, Scenario, ScenarioId, ScenarioStore,
    StoreError,
};

/// Most connections to the database. Questions are short; the next ones wait for their turn.
const MOST_CONNECTIONS: u32 = 4;
/// Time to wait for a turn, within any question's own deadline.
const TURN: Duration = Duration::from_secs(1);

/// A store in an `SQLite` file or a `PostgreSQL` database.
#[derive(Debug)]
pub struct SqlStore {
    engine: Engine,
    tables: Tables,
}

/// The connections, and the SQL spoken over them.
#[derive(Debug, Clone)]
pub(super) struct Tables {
    pub(super) pool: AnyPool,
    pub(super) dialect: Dialect,
    /// Whether the tables are those of this program, as far as is known.
    ready: Arc<OnceCell<()>>,
}

impl SqlStore {
    /// Opens a store and brings its tables up to date. A `PostgreSQL` that cannot be reached is asked again at every question
    /// until it can: [`StoreError::Busy`] meanwhile.
    ///
    /// # Errors
    /// When the file cannot be opened, the database refuses us, or either is of a later version of the program.
    pub fn open(location: &Location) -> Result<Self, StoreError> {
        install_default_drivers();
        let engine = Engine::start()?;
        let dialect = location.dialect();
        let options: AnyConnectOptions = location.url()?.parse().map_err(failed)?;
        let pool_options = AnyPoolOptions::new().max_connections(MOST_CONNECTIONS).acquire_timeout(TURN);
        let pool_options =
            pool_options.after_connect(move |connection, _| Box::pin(async move { greet(connection, dialect).await }));
        let tables = engine.wait(async move {
            let pool = pool_options.connect_lazy_with(options.clone());
            Ok((Tables { pool, dialect, ready: Arc::default() }, options))
        });
        let (tables, options) = tables?;
        let opening = tables.clone();
        let opened = engine.wait(async move {
            // A pool tries again until its time is over, and forgets why; the first connection tells at once.
            let mut first = AnyConnection::connect_with(&options).await.map_err(failed)?;
            greet(&mut first, dialect).await.map_err(failed)?;
            first.close().await.map_err(failed)?;
            opening.made_ready().await
        });
        match opened {
            Err(StoreError::Busy) if dialect == Dialect::Postgres => {}
            opened => opened?,
        }
        Ok(Self { engine, tables })
    }

    /// Whether it was reached so far.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.tables.ready.initialized()
    }

    /// Whether it takes writes: one is begun and taken back.
    ///
    /// # Errors
    /// When it does not.
    pub fn try_to_write(&self) -> Result<(), StoreError> {
        let tables = self.tables.clone();
        self.engine.wait(async move {
            tables.made_ready().await?;
            let Tables { pool, dialect, .. } = tables;
            let mut work = pool.begin_with(dialect.begin()).await.map_err(failed)?;
            query("UPDATE schema_version SET version = version").execute(&mut *work).await.map_err(failed)?;
            work.rollback().await.map_err(failed)
        })
    }

    /// Does some work on the tables, to its end.
    pub(super) fn run<T: Send + 'static, F: Future<Output = Result<T, StoreError>> + Send + 'static>(
        &self,
        work: impl FnOnce(Tables) -> F,
    ) -> Later<'static, T> {
        let (ready, working) = (self.tables.clone(), work(self.tables.clone()));
        self.engine.run(async move {
            ready.made_ready().await?;
            working.await
        })
    }
}

async fn greet(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), sqlx::Error> {
    for words in dialect.greeting() {
        raw_sql(*words).execute(&mut *connection).await?;
    }
    Ok(())
}

impl ScenarioStore for SqlStore {
    fn create(&self, scenario: Scenario) -> Later<'_, ()> {
        self.run(move |tables| async move { tables.create(scenario).await })
    }

    fn knows(&self, owner: Owner) -> Later<'_, bool> {
        self.run(move |tables| async move { tables.knows(owner).await })
    }

    fn read(&self, id: ScenarioId, version: Option<u32>) -> Later<'_, Option<Scenario>> {
        self.run(move |tables| async move { tables.read(id, version).await })
    }

    fn save(
        &self,
        id: ScenarioId,
        owner: Owner,
        expected: Expected,
        content: Content,
        now: NaiveDateTime,
    ) -> Later<'_, u32> {
        self.run(move |tables| async move { tables.save(id, owner, expected, content, now).await })
    }

    fn delete(&self, id: ScenarioId, owner: Owner, expected: Expected) -> Later<'_, ()> {
        self.run(move |tables| async move { tables.delete(id, owner, expected).await })
    }

    fn versions(&self, id: ScenarioId, owner: Owner) -> Later<'_, Vec<Scenario>> {
        self.run(move |tables| async move { tables.versions(id, owner).await })
    }

    fn published(&self, page: Page) -> Later<'_, Vec<Scenario>> {
        self.run(move |tables| async move { tables.published(page).await })
    }
}

impl Tables {
    /// Brings the tables up to date, once.
    async fn made_ready(&self) -> Result<(), StoreError> {
        self.ready.get_or_try_init(|| migrate(&self.pool, self.dialect)).await.copied()
    }

    /// Begins to write. Two works under one key never run at once.
    pub(super) async fn begin(&self, key: &str) -> Result<Work, StoreError> {
        let mut work = Work::begin(self.pool.acquire().await.map_err(failed)?, self.dialect.begin()).await?;
        if let Some(lock) = self.dialect.lock() {
            query(lock).bind(key).execute(&mut *work).await.map_err(failed)?;
        }
        Ok(work)
    }

    async fn create(&self, scenario: Scenario) -> Result<(), StoreError> {
        let mut work = self.begin(scenario.owner.as_str()).await?;
        let counted = "SELECT count(*) FROM scenario WHERE owner = $1";
        let owned = query_scalar(counted).bind(scenario.owner.as_str());
        let owned: i64 = owned.fetch_one(&mut *work).await.map_err(failed)?;
        if owned >= i64::from(MOST_SCENARIOS) {
            return work.give_up(StoreError::Full).await;
        }
        let row =
            "INSERT INTO scenario (id, owner, latest, created, updated, visibility) VALUES ($1, $2, $3, $4, $5, $6)";
        let insert = query(row).bind(scenario.id.as_str()).bind(scenario.owner.as_str());
        let insert = insert.bind(i64::from(scenario.version)).bind(milliseconds(scenario.created));
        let insert = insert.bind(milliseconds(scenario.updated)).bind(scenario.content.visibility.name());
        insert.execute(&mut *work).await.map_err(failed)?;
        add_version(&mut work, &scenario.id, scenario.version, &scenario.content, scenario.updated).await?;
        work.commit().await
    }

    async fn knows(&self, owner: Owner) -> Result<bool, StoreError> {
        let counted = "SELECT count(*) FROM (SELECT 1 FROM scenario WHERE owner = $1 LIMIT 1) AS one";
        let found: i64 = query_scalar(counted).bind(owner.as_str()).fetch_one(&self.pool).await.map_err(failed)?;
        Ok(found > 0)
    }

    async fn read(&self, id: ScenarioId, version: Option<u32>) -> Result<Option<Scenario>, StoreError> {
        const READ: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM scenario s JOIN scenario_version v ON v.scenario = s.id ",
            "WHERE s.id = $1 AND v.version = CASE WHEN $2 = 0 THEN s.latest ELSE $2 END",
        );
        let wanted = i64::from(version.unwrap_or(0));
        let found = query(READ).bind(id.as_str()).bind(wanted).fetch_optional(&self.pool).await;
        found.map_err(failed)?.as_ref().map(scenario).transpose()
    }

    async fn save(
        &self,
        id: ScenarioId,
        owner: Owner,
        expected: Expected,
        content: Content,
        now: NaiveDateTime,
    ) -> Result<u32, StoreError> {
        let mut work = self.begin(id.as_str()).await?;
        let next = match latest(&mut work, &id, &owner, expected).await {
            Ok(latest) => latest + 1,
            Err(refused) => return work.give_up(refused).await,
        };
        if next > MOST_VERSIONS {
            return work.give_up(StoreError::Full).await;
        }
        add_version(&mut work, &id, next, &content, now).await?;
        let row = "UPDATE scenario SET latest = $1, updated = $2, visibility = $3 WHERE id = $4";
        let update = query(row).bind(i64::from(next)).bind(milliseconds(now)).bind(content.visibility.name());
        update.bind(id.as_str()).execute(&mut *work).await.map_err(failed)?;
        work.commit().await?;
        Ok(next)
    }

    async fn delete(&self, id: ScenarioId, owner: Owner, expected: Expected) -> Result<(), StoreError> {
        let mut work = self.begin(id.as_str()).await?;
        if let Err(refused) = latest(&mut work, &id, &owner, expected).await {
            return work.give_up(refused).await;
        }
        for statement in ["DELETE FROM scenario_version WHERE scenario = $1", "DELETE FROM scenario WHERE id = $1"] {
            query(statement).bind(id.as_str()).execute(&mut *work).await.map_err(failed)?;
        }
        work.commit().await?;
        if let Some(forget) = self.dialect.forget() {
            // What could not be emptied now is emptied at the next deletion; the rows are gone already.
            let _ = raw_sql(forget).execute(&self.pool).await;
        }
        Ok(())
    }

    async fn versions(&self, id: ScenarioId, owner: Owner) -> Result<Vec<Scenario>, StoreError> {
        const VERSIONS: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM scenario s JOIN scenario_version v ON v.scenario = s.id ",
            "WHERE s.id = $1 AND s.owner = $2 ORDER BY v.version DESC LIMIT 200",
        );
        let rows = query(VERSIONS).bind(id.as_str()).bind(owner.as_str());
        let rows = rows.fetch_all(&self.pool).await.map_err(failed)?;
        if rows.is_empty() { Err(StoreError::NotFound) } else { rows.iter().map(scenario).collect() }
    }

    async fn published(&self, page: Page) -> Result<Vec<Scenario>, StoreError> {
        const PUBLISHED: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM scenario s JOIN scenario_version v ON v.scenario = s.id AND v.version = s.latest ",
            "WHERE s.visibility = 'published' ORDER BY s.updated DESC, s.id LIMIT $1 OFFSET $2",
        );
        let rows = query(PUBLISHED).bind(i64::from(page.limit)).bind(i64::from(page.offset));
        rows.fetch_all(&self.pool).await.map_err(failed)?.iter().map(scenario).collect()
    }
}

/// The number of the latest version, if the owner has this scenario and the version is as expected.
async fn latest(work: &mut Work, id: &ScenarioId, owner: &Owner, expected: Expected) -> Result<u32, StoreError> {
    let statement = "SELECT latest FROM scenario WHERE id = $1 AND owner = $2";
    let found = query_scalar(statement).bind(id.as_str()).bind(owner.as_str());
    let found: Option<i64> = found.fetch_optional(&mut **work).await.map_err(failed)?;
    let latest = version(found.ok_or(StoreError::NotFound)?)?;
    match expected {
        Expected::Version(expected) if expected != latest => Err(StoreError::Conflict(latest)),
        _ => Ok(latest),
    }
}

async fn add_version(
    work: &mut Work,
    id: &ScenarioId,
    version: u32,
    content: &Content,
    now: NaiveDateTime,
) -> Result<(), StoreError> {
    let row = "INSERT INTO scenario_version (scenario, version, saved, title, territory, document, visibility) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let insert = query(row).bind(id.as_str()).bind(i64::from(version)).bind(milliseconds(now));
    let insert = insert.bind(content.title.as_str()).bind(content.territory.as_str()).bind(content.document.as_str());
    insert.bind(content.visibility.name()).execute(&mut **work).await.map_err(failed).map(drop)
}

#[cfg(test)]
impl SqlStore {
    /// Pretends that a program of a later version has been here.
    pub(super) fn force_version(&self, version: i64) {
        let pool = self.tables.pool.clone();
        let write = async move {
            let record = "INSERT INTO schema_version (version) VALUES ($1)";
            query(record).bind(version).execute(&pool).await.map_err(failed).map(drop)
        };
        self.engine.wait(write).expect("the store takes a number");
    }
}
