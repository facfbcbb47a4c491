-- The catalogue: what the captures say, made quick to ask. All of it can be rebuilt.
-- Times are microseconds since 1970-01-01 UTC. Ids are digests, never row numbers.
-- The schedule stands in frontier.sql, the search index in newskeep/search.

-- Small facts about the catalogue itself: schema version, digest of sources.toml.
CREATE TABLE IF NOT EXISTS meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- How far into each capture file we have read (its high-water mark, in bytes).
CREATE TABLE IF NOT EXISTS file (
    name  TEXT PRIMARY KEY,
    taken BIGINT NOT NULL
);

-- One row a capture; `address` is the canonical form of `url`.
CREATE TABLE IF NOT EXISTS capture (
    id           TEXT PRIMARY KEY,
    file         TEXT NOT NULL,
    start        BIGINT NOT NULL,
    length       BIGINT NOT NULL,
    time         BIGINT NOT NULL,
    url          TEXT NOT NULL,
    address      TEXT NOT NULL,
    role         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    source       TEXT NOT NULL,
    status       INTEGER NOT NULL,
    digest       TEXT NOT NULL,
    content_type TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS capture_digest ON capture (digest) WHERE kind <> 'revisit';
CREATE INDEX IF NOT EXISTS capture_answer ON capture (source, role, time, status);
DROP INDEX IF EXISTS capture_source;  -- what capture_answer had been before
CREATE INDEX IF NOT EXISTS capture_address ON capture (address, time);

-- Every address a story was seen under.
CREATE TABLE IF NOT EXISTS alias (
    address TEXT PRIMARY KEY,
    story   TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS alias_story ON alias (story);

-- What one capture, or one entry of a captured feed, says of a story. `until` is the
-- last time the same was said again by a feed (such repetitions get no row of their own).
CREATE TABLE IF NOT EXISTS observation (
    id       TEXT PRIMARY KEY,
    story    TEXT NOT NULL,
    capture  TEXT NOT NULL,
    entry    TEXT NOT NULL,
    position INTEGER NOT NULL,
    time     BIGINT NOT NULL,
    until    BIGINT NOT NULL,
    file     TEXT NOT NULL,
    start    BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    door     TEXT NOT NULL,
    wording  TEXT NOT NULL,
    revision TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS observation_story ON observation (story, time, file, start, position);
CREATE INDEX IF NOT EXISTS observation_revision ON observation (revision);

-- Where a story stands (keep.State), and what lists are sorted and shown by.
-- `number` is 0 while no wording of it was seen. `shown` is its published time, or
-- when it was first seen.
CREATE TABLE IF NOT EXISTS story (
    id            TEXT PRIMARY KEY,
    url           TEXT NOT NULL,
    source        TEXT NOT NULL,
    revision      TEXT NOT NULL,
    number        INTEGER NOT NULL,
    rank          INTEGER NOT NULL,
    doors         TEXT NOT NULL,
    misses        INTEGER NOT NULL,
    missing_since BIGINT,
    first_seen    BIGINT NOT NULL,
    last_seen     BIGINT NOT NULL,
    newest        TEXT NOT NULL,
    shown         BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS story_shown ON story (shown, id) WHERE number > 0;
CREATE INDEX IF NOT EXISTS story_source ON story (source, shown, id) WHERE number > 0;
CREATE INDEX IF NOT EXISTS story_arrival ON story (source, first_seen, shown) WHERE number > 0;

-- One wording of a story; `article` is the packed types.Article.
CREATE TABLE IF NOT EXISTS revision (
    id         TEXT PRIMARY KEY,
    story      TEXT NOT NULL,
    number     INTEGER NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    extractor  TEXT NOT NULL,
    article    BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS revision_story ON revision (story, number);

-- How sure the extractor is of each story's newest wording, from 0 to 1.
CREATE TABLE IF NOT EXISTS quality (
    story      TEXT PRIMARY KEY,
    source     TEXT NOT NULL,
    confidence REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS quality_confidence ON quality (confidence, source, story);

-- What sites have taught, as far as it has been applied: keys of their repeated blocks.
CREATE TABLE IF NOT EXISTS lesson (
    site  TEXT NOT NULL,
    block TEXT NOT NULL,
    PRIMARY KEY (site, block)
);

-- The last trouble met with an address; it goes when the address answers well.
CREATE TABLE IF NOT EXISTS problem (
    url     TEXT NOT NULL,
    stage   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    message TEXT NOT NULL,
    at      BIGINT NOT NULL,
    source  TEXT NOT NULL,
    PRIMARY KEY (url, stage)
);
