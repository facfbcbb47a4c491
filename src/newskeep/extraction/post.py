"""From a Jekyll post to an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from newskeep.discover import jekyll
from newskeep.extraction.access import STATES
from newskeep.extraction.read import Hints, fragment
from newskeep.types import Article


def article_from_post(data: bytes, name: str, received: datetime) -> Article:
    """The article of a post's file. Raises ValueError where it is no post."""
    post = jekyll.parse(data, name=name, received=received)
    hints = Hints(
        title=post.title,
        authors=post.authors,
        published=post.published,
        lang=post.lang,
        tags=post.tags,
        site=post.site,
        permalink=post.permalink,
    )
    article = fragment(post.body, url=post.url, hints=hints, received=received)
    said = replace(article, title=post.title, authors=post.authors, published=post.published)
    known = post.access if post.access in STATES else said.access
    return replace(said, tags=post.tags, access=known, problems=(*said.problems, *post.problems))
