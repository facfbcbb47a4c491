"""How an archive is: what `status` shows and suggests, and what `check` finds.

`figures` are the numbers of one source, `advice` is what follows from them; both are pure.
`status` gathers them out of the catalogue, `documents` out of what was kept. `check` proves
that nothing is damaged.
"""

from __future__ import annotations

from newskeep.health.advice import Suggestion
from newskeep.health.check import check
from newskeep.health.figures import DOUBTFUL, Bodies, Doubt, SourceStatus, span
from newskeep.health.status import Status, status

__all__ = [
    "DOUBTFUL",
    "Bodies",
    "Doubt",
    "SourceStatus",
    "Status",
    "Suggestion",
    "check",
    "span",
    "status",
]
