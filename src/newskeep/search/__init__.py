"""Search: one token stream, one query language, and an index in the archive's own SQLite."""
