-- The schedule: which address is due when, and who may ask which host.
-- Times are seconds since 1970 (with fractions) by the database's own clock, clock().
-- PostgreSQL runs the same statements once clock() is defined there as
-- extract(epoch from clock_timestamp()), with DOUBLE PRECISION for REAL, greatest() and
-- least() for max() and min() of two values, and FOR UPDATE SKIP LOCKED in lease_hosts.

-- name: create_host
-- `next_due` is the earliest `due` of the host's tasks. It is not counted up and down but
-- read again from them whenever one changes, so it cannot drift. `ready` is when the host
-- can be leased next: paced, due and free; NULL while nothing is scheduled.
CREATE TABLE IF NOT EXISTS host (
    host     TEXT PRIMARY KEY,
    next_ok  REAL NOT NULL DEFAULT 0,
    next_due REAL,
    owner    TEXT,
    lease    REAL NOT NULL DEFAULT 0,
    span     REAL NOT NULL DEFAULT 0,
    ready    REAL GENERATED ALWAYS AS
             (CASE WHEN next_due IS NOT NULL THEN max(next_ok, next_due, lease) END) STORED
);

-- name: create_host_ready
CREATE INDEX IF NOT EXISTS host_ready ON host (ready, host);

-- name: create_task
-- One row an address and role; `address` is the canonical form of `url`. `due` is NULL
-- where nothing is left to do: it went well (failures = 0) or was given up (failures > 0).
CREATE TABLE IF NOT EXISTS task (
    address       TEXT NOT NULL,
    role          TEXT NOT NULL,
    url           TEXT NOT NULL,
    host          TEXT NOT NULL,
    rank          INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 3),
    source        TEXT NOT NULL,
    story         TEXT NOT NULL,
    due           REAL,
    interval      REAL,
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    validated     TEXT NOT NULL,
    wishes        TEXT NOT NULL,
    failures      INTEGER NOT NULL,
    last_status   INTEGER NOT NULL,
    last_try      REAL,
    last_ok       REAL,
    reason        TEXT NOT NULL,
    PRIMARY KEY (address, role)
);

-- name: create_task_queue
CREATE INDEX IF NOT EXISTS task_queue ON task (host, rank, due);

-- name: create_task_due
CREATE INDEX IF NOT EXISTS task_due ON task (due) WHERE due IS NOT NULL;

-- name: create_task_dead
CREATE INDEX IF NOT EXISTS task_dead ON task (last_try) WHERE due IS NULL AND failures > 0;

-- name: create_task_poll
CREATE INDEX IF NOT EXISTS task_poll ON task (address, role) WHERE rank = 1;

-- name: create_look
-- How many second looks at pages are planned for an hour (hours since 1970).
CREATE TABLE IF NOT EXISTS look (hour INTEGER PRIMARY KEY, planned INTEGER NOT NULL);

-- name: full_hours
SELECT hour FROM look WHERE hour >= :hour AND planned >= :budget ORDER BY hour;

-- name: plan_look
INSERT INTO look (hour, planned) VALUES (:hour, 1)
ON CONFLICT (hour) DO UPDATE SET planned = planned + 1;

-- name: spread_looks
-- Second looks that are late and more than one hour's budget move to later hours.
WITH late AS (
    SELECT address, role, row_number() OVER (ORDER BY due, address) - 1 AS place FROM task
    WHERE due <= clock() AND role = 'page' AND failures = 0 AND last_ok IS NOT NULL)
UPDATE task SET due = clock() + 3600 * (late.place / :budget) FROM late
WHERE (task.address, task.role) = (late.address, late.role) AND late.place >= :budget
RETURNING host;

-- name: forget_looks
DELETE FROM look WHERE hour < :hour;

-- name: now
SELECT clock();

-- name: add_host
INSERT INTO host (host) VALUES (:host) ON CONFLICT (host) DO NOTHING;

-- name: add_task
-- The earlier due wins, and no due at all is the latest. A second mention fills in what
-- the first did not say; what answers taught (validators, failures) stays.
INSERT INTO task (address, role, url, host, rank, source, story, due, interval,
                  etag, last_modified, validated, wishes, failures, last_status, last_try,
                  last_ok, reason)
VALUES (:address, :role, :url, :host, :rank, :source, :story, :due, :interval,
        :etag, :last_modified, :validated, :wishes, :failures, :last_status, :last_try,
        :last_ok, :reason)
ON CONFLICT (address, role) DO UPDATE SET
    due = coalesce(min(task.due, excluded.due), task.due, excluded.due),
    source = CASE WHEN task.source = '' THEN excluded.source ELSE task.source END,
    story = CASE WHEN task.story = '' THEN excluded.story ELSE task.story END;

-- name: refresh_host
-- The earliest due of a host's tasks, by one probe of task_queue for each rank.
UPDATE host SET next_due = (
    WITH step (rank) AS (VALUES (0), (1), (2), (3))
    SELECT min((SELECT min(due) FROM task WHERE task.host = :host AND task.rank = step.rank))
    FROM step)
WHERE host = :host;

-- name: lease_hosts
-- `ready <= clock()` says in one indexed column: next_ok <= now, something is due, and
-- there is no lease or it has ended. The host that has been ready longest comes first.
UPDATE host SET owner = :owner, lease = clock() + :span, span = :span
WHERE host IN (
    SELECT host FROM host WHERE ready <= clock() AND (:source = '' OR EXISTS (
        SELECT 1 FROM task WHERE task.host = host.host AND source = :source AND due <= clock()))
    ORDER BY ready, host LIMIT :most)
RETURNING host, owner, lease;

-- name: next_task
-- Of what is due at a host: robots before sources before pages before images, then what
-- has been due longest. `start` is when its fetch may start by the host's pace.
WITH step (rank) AS (VALUES (0), (1), (2), (3))
SELECT task.url, task.role, task.source, task.story, task.due, task.interval, task.etag,
       task.last_modified, task.validated, task.wishes, task.failures, task.last_status,
       task.last_try, task.last_ok, task.reason, max(host.next_ok, clock()) AS start
FROM step
JOIN task ON (task.address, task.role) = (
    SELECT address, role FROM task
    WHERE host = :host AND rank = step.rank AND due <= clock()
      AND (:source = '' OR source = :source) ORDER BY due LIMIT 1)
JOIN host ON host.host = :host
ORDER BY step.rank LIMIT 1;

-- name: renew
UPDATE host SET lease = clock() + :span, span = :span WHERE host = :host AND owner = :owner;

-- name: settle_host
-- The pace counts from the start of the fetch; `hold` is for how long the host asked to be
-- left alone. The lease is renewed by its own length.
UPDATE host SET lease = clock() + span,
                next_ok = max(next_ok, :start + :delay, clock() + :hold)
WHERE host = :host AND owner = :owner;

-- name: settle_task
UPDATE task SET due = :due, interval = coalesce(:interval, interval),
    etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),
    validated = coalesce(:validated, validated), wishes = coalesce(:wishes, wishes),
    failures = :failures, last_status = :status, reason = :reason, last_try = :start,
    last_ok = CASE WHEN :failures = 0 THEN clock() ELSE last_ok END
WHERE address = :address AND role = :role;

-- name: release
UPDATE host SET owner = NULL, lease = 0 WHERE host = :host AND owner = :owner;

-- name: take_over
UPDATE host SET owner = NULL, lease = 0 WHERE owner IS NOT NULL;

-- name: count_due
-- What a host does not want to be asked yet is not due.
SELECT count(*) FROM task JOIN host USING (host)
WHERE task.due <= clock() AND host.next_ok <= clock();

-- name: earliest_due
SELECT min(max(task.due, host.next_ok)) FROM task JOIN host USING (host)
WHERE task.due IS NOT NULL;

-- name: next_ready
-- When a host can next be leased, of all hosts or of those that a source's tasks ask.
SELECT CASE WHEN :source = '' THEN (SELECT min(ready) FROM host) ELSE (
    SELECT min(max(host.next_ok, host.lease, task.due)) FROM task JOIN host USING (host)
    WHERE task.source = :source AND task.due IS NOT NULL) END;

-- name: forget
DELETE FROM task WHERE address = :address AND (:role = '' OR role = :role) RETURNING host;

-- name: state
SELECT url, role, source, story, due, interval, etag, last_modified, validated, wishes,
       failures, last_status, last_try, last_ok, reason
FROM task WHERE address = :address AND (:role = '' OR role = :role) ORDER BY rank, role LIMIT 1;

-- name: polls
SELECT url, role, source, story, due, interval, etag, last_modified, validated, wishes,
       failures, last_status, last_try, last_ok, reason
FROM task WHERE rank = 1 ORDER BY address, role;

-- name: count_documents
SELECT count(*) FROM task WHERE rank = 1 AND source = :source AND role = :role;

-- name: dead
SELECT url, role, source, story, due, interval, etag, last_modified, validated, wishes,
       failures, last_status, last_try, last_ok, reason
FROM task WHERE due IS NULL AND failures > 0 ORDER BY last_try DESC, address, role LIMIT :most;

-- name: all_tasks
SELECT url, role, source, story, due, interval, etag, last_modified, validated, wishes,
       failures, last_status, last_try, last_ok, reason
FROM task ORDER BY address, role;

-- name: all_hosts
SELECT host, next_ok FROM host ORDER BY host;

-- name: pace
SELECT next_ok FROM host WHERE host = :host;

-- name: set_pace
UPDATE host SET next_ok = max(next_ok, :next_ok) WHERE host = :host;
