"""What is indexed of an article, as text and as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec
import zstandard

from newskeep.search.tokens import stream
from newskeep.types import Article

_LARGEST = 256 << 20
_LISTS = ("title", "authors", "tags")
_BETWEEN = " ¶ "
"""A token that no query has: a phrase does not reach from one line of a list to the next."""


class Document(msgspec.Struct, frozen=True, array_like=True):
    """The words of one article, as they are shown, by the column they stand in."""

    title: str
    body: str
    authors: str = ""
    tags: str = ""
    url: str = ""

    def words(self) -> dict[str, str]:
        """The token stream of each column."""
        return {name: _words(name, getattr(self, name)) for name in self.__struct_fields__}


def _words(column: str, text: str) -> str:
    if column in _LISTS:
        return _BETWEEN.join(map(stream, text.split("\n")))
    return stream(text)


def document(article: Article, tags: Sequence[str]) -> Document:
    """What is indexed of an article. Title and subtitle, authors, and tags stand one a line."""
    _, _, address = article.url.rpartition("://")
    return Document(
        title=_lines([article.title, article.subtitle]),
        body=storable(article.full_text),
        authors=_lines(article.authors),
        tags=_lines(tags),
        url=storable(address),
    )


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(storable(" ".join(part.split())) for part in parts if part)


def pack(one: Document) -> bytes:
    """A document as bytes with a checksum; equal documents give equal bytes."""
    compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
    return compressor.compress(msgspec.msgpack.encode(one))


def unpack(data: bytes) -> Document:
    """What `pack` packed. Raises ValueError for damaged bytes."""
    try:
        plain = zstandard.ZstdDecompressor().decompress(data, max_output_size=_LARGEST)
        return _decoder().decode(plain)
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise ValueError(f"the packed text is damaged: {error}") from None


@cache
def _decoder() -> msgspec.msgpack.Decoder[Document]:
    return msgspec.msgpack.Decoder(Document)


def storable(text: str) -> str:
    """The text with lone surrogates (not storable as UTF-8) replaced one by one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
