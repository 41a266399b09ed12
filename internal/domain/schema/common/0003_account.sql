-- +goose Up
CREATE TABLE account (
    id            TEXT PRIMARY KEY,
    version       BIGINT NOT NULL,
    login         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL,
    position      TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change   BOOLEAN NOT NULL,
    closed        BOOLEAN NOT NULL,
    lang          TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);
-- Rights come from what an account is assigned to, by interval; never from
-- flags on the account.
CREATE TABLE assignment (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    unit_id    TEXT NOT NULL,
    role       TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    to_day     TEXT NOT NULL,
    basis      TEXT NOT NULL
);
CREATE INDEX assignment_account ON assignment (account_id);
CREATE INDEX assignment_unit ON assignment (unit_id);
-- Sessions and sign-in failures are traffic, not business: not in the ledger.
CREATE TABLE session (
    token      TEXT PRIMARY KEY,
    data       BYTEA NOT NULL,
    expiry     BIGINT NOT NULL,
    account_id TEXT NOT NULL
);
CREATE INDEX session_expiry ON session (expiry);
CREATE INDEX session_account ON session (account_id);
CREATE TABLE signin_failure (
    id      TEXT PRIMARY KEY,
    login   TEXT NOT NULL,
    address TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX signin_failure_login ON signin_failure (login, at);
CREATE INDEX signin_failure_address ON signin_failure (address, at);
CREATE TABLE api_token (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    name       TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    scopes     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL
);
-- Text typed in long forms, kept when a session ends in the middle.
CREATE TABLE form_draft (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    path       TEXT NOT NULL,
    body       TEXT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX form_draft_place ON form_draft (account_id, path);
CREATE TABLE setting (
    id      TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    value   TEXT NOT NULL
);
