"""What the scorer of the pages asks of an extractor, answered by newskeep."""

from __future__ import annotations

from datetime import timedelta

from newskeep.extraction import page


def extract(html: bytes, url: str) -> dict[str, object]:
    article = page(html, url=url or "http://example.com/")
    return {
        "title": article.title,
        "author": list(article.authors),
        "date": _written(article.published),
        "text": article.text,
        "images": [image.url for image in article.images],
    }


def _written(stamp) -> str | None:
    """A time as ISO 8601 in the page's own zone; its day where it has no more."""
    if stamp is None:
        return None
    offset = timedelta(minutes=stamp.offset or 0)
    local = (stamp.at + offset).replace(tzinfo=None)
    if stamp.day_only:
        return local.date().isoformat()
    hours, minutes = divmod(abs(stamp.offset or 0), 60)
    return f"{local.isoformat()}{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"
