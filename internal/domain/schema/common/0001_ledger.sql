-- +goose Up
-- Room: ledger.
-- One row a change. body is the canonical record whose hash is the leaf; the
-- other columns repeat parts of it for look-up and are checked against it.
CREATE TABLE ledger_entry (
    seq     BIGINT PRIMARY KEY,
    at      BIGINT NOT NULL,
    account TEXT   NOT NULL,
    action  TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    year_id TEXT   NOT NULL,
    body    BYTEA  NOT NULL
);
CREATE INDEX ledger_entry_subject ON ledger_entry (kind, subject, seq);
CREATE INDEX ledger_entry_year ON ledger_entry (year_id, seq);
-- The Merkle tree's stored hashes, in the order of golang.org/x/mod/sumdb/tlog.
CREATE TABLE ledger_hash (
    place BIGINT PRIMARY KEY,
    hash  BYTEA  NOT NULL
);
