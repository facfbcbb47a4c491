-- Every statement of the catalogue, by name. Parameters are named and come as values.

-- name: get_meta
SELECT value FROM meta WHERE key = :key;

-- name: set_meta
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- Captures

-- name: high_water
SELECT name, taken FROM file;

-- name: set_high_water
INSERT INTO file (name, taken) VALUES (:name, :taken)
ON CONFLICT (name) DO UPDATE SET taken = excluded.taken WHERE excluded.taken > file.taken;

-- name: add_capture
INSERT INTO capture (id, file, start, length, time, url, address, role, kind, source, status, digest, content_type)
VALUES (:id, :file, :start, :length, :time, :url, :address, :role, :kind, :source, :status, :digest, :content_type)
ON CONFLICT (id) DO NOTHING;

-- name: capture_by_id
SELECT * FROM capture WHERE id = :id;

-- name: original_of
-- The first capture that holds this payload.
SELECT * FROM capture WHERE digest = :digest AND kind <> 'revisit' ORDER BY time, file, start LIMIT 1;

-- name: originals_for
-- Where the payloads stand that a file's revisits repeat.
SELECT digest, file, start, length FROM capture AS first
WHERE kind <> 'revisit' AND digest IN (SELECT digest FROM capture WHERE file = :file AND kind = 'revisit')
  AND NOT EXISTS (
    SELECT 1 FROM capture AS other
    WHERE other.digest = first.digest AND other.kind <> 'revisit'
      AND (other.time, other.file, other.start) < (first.time, first.file, first.start));

-- name: captures_at
-- What was kept for an address, newest first.
SELECT * FROM capture WHERE address = :address AND (:role = '' OR role = :role)
ORDER BY time DESC, file DESC, start DESC LIMIT :most;

-- name: count_captures
SELECT role, kind, count(*) AS count, sum(length) AS bytes FROM capture GROUP BY role, kind ORDER BY role, kind;

-- name: all_captures
SELECT id, file, start, length, kind, digest FROM capture ORDER BY file, start;

-- Identity

-- name: story_of
SELECT story FROM alias WHERE address = :address;

-- name: add_alias
INSERT INTO alias (address, story) VALUES (:address, :story)
ON CONFLICT (address) DO UPDATE SET story = excluded.story;

-- name: move_aliases
UPDATE alias SET story = :to WHERE story = :from;

-- name: drop_aliases
DELETE FROM alias WHERE story = :story;

-- name: aliases_between
SELECT address, story FROM alias WHERE address >= :low AND address < :high;

-- name: count_between
SELECT count(DISTINCT story) AS stories FROM alias WHERE address >= :low AND address < :high;

-- name: all_aliases
SELECT address, story FROM alias;

-- name: aliases_of
SELECT address FROM alias WHERE story = :story ORDER BY address;

-- Observations

-- name: add_observation
INSERT INTO observation (id, story, capture, entry, position, time, until, file, start, kind, door, wording, revision)
VALUES (:id, :story, :capture, :entry, :position, :time, :time, :file, :start, :kind, :door, :wording, :revision);

-- name: knows_observation
SELECT 1 FROM observation WHERE id = :id;

-- name: has_page
-- Whether a page of a story was ever seen.
SELECT 1 FROM observation WHERE story = :story AND door = 'page' AND kind = 'content' LIMIT 1;

-- name: last_behind_door
-- The newest observation of a story through one door.
SELECT id, wording FROM observation WHERE story = :story AND door = :door AND kind = 'content'
ORDER BY time DESC, file DESC, start DESC, position DESC LIMIT 1;

-- name: captures_of_feed
-- The captures of the same feed between two times.
SELECT other.id FROM capture AS first JOIN capture AS other
    ON other.source = first.source AND other.role = first.role
WHERE first.id = :capture AND other.time > :time AND other.time <= :until
ORDER BY other.time, other.file, other.start;

-- name: seen_again
UPDATE observation SET until = max(until, :time) WHERE id = :id;

-- name: observed_captures
-- The captures whose observations make up these stories, with the last time each was repeated.
SELECT id, capture, time, until FROM observation WHERE story = :story ORDER BY time, file, start, position;

-- name: drop_observations
DELETE FROM observation WHERE story = :story;

-- Stories

-- name: story
SELECT * FROM story WHERE id = :id;

-- name: put_story
INSERT INTO story (id, url, source, revision, number, rank, doors, misses, missing_since,
                   first_seen, last_seen, newest, shown)
VALUES (:id, :url, :source, :revision, :number, :rank, :doors, :misses, :missing_since,
        :first_seen, :last_seen, :newest, :shown)
ON CONFLICT (id) DO UPDATE SET
    url = excluded.url, source = excluded.source, revision = excluded.revision,
    number = excluded.number, rank = excluded.rank, doors = excluded.doors,
    misses = excluded.misses, missing_since = excluded.missing_since,
    first_seen = excluded.first_seen, last_seen = excluded.last_seen,
    newest = excluded.newest, shown = excluded.shown;

-- name: seen_story
UPDATE story SET last_seen = max(last_seen, :time), newest = max(newest, :newest) WHERE id = :id;

-- name: put_quality
INSERT INTO quality (story, source, confidence) VALUES (:story, :source, :confidence)
ON CONFLICT (story) DO UPDATE SET source = excluded.source, confidence = excluded.confidence;

-- name: drop_quality
DELETE FROM quality WHERE story = :story;

-- name: drop_story
DELETE FROM story WHERE id = :story;

-- name: drop_revisions
DELETE FROM revision WHERE story = :story;

-- name: newest_first
-- Keyset paging: the stories before (:shown, :id), newest first.
SELECT * FROM story WHERE number > 0 AND (shown, id) < (:shown, :id)
  AND (:source = '' OR source = :source)
ORDER BY shown DESC, id DESC LIMIT :most;

-- name: oldest_first
SELECT * FROM story WHERE number > 0 AND (shown, id) > (:shown, :id)
  AND (:source = '' OR source = :source)
ORDER BY shown, id LIMIT :most;

-- name: all_story_ids
SELECT id FROM story ORDER BY id;

-- name: count_stories
SELECT count(*) AS stories, coalesce(sum(number), 0) AS revisions,
       coalesce(sum(misses >= :gone), 0) AS gone, coalesce(sum(number > 1), 0) AS edited,
       max(last_seen) AS last_seen
FROM story WHERE number > 0;

-- name: count_by_source
SELECT source, count(*) AS stories, min(first_seen) AS first_new, max(first_seen) AS last_new
FROM story WHERE number > 0 GROUP BY source;

-- name: arrivals
-- A source's newest stories, by when they came; those that came together by their own date.
SELECT first_seen, shown FROM story WHERE source = :source AND number > 0
ORDER BY first_seen DESC, shown DESC LIMIT :most;

-- name: bodies
-- Their wordings, in any order. A story of the rank of a page (whole or cut) has one; of others it is asked.
SELECT one.url, one.first_seen, one.shown, one.rank, revision.article, one.rank IN (:page, :cut_page) OR EXISTS (
    SELECT 1 FROM observation
    WHERE observation.story = one.id AND observation.door = 'page' AND observation.kind = 'content'
) AS has_page
FROM (SELECT id, url, first_seen, shown, rank, revision FROM story
      WHERE source = :source AND number > 0
      ORDER BY first_seen DESC, shown DESC LIMIT :most) AS one
JOIN revision ON revision.id = one.revision;

-- name: a_story_of
-- The address of one of a source's newest stories.
SELECT url FROM story WHERE source = :source AND number > 0
ORDER BY first_seen DESC, shown DESC LIMIT 1;

-- name: answers
-- The newest of a source's own documents and of its pages.
SELECT role, status FROM (
    SELECT * FROM (
        SELECT role, status, time FROM capture WHERE source = :source AND role = :role
        ORDER BY time DESC LIMIT :most) AS own
    UNION ALL SELECT * FROM (
        SELECT role, status, time FROM capture WHERE source = :source AND role = 'page'
        ORDER BY time DESC LIMIT :most) AS pages) AS both_kinds
ORDER BY time DESC LIMIT :most;

-- name: last_good
SELECT time FROM capture
WHERE source = :source AND role = :role AND status >= 200 AND status < 300
ORDER BY time DESC LIMIT 1;

-- name: failing
-- What fails now, of the schedule's tasks (frontier.sql).
SELECT source, role, reason, count(*) AS tasks, sum(due IS NULL) AS given_up,
       max(failures) AS failures,
       sum(CASE WHEN last_status = 0 THEN failures ELSE 0 END) AS unanswered, min(url) AS url
FROM task WHERE failures > 0 GROUP BY source, role, reason ORDER BY source, role, reason;

-- name: make_stale
UPDATE revision SET extractor = '' WHERE story = :story;

-- name: count_doubtful
-- Stories of whose wording the extractor is less sure than so, by source.
SELECT source, count(*) AS stories FROM quality WHERE confidence < :below GROUP BY source;

-- name: most_doubtful
-- The worst of them, of one source or all.
SELECT story.url, quality.source, quality.confidence
FROM quality JOIN story ON story.id = quality.story
WHERE quality.confidence < :below AND (:source = '' OR quality.source = :source)
ORDER BY quality.confidence, quality.source, quality.story LIMIT :most;

-- name: stale_stories
SELECT DISTINCT story FROM revision WHERE extractor <> :extractor LIMIT :most;

-- Revisions

-- name: put_revision
INSERT INTO revision (id, story, number, first_seen, last_seen, extractor, article)
VALUES (:id, :story, :number, :first_seen, :last_seen, :extractor, :article)
ON CONFLICT (id) DO UPDATE SET
    story = excluded.story, number = excluded.number, first_seen = excluded.first_seen,
    last_seen = excluded.last_seen, extractor = excluded.extractor, article = excluded.article;

-- name: seen_revision
UPDATE revision SET last_seen = max(last_seen, :time) WHERE id = :id;

-- name: set_article
UPDATE revision SET article = :article WHERE id = :id;

-- name: revisions_of
SELECT * FROM revision WHERE story = :story ORDER BY number;

-- name: revision
SELECT * FROM revision WHERE id = :id;

-- name: revisions_like
SELECT id, story FROM revision WHERE id >= :low AND id < :high ORDER BY id LIMIT 2;

-- name: stories_like
SELECT id FROM story WHERE id >= :low AND id < :high AND number > 0 ORDER BY id LIMIT 2;

-- name: captures_of_revision
SELECT capture FROM observation WHERE revision = :revision AND kind = 'content' ORDER BY time, file, start, position;

-- Lessons

-- name: lessons
SELECT site, block FROM lesson;

-- name: drop_lessons
DELETE FROM lesson WHERE site = :site;

-- name: add_lesson
INSERT INTO lesson (site, block) VALUES (:site, :block);

-- Problems

-- name: put_problem
INSERT INTO problem (url, stage, kind, message, at, source)
VALUES (:url, :stage, :kind, :message, :at, :source)
ON CONFLICT (url, stage) DO UPDATE SET
    kind = excluded.kind, message = excluded.message, at = excluded.at, source = excluded.source;

-- name: clear_problem
DELETE FROM problem WHERE url = :url AND stage = :stage;

-- name: clear_source
-- What was wrong with a source at this stage is looked for anew.
DELETE FROM problem WHERE source = :source AND stage = :stage;

-- name: problems
SELECT url, stage, kind, message, at, source FROM problem ORDER BY at DESC, url, stage;
