-- +goose Up
CREATE TABLE poll (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    meeting_id TEXT NOT NULL REFERENCES meeting (id),
    year_id    TEXT NOT NULL REFERENCES cluster_year (id),
    item_id    TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    award_kind TEXT NOT NULL,
    title      TEXT NOT NULL,
    way        TEXT NOT NULL,
    seats      BIGINT NOT NULL,
    share_num  BIGINT NOT NULL,
    share_den  BIGINT NOT NULL,
    strict     BOOLEAN NOT NULL,
    base       TEXT NOT NULL,
    rule_id    TEXT NOT NULL,
    attempt    BIGINT NOT NULL,
    state      TEXT NOT NULL,
    entitled   BIGINT NOT NULL,
    present    BIGINT NOT NULL,
    written    BOOLEAN NOT NULL,
    previous_id TEXT NOT NULL,
    cancelled  TEXT NOT NULL,
    settled    TEXT NOT NULL
);
CREATE INDEX poll_meeting ON poll (meeting_id);
CREATE INDEX poll_year ON poll (year_id, purpose);
CREATE TABLE nominee (
    id       TEXT PRIMARY KEY,
    version  BIGINT NOT NULL,
    poll_id  TEXT NOT NULL REFERENCES poll (id),
    unit_id  TEXT NOT NULL,
    label    TEXT NOT NULL,
    place    BIGINT NOT NULL
);
CREATE INDEX nominee_poll ON nominee (poll_id, place);
-- Two tellers enter a paper count each; the result stands only if they agree.
-- A show of hands is one count.
CREATE TABLE vote_count (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    poll_id    TEXT NOT NULL REFERENCES poll (id),
    teller     BIGINT NOT NULL,
    account_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    issued     BIGINT NOT NULL,
    returned   BIGINT NOT NULL,
    valid      BIGINT NOT NULL,
    invalid    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    superseded BOOLEAN NOT NULL
);
CREATE INDEX vote_count_poll ON vote_count (poll_id, teller);
CREATE TABLE vote_line (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    count_id   TEXT NOT NULL REFERENCES vote_count (id),
    nominee_id TEXT NOT NULL REFERENCES nominee (id),
    yes        BIGINT NOT NULL,
    no         BIGINT NOT NULL,
    written    BIGINT NOT NULL
);
CREATE INDEX vote_line_count ON vote_line (count_id);
CREATE TABLE poll_result (
    id         TEXT PRIMARY KEY,
    version    BIGINT NOT NULL,
    poll_id    TEXT NOT NULL REFERENCES poll (id),
    nominee_id TEXT NOT NULL REFERENCES nominee (id),
    yes        BIGINT NOT NULL,
    no         BIGINT NOT NULL,
    written    BIGINT NOT NULL,
    base_count BIGINT NOT NULL,
    needed     BIGINT NOT NULL,
    passed     BOOLEAN NOT NULL,
    chosen     BOOLEAN NOT NULL,
    tied       BOOLEAN NOT NULL
);
CREATE INDEX poll_result_poll ON poll_result (poll_id);
