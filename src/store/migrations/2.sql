-- What visitors say of a venue. Nothing of the visitor is kept. Instants are milliseconds since 1970, UTC. The same text for SQLite and PostgreSQL.
CREATE TABLE venue_report (
    id TEXT PRIMARY KEY,
    venue TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    sent BIGINT NOT NULL,
    state TEXT NOT NULL,
    decided BIGINT
);
CREATE INDEX venue_report_by_state ON venue_report (state, sent);
CREATE INDEX venue_report_by_venue ON venue_report (venue, state);
