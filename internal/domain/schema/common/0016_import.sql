-- +goose Up
-- What each row of a batch hashes to, cut short, by the number of its entry:
-- enough to name a row that was changed. The root in the entry is the proof.
CREATE TABLE ledger_batch (
    seq   BIGINT PRIMARY KEY,
    marks BYTEA  NOT NULL
);
-- Names that files of imports use for units and clusters, such as the
-- identification codes of public bodies (mã định danh điện tử).
CREATE TABLE import_code (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    code       TEXT NOT NULL,
    subject_id TEXT NOT NULL
);
CREATE UNIQUE INDEX import_code_once ON import_code (kind, code);
CREATE INDEX import_code_subject ON import_code (subject_id);
-- A cluster's year that came by import, whole, with the SHA-256 of what the
-- files said about it: the same files again find it done.
CREATE TABLE import_year (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    digest     TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX import_year_once ON import_year (year_id);
-- A cluster reads the indicators it has, and what was merged into them.
CREATE INDEX indicator_merged ON indicator (merged_into);
