-- The search index in the archive's own SQLite. Only FTS5 and JSON lists are SQLite's own
-- here; elsewhere this file is what another engine replaces.

-- name: create_document
-- One row an article: what is asked of it besides its words. `published` is in seconds
-- since 1970, `lang` folded, `source` a Source's id.
CREATE TABLE IF NOT EXISTS search_document (
    id        INTEGER PRIMARY KEY,
    story     TEXT NOT NULL UNIQUE,
    revision  TEXT NOT NULL,
    source    TEXT NOT NULL,
    lang      TEXT NOT NULL,
    state     TEXT NOT NULL,
    revisions INTEGER NOT NULL,
    published REAL
);

-- name: create_document_published
CREATE INDEX IF NOT EXISTS search_document_published ON search_document (published, story);

-- name: create_text
-- The words as they were indexed, packed (see documents.py): the index keeps none itself.
CREATE TABLE IF NOT EXISTS search_text (
    id   INTEGER PRIMARY KEY,
    text BLOB NOT NULL
);

-- name: create_tag
CREATE TABLE IF NOT EXISTS search_tag (
    tag TEXT NOT NULL,
    id  INTEGER NOT NULL,
    PRIMARY KEY (tag, id)
);

-- name: create_tag_document
CREATE INDEX IF NOT EXISTS search_tag_document ON search_tag (id);

-- name: create_source
CREATE TABLE IF NOT EXISTS search_source (
    id    TEXT PRIMARY KEY,
    title TEXT NOT NULL
);

-- name: create_words
-- Fed with tokens between single spaces (tokens.py). The tokenizer `ascii` takes every
-- character beyond ASCII for part of a token, so it cuts at our spaces and nowhere else.
-- The prefix index answers a query of one Chinese character.
CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5 (
    title, body, authors, tags, url,
    content = '', tokenize = 'ascii', prefix = '1'
);

-- name: create_version
-- Of the token stream that the index was made under.
CREATE TABLE IF NOT EXISTS search_version (
    version INTEGER NOT NULL
);

-- name: version
SELECT version FROM search_version;

-- name: set_version
INSERT INTO search_version (version) VALUES (:version);

-- name: clear_version
DELETE FROM search_version;

-- name: find
SELECT id FROM search_document WHERE story = :story;

-- name: put_document
INSERT INTO search_document (story, revision, source, lang, state, revisions, published)
VALUES (:story, :revision, :source, :lang, :state, :revisions, :published)
ON CONFLICT (story) DO UPDATE SET
    revision = excluded.revision, source = excluded.source, lang = excluded.lang,
    state = excluded.state, revisions = excluded.revisions, published = excluded.published
RETURNING id;

-- name: drop_document
DELETE FROM search_document WHERE id = :id;

-- name: put_source
INSERT INTO search_source (id, title) VALUES (:id, :title)
ON CONFLICT (id) DO UPDATE SET title = excluded.title WHERE title <> excluded.title;

-- name: sources
SELECT id, title FROM search_source ORDER BY id;

-- name: put_tag
INSERT INTO search_tag (tag, id) VALUES (:tag, :id) ON CONFLICT (tag, id) DO NOTHING;

-- name: drop_tags
DELETE FROM search_tag WHERE id = :id;

-- name: text
SELECT text FROM search_text WHERE id = :id;

-- name: texts
SELECT id, text FROM search_text WHERE id > :id ORDER BY id LIMIT :most;

-- name: put_text
INSERT INTO search_text (id, text) VALUES (:id, :text)
ON CONFLICT (id) DO UPDATE SET text = excluded.text;

-- name: drop_text
DELETE FROM search_text WHERE id = :id;

-- name: put_words
INSERT INTO search_words (rowid, title, body, authors, tags, url)
VALUES (:id, :title, :body, :authors, :tags, :url);

-- name: drop_words
-- Needs the very words that were put.
INSERT INTO search_words (search_words, rowid, title, body, authors, tags, url)
VALUES ('delete', :id, :title, :body, :authors, :tags, :url);

-- name: count
SELECT count(*) FROM search_document;

-- name: clear_words
INSERT INTO search_words (search_words) VALUES ('delete-all');

-- name: clear_documents
DELETE FROM search_document;

-- name: clear_texts
DELETE FROM search_text;

-- name: clear_tags
DELETE FROM search_tag;

-- name: clear_sources
DELETE FROM search_source;

-- name: check_words
INSERT INTO search_words (search_words) VALUES ('integrity-check');

-- name: not_everywhere
-- Documents that miss their row in any of the three tables.
SELECT id FROM (
    SELECT id FROM search_document
    UNION ALL SELECT id FROM search_text
    UNION ALL SELECT id FROM search_words_docsize
) GROUP BY id HAVING count(*) <> 3 ORDER BY id;

-- name: has_words
-- Whether a document is found by words of its own.
SELECT 1 FROM search_words WHERE search_words MATCH :match AND rowid = :id;
