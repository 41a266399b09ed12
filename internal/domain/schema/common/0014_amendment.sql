-- +goose Up
-- An amendment changes a covenant that is in force: who asked for it and why,
-- which text it replaces by which, and what its adoption rests on.
CREATE TABLE amendment (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    draft_id   TEXT NOT NULL REFERENCES draft (id),
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    state      TEXT NOT NULL,
    from_id    TEXT NOT NULL REFERENCES draft_version (id),
    to_id      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL,
    meeting_id TEXT NOT NULL,
    basis      TEXT NOT NULL,
    due_day    TEXT NOT NULL,
    ended_by   TEXT NOT NULL,
    ended_at   BIGINT NOT NULL,
    withdrawn  TEXT NOT NULL
);
CREATE INDEX amendment_draft ON amendment (draft_id, at);
-- The leader lets the year go on while absent members sign until the deadline.
CREATE TABLE signing_deferral (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    version_id TEXT NOT NULL REFERENCES draft_version (id),
    reason     TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX signing_deferral_version ON signing_deferral (version_id, at);
-- The years that a version of a covenant is meant for, where it is not one.
CREATE TABLE covenant_term (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    version_id TEXT NOT NULL REFERENCES draft_version (id),
    from_year  BIGINT NOT NULL,
    until_year BIGINT NOT NULL
);
CREATE UNIQUE INDEX covenant_term_once ON covenant_term (version_id);
-- A year that stands on the covenant of an earlier one: version_id is its copy
-- of the text, from_version_id the text that was signed.
CREATE TABLE covenant_carry (
    id              TEXT PRIMARY KEY,
    version         BIGINT NOT NULL,
    year_id         TEXT NOT NULL REFERENCES cluster_year (id),
    version_id      TEXT NOT NULL REFERENCES draft_version (id),
    from_year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    from_version_id TEXT NOT NULL REFERENCES draft_version (id),
    account_id      TEXT NOT NULL,
    at              BIGINT NOT NULL
);
CREATE UNIQUE INDEX covenant_carry_once ON covenant_carry (version_id);
-- The share of a movement's target that a cluster, or a unit of its own, carries.
CREATE TABLE movement_share (
    id          TEXT PRIMARY KEY,
    version     BIGINT NOT NULL,
    movement_id TEXT NOT NULL REFERENCES movement (id),
    target_id   TEXT NOT NULL REFERENCES movement_target (id),
    cluster_id  TEXT NOT NULL,
    unit_id     TEXT NOT NULL,
    amount      TEXT NOT NULL,
    unit        TEXT NOT NULL,
    base_amount TEXT NOT NULL,
    base_unit   TEXT NOT NULL,
    note        TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    at          BIGINT NOT NULL
);
CREATE UNIQUE INDEX movement_share_once ON movement_share (target_id, cluster_id, unit_id);
CREATE INDEX movement_share_movement ON movement_share (movement_id);
