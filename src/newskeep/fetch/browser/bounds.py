"""How much the rendering of one page may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Limits of one page: counts, bytes as received, and seconds.

    `wait` is how long a page may show nothing new before it counts as done, or may not
    answer at all before it counts as stuck; `look` lies between two looks at it. `dom` is
    the largest document, in characters once it is rendered, and the largest decoded answer,
    in bytes.
    """

    requests: int = 200
    at_once: int = 6
    bytes: int = 50 << 20
    seconds: float = 60.0
    wait: float = 10.0
    look: float = 0.5
    dom: int = 20 << 20
