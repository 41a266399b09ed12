-- +goose Up
CREATE TABLE indicator (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    name       TEXT NOT NULL,
    search     TEXT NOT NULL,
    sort_key   BYTEA NOT NULL,
    aliases    TEXT NOT NULL,
    unit       TEXT NOT NULL,
    base_unit  TEXT NOT NULL,
    direction  TEXT NOT NULL,
    flow       TEXT NOT NULL,
    cumulative BOOLEAN NOT NULL,
    source     TEXT NOT NULL,
    -- An indicator found to be another one under a second name keeps its row, so
    -- that what was signed stays as it was; readers follow merged_into.
    merged_into TEXT NOT NULL
);
CREATE TABLE movement (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    organiser_id TEXT NOT NULL REFERENCES unit (id),
    parent_id    TEXT NOT NULL,
    name         TEXT NOT NULL,
    theme        TEXT NOT NULL,
    search       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    year         BIGINT NOT NULL,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,
    state        TEXT NOT NULL,
    source_text  TEXT NOT NULL,
    basis        TEXT NOT NULL,
    launched_at  BIGINT NOT NULL
);
CREATE TABLE movement_target (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    movement_id  TEXT NOT NULL REFERENCES movement (id),
    place        BIGINT NOT NULL,
    indicator_id TEXT NOT NULL REFERENCES indicator (id),
    name         TEXT NOT NULL,
    relation     TEXT NOT NULL,
    change       TEXT NOT NULL,
    low          TEXT NOT NULL,
    high         TEXT NOT NULL,
    unit         TEXT NOT NULL,
    base_low     TEXT NOT NULL,
    base_high    TEXT NOT NULL,
    base_unit    TEXT NOT NULL,
    direction    TEXT NOT NULL,
    base_kind    TEXT NOT NULL,
    base_year    BIGINT NOT NULL,
    by_year      BIGINT NOT NULL,
    approx       TEXT NOT NULL,
    part_of      TEXT NOT NULL,
    line         BIGINT NOT NULL,
    clause       TEXT NOT NULL
);
CREATE INDEX movement_target_movement ON movement_target (movement_id, place);
CREATE INDEX movement_target_indicator ON movement_target (indicator_id);
CREATE TABLE movement_response (
    id          TEXT PRIMARY KEY,
    version     BIGINT NOT NULL,
    movement_id TEXT NOT NULL REFERENCES movement (id),
    unit_id     TEXT NOT NULL,
    text        TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    at          BIGINT NOT NULL
);
CREATE UNIQUE INDEX movement_response_once ON movement_response (movement_id, unit_id);
