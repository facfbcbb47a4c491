"""The extraction room: from a page or a feed's body to an `Article`. Pure and deterministic."""

from newskeep.extraction.read import EXTRACTOR, Hints, fragment, page

__all__ = ["EXTRACTOR", "Hints", "fragment", "page"]
