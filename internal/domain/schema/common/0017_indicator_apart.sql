-- +goose Up
-- Two indicators that look alike and that a person found to be two: they are
-- not suggested again. one_id is the smaller id.
CREATE TABLE indicator_apart (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    one_id     TEXT NOT NULL REFERENCES indicator (id),
    other_id   TEXT NOT NULL REFERENCES indicator (id),
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX indicator_apart_once ON indicator_apart (one_id, other_id);
