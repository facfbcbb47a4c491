"""Names made of titles: for addresses and for files, the same everywhere and safe everywhere."""

from __future__ import annotations

import re
import unicodedata

_EDGES = "-. ~"
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789"}
)


def slug(title: str, most_bytes: int = 120) -> str:
    """A title as one segment of an address or file name, as Jekyll's `:title` makes it.

    Letters, marks and digits of any script stay, and `.~!$&'()+,;=@`; all else is a hyphen.
    In NFC, at most so many bytes of UTF-8, legal on Windows, macOS and Linux. Idempotent;
    an empty string where nothing is left.
    """
    name = unicodedata.normalize("NFC", title)
    name = "".join(char if _is_kept(char) else "-" for char in name)
    name = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", name)).strip(_EDGES)
    name = shortened(name, most_bytes).strip(_EDGES)
    first, dot, rest = name.partition(".")
    if first.lower() not in _DEVICES:  # also before a dot: Windows takes con.html for the console
        return name
    device = f"{first}-"
    return device + shortened(f"{device}{dot}{rest}", most_bytes)[len(device) :].rstrip(_EDGES)


def shortened(text: str, most_bytes: int) -> str:
    """The text in at most so many bytes of UTF-8, cut between characters."""
    return text.encode()[:most_bytes].decode("utf-8", "ignore")


def sameness(name: str) -> str:
    """What two names have in common that some file system takes for one (case, composition)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFD", name).casefold())


def _is_kept(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd" or char in ".~!$&'()+,;=@"
