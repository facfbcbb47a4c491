"""Cookies as browsers export them, and which of them go to an address (RFC 6265 §5)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newskeep.errors import UsageError

_HTTP_ONLY = "#HttpOnly_"
_FIELDS = 7
_FLAGS = {"TRUE": True, "FALSE": False}
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z:\[\]/]+")
_VALUE = re.compile(r"[ !-:<-~]*")
"""Printable ASCII without a semicolon: anything else could begin another field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """One cookie. `expires` is in epoch seconds, 0 for one without an end.

    `subdomains`: it is sent to the hosts below `domain` too.
    """

    domain: str
    subdomains: bool
    path: str
    secure: bool
    expires: int
    name: str
    value: str = field(repr=False)


def parse(text: str, name: str) -> tuple[Cookie, ...]:
    """Read a file in the form of Netscape's cookies.txt.

    Raises UsageError with the file's name and the line; it never tells a value.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.removeprefix(_HTTP_ONLY)
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(_cookie(line))
        except ValueError as error:
            raise UsageError(f"{name}: line {number}: {error}") from None
    return tuple(found)


def chosen(cookies: Iterable[Cookie], url: str, now: float) -> str:
    """The Cookie field for an address, the longest path first; an empty string for none."""
    fit = [one for one in cookies if not is_expired(one, now) and _fits(one, url)]
    fit.sort(key=lambda one: -len(one.path))
    return "; ".join(f"{one.name}={one.value}" for one in fit)


def is_expired(cookie: Cookie, now: float) -> bool:
    """Whether its end has passed."""
    return bool(cookie.expires) and cookie.expires <= now


def _cookie(line: str) -> Cookie:
    parts = line.split("\t")
    if len(parts) == _FIELDS - 1:
        parts.append("")  # editors cut the tab before an empty value
    if len(parts) != _FIELDS:
        raise ValueError(
            f"seven fields with tabs between them are wanted, not {len(parts)}; "
            "export it again in the form of cookies.txt"
        )
    domain, subdomains, path, secure, expires, name, value = parts
    if not domain.strip("."):
        raise ValueError("the first field, the domain, is empty")
    if not path.startswith("/"):
        raise ValueError("the third field, the path, does not begin with /")
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError("its name or value has characters that no cookie may have")
    return Cookie(
        domain=domain.strip(".").lower(),
        subdomains=_flag(subdomains, "second"),
        path=path,
        secure=_flag(secure, "fourth"),
        expires=_seconds(expires),
        name=name,
        value=value,
    )


def _flag(text: str, which: str) -> bool:
    try:
        return _FLAGS[text.upper()]
    except KeyError:
        raise ValueError(f"the {which} field is neither TRUE nor FALSE") from None


def _seconds(text: str) -> int:
    match = re.fullmatch(r"(-?\d{1,15})(?:\.\d*)?", text)
    if not match:
        raise ValueError("the fifth field, when it expires, is no number of seconds")
    return max(int(match[1]), 0)


def _fits(cookie: Cookie, url: str) -> bool:
    parts = urlsplit(url)
    if cookie.secure and parts.scheme.lower() != "https":
        return False
    return _fits_host(cookie, parts.hostname or "") and _fits_path(cookie.path, parts.path or "/")


def _fits_host(cookie: Cookie, host: str) -> bool:
    """RFC 6265 §5.1.3: names below a domain, but no address in digits, belong to it."""
    if host == cookie.domain:
        return True
    return cookie.subdomains and host.endswith(f".{cookie.domain}") and not _is_address(host)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _fits_path(own: str, path: str) -> bool:
    """RFC 6265 §5.1.4."""
    return path == own or path.startswith(own if own.endswith("/") else f"{own}/")
