CREATE TABLE humanloop_workflow (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE);
INSERT INTO humanloop_workflow VALUES(1,'refund');
INSERT INTO humanloop_workflow VALUES(2,'');
CREATE TABLE humanloop_journal (
    position INTEGER PRIMARY KEY,
    workflow INTEGER NOT NULL,
    decision TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (workflow, decision, version));
INSERT INTO humanloop_journal VALUES(1,1,'waits',1,'{"kind":"routed","route":["review","large_amount"],"confidence":0.73,"threshold":0.9,"segment":"vip","model":"m1","epoch":2,"eligible":true,"reviewProbability":3,"lowestProbability":9,"fingerprint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","handled":true,"due":"2026-03-01T13:00:00+00:00","evidenceDue":"2026-03-15T09:00:00+00:00","format":1,"workflow":"refund","decisionId":"waits","version":1,"at":"2026-03-01T09:00:00+00:00"}');
INSERT INTO humanloop_journal VALUES(2,1,'corrected',1,'{"kind":"routed","route":["review","large_amount"],"confidence":0.73,"threshold":0.9,"segment":"vip","model":"m1","epoch":2,"eligible":true,"reviewProbability":3,"lowestProbability":9,"fingerprint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","handled":true,"due":"2026-03-01T13:00:00+00:00","evidenceDue":"2026-03-15T09:00:00+00:00","format":1,"workflow":"refund","decisionId":"corrected","version":1,"at":"2026-03-01T09:00:00+00:00"}');
INSERT INTO humanloop_journal VALUES(3,1,'erased',1,'{"kind":"routed","route":["review","large_amount"],"confidence":0.73,"threshold":0.9,"segment":"vip","model":"m1","epoch":2,"eligible":true,"reviewProbability":3,"lowestProbability":9,"fingerprint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","handled":true,"due":"2026-03-01T13:00:00+00:00","evidenceDue":"2026-03-15T09:00:00+00:00","format":1,"workflow":"refund","decisionId":"erased","version":1,"at":"2026-03-01T09:00:00+00:00"}');
INSERT INTO humanloop_journal VALUES(4,1,'waits',2,'{"kind":"claimed","holder":"ann","leaseUntil":"2026-03-01T09:11:00+00:00","format":1,"workflow":"refund","decisionId":"waits","version":2,"at":"2026-03-01T09:01:00+00:00","actor":"ann"}');
INSERT INTO humanloop_journal VALUES(5,1,'corrected',2,'{"kind":"claimed","holder":"ann","leaseUntil":"2026-03-01T09:11:00+00:00","format":1,"workflow":"refund","decisionId":"corrected","version":2,"at":"2026-03-01T09:01:00+00:00","actor":"ann"}');
INSERT INTO humanloop_journal VALUES(6,1,'waits',3,'{"kind":"abstained","format":1,"workflow":"refund","decisionId":"waits","version":3,"at":"2026-03-01T09:01:00+00:00","actor":"ann"}');
INSERT INTO humanloop_journal VALUES(7,1,'corrected',3,'{"kind":"verdict","verdict":{"kind":"Corrected","reviewer":"ann","reason":"amount","wasRight":false,"correctionFingerprint":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","at":"2026-03-01T09:01:00+00:00"},"effect":"Act","format":1,"workflow":"refund","decisionId":"corrected","version":3,"at":"2026-03-01T09:01:00+00:00","actor":"ann"}');
INSERT INTO humanloop_journal VALUES(8,1,'erased',2,'{"kind":"withdrawn","reason":"asked for","format":1,"workflow":"refund","decisionId":"erased","version":2,"at":"2026-03-01T09:01:00+00:00"}');
INSERT INTO humanloop_journal VALUES(9,1,'erased',3,'{"kind":"payload_erased","format":1,"workflow":"refund","decisionId":"erased","version":3,"at":"2026-03-01T09:01:00+00:00"}');
INSERT INTO humanloop_journal VALUES(10,1,'new',1,'{"kind":"routed","route":["review","large_amount"],"confidence":0.73,"threshold":0.9,"segment":"vip","model":"m1","epoch":2,"eligible":true,"reviewProbability":3,"lowestProbability":9,"fingerprint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","handled":true,"due":"2026-03-01T13:01:00+00:00","evidenceDue":"2026-03-15T09:01:00+00:00","format":1,"workflow":"refund","decisionId":"new","version":1,"at":"2026-03-01T09:01:00+00:00"}');
INSERT INTO humanloop_journal VALUES(11,1,'',1,'{"kind":"paused","reason":"trial","format":1,"workflow":"refund","version":1,"at":"2026-03-01T09:01:00+00:00"}');
CREATE TABLE humanloop_item (
    sequence INTEGER PRIMARY KEY,
    workflow INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    rank INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,
    ready_at INTEGER NOT NULL,
    wake_at INTEGER,
    closed_at INTEGER,
    erased INTEGER NOT NULL DEFAULT 0,
    overdue INTEGER NOT NULL DEFAULT 0,
    awaited INTEGER NOT NULL,
    lane INTEGER,
    assignee TEXT NOT NULL DEFAULT '',
    barred TEXT,
    segment TEXT,
    facts TEXT);
INSERT INTO humanloop_item VALUES(1,1,3,0,0,17723700000000000,17723556000000000,17723700000000000,NULL,0,0,1,0,'','["ann"]','vip','{"routed":{"route":["review","large_amount"],"confidence":0.73,"threshold":0.9,"segment":"vip","model":"m1","epoch":2,"eligible":true,"reviewProbability":3,"lowestProbability":9,"fingerprint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","handled":true,"due":"2026-03-01T13:00:00+00:00","evidenceDue":"2026-03-15T09:00:00+00:00","format":1,"workflow":"refund","decisionId":"waits","version":1,"at":"2026-03-01T09:00:00+00:00"},"version":3,"revision":3,"readyAt":"2026-03-01T09:00:00+00:00","due":"2026-03-01T13:00:00+00:00","abstained":["ann"],"outbox":[]}');
INSERT INTO humanloop_item VALUES(2,1,3,3,0,17723700000000000,17723556600000000,NULL,NULL,0,0,0,1,'',NULL,'vip','{"routed":{"route":["review","large_amount"],"confidence":0.73,"threshold":0.9,"segment":"vip","model":"m1","epoch":2,"eligible":true,"reviewProbability":3,"lowestProbability":9,"fingerprint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","handled":true,"due":"2026-03-01T13:00:00+00:00","evidenceDue":"2026-03-15T09:00:00+00:00","format":1,"workflow":"refund","decisionId":"corrected","version":1,"at":"2026-03-01T09:00:00+00:00"},"state":"ActDue","effect":"Act","version":3,"revision":3,"readyAt":"2026-03-01T09:01:00+00:00","due":"2026-03-01T13:00:00+00:00","verdict":{"kind":"Corrected","reviewer":"ann","reason":"amount","wasRight":false,"correctionFingerprint":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","at":"2026-03-01T09:01:00+00:00"},"wasRight":false,"abstained":[],"outbox":[]}');
INSERT INTO humanloop_item VALUES(3,1,3,7,0,17723700000000000,17723556000000000,NULL,17723556600000000,1,0,0,NULL,'',NULL,'vip','{"routed":{"route":["review","large_amount"],"confidence":0.73,"threshold":0.9,"segment":"vip","model":"m1","epoch":2,"eligible":true,"reviewProbability":3,"lowestProbability":9,"fingerprint":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","handled":true,"due":"2026-03-01T13:00:00+00:00","evidenceDue":"2026-03-15T09:00:00+00:00","format":1,"workflow":"refund","decisionId":"erased","version":1,"at":"2026-03-01T09:00:00+00:00"},"state":"Withdrawn","version":3,"revision":2,"readyAt":"2026-03-01T09:00:00+00:00","due":"2026-03-01T13:00:00+00:00","abstained":[],"closedAt":"2026-03-01T09:01:00+00:00","isErased":true,"outbox":[]}');
INSERT INTO humanloop_item VALUES(10,1,1,0,0,17723700600000000,17723556600000000,17723700600000000,NULL,0,0,1,0,'',NULL,'vip',NULL);
CREATE TABLE humanloop_payload (
    sequence INTEGER PRIMARY KEY,
    proposal TEXT NOT NULL,
    correction TEXT,
    details TEXT,
    subject TEXT);
INSERT INTO humanloop_payload VALUES(1,'{"order":"waits","note":"it''s grün"}',NULL,'{"fields":{"total":0.5},"briefing":"a refund","link":"https://example.com/1","subject":"carl"}','carl');
INSERT INTO humanloop_payload VALUES(2,'{"order":"corrected","note":"it''s grün"}','{"order":"corrected","amount":1}','{"fields":{"total":0.5},"briefing":"a refund","link":"https://example.com/1","subject":"carl","comment":"too much"}','carl');
INSERT INTO humanloop_payload VALUES(10,'{"order":"new","note":"it''s grün"}',NULL,'{"fields":{"total":0.5},"briefing":"a refund","link":"https://example.com/1","subject":"carl"}','carl');
CREATE TABLE humanloop_state (
    workflow INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (workflow, name)) WITHOUT ROWID;
INSERT INTO humanloop_state VALUES(1,'switch','{"paused":true}',1);
INSERT INTO humanloop_state VALUES(2,'environment','Production',1);
CREATE TABLE humanloop_schema (version INTEGER NOT NULL);
INSERT INTO humanloop_schema VALUES(1);
CREATE INDEX humanloop_item_list ON humanloop_item (workflow, state, rank, due, sequence, ready_at, overdue, segment);
CREATE INDEX humanloop_item_claim ON humanloop_item (lane, workflow, assignee, rank, due) WHERE lane IS NOT NULL;
CREATE INDEX humanloop_item_claim_segment ON humanloop_item (lane, workflow, segment, assignee, rank, due) WHERE lane IS NOT NULL AND segment IS NOT NULL;
CREATE INDEX humanloop_item_parked ON humanloop_item (ready_at) WHERE lane >= 2;
CREATE INDEX humanloop_item_wake ON humanloop_item (workflow, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX humanloop_item_closed ON humanloop_item (workflow, erased, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX humanloop_payload_subject ON humanloop_payload (subject) WHERE subject IS NOT NULL;
