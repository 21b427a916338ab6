-- What was answered to requests with an Idempotency-Key: `id` and `owner` are digests, `print` that of the request, `answer` sealed with
-- the key itself, which is not kept; empty while the first request is under way. The same text for SQLite and PostgreSQL.
CREATE TABLE answered_once (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    print TEXT NOT NULL,
    made BIGINT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX answered_once_by_owner ON answered_once (owner, made);
