-- +goose Up
-- A draft is one of the four papers of the year: plan, regulation, criteria,
-- covenant. Its versions are immutable once circulated.
CREATE TABLE draft (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    state      TEXT NOT NULL,
    adopted_id TEXT NOT NULL,
    meeting_id TEXT NOT NULL
);
CREATE UNIQUE INDEX draft_once ON draft (year_id, kind);
CREATE TABLE draft_version (
    id               TEXT PRIMARY KEY,
    version          BIGINT NOT NULL,
    draft_id         TEXT NOT NULL REFERENCES draft (id),
    number           BIGINT NOT NULL,
    text             TEXT NOT NULL,
    hash             TEXT NOT NULL,
    sheet_version_id TEXT NOT NULL,
    note             TEXT NOT NULL,
    circulated       BOOLEAN NOT NULL,
    account_id       TEXT NOT NULL,
    at               BIGINT NOT NULL
);
CREATE UNIQUE INDEX draft_version_once ON draft_version (draft_id, number);
CREATE TABLE draft_comment (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    version_id TEXT NOT NULL REFERENCES draft_version (id),
    line       BIGINT NOT NULL,
    unit_id    TEXT NOT NULL,
    account_id TEXT NOT NULL,
    text       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    answer     TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at BIGINT NOT NULL
);
CREATE INDEX draft_comment_version ON draft_comment (version_id, line);
CREATE TABLE covenant_target (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    version_id   TEXT NOT NULL REFERENCES draft_version (id),
    year_id      TEXT NOT NULL REFERENCES cluster_year (id),
    unit_id      TEXT NOT NULL,
    reporter_id  TEXT NOT NULL,
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
CREATE INDEX covenant_target_version ON covenant_target (version_id, place);
CREATE INDEX covenant_target_year ON covenant_target (year_id);
CREATE INDEX covenant_target_indicator ON covenant_target (indicator_id);
CREATE TABLE signature (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    version_id   TEXT NOT NULL REFERENCES draft_version (id),
    year_id      TEXT NOT NULL,
    unit_id      TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    signer       TEXT NOT NULL,
    position     TEXT NOT NULL,
    mandate      TEXT NOT NULL,
    text_hash    TEXT NOT NULL,
    at           BIGINT NOT NULL
);
CREATE UNIQUE INDEX signature_once ON signature (version_id, unit_id);
