"""A small newsstand on the loopback: three papers, two languages, one edit, one withdrawal."""

from newsstand.server import Answer, Asked, Newsstand

__all__ = ["Answer", "Asked", "Newsstand"]
