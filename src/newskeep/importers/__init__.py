"""Doors in: each importer is a plain function of an archive and a path."""
