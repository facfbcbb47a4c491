"""Discovery: what a document offers to keep. Pure: bytes in, entries and addresses out."""
