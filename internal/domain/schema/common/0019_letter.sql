-- +goose Up
-- Mails that go out, and the queue of them: what is waiting is sent when
-- next_at has come. kind and data say what the mail is about; subject and body
-- are what was said, once it was. Traffic, not business: not in the ledger.
CREATE TABLE letter (
    id         TEXT PRIMARY KEY,
    once       TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    data       TEXT NOT NULL,
    account_id TEXT NOT NULL,
    state      TEXT NOT NULL,
    tries      BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    done_at    BIGINT NOT NULL,
    address    TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    answer     TEXT NOT NULL
);
CREATE INDEX letter_next ON letter (state, next_at);
-- Accounts that want no mail.
CREATE TABLE account_mail (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    off        BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX account_mail_once ON account_mail (account_id);
-- When a year reminds its units of figures, where the cluster has chosen it.
CREATE TABLE reminder_plan (
    id      TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    year_id TEXT NOT NULL REFERENCES cluster_year (id),
    week    BOOLEAN NOT NULL,
    eve     BOOLEAN NOT NULL,
    late    BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX reminder_plan_once ON reminder_plan (year_id);
-- What an account was reminded of, by which letter: nobody is reminded twice of
-- the same figures. Traffic as well.
CREATE TABLE reminder (
    letter_id  TEXT NOT NULL,
    account_id TEXT NOT NULL,
    year_id    TEXT NOT NULL,
    unit_id    TEXT NOT NULL,
    period     TEXT NOT NULL,
    due_day    TEXT NOT NULL,
    stage      TEXT NOT NULL,
    PRIMARY KEY (account_id, year_id, unit_id, period, due_day, stage)
);
CREATE INDEX reminder_letter ON reminder (letter_id);
-- The reminders of which every letter is written, so that nothing is read again.
CREATE TABLE reminder_round (
    year_id TEXT NOT NULL,
    period  TEXT NOT NULL,
    due_day TEXT NOT NULL,
    stage   TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (year_id, period, due_day, stage)
);
CREATE INDEX deadline_due ON deadline (due_day);
