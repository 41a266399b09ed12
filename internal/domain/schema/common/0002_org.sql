-- +goose Up
-- Administrative levels are dated data: the district level ended on 01/7/2025.
CREATE TABLE level (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    name     TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    source   TEXT NOT NULL
);
CREATE TABLE unit (
    id        TEXT PRIMARY KEY,
    version   BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    level_id  TEXT NOT NULL REFERENCES level (id),
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL
);
CREATE TABLE unit_name (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    name       TEXT NOT NULL,
    short_name TEXT NOT NULL,
    search     TEXT NOT NULL,
    sort_key   BYTEA NOT NULL,
    from_day   TEXT NOT NULL,
    to_day     TEXT NOT NULL,
    basis      TEXT NOT NULL
);
CREATE INDEX unit_name_unit ON unit_name (unit_id, from_day);
CREATE TABLE unit_parent (
    id        TEXT PRIMARY KEY,
    version   BIGINT NOT NULL,
    unit_id   TEXT NOT NULL REFERENCES unit (id),
    parent_id TEXT NOT NULL REFERENCES unit (id),
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL
);
CREATE INDEX unit_parent_unit ON unit_parent (unit_id, from_day);
CREATE TABLE unit_change (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    day      TEXT NOT NULL,
    decision TEXT NOT NULL
);
CREATE TABLE unit_change_part (
    id        TEXT PRIMARY KEY,
    version   BIGINT NOT NULL,
    change_id TEXT NOT NULL REFERENCES unit_change (id),
    unit_id   TEXT NOT NULL REFERENCES unit (id),
    side      TEXT NOT NULL
);
