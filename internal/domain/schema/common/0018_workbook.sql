-- +goose Up
-- A workbook of figures on its way in, from the upload until it is entered or
-- given up. It is nobody's record: what it brings is written as figures. A step
-- under way is beaten now and then (beat, real time), so that one which ended
-- with its server is known.
CREATE TABLE workbook (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    year_id      TEXT NOT NULL REFERENCES cluster_year (id),
    account_id   TEXT NOT NULL,
    name         TEXT NOT NULL,
    size         BIGINT NOT NULL,
    hash         TEXT NOT NULL,
    lang         TEXT NOT NULL,
    illustrative BOOLEAN NOT NULL,
    state        TEXT NOT NULL,
    failure      TEXT NOT NULL,
    counts       TEXT NOT NULL,
    at           BIGINT NOT NULL,
    beat         BIGINT NOT NULL
);
CREATE INDEX workbook_of ON workbook (account_id, year_id, at);
-- What is large of a workbook: the file, what its columns are, what it would do.
CREATE TABLE workbook_part (
    id      TEXT PRIMARY KEY REFERENCES workbook (id),
    content BYTEA NOT NULL,
    outline BYTEA NOT NULL,
    mapping BYTEA NOT NULL,
    plan    BYTEA NOT NULL
);
