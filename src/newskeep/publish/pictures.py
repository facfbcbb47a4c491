"""Kept pictures for publishing: only real raster pictures, named by their digest."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from newskeep.errors import NewskeepError
from newskeep.types import Article, Image

if TYPE_CHECKING:
    from newskeep.archive import Archive

_ENDINGS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
_MOST_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept picture: its file name, size in pixels and bytes."""

    name: str
    width: int
    height: int
    data: bytes


def kept(archive: Archive, url: str) -> Picture | None:
    """The picture that was kept under an address; None for none, or for no real picture.

    What it is is told by its bytes, never by its name or type: no SVG, no HTML.
    """
    try:
        capture = archive.picture(url)
    except NewskeepError:  # it is damaged: `newskeep check` tells of that
        return None
    return read(capture.payload) if capture else None


def lead(article: Article) -> Image | None:
    """The lead picture, where the body does not show it."""
    found = next((one for one in article.images if one.lead), None)
    return found if found and escape(found.url) not in article.html else None


def read(data: bytes) -> Picture | None:
    """The picture in these bytes, if it is one that may be published."""
    from PIL import Image as Pillow

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Pillow.open(io.BytesIO(data), formats=tuple(_ENDINGS))
    except Exception:  # whatever a decoder may raise on a stranger's bytes
        return None
    width, height = image.size
    ending = _ENDINGS.get(image.format or "")
    if not ending or not 0 < width * height <= _MOST_PIXELS:
        return None
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.{ending}"
    return Picture(name, width, height, data)
