-- +goose Up
CREATE TABLE meeting (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    place      TEXT NOT NULL,
    starts_at  BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    state      TEXT NOT NULL,
    chair      TEXT NOT NULL,
    secretary  TEXT NOT NULL,
    opinions   TEXT NOT NULL,
    host_id    TEXT NOT NULL,
    cancelled  TEXT NOT NULL
);
-- One meeting may close year N and open year N+1.
CREATE TABLE meeting_year (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    meeting_id TEXT NOT NULL REFERENCES meeting (id),
    year_id    TEXT NOT NULL REFERENCES cluster_year (id)
);
CREATE UNIQUE INDEX meeting_year_once ON meeting_year (meeting_id, year_id);
CREATE INDEX meeting_year_year ON meeting_year (year_id);
CREATE TABLE agenda_item (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    meeting_id TEXT NOT NULL REFERENCES meeting (id),
    place      BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    reference  TEXT NOT NULL,
    resolution TEXT NOT NULL,
    outcome    TEXT NOT NULL
);
CREATE INDEX agenda_item_meeting ON agenda_item (meeting_id, place);
CREATE TABLE attendance (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    meeting_id TEXT NOT NULL REFERENCES meeting (id),
    unit_id    TEXT NOT NULL,
    status     TEXT NOT NULL,
    person     TEXT NOT NULL,
    position   TEXT NOT NULL,
    mandate    TEXT NOT NULL
);
CREATE UNIQUE INDEX attendance_once ON attendance (meeting_id, unit_id);
