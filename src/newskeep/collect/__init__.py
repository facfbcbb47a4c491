"""Collectors: sources that are not one HTTP document.

A collector is a plain function, found by the source's kind in the plug-in table `collector`:

    collect(source, settings, is_known, aids) -> Iterator[Received | Problem]

`source.url` says where: `file:` for what is on the disk, `https:` or `imaps:` for what is
not. It yields what is not known yet, in the same order every time, one piece in memory at a
time. It never ends for one bad piece: that becomes a Problem which names it. Whoever asks
keeps what came before asking for more, or in batches: what was not kept is yielded again.
"""

from __future__ import annotations

from newskeep.collect.common import Aids, Found, IsKnown
from newskeep.collect.kinds import kind_of

__all__ = ["Aids", "Found", "IsKnown", "kind_of"]
