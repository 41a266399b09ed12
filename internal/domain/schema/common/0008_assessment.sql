-- +goose Up
CREATE TABLE sheet (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    owner_id TEXT NOT NULL,
    name     TEXT NOT NULL,
    search   TEXT NOT NULL,
    source   TEXT NOT NULL
);
-- body is the sheet as the scoring engine reads it; hashed, so kept as bytes.
CREATE TABLE sheet_version (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    sheet_id   TEXT NOT NULL REFERENCES sheet (id),
    number     BIGINT NOT NULL,
    body       BYTEA NOT NULL,
    hash       TEXT NOT NULL,
    note       TEXT NOT NULL,
    locked     BOOLEAN NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX sheet_version_once ON sheet_version (sheet_id, number);
CREATE TABLE round (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    year_id  TEXT NOT NULL REFERENCES cluster_year (id),
    kind     TEXT NOT NULL,
    place    BIGINT NOT NULL
);
CREATE UNIQUE INDEX round_once ON round (year_id, kind);
CREATE TABLE checker (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    round_id   TEXT NOT NULL REFERENCES round (id),
    checker_id TEXT NOT NULL,
    unit_id    TEXT NOT NULL
);
CREATE UNIQUE INDEX checker_once ON checker (round_id, unit_id);
CREATE TABLE score (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    round_id   TEXT NOT NULL REFERENCES round (id),
    unit_id    TEXT NOT NULL,
    criterion  TEXT NOT NULL,
    inputs     TEXT NOT NULL,
    points     BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL,
    illustrative BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX score_once ON score (round_id, unit_id, criterion);
CREATE TABLE hand_in (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    round_id   TEXT NOT NULL REFERENCES round (id),
    unit_id    TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL,
    withdrawn  TEXT NOT NULL
);
CREATE UNIQUE INDEX hand_in_once ON hand_in (round_id, unit_id);
CREATE TABLE explanation (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    round_id   TEXT NOT NULL REFERENCES round (id),
    unit_id    TEXT NOT NULL,
    criterion  TEXT NOT NULL,
    text       TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX explanation_place ON explanation (round_id, unit_id, criterion);
CREATE TABLE tie_decision (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    unit_id    TEXT NOT NULL,
    place      BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    basis      TEXT NOT NULL,
    meeting_id TEXT NOT NULL
);
CREATE UNIQUE INDEX tie_decision_once ON tie_decision (year_id, unit_id);
-- A result is a snapshot: what it rests on never changes under it.
CREATE TABLE result (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    kind       TEXT NOT NULL,
    body       BYTEA NOT NULL,
    hash       TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL,
    superseded_by TEXT NOT NULL
);
CREATE INDEX result_year ON result (year_id, kind, at);
