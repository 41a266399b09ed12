-- +goose Up
-- body is the data the paper was made from; the file is addressed by its hash.
CREATE TABLE document (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    kind       TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    issuer_id  TEXT NOT NULL,
    number     BIGINT NOT NULL,
    register   TEXT NOT NULL,
    symbol     TEXT NOT NULL,
    title      TEXT NOT NULL,
    day        TEXT NOT NULL,
    body       BYTEA NOT NULL,
    file_hash  TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX document_number ON document (issuer_id, register, number);
CREATE INDEX document_year ON document (year_id, kind);
CREATE TABLE file (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    size       BIGINT NOT NULL,
    media      TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE TABLE attachment (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    file_id      TEXT NOT NULL REFERENCES file (id),
    name         TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    year_id      TEXT NOT NULL,
    unit_id      TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    at           BIGINT NOT NULL,
    withdrawn    TEXT NOT NULL
);
CREATE INDEX attachment_subject ON attachment (subject_kind, subject_id);
CREATE INDEX attachment_file ON attachment (file_id);
