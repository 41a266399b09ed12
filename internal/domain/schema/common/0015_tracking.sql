-- +goose Up
-- The periods whose figures a year reports, where the cluster has chosen them;
-- the days by which they are due are deadlines of the year.
CREATE TABLE reporting_period (
    id      TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    year_id TEXT NOT NULL REFERENCES cluster_year (id),
    period  TEXT NOT NULL
);
CREATE UNIQUE INDEX reporting_period_once ON reporting_period (year_id, period);
-- Why a target is set no higher: written by whose target it is, or by the
-- leader, for an indicator of a unit as it stood then (low, high, unit). Later
-- versions of the draft keep it.
CREATE TABLE target_reason (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    year_id      TEXT NOT NULL REFERENCES cluster_year (id),
    indicator_id TEXT NOT NULL REFERENCES indicator (id),
    unit_id      TEXT NOT NULL,
    target_id    TEXT NOT NULL,
    low          TEXT NOT NULL,
    high         TEXT NOT NULL,
    unit         TEXT NOT NULL,
    text         TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    at           BIGINT NOT NULL
);
CREATE UNIQUE INDEX target_reason_once ON target_reason (year_id, indicator_id, unit_id);
