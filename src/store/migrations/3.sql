-- Plans as jobs that several processes share, and what is counted for one visitor. Instants are milliseconds since 1970, by the
-- clock of the database. `visitor` is a digest, erased once the job is over. The same text for SQLite and PostgreSQL.
CREATE TABLE plan_search (
    id TEXT PRIMARY KEY,
    edition TEXT NOT NULL,
    question TEXT NOT NULL,
    seconds BIGINT NOT NULL,
    visitor TEXT NOT NULL,
    state TEXT NOT NULL,
    made BIGINT NOT NULL,
    worker TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    begun BIGINT NOT NULL,
    beat BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    progress TEXT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE TABLE plan_key (
    plan TEXT NOT NULL,
    secret TEXT NOT NULL,
    PRIMARY KEY (plan, secret)
);
CREATE TABLE shared_secret (
    name TEXT PRIMARY KEY,
    secret TEXT NOT NULL
);
CREATE TABLE visitor_count (
    what TEXT NOT NULL,
    visitor TEXT NOT NULL,
    minute BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (what, visitor, minute)
);
