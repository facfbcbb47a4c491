"""How to fetch: who we say we are, and how long and how much we take."""

from __future__ import annotations

from dataclasses import dataclass

from newskeep import __version__

_MEGABYTE = 1 << 20

LARGEST = {"feed": 20, "page": 20, "image": 30, "robots": 1}
"""Megabytes of a body as received, by role; other kinds of source as a feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits in seconds and counts. `contact` is the keeper's, told to every site."""

    contact: str = ""
    total_timeout: float = 60.0
    connect_timeout: float = 15.0
    read_timeout: float = 20.0
    redirects: int = 10
    header_bytes: int = 32_768

    @property
    def user_agent(self) -> str:
        """`newskeep/0.1.0 (+mailto:you@example.org)`."""
        return f"newskeep/{__version__}" + (f" (+{self.contact})" if self.contact else "")

    def body_limit(self, role: str) -> int:
        """Bytes of a body that are read for this role."""
        return LARGEST.get(role, LARGEST["feed"]) * _MEGABYTE
