"""Front matter that any YAML parser reads back to the same values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newskeep.text import strip_control

_PLAIN = re.compile(r"[^\W\d_][\w]*(?:[ .·-][\w]+)*", re.UNICODE)
_ADDRESS = re.compile(r"https?://[\w.~:/?&=%+;@!$'()*-]+[\w/]", re.ASCII)
_WORDS = frozenset(
    "true false yes no on off y n null none nan inf infinity undefined".split()  # noqa: SIM905
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: str) -> str:
    """A string as YAML: bare where that can be read in one way only, else in double quotes."""
    if _ADDRESS.fullmatch(value) or (_PLAIN.fullmatch(value) and value.lower() not in _WORDS):
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """A string in double quotes, everything that is not plain text escaped (YAML 1.2 §5.7)."""
    return '"' + "".join(map(_char, value)) + '"'


def flow(values: Iterable[str]) -> str:
    """A list on one line, as the mirrors wrote it: `[ a, b ]`."""
    inner = ", ".join(map(scalar, values))
    return f"[ {inner} ]" if inner else "[ ]"


def _char(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    is_plain = char.isprintable() and strip_control(char) == char and code != 0xFEFF
    if is_plain or char == " ":
        return char
    if code > 0xFFFF:
        return f"\\U{code:08X}"
    return f"\\u{code:04X}" if code > 0xFF else f"\\x{code:02X}"
