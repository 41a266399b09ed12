-- +goose Up
CREATE TABLE publication (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    year_id      TEXT NOT NULL,
    year         BIGINT NOT NULL,
    title        TEXT NOT NULL,
    search       TEXT NOT NULL,
    body         BYTEA NOT NULL,
    hash         TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    at           BIGINT NOT NULL,
    withdrawn    TEXT NOT NULL
);
CREATE INDEX publication_subject ON publication (kind, subject_id);
-- Views are traffic, not business: not in the ledger.
CREATE TABLE page_view (
    id    TEXT PRIMARY KEY,
    count BIGINT NOT NULL
);
CREATE TABLE notice (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL,
    unit_id    TEXT NOT NULL,
    text       TEXT NOT NULL,
    activity   TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX notice_unit ON notice (unit_id, at);
