-- +goose Up
-- A figure is never changed: a correction is a new figure that supersedes it.
CREATE TABLE figure (
    id            TEXT PRIMARY KEY,
    version       BIGINT NOT NULL,
    indicator_id  TEXT NOT NULL REFERENCES indicator (id),
    year_id       TEXT NOT NULL REFERENCES cluster_year (id),
    unit_id       TEXT NOT NULL,
    reporter_id   TEXT NOT NULL,
    year          BIGINT NOT NULL,
    period        TEXT NOT NULL,
    amount        TEXT NOT NULL,
    unit          TEXT NOT NULL,
    base_amount   TEXT NOT NULL,
    base_unit     TEXT NOT NULL,
    source        TEXT NOT NULL,
    note          TEXT NOT NULL,
    illustrative  BOOLEAN NOT NULL,
    account_id    TEXT NOT NULL,
    at            BIGINT NOT NULL,
    superseded_by TEXT NOT NULL,
    reason        TEXT NOT NULL
);
CREATE INDEX figure_place ON figure (year_id, indicator_id, unit_id, period);
CREATE INDEX figure_series ON figure (indicator_id, unit_id, year, period);
