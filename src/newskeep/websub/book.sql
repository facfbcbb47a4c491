-- The book of subscriptions: what was asked of which hub, and how it stands.
-- `newskeep sync` asks and `newskeep listen` confirms, each in a process of its own, so every
-- statement that changes a row says in which state it may be. Times are seconds since 1970.
--
-- state: asked (to be verified) -> active (pushes come, until `until`) -> leaving (unsubscribe
-- is asked) -> ended (answers 410 until `until`); denied (the hub does not want to).

-- name: create_subscription
CREATE TABLE IF NOT EXISTS subscription (
    path TEXT PRIMARY KEY,           -- unguessable, behind the callback
    source TEXT NOT NULL,
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    callback TEXT NOT NULL,
    allow TEXT NOT NULL,             -- private hosts that the source may reach, blanks between
    secret TEXT NOT NULL,
    state TEXT NOT NULL,
    until REAL NOT NULL DEFAULT 0,   -- when the lease ends
    due REAL,                        -- when to ask the hub next; NULL: never
    last_asked REAL                  -- NULL: not yet
);

-- name: create_by_source
CREATE INDEX IF NOT EXISTS subscription_by_source ON subscription (source);

-- name: create_offer
-- What a source's document offers, so that it is read once.
CREATE TABLE IF NOT EXISTS offer (
    source TEXT PRIMARY KEY,
    capture TEXT NOT NULL,
    hub TEXT NOT NULL,
    topic TEXT NOT NULL
);

-- name: create_trouble
-- What the listener met and sync is to tell: the last of each kind.
CREATE TABLE IF NOT EXISTS trouble (
    topic TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    message TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (topic, kind)
);

-- name: all
SELECT * FROM subscription ORDER BY source, path;

-- name: find
SELECT * FROM subscription WHERE path = :path;

-- name: lease_of
SELECT max(until) FROM subscription WHERE source = :source AND state = 'active';

-- name: add
INSERT INTO subscription (path, source, hub, topic, callback, allow, secret, state, due)
VALUES (:path, :source, :hub, :topic, :callback, :allow, :secret, 'asked', :due);

-- name: asking
UPDATE subscription SET last_asked = :now, due = :due WHERE path = :path;

-- name: confirm
UPDATE subscription SET state = 'active', until = :until, due = :due
WHERE path = :path AND state IN ('asked', 'active');

-- name: confirm_end
UPDATE subscription SET state = 'ended', due = NULL
WHERE path = :path AND state IN ('leaving', 'ended');

-- name: deny
UPDATE subscription SET state = CASE state WHEN 'leaving' THEN 'ended' ELSE 'denied' END, due = NULL
WHERE path = :path AND state IN ('asked', 'active', 'denied', 'leaving');

-- name: leave
-- Whether or not it is verified by now: the hub may be about to.
UPDATE subscription SET state = 'leaving', due = :now WHERE path = :path AND state IN ('asked', 'active');

-- name: forget
DELETE FROM subscription WHERE path = :path;

-- name: forget_over
-- What has ended and whose lease the hub does not hold either any more.
DELETE FROM subscription WHERE state IN ('leaving', 'ended') AND until < :now AND coalesce(last_asked, 0) < :stale;

-- name: offers
SELECT source, capture, hub, topic FROM offer;

-- name: put_offer
INSERT INTO offer (source, capture, hub, topic) VALUES (:source, :capture, :hub, :topic)
ON CONFLICT (source) DO UPDATE SET
    capture = excluded.capture, hub = excluded.hub, topic = excluded.topic;

-- name: forget_offer
DELETE FROM offer WHERE source = :source;

-- name: put_trouble
INSERT INTO trouble (topic, kind, source, message, at) VALUES (:topic, :kind, :source, :message, :at)
ON CONFLICT (topic, kind) DO UPDATE SET
    source = excluded.source, message = excluded.message, at = excluded.at;

-- name: troubles
SELECT * FROM trouble ORDER BY at, topic, kind;

-- name: clear_troubles
DELETE FROM trouble WHERE at <= :at;
