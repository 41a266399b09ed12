-- +goose Up
-- Who counts the paper ballots of a poll, as the meeting named them: a member
-- that attends and is not voted on, or the standing body of the organiser.
CREATE TABLE teller (
    id      TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    poll_id TEXT NOT NULL REFERENCES poll (id),
    seat    BIGINT NOT NULL,
    unit_id TEXT NOT NULL,
    person  TEXT NOT NULL
);
CREATE UNIQUE INDEX teller_once ON teller (poll_id, seat);
-- What happened above the cluster after the submission, on which the next step
-- of the year rests: the appraisal, the council's session, the presentation.
CREATE TABLE proceeding (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    state      TEXT NOT NULL,
    number     TEXT NOT NULL,
    day        TEXT NOT NULL,
    body       TEXT NOT NULL,
    members    BIGINT NOT NULL,
    present    BIGINT NOT NULL,
    conclusion TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at         BIGINT NOT NULL,
    withdrawn  TEXT NOT NULL
);
CREATE INDEX proceeding_year ON proceeding (year_id, state);
