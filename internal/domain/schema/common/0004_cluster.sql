-- +goose Up
CREATE TABLE cluster (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    organiser_id TEXT NOT NULL REFERENCES unit (id)
);
CREATE TABLE cluster_year (
    id               TEXT PRIMARY KEY,
    version          BIGINT NOT NULL,
    cluster_id       TEXT NOT NULL REFERENCES cluster (id),
    year             BIGINT NOT NULL,
    name             TEXT NOT NULL,
    short_name       TEXT NOT NULL,
    search           TEXT NOT NULL,
    sort_key         BYTEA NOT NULL,
    state            TEXT NOT NULL,
    basis            TEXT NOT NULL,
    movement_id      TEXT NOT NULL,
    sheet_version_id TEXT NOT NULL,
    illustrative     BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX cluster_year_once ON cluster_year (cluster_id, year);
CREATE TABLE membership (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    year_id  TEXT NOT NULL REFERENCES cluster_year (id),
    unit_id  TEXT NOT NULL REFERENCES unit (id),
    place    BIGINT NOT NULL,
    basis    TEXT NOT NULL
);
CREATE UNIQUE INDEX membership_once ON membership (year_id, unit_id);
CREATE INDEX membership_unit ON membership (unit_id);
CREATE TABLE term (
    id        TEXT PRIMARY KEY,
    version   BIGINT NOT NULL,
    year_id   TEXT NOT NULL REFERENCES cluster_year (id),
    unit_id   TEXT NOT NULL REFERENCES unit (id),
    role      TEXT NOT NULL,
    basis     TEXT NOT NULL,
    reference TEXT NOT NULL,
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL
);
CREATE INDEX term_year ON term (year_id, role);
CREATE INDEX term_unit ON term (unit_id);
CREATE TABLE deadline (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    year_id  TEXT NOT NULL REFERENCES cluster_year (id),
    activity TEXT NOT NULL,
    due_day  TEXT NOT NULL
);
CREATE UNIQUE INDEX deadline_once ON deadline (year_id, activity);
CREATE TABLE state_move (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    back       BOOLEAN NOT NULL,
    reason     TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX state_move_year ON state_move (year_id, at);
