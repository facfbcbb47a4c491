"""A server on the loopback, an archive without a pace, and a clock that tests move."""

from __future__ import annotations

from support.moving import (  # noqa: F401 (fixtures)
    free_stand,
    hurried_archive,
    impatient,
    moving_clock,
)
