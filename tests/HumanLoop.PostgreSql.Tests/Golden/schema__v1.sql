CREATE SCHEMA IF NOT EXISTS "humanloop";

CREATE TABLE "humanloop".workflow (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE);

CREATE TABLE "humanloop".item (
    sequence bigint PRIMARY KEY,
    workflow integer NOT NULL,
    decision text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    state smallint NOT NULL,
    rank bigint NOT NULL,
    due bigint NOT NULL,
    ready_at bigint NOT NULL,
    wake_at bigint,
    closed_at bigint,
    erased boolean NOT NULL,
    overdue boolean NOT NULL,
    awaited boolean NOT NULL,
    lane smallint,
    slot text COLLATE "C" NOT NULL,
    barred text COLLATE "C",
    segment text COLLATE "C",
    facts text NOT NULL)
    WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.02);

CREATE UNIQUE INDEX item_id ON "humanloop".item (workflow, decision);
CREATE INDEX item_list ON "humanloop".item (workflow, state, rank, due, sequence) INCLUDE (ready_at, overdue, awaited) WHERE state >= 0;
CREATE INDEX item_list_segment ON "humanloop".item (workflow, segment, state, rank, due, sequence) WHERE state >= 0 AND segment IS NOT NULL;
CREATE INDEX item_claim ON "humanloop".item (lane, workflow, slot, rank, due, sequence) WHERE lane IS NOT NULL;
CREATE INDEX item_claim_segment ON "humanloop".item (lane, workflow, segment, slot, rank, due, sequence) WHERE lane IS NOT NULL AND segment IS NOT NULL;
CREATE INDEX item_parked ON "humanloop".item (ready_at) WHERE lane >= 2;
CREATE INDEX item_wake ON "humanloop".item (workflow, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX item_closed ON "humanloop".item (workflow, erased, closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE "humanloop".payload (
    sequence bigint PRIMARY KEY,
    proposal bytea NOT NULL,
    correction bytea,
    details bytea,
    subject text COLLATE "C");

CREATE INDEX payload_subject ON "humanloop".payload (subject) WHERE subject IS NOT NULL;

CREATE SEQUENCE "humanloop".journal_position AS bigint;

CREATE TABLE "humanloop".journal (
    position bigint NOT NULL,
    at timestamptz NOT NULL,
    workflow integer NOT NULL,
    decision text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (position, at)) PARTITION BY RANGE (at);

CREATE INDEX journal_story ON "humanloop".journal (workflow, decision, version);
CREATE TABLE "humanloop".journal_rest PARTITION OF "humanloop".journal DEFAULT;

CREATE TABLE "humanloop".state (
    workflow integer NOT NULL,
    name text COLLATE "C" NOT NULL,
    value text NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (workflow, name));

CREATE TABLE "humanloop".version (
    version integer NOT NULL);
INSERT INTO "humanloop".version VALUES (0);

UPDATE "humanloop".version SET version = 1;
CREATE TABLE IF NOT EXISTS "humanloop".journal_2026_03 PARTITION OF "humanloop".journal FOR VALUES FROM ('2026-03-01+00') TO ('2026-04-01+00');
GRANT USAGE ON SCHEMA "humanloop" TO "app";
GRANT SELECT ON ALL TABLES IN SCHEMA "humanloop" TO "app";
GRANT INSERT, UPDATE ON "humanloop".workflow, "humanloop".item, "humanloop".state TO "app";
GRANT INSERT, UPDATE, DELETE ON "humanloop".payload TO "app";
GRANT INSERT ON "humanloop".journal TO "app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "humanloop" TO "app";
