-- Scenarios and every version of each. Instants are milliseconds since 1970, UTC. The same text for SQLite and PostgreSQL.
CREATE TABLE scenario (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    latest BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    visibility TEXT NOT NULL
);
CREATE INDEX scenario_by_owner ON scenario (owner);
CREATE INDEX scenario_by_visibility ON scenario (visibility, updated);
CREATE TABLE scenario_version (
    scenario TEXT NOT NULL REFERENCES scenario (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    saved BIGINT NOT NULL,
    title TEXT NOT NULL,
    territory TEXT NOT NULL,
    document TEXT NOT NULL,
    visibility TEXT NOT NULL,
    PRIMARY KEY (scenario, version)
);
