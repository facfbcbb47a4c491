"""The zones that publishers name, as minutes east of UTC."""

from __future__ import annotations

import re
from functools import lru_cache

# RFC 822 §5 and the names that news sites use. CST and IST stand for China and India:
# where a Chinese or Indian site writes one of them, the American or Irish zone is the rarer one.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120,
    "eet": 120, "eest": 180, "msk": 180, "ist": 330, "ict": 420, "wib": 420, "cst": 480, "hkt": 480,
    "sgt": 480, "awst": 480, "pht": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
    "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "et": -300, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "pt": -480, "akst": -540, "akdt": -480, "hst": -600,
    "ast": -240, "adt": -180, "brt": -180, "art": -180,
}  # fmt: skip


@lru_cache(maxsize=128)  # a source writes one or two
def offset(zone: str | None) -> int | None:
    """The minutes of a zone such as EST, +08:00 or UTC+3; None where it is none that we know."""
    if not zone:
        return None
    name = zone.strip().lower()
    digits = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", name)
    if not digits:
        return _ZONES.get(name)
    minutes = int(digits[2]) * 60 + int(digits[3] or 0)
    signed = -minutes if digits[1] == "-" else minutes
    return signed if abs(signed) < 24 * 60 else None
