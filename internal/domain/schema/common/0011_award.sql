-- +goose Up
CREATE TABLE rule (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    code     TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    value    TEXT NOT NULL,
    source   TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    note     TEXT NOT NULL
);
CREATE INDEX rule_code ON rule (code, from_day);
CREATE TABLE award_kind (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    name       TEXT NOT NULL,
    short_name TEXT NOT NULL,
    form       TEXT NOT NULL,
    flag       BOOLEAN NOT NULL,
    level      TEXT NOT NULL,
    place      BIGINT NOT NULL,
    multiplier TEXT NOT NULL,
    source     TEXT NOT NULL
);
CREATE TABLE nomination (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    kind_id    TEXT NOT NULL REFERENCES award_kind (id),
    unit_id    TEXT NOT NULL,
    label      TEXT NOT NULL,
    quantity   BIGINT NOT NULL,
    poll_id    TEXT NOT NULL,
    rank       BIGINT NOT NULL,
    total      BIGINT NOT NULL,
    grounds    TEXT NOT NULL,
    warnings   TEXT NOT NULL,
    override   TEXT NOT NULL,
    state      TEXT NOT NULL,
    withdrawn  TEXT NOT NULL,
    illustrative BOOLEAN NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX nomination_year ON nomination (year_id, kind_id);
CREATE TABLE decision (
    id           TEXT PRIMARY KEY,
    version      BIGINT NOT NULL,
    year_id      TEXT NOT NULL,
    number       TEXT NOT NULL,
    day          TEXT NOT NULL,
    authority    TEXT NOT NULL,
    signer       TEXT NOT NULL,
    subject      TEXT NOT NULL,
    illustrative BOOLEAN NOT NULL,
    revoked      TEXT NOT NULL
);
CREATE TABLE award (
    id            TEXT PRIMARY KEY,
    version       BIGINT NOT NULL,
    unit_id       TEXT NOT NULL,
    kind_id       TEXT NOT NULL REFERENCES award_kind (id),
    merit_year    BIGINT NOT NULL,
    nomination_id TEXT NOT NULL,
    decision_id   TEXT NOT NULL REFERENCES decision (id),
    revoked       TEXT NOT NULL
);
