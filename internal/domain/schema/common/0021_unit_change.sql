-- +goose Up
CREATE INDEX unit_change_part_unit ON unit_change_part (unit_id);
CREATE INDEX unit_change_part_change ON unit_change_part (change_id);
CREATE INDEX unit_parent_parent ON unit_parent (parent_id);
-- Who goes on with what an ended unit had to do, in [from_day, to_day): the
-- years of clusters that are open, its files. Always one step: when the heir
-- ends in turn, the unit gets the heir's.
CREATE TABLE unit_heir (
    id        TEXT PRIMARY KEY,
    version   BIGINT NOT NULL,
    unit_id   TEXT NOT NULL REFERENCES unit (id),
    heir_id   TEXT NOT NULL REFERENCES unit (id),
    change_id TEXT NOT NULL REFERENCES unit_change (id),
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL
);
CREATE INDEX unit_heir_unit ON unit_heir (unit_id);
CREATE INDEX unit_heir_heir ON unit_heir (heir_id);
-- The rows of other tables that a change made, or ended (was_day is the day on
-- which they would have ended without it): what taking it back puts right.
CREATE TABLE unit_change_effect (
    id        TEXT PRIMARY KEY,
    version   BIGINT NOT NULL,
    change_id TEXT NOT NULL REFERENCES unit_change (id),
    kind      TEXT NOT NULL,
    row_id    TEXT NOT NULL,
    was_day   TEXT NOT NULL
);
CREATE INDEX unit_change_effect_change ON unit_change_effect (change_id);
-- A change that was taken back stays, with the reason.
CREATE TABLE unit_change_undone (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    change_id  TEXT NOT NULL REFERENCES unit_change (id),
    reason     TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX unit_change_undone_once ON unit_change_undone (change_id);
