-- +goose Up
-- A unit's appeal against its agreed points of a criterion, and what it was
-- answered. points are those that stood when it was made, in ten-thousandths.
CREATE TABLE appeal (
    id          TEXT PRIMARY KEY,
    version     BIGINT NOT NULL,
    year_id     TEXT NOT NULL REFERENCES cluster_year (id),
    unit_id     TEXT NOT NULL,
    criterion   TEXT NOT NULL,
    text        TEXT NOT NULL,
    points      BIGINT NOT NULL,
    account_id  TEXT NOT NULL,
    at          BIGINT NOT NULL,
    answer      TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at BIGINT NOT NULL
);
CREATE INDEX appeal_year ON appeal (year_id, unit_id, criterion);
