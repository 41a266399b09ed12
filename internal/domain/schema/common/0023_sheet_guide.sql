-- +goose Up
-- What a table of officers says on how each criterion is scored, in its own
-- words, beside what the rule does: one row a version of a sheet, JSON from the
-- id of a criterion to the text. Rows of sheet_version stand in the ledger, so
-- the words have a table of their own.
CREATE TABLE sheet_guide (
    id               TEXT PRIMARY KEY,
    version          BIGINT NOT NULL,
    sheet_version_id TEXT NOT NULL REFERENCES sheet_version (id),
    body             BYTEA NOT NULL
);
CREATE UNIQUE INDEX sheet_guide_once ON sheet_guide (sheet_version_id);
